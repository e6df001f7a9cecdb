"""Find the files that people mean; what is left alone, or cannot even be looked at, is named with its reason."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.read.inputs import Input, Limits, Skipped, Unread
from kg.read.kinds import SUFFIXES, by_content, kind_of

_TOLD_BY_CONTENT: Final = frozenset({"html", "feed", "pdf"})
"""The kinds of file that are read whatever their name; others could be anything's insides."""

_PRODUCTS: Final = frozenset({".builds", ".current", ".current.new", ".lock"})
"""What a build leaves beside its links in the folder that it was told to write to."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read: the path that it is known by, where it is on this machine, and its path below what was named.

    What a path says of an article is looked for in `below` only, so that it does not depend on what else was named.
    """

    path: str
    location: Path
    below: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at some paths: the files to read, those left alone, and what cannot even be looked at.

    Paths are relative to `root`, with "/" on every system; `folders` are those that were named.
    """

    root: Path
    files: tuple[File, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    barred: tuple[Unread, ...] = ()
    folders: tuple[str, ...] = ()


def find(paths: Sequence[Path], root: Path | None = None, named: Sequence[str] = ()) -> Found:
    """Find the files to read at `paths`; folders are searched with all below them, links to folders not followed.

    Paths are told from `root`, by default the innermost folder that holds all; `named` are the folders that were named
    before, from there. What a build wrote is left out.

    Raises InputError for a path that does not exist or cannot be looked at, and for a named file of a kind that is not
    read.
    """
    for path in paths:
        _must_be_readable(path)
    root = root or _root(paths)
    folders = tuple(sorted({*named, *(_relative(p.resolve(), root) for p in paths if p.is_dir())}))
    given = {path.resolve() for path in paths if path.is_file()}
    files: set[File] = set()
    skipped: set[Skipped] = set()
    barred: set[Unread] = set()
    for file, trouble in (found for path in paths for found in _walk(path)):
        relative = _relative(file, root)
        if trouble or not _is_utf8(relative):
            shown = relative.encode(errors="surrogateescape").decode(errors="backslashreplace")
            barred.add(Unread(shown, trouble or "has a name that is not UTF-8", "check its permissions and its name"))
        elif reason := "" if file in given else _why_skipped(file):
            skipped.add(Skipped(relative, reason))
        else:
            files.add(File(relative, file, below(relative, folders)))
    return Found(root, tuple(sorted(files)), tuple(sorted(skipped)), tuple(sorted(barred)), folders)


def _relative(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()


def below(path: str, folders: Iterable[str]) -> str:
    """Return the part of a path below the innermost of some folders that it is in; its name where it is in none.

    >>> below("acme/blog/a.md", ["acme", "acme/blog"]), below("acme/a.md", ["."]), below("a/b.md", [])
    ('a.md', 'acme/a.md', 'b.md')
    """
    inside = [folder for folder in folders if folder == "." or path.startswith(f"{folder}/")]
    if not inside:
        return path.rpartition("/")[2]
    innermost = max(inside, key=lambda folder: -1 if folder == "." else len(folder))
    return path if innermost == "." else path[len(innermost) + 1 :]


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _must_be_readable(path: Path) -> None:
    try:
        path.stat()
    except FileNotFoundError:
        raise InputError(str(path), "no such file or folder", "check the path") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be opened ({error.strerror})", "check its permissions") from error
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
        products = set(_products(Path(folder), [*names, *files]))
        left_out = {n for n in names if n.startswith(".") or Path(folder, n).is_symlink()}
        names[:] = sorted(n for n in names if n not in left_out | products)
        yield from ((Path(folder, name), "") for name in sorted({*files, *left_out} - products))
    yield from ((Path(e.filename), f"cannot be opened ({e.strerror})") for e in errors)


def _products(folder: Path, names: Sequence[str]) -> Iterator[str]:
    """Yield the names in a folder that a build wrote there: its own, and the links that lead to them."""
    if ".builds" in names:
        yield from _PRODUCTS
        links = (name for name in names if (folder / name).is_symlink())
        yield from (name for name in links if (folder / name).readlink().parts[:1] == (".current",))


def _why_skipped(file: Path) -> str:
    """Return why something in a folder is left alone, or ""."""
    try:
        is_folder, is_file = file.is_dir(), file.is_file()
    except OSError as error:
        return f"cannot be looked at ({error.strerror})"
    if file.name.startswith("."):
        return f"a hidden {'folder' if is_folder else 'file'}"
    if not is_file:
        return "a link to a folder" if is_folder else "not a regular file"
    return _why_not_read(file)


def _why_not_read(file: Path) -> str:
    """Return why a file is left alone, or ""; it is looked into only where its name does not say what it is."""
    suffix = file.suffix.lower()
    if suffix == ".xml":
        return "" if _begins_as(file) else "is XML, but no feed"
    if suffix in SUFFIXES or _begins_as(file) in _TOLD_BY_CONTENT:
        return ""
    return f"{file.suffix} files are not read" if suffix else "files without a suffix are not read"


def _kind_on_disk(file: Path) -> str:
    """Return the kind of a file by its name, or if that says nothing, by how it begins."""
    return SUFFIXES.get(file.suffix.lower()) or kind_of(input_of(File(file.name, file, file.name)))


def _begins_as(file: Path) -> str:
    """Return the kind of a file by its first bytes; one that cannot be opened is told of when it is read."""
    try:
        return by_content(input_of(File(file.name, file, file.name)))
    except InputError:
        return "html"


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
