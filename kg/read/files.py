"""Find the files that people mean, and read each as pages; what cannot be read is named with its reason."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.model import Page
from kg.read.compose import compose
from kg.read.documents import documents
from kg.read.inputs import Input, Limits, Skipped, Unread
from kg.read.kinds import SUFFIXES, kind_of

_TOLD_BY_CONTENT: Final = frozenset({"html", "feed", "pdf"})
"""The kinds of file that are read whatever their name; others could be anything's insides."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read: the path that it is known by, and where it is on this machine."""

    path: str
    location: Path


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at some paths: the files to read, those left alone, and what cannot even be looked at.

    Paths are relative to `root`, with "/" on every system.
    """

    root: Path
    files: tuple[File, ...]
    skipped: tuple[Skipped, ...] = ()
    barred: tuple[Skipped, ...] = ()


def find(paths: Sequence[Path]) -> Found:
    """Find the files to read at `paths`; folders are searched with all below them, links to folders not followed.

    A folder into which things were built is not searched. Raises InputError for a path that does not exist and for a
    named file of a kind that is not read.
    """
    for path in paths:
        _must_be_readable(path)
    root = _root(paths)
    named = {path.resolve() for path in paths if path.is_file()}
    files: set[File] = set()
    skipped: set[Skipped] = set()
    barred: set[Skipped] = set()
    for file, trouble in (found for path in paths for found in _walk(path)):
        relative = Path(os.path.relpath(file, root)).as_posix()
        if trouble or not _is_utf8(relative):
            shown = relative.encode(errors="surrogateescape").decode(errors="backslashreplace")
            barred.add(Skipped(shown, trouble or "has a name that is not UTF-8"))
        elif reason := "" if file in named else _why_skipped(file):
            skipped.add(Skipped(relative, reason))
        else:
            files.add(File(relative, file))
    return Found(root, tuple(sorted(files)), tuple(sorted(skipped)), tuple(sorted(barred)))


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _must_be_readable(path: Path) -> None:
    if not path.exists():
        raise InputError(str(path), "no such file or folder", "check the path")
    if path.is_file() and path.suffix and not _kind_on_disk(path):
        raise InputError(str(path), f"{path.suffix} files are not read", f"give one of: {' '.join(sorted(SUFFIXES))}")


def _root(paths: Sequence[Path]) -> Path:
    folders = [p.resolve() if p.is_dir() else p.resolve().parent for p in paths]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def _walk(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files at a path, the folders left out, and with its reason each folder that cannot be opened."""
    if not path.is_dir():
        yield path.resolve(), ""
        return
    errors: list[OSError] = []
    for folder, names, files in os.walk(path.resolve(), onerror=errors.append):
        left_out = {n for n in names if n.startswith(".") or Path(folder, n).is_symlink()}
        names[:] = sorted(n for n in names if n not in left_out and not _is_output(Path(folder, n)))
        products = {n for n in files if Path(folder, n).is_symlink()} if _is_output(Path(folder)) else set()
        yield from ((Path(folder, name), "") for name in sorted({*files, *left_out} - products))
    yield from ((Path(e.filename), f"cannot be opened ({e.strerror})") for e in errors)


def _is_output(folder: Path) -> bool:
    """Tell whether a folder is one that things were built into, by the folder of builds in it."""
    return (folder / ".builds").is_dir()


def _why_skipped(file: Path) -> str:
    what = "folder" if file.is_dir() else "file"
    if file.name.startswith("."):
        return f"a hidden {what}"
    if file.is_symlink() and file.is_dir():
        return "a link to a folder"
    if file.suffix.lower() in SUFFIXES or not file.is_file():
        return "" if file.is_file() else "not a regular file"
    if _kind_on_disk(file) in _TOLD_BY_CONTENT:
        return ""
    return f"{file.suffix} files are not read" if file.suffix else "files without a suffix are not read"


def _kind_on_disk(file: Path) -> str:
    """Return the kind of a file by its name, or if that says nothing, by how it begins."""
    if known := SUFFIXES.get(file.suffix.lower()):
        return known
    try:
        return kind_of(input_of(File(file.name, file)))
    except InputError:
        return ""


def input_of(file: File, limits: Limits | None = None) -> Input:
    """Return a file as what the readers take."""
    hint = SUFFIXES.get(file.location.suffix.lower(), "")
    return Input(file.path, partial(_opened, file), limits or Limits(), hint=hint)


def _opened(file: File) -> BinaryIO:
    try:
        return file.location.open("rb")
    except OSError as error:
        hint = "check the file and its permissions"
        raise InputError(file.path, f"cannot be read ({error.strerror})", hint) from error


def read_pages(file: File, limits: Limits | None = None) -> Iterator[Page | Skipped | Unread]:
    """Yield the pages in a file, one for each article, and what in it could not be read.

    Raises InputError, naming the file, when nothing in it can be read at all.
    """
    for found in documents(input_of(file, limits)):
        if not isinstance(found, tuple):
            yield found
            continue
        path, document = found
        try:
            yield compose(path, document, _sha256(file) if path == file.path else "")
        except InputError as error:
            yield Unread(path, error.what, error.hint)


def read_page(file: File, limits: Limits | None = None) -> Page:
    """Return the page in a file that holds one.

    Raises InputError when it holds none.
    """
    for found in read_pages(file, limits):
        if isinstance(found, Page):
            return found
        raise InputError(found.path, found.reason, found.hint if isinstance(found, Unread) else "")
    raise InputError(file.path, "holds no article", "put the article's text into it, or remove it")


def pages_at(paths: Iterable[str], locate: dict[str, Path], root: Path, limits: Limits | None = None) -> Iterator[Page]:
    """Yield the pages that are known by `paths`, each file opened once; those that are not there any more are left out.

    `locate` says where files are that do not lie below `root`.
    """
    wanted = set(paths)
    files = sorted({file for path in wanted if (file := _file_of(path, locate, root))})
    for file in files:
        try:
            yield from (p for p in read_pages(file, limits) if isinstance(p, Page) and p.path in wanted)
        except InputError:
            continue


def _file_of(path: str, locate: dict[str, Path], root: Path) -> File | None:
    """Return the file that a page stands in: the page's own path, or the beginning of it that is a file."""
    while path:
        location = locate.get(path, root / path)
        if location.is_file():
            return File(path, location)
        path = path.rpartition("/")[0]
    return None


def _sha256(file: File) -> str:
    with file.location.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
