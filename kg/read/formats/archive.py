"""Archives: each file in a zip or tar file, or the one in a gzip file, is read as a file of its own."""

from __future__ import annotations

import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple, cast

from kg.errors import InputError
from kg.read.formats.unpack import (
    DAMAGE,
    Budget,
    Counted,
    ExhaustedError,
    Meter,
    Readable,
    budget_of,
    bytes_of,
    stream,
    unpacked,
)
from kg.read.inputs import Input, Outcome, Skipped, Unread
from kg.read.kinds import SUFFIXES, kind_of
from kg.read.names import Names, clean

_OUTSIDE: Final = re.compile(r"/|[a-z]:|(?:.*/)?\.\.(?:/|$)", re.IGNORECASE | re.DOTALL)
_HIDDEN: Final = re.compile(r"(?:^|/)(?:\.|__MACOSX(?:/|$))")
_ZIP: Final = b"PK"
"""What such a file is, only its end tells."""
_LOCKED: Final = 0x1
_UTF_8: Final = 0x800
"""Flags of a file in a zip file: it is encrypted, its name is in UTF-8."""
_STREAMED: Final = {"json", "jsonl", "csv", "tar", "gzip"}
"""What is read without being held in memory as a whole; other kinds are read back and forth."""
_PACKED: Final = re.compile(r"(?:\.(?:gz|tgz|bz2|xz))+$", re.IGNORECASE)


class _Entry(NamedTuple):
    """A file in an archive: its name there, how to open it, and why it is not to be opened, if so."""

    name: str
    open: Callable[[], Readable]
    skipped: str = ""
    locked: bool = False


def documents(input_: Input) -> Iterator[Outcome]:
    """Yield each file in an archive as an input of its own, and those that are not read with the reason.

    Raises InputError when nothing in it can be read.
    """
    kind, budget = kind_of(input_), budget_of(input_)
    if kind == "gzip":
        yield _unzipped(input_, budget)
        return
    names = Names()
    found = False
    try:
        for entry in _ENTRIES[kind](input_, budget):
            found = True
            yield _outcome(input_, entry, names, budget)
    except InputError as error:
        if not found:
            raise
        yield Unread(input_.path, error.what, error.hint)
    if not found:
        raise InputError(input_.path, "holds no files", "put the articles into it")


def _outcome(input_: Input, entry: _Entry, names: Names, budget: Budget) -> Outcome:
    raw = entry.name.replace("\\", "/")
    name = clean(raw)
    suffix = PurePosixPath(name).suffix
    path = f"{input_.path}/{names.given(name.removesuffix(suffix), suffix)}"
    if _OUTSIDE.match(raw):
        return Unread(path, "has a name that leads out of the archive", "pack it again from inside its folder")
    if reason := entry.skipped or _not_read(name, suffix.lower()):
        return Skipped(path, reason)
    if entry.locked:
        return Unread(path, "is locked with a password", "pack it again without one")
    try:
        data = bytes_of(entry.open(), path, input_.limits)
    except ExhaustedError:
        raise
    except InputError as error:
        return Unread(path, error.what, error.hint)
    except DAMAGE as error:
        return Unread(path, f"cannot be unpacked ({error})", "pack it again")
    return Input(path, partial(BytesIO, data), input_.limits, input_.depth + 1, budget=budget)


def _not_read(name: str, suffix: str) -> str:
    """Return why a file of that name is left alone, or ""."""
    if _HIDDEN.search(name):
        return "is hidden"
    return "" if suffix in SUFFIXES else f"{suffix or 'nameless'} files are not read"


def _in_zip(input_: Input, budget: Budget) -> Iterator[_Entry]:
    """Yield the files in a zip file in the order of their names."""
    with input_.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except DAMAGE as error:
            raise InputError(input_.path, f"is damaged ({error})", "pack it again, or unpack it") from error
        with archive:
            for info in sorted(archive.infolist(), key=_zip_name):
                if not _zip_name(info).endswith(("/", "\\")):
                    yield _Entry(_zip_name(info), partial(_opened, input_, archive, info, budget), *_flags(info))


def _opened(input_: Input, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Counted:
    return Counted(input_.path, Meter(budget), archive.open(info))


def _flags(info: zipfile.ZipInfo) -> tuple[str, bool]:
    link = stat.S_ISLNK(info.external_attr >> 16)
    return "is a link" if link else "", bool(info.flag_bits & _LOCKED)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file; many programs write UTF-8 and do not say so."""
    try:
        return info.filename if info.flag_bits & _UTF_8 else info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _in_tar(input_: Input, budget: Budget) -> Iterator[_Entry]:
    """Yield the files in a tar file in the order in which they stand there: another one would take memory for all."""
    with unpacked(input_, Meter(budget)) as tape:
        try:
            with tarfile.open(fileobj=tape, mode="r:", encoding="utf-8", errors="replace") as archive:
                while info := archive.next():
                    cast("Any", archive).members.clear()  # it would keep them all
                    yield from _tar_entry(archive, info)
        except DAMAGE as error:
            raise InputError(input_.path, f"is damaged ({error})", "pack it again") from error
        if tape.last.strip(b"\0"):
            raise InputError(input_.path, "is damaged behind the last file that was read", "pack it again")


def _tar_entry(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[_Entry]:
    other = "is a link" if info.issym() or info.islnk() else "" if info.isreg() else "is a device"
    if not info.isdir():
        yield _Entry(info.name, lambda: cast("Readable", archive.extractfile(info)), other)


_ENTRIES: Final[Mapping[str, Callable[[Input, Budget], Iterator[_Entry]]]] = {"zip": _in_zip, "tar": _in_tar}


def _unzipped(input_: Input, budget: Budget) -> Input:
    """Return what a gzip file holds: it has no name of its own, so that it is known by that of the gzip file."""
    name = _PACKED.sub("", input_.path)
    inner = Input(name, partial(stream, input_, Meter(budget)), input_.limits)
    if inner.head.startswith(_ZIP):
        inner = Input.of_bytes(name, inner.data, input_.limits)
    kind = kind_of(inner)
    if not kind:
        what = PurePosixPath(name).suffix or "nameless"
        raise InputError(input_.path, f"holds a file of a kind that is not read ({what})", "unpack it")
    open_ = inner.open if kind in _STREAMED else partial(BytesIO, inner.data)
    return Input(input_.path, open_, input_.limits, input_.depth + 1, kind=kind, budget=budget)
