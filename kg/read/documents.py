"""From a file to the documents in it: choose the reader of its kind, and read what it contains in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Final, TypeVar, cast

from kg.errors import InputError
from kg.read.inputs import Document, Input, Outcome, Reader, Skipped, Unread
from kg.read.kinds import SUFFIXES, kind_of

_MODULES: Final = {
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "fragment": "html",
    "feed": "feed",
    "pdf": "pdf",
    "docx": "docx",
    "epub": "epub",
    "notebook": "notebook",
    "mail": "mail",
    "json": "records",
    "jsonl": "records",
    "csv": "records",
    "zip": "archive",
    "tar": "archive",
    "gzip": "archive",
}
"""The module that reads each kind. It is imported when the first such file is met: most builds need few of them."""

COLLECTIONS: Final = frozenset({"feed", "json", "jsonl", "csv", "zip", "tar", "gzip"})
"""Kinds that hold any number of articles, and are taken apart at little cost: none of the articles is read for it."""

Read = tuple[str, Document] | Skipped | Unread
"""A document with the path that it is known by, or what did not become one."""

_T = TypeVar("_T")


def documents(input_: Input) -> Iterator[Read]:
    """Yield all documents in an input, and what in it could not be read; only a whole file raises.

    Raises InputError when nothing in the input can be read.
    """
    for found in _outcomes(input_):
        if isinstance(found, Document):
            yield f"{input_.path}/{found.name}" if found.name else input_.path, found
        elif isinstance(found, Input):
            yield from _inner(documents, found)
        else:
            yield found


def parts(input_: Input) -> Iterator[Input | Skipped | Unread]:
    r"""Take collections apart: yield what is to be read by itself, which `documents` does, and what is not read.

    Raises InputError when nothing in the input can be read.

    >>> lines = b'{"id": 1, "body": "Ask early."}\n{"id": 2, "body": "Hire slowly."}\n'
    >>> [part.path for part in parts(Input.of_bytes("a.jsonl", lines))]
    ['a.jsonl/1', 'a.jsonl/2']
    """
    if kind_of(input_) not in COLLECTIONS:
        yield input_
        return
    for found in _outcomes(input_):
        if isinstance(found, Input):
            yield from _inner(parts, found)
        else:
            yield cast("Skipped | Unread", found)  # a collection has no text of its own


def _outcomes(input_: Input) -> Iterator[Outcome]:
    """Yield what the reader of an input gives, with all that is stated around it."""
    for outcome in _reader(input_)(input_):
        if isinstance(outcome, Document | Input):
            yield replace(outcome, stated=(*input_.stated, *outcome.stated))
        else:
            yield outcome


def _reader(input_: Input) -> Reader:
    kind = kind_of(input_)
    if kind not in _MODULES:
        what = (
            "holds something else than its name says" if input_.suffix in SUFFIXES else "is of a kind that is not read"
        )
        raise InputError(input_.path, what, f"give one of: {' '.join(sorted(SUFFIXES))}")
    if input_.depth > input_.limits.nesting:
        raise InputError(input_.path, f"is {input_.depth} containers deep", "unpack it, or raise --max-nesting")
    reader: Reader = import_module(f"kg.read.formats.{_MODULES[kind]}").documents
    return reader


def _inner(read: Callable[[Input], Iterator[_T]], part: Input) -> Iterator[_T | Unread]:
    """Read a part of a file; one that cannot be read does not stop the others."""
    try:
        yield from read(part)
    except InputError as error:
        yield Unread(part.path, error.what, error.hint)
