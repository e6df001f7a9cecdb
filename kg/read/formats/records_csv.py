"""Records in a table: the first row names the columns, each further row is a record."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Final, TextIO

from kg.errors import InputError
from kg.read.decode import text_of
from kg.read.formats.records_text import KNOWN, Record, body, plain_name, text_field
from kg.read.inputs import Input, Skipped, Unread

_DELIMITERS: Final = ",;\t|"
_FILES: Final = frozenset({"file", "files", "filename", "filepath", "path"})
_LARGEST_FIELD: Final = 2**31 - 1
"""What csv can count on every platform."""
_SHOWN: Final = 12
_AGAIN: Final = "set its text in quotation marks, or export it again"
_CHUNK: Final = 1 << 20


def of_table(input_: Input) -> Iterator[Record | Skipped | Unread]:
    """Yield the rows of a table by their column names; the file is read row by row.

    A table without a column of text is left out. Raises InputError when nothing stands in it.
    """
    csv.field_size_limit(min(input_.limits.file_bytes, _LARGEST_FIELD))
    open_ = _opener(input_)
    with open_() as file:
        delimiter = _delimiter(file.readline(_CHUNK))
    with open_() as file:
        rows = csv.reader(file, delimiter=delimiter, skipinitialspace=True, strict=True)
        columns = next((row for row in _rows(input_.path, rows) if not isinstance(row, Unread)), [])
        if _lists_files(columns):
            yield Skipped(input_.path, "is a list of files, not of articles")
            return
        if not columns:
            raise InputError(input_.path, "is empty", "put a table into it, or remove it")
        if not _has_text(columns):
            yield Skipped(input_.path, _without_text(columns))
            return
        for number, row in enumerate(_rows(input_.path, rows), 1):
            yield row if isinstance(row, Unread) else _record(input_.path, number, columns, row)


def _opener(input_: Input) -> Callable[[], TextIO]:
    """Return what opens a table as text: as a stream where all of it is UTF-8, else in the encoding it looks like."""
    if _is_utf_8(input_):
        return lambda: io.TextIOWrapper(input_.open(), "utf-8-sig", newline="")
    text = text_of(input_)
    return lambda: io.StringIO(text, newline="")


def _is_utf_8(input_: Input) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with input_.open() as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(line: str) -> str:
    """Return what separates the names of the columns: what makes most of them, above all one that means text.

    >>> _delimiter("title;body, in full;date")
    ';'
    """

    def names(delimiter: str) -> tuple[bool, int]:
        row = next(csv.reader([line], delimiter=delimiter), [])
        return _has_text(row), len(row)

    return max(_DELIMITERS, key=names)


def _rows(path: str, rows: Iterator[list[str]]) -> Iterator[list[str] | Unread]:
    """Yield the rows in which something stands; a broken one does not stop the others."""
    for number in count(1):
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(f"{path}/row {number}", f"is no row of a table ({error})", "correct it, or export it again")
        else:
            if any(map(str.strip, row)):
                yield row


def _has_text(columns: list[str]) -> bool:
    return text_field(dict.fromkeys(columns, "text")) is not None


def _lists_files(columns: list[str]) -> bool:
    return not body(dict.fromkeys(columns, "text")) and any(plain_name(column) in _FILES for column in columns)


def _without_text(columns: list[str]) -> str:
    seen = ", ".join(" ".join(column.split())[:40] for column in islice(columns, _SHOWN))
    return f"has no column of text ({KNOWN}); its first row is: {seen}"


def _record(path: str, number: int, columns: list[str], row: list[str]) -> Record | Unread:
    """Return a row by its column names; what stands in no column tells that the row is broken."""
    if any(map(str.strip, row[len(columns) :])):
        return Unread(f"{path}/row {number}", "has more cells than there are columns", _AGAIN)
    return {column.strip(): cell for column, cell in zip(columns, row, strict=False) if cell.strip()}
