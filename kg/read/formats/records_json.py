"""Records in JSON: a list of them, one alone, one on each line, or a list somewhere inside an object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO, Final, cast

from kg.errors import InputError
from kg.read.decode import text_of
from kg.read.formats.records_text import Record, body, text_field
from kg.read.inputs import Input, Unread
from kg.read.kinds import UTF_16, kind_of

_LISTS: Final = ("articles", "posts", "items", "entries", "documents", "docs", "records", "results", "hits", "data")
"""Where sites keep the list in their answers; these are looked at before all else in an object."""
_WRAPPERS: Final = ("_source", "attributes", "fields", "node", "document")
"""Where Elasticsearch, JSON:API, the Guardian, GraphQL and Typesense keep the fields of a record."""
_DEEPEST: Final = 6
_MEMORY: Final = {"{": 240, "[": 80, ",": 60}
"""Bytes that Python takes for an object, a list, a further value, however few of them the file spends on it."""
_MOST_MEMORY: Final = 300_000_000
_LONGEST_INTEGER: Final = 19
_BETWEEN: Final = re.compile(r"[\s\ufeff\x1e]*")
"""What may stand between two values: white space, and the separator of JSON text sequences."""


def of_json(input_: Input) -> Iterator[Record | Unread]:
    """Yield the records of a file that holds JSON; where each line is a record, no more than one is held in memory.

    Raises InputError where it is not JSON.
    """
    yield from _of_lines(input_) if _is_by_line(input_) else _of_whole(input_)


def _is_by_line(input_: Input) -> bool:
    """Tell whether each line is a value of its own, by the first two; a first one that is broken may be."""
    with _opened(input_) as file:
        filled = (line for line in _lines(file, input_.limits.file_bytes) if line is None or line.strip())
        first, second = islice(chain(filled, (b"", b"")), 2)
    if second == b"":
        return False
    named = kind_of(input_) == "jsonl"
    return _is_line(first, lenient=named) or (named and _is_line(second, lenient=False))


def _opened(input_: Input) -> BinaryIO:
    return BytesIO(text_of(input_).encode()) if input_.head.startswith(UTF_16) else input_.open()


def _lines(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Yield each line, or None for one that is too long to be held."""
    while line := file.readline(most + 1):
        fits = len(line) <= most
        while line and not fits and not line.endswith(b"\n"):
            line = file.readline(most)
        yield line if fits else None


def _is_line(line: bytes | None, *, lenient: bool) -> bool:
    """Tell whether a line is a value of its own, or could be, were it not broken; else it only begins one."""
    try:
        text = text_of(Input.of_bytes("", line or b"")).strip()
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return lenient and error.pos < len(text)
    except (InputError, ValueError, RecursionError):
        return lenient
    return True


def _of_lines(input_: Input) -> Iterator[Record | Unread]:
    with _opened(input_) as file:
        for number, line in enumerate(_lines(file, input_.limits.file_bytes), 1):
            where = f"{input_.path}/line {number}"
            if line is None:
                error = input_.limits.too_large(where)
                yield Unread(where, error.what, error.hint)
            elif line.strip():
                yield from _of_line(Input.of_bytes(where, line, input_.limits))


def _of_line(line: Input) -> Iterator[Record | Unread]:
    """Yield the records of a line; one that is broken, or empty of them, is named and does not stop the others."""
    try:
        for value in _values(line.path, _text(line).strip()):
            yield from _records(value) or [cast("Record", value) if isinstance(value, dict) else {}]
    except InputError as error:
        yield Unread(line.path, error.what, error.hint)


def _text(line: Input) -> str:
    """Return the text of a line, which nearly always is UTF-8; to find out whether it is anything else takes longer."""
    try:
        return line.data.decode()
    except UnicodeDecodeError:
        return text_of(line)


def _of_whole(input_: Input) -> Iterator[Record]:
    for value in _values(input_.path, text_of(input_)):
        yield from _records(value)


def _values(path: str, text: str) -> Iterator[object]:
    """Yield the values that stand one behind the other.

    Raises InputError where no further one can be read.
    """
    if sum(text.count(mark) * size for mark, size in _MEMORY.items()) > _MOST_MEMORY:
        raise InputError(path, "holds more values than memory is given for", "split it, or write a record on each line")
    start = _end(_BETWEEN, text, 0)
    while start < len(text):
        value, start = _decoded(path, text, start)
        yield value
        start = _end(_BETWEEN, text, start)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _decoded(path: str, text: str, start: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise InputError(path, f"is not JSON from {where} on ({error.msg})", "export it again as JSON") from error
    except RecursionError as error:
        raise InputError(path, "is nested too deeply", "export it again as a list of records") from error


def _integer(digits: str) -> int | str:
    """Return a number, or the digits of one that is too long to be a number of anything."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits


_DECODER: Final = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=lambda _: None)


def _records(value: object, depth: int = 0) -> list[Record]:
    """Return the records in a value: those of a list that has a text in it, one alone, or what is found further in.

    >>> _records({"response": {"docs": [{"id": 1, "body": "Ask early."}]}})
    [{'id': 1, 'body': 'Ask early.'}]
    """
    if depth > _DEEPEST:
        return []
    if isinstance(value, dict):
        return _of_object(value, depth)
    records = [_unwrapped(item) if isinstance(item, dict) else {} for item in value] if isinstance(value, list) else []
    if any(map(text_field, records)):
        return records
    return list(chain.from_iterable(_records(item, depth + 1) for item in records if item))


def _of_object(value: dict[str, object], depth: int) -> list[Record]:
    record = _unwrapped(value)
    if body(record):
        return [record]
    names = [name for name, inner in value.items() if isinstance(inner, (dict, list))]
    inner = [_records(value[name], depth + 1) for name in sorted(names, key=_place)]
    found = [record for some in inner if any(map(body, some)) for record in some] or next(filter(None, inner), [])
    if found:
        return [_of_feed(value, item) for item in found] if _is_feed(value) else found
    return [record] if not depth and text_field(record) else []


def _place(name: str) -> int:
    return _LISTS.index(name) if name in _LISTS else len(_LISTS)


def _unwrapped(record: dict[str, object]) -> Record:
    """Return a record with its fields at the top; WordPress wraps each text as {"rendered": text}."""
    for name in _WRAPPERS:
        if isinstance(inner := record.get(name), dict):
            record = {k: v for k, v in record.items() if k != name} | inner
    rendered = {k: v["rendered"] for k, v in record.items() if isinstance(v, dict) and "rendered" in v}
    return record | rendered if rendered else record


def _is_feed(value: dict[str, object]) -> bool:
    return "jsonfeed.org" in str(value.get("version", ""))


def _of_feed(feed: dict[str, object], item: Record) -> Record:
    """Return an item of a JSON Feed with what the feed states for all its items, where the item itself does not."""
    shared = {name: value for name, value in feed.items() if name in {"language", "author", "authors"}}
    return {**shared, "site_name": feed.get("title", ""), **item}
