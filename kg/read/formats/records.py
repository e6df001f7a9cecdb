"""Records: JSON, JSON lines and tables, in which each record that has a text is an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from kg.errors import InputError
from kg.read.formats.records_csv import of_table
from kg.read.formats.records_json import of_json
from kg.read.formats.records_text import KNOWN, Record, kind_of_text, plain_name, text_field
from kg.read.inputs import Input, Outcome, Skipped, Unread
from kg.read.kinds import kind_of
from kg.read.names import Names, clean
from kg.read.stated.fields import stated

_NAMES: Final = ("id", "guid", "uuid", "slug", "path", "file", "filename", "permalink", "url", "link")
"""The fields that tell a record from the others, best first."""
_READERS: Final[Mapping[str, Callable[[Input], Iterator[Record | Skipped | Unread]]]] = {
    "json": of_json,
    "jsonl": of_json,
    "csv": of_table,
}
_HALF: Final = re.compile(r"[\ud800-\udfff]")


def documents(input_: Input) -> Iterator[Outcome]:
    """Yield each record that has a text as an input of its own, and those that have none.

    A file of other data, as many folders have them, is left out. Raises InputError when the file cannot be read.

    >>> [part] = documents(Input.of_bytes("a.json", b'{"id": 7, "title": "On review", "body": "Ask early."}'))
    >>> part.path, part.kind, part.data
    ('a.json/7', 'text', b'Ask early.')
    """
    names = Names()
    number = 0
    try:
        for number, record in enumerate(_READERS[kind_of(input_)](input_), 1):
            yield record if isinstance(record, (Skipped, Unread)) else _article(input_, record, names, number)
    except InputError as error:
        if not number:
            raise
        yield Unread(input_.path, error.what, error.hint)
    if not number:
        yield Skipped(input_.path, f"holds no records with a text ({KNOWN})")


def _article(input_: Input, record: Record, names: Names, number: int) -> Input | Unread:
    name = names.given(_name(record) or str(number))
    field = text_field(record)
    if not field:
        return Unread(f"{input_.path}/{name}", "has no text", f"give it one of: {KNOWN}")
    about = {label: value for label, value in record.items() if label != field.name}
    said = tuple(replace(s, value=_whole(s.value), label=_whole(s.label)) for s in stated(about, "record"))
    return input_.part(name, _whole(field.text).encode(), kind_of_text(record, field), said)


def _whole(text: str) -> str:
    """Return a text that can be written: JSON may have half a character in it."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def _name(record: Record) -> str:
    """Return what the record is called, or ""."""
    values = {plain_name(label): value for label, value in reversed(list(record.items()))}
    scalars = (values.get(name) for name in _NAMES)
    return next(filter(None, (clean(str(v)) for v in scalars if _is_scalar(v))), "")


def _is_scalar(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)
