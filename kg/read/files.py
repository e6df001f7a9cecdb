"""Find the files that people mean and turn each into a page; what cannot be read is named with its reason."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.model import Page
from kg.read.blocks import CONTROLS
from kg.read.plain import blocks_of

_TEXT: Final = frozenset({".txt", ".text"})
_MARKDOWN: Final = frozenset({".md", ".markdown"})
_HTML: Final = frozenset({".htm", ".html", ".xhtml"})
READ: Final = _TEXT | _MARKDOWN | _HTML
"""The suffixes of the files that are read."""

LARGEST: Final = 20_000_000
"""Bytes; a page of text beyond this is no article but a mistake."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,40})", re.IGNORECASE)
_IS_HTML: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_NO_ENCODINGS: Final = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
"""Codecs of Python that no page is written in."""

_HEAD: Final = 4096


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A file that was found and left alone, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at some paths: the files to read, those left alone, and what cannot even be looked at.

    Paths are relative to `root`, with "/" on every system.
    """

    root: Path
    files: tuple[str, ...]
    skipped: tuple[Skipped, ...]
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
    files: set[str] = set()
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
            files.add(relative)
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
    if path.is_file() and path.suffix and path.suffix.lower() not in READ:
        raise InputError(str(path), f"{path.suffix} files are not read", f"give one of: {' '.join(sorted(READ))}")


def _root(paths: Sequence[Path]) -> Path:
    folders = [p.resolve() if p.is_dir() else p.resolve().parent for p in paths]
    return Path(os.path.commonpath(folders))


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
    if file.suffix.lower() not in READ:
        return f"{file.suffix} files are not read" if file.suffix else "files without a suffix are not read"
    return "" if file.is_file() else "not a regular file"


def read_page(root: Path, path: str) -> Page:
    """Read the file `path` below `root` as a page.

    Raises InputError, naming the file, when it cannot be opened, is empty, too large, binary, or in an unknown
    encoding.
    """
    data = _bytes(root / path, path)
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
    if not text.strip():
        raise InputError(path, "is empty", "put the article's text into it, or remove it")
    return _page(path, text, hashlib.sha256(data).hexdigest())


def _page(path: str, text: str, sha256: str) -> Page:
    """Choose the reader by content first, by suffix second; heavy readers are imported where they are needed."""
    suffix = Path(path).suffix.lower()
    if _IS_HTML.match(text) or suffix in _HTML:
        from kg.read.html import write_html  # noqa: PLC0415 - a build of plain text never pays for lxml

        page, language = write_html(text, path)
        return Page(path, page.text, tuple(page.blocks), tuple(page.links), sha256, language)
    from kg.read.markdown import looks_like_markdown, write_markdown  # noqa: PLC0415 - the same, for markdown-it

    if looks_like_markdown(text, named=suffix in _MARKDOWN):
        page = write_markdown(text)
        return Page(path, page.text, tuple(page.blocks), tuple(page.links), sha256)
    return Page(path, text, blocks_of(text), (), sha256)


def _bytes(file: Path, path: str) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise InputError(path, f"is {size:,} bytes; the limit is {LARGEST:,}", "split it, or remove it")
        return file.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "check the file and its permissions") from error


def _decode(data: bytes, path: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, path)
    if b"\0" in data[:_HEAD]:
        raise InputError(path, "is binary, not text", "save the article as text, Markdown or HTML")
    html = Path(path).suffix.lower() in _HTML or _IS_HTML.match(data[:_HEAD].decode("latin-1"))
    declared = _CHARSET.search(data[:_HEAD]) if html else None
    return _decode_as(data, declared.group(1).decode() if declared else "utf-8", path)


def _decode_as(data: bytes, encoding: str, path: str) -> str:
    if not _is_encoding(encoding):
        raise InputError(path, f"declares the unknown encoding {encoding!r}", "save it as UTF-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(path, f"byte {error.start} is not {encoding}", "save it as UTF-8") from None


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _NO_ENCODINGS
    except LookupError:
        return False
