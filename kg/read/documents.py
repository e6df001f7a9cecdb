"""From a file to the documents in it: choose the reader of its kind, and read what it contains in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Final, TypeAlias

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

Leads: TypeAlias = Callable[[str], bool]
"""Tells whether what is wanted is known by a path, or stands below it."""

Read = tuple[str, Document] | Skipped | Unread
"""A document with the path that it is known by, or what did not become one."""


def everywhere(_: str) -> bool:
    """Want all there is."""
    return True


def documents(input_: Input, leads: Leads = everywhere) -> Iterator[Read]:
    """Yield the documents in an input, and what in it could not be read; only a whole file raises.

    Parts of it that lead to nothing that is wanted are not read. Raises InputError when nothing in it can be read.
    """
    kind = kind_of(input_)
    if kind not in _MODULES:
        what = (
            "holds something else than its name says" if input_.suffix in SUFFIXES else "is of a kind that is not read"
        )
        raise InputError(input_.path, what, f"give one of: {' '.join(sorted(SUFFIXES))}")
    if input_.depth > input_.limits.nesting:
        raise InputError(input_.path, f"is {input_.depth} containers deep", "unpack it, or raise --max-nesting")
    read: Reader = import_module(f"kg.read.formats.{_MODULES[kind]}").documents
    for outcome in read(input_):
        yield from _resolved(input_, outcome, leads)


def _resolved(input_: Input, outcome: Outcome, leads: Leads) -> Iterator[Read]:
    if isinstance(outcome, Document):
        path = f"{input_.path}/{outcome.name}" if outcome.name else input_.path
        yield path, replace(outcome, stated=(*input_.stated, *outcome.stated))
    elif isinstance(outcome, Input):
        if leads(outcome.path):
            yield from _inner(replace(outcome, stated=(*input_.stated, *outcome.stated)), leads)
    else:
        yield outcome


def _inner(part: Input, leads: Leads) -> Iterator[Read]:
    """Read a part of a file; one that cannot be read does not stop the others."""
    try:
        yield from documents(part, leads)
    except InputError as error:
        yield Unread(part.path, error.what, error.hint)
