"""Lists and tables that a program wrote out as text, as it happens to the fields of records in a table."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable
from typing import Final

_WRITTEN_OUT: Final = re.compile(r"\s*(?:\[.*\]|\{.*\})\s*", re.DOTALL)
_SEMICOLON: Final = re.compile(r"(?<=[\"'])\s*;")
"""What some spreadsheets put in place of a comma between quoted values."""
_LONGEST: Final = 20_000
_BROKEN: Final = (ValueError, SyntaxError, TypeError, MemoryError, RecursionError)


def unrolled(value: object) -> object:
    """Return the list or table that a text writes out, as JSON or in Python; any other value as it is.

    >>> unrolled("['Ann Oduya', 'Bo Lind']"), unrolled('["Ann Oduya"; "Bo Lind"]')
    (['Ann Oduya', 'Bo Lind'], ['Ann Oduya', 'Bo Lind'])
    >>> unrolled(["{'name': 'Ann Oduya'}", "[Guest]"])
    [{'name': 'Ann Oduya'}, '[Guest]']
    """
    if isinstance(value, list):
        return [_unrolled(item) if isinstance(item, str) else item for item in value]
    return _unrolled(value) if isinstance(value, str) else value


def _unrolled(text: str) -> object:
    if len(text) > _LONGEST or not _WRITTEN_OUT.fullmatch(text):
        return text
    text = text.strip()
    readers: tuple[Callable[[str], object], ...] = (json.loads, _python, lambda t: _python(_SEMICOLON.sub(",", t)))
    return next((found for read in readers if isinstance(found := _read(read, text), list | dict)), text)


def _read(read: Callable[[str], object], text: str) -> object:
    try:
        return read(text)
    except _BROKEN:
        return None


def _python(text: str) -> object:
    """Read a literal of Python; that the text is no good Python is no news to the reader of an article."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.literal_eval(text)
