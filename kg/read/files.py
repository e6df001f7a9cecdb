"""Read files as pages, one for each article in them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import InputError
from kg.model import Page
from kg.read.compose import compose
from kg.read.documents import COLLECTIONS, documents, parts
from kg.read.find import File, below, input_of
from kg.read.inputs import Document, Input, Limits, Skipped, Unread
from kg.read.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read by itself, in any process: a file, or an entry, a record or a member of one that is a collection."""

    file: File
    path: str
    """The path that it is known by."""
    input: Input


def is_collection(file: File) -> bool:
    """Tell whether a file is one that `pieces` takes apart; one that cannot be opened is none."""
    try:
        return kind_of(input_of(file)) in COLLECTIONS
    except InputError:
        return False


def pieces(file: File, limits: Limits | None = None) -> Iterator[Piece | Skipped | Unread]:
    """Take a file apart into what is read by itself, at little cost: no article in it is read, nor held for long."""
    seen: set[str] = set()
    try:
        for part in parts(input_of(file, limits)):
            if isinstance(part, Input):
                own = replace(part, budget=copy(part.budget))  # what is unpacked in one process is unknown to others
                yield Piece(file, _distinct(part.path, seen), own)
            else:
                yield part
    except InputError as error:
        yield Unread(file.path, error.what, error.hint)


def pages_of(piece: Piece) -> Iterator[Page | Skipped | Unread]:
    """Yield the pages in a piece of a file, one for each article, and what in it could not be read."""
    seen: set[str] = set()
    try:
        for found in documents(piece.input):
            if isinstance(found, tuple):
                yield _page(piece, _distinct(_path(piece, found[0]), seen), found[1])
            else:
                yield replace(found, path=_path(piece, found.path))
    except InputError as error:
        yield Unread(piece.path, error.what, error.hint)


def _distinct(path: str, seen: set[str]) -> str:
    """Return a path that is not taken: in an archive, "a.zip" may stand beside a folder of that name."""
    while path in seen:
        path += "~2"
    seen.add(path)
    return path


def _path(piece: Piece, path: str) -> str:
    return piece.path + path.removeprefix(piece.input.path)


def _page(piece: Piece, path: str, document: Document) -> Page | Unread:
    inside = path.removeprefix(piece.file.path)
    try:
        return compose(path, document, piece.file.below + inside, "" if inside else _sha256(piece))
    except InputError as error:
        return Unread(path, error.what, error.hint)


def _sha256(piece: Piece) -> str:
    whole = input_of(piece.file, piece.input.limits) if piece.input.depth else piece.input
    return hashlib.sha256(whole.data).hexdigest()


def read_pages(file: File, limits: Limits | None = None) -> Iterator[Page | Skipped | Unread]:
    """Yield the pages in a file, one for each article, and what in it could not be read."""
    for piece in pieces(file, limits):
        if isinstance(piece, Piece):
            yield from pages_of(piece)
        else:
            yield piece


def read_page(file: File, limits: Limits | None = None) -> Page:
    """Return the page in a file that holds one.

    Raises InputError when it holds none.
    """
    for found in read_pages(file, limits):
        if isinstance(found, Page):
            return found
        raise InputError(found.path, found.reason, found.hint if isinstance(found, Unread) else "")
    raise InputError(file.path, "holds no article", "put the article's text into it, or remove it")


@dataclass(frozen=True)
class Where:
    """Where the files of a build are: below `root`, or where `copies` says; `folders` are those that were named."""

    root: Path
    copies: Mapping[str, Path] = field(default_factory=dict)
    folders: tuple[str, ...] = (".",)

    def file(self, path: str) -> File | None:
        """Return the file that a page stands in: the page's own path, or the beginning of it that is a file."""
        while path:
            location = self.copies.get(path, self.root / path)
            if location.is_file():
                return File(path, location, path if path in self.copies else below(path, self.folders))
            path = path.rpartition("/")[0]
        return None


def pages_at(paths: Iterable[str], where: Where, limits: Limits | None = None) -> Iterator[Page]:
    """Yield the pages that are known by `paths`, opening each file once; what is not there any more is left out."""
    wanted = set(paths)
    for file in sorted({file for path in wanted if (file := where.file(path))}):
        yield from pages_in(file, wanted, limits)


def pages_in(file: File, wanted: Collection[str], limits: Limits | None = None) -> Iterator[Page]:
    """Yield the pages in a file that are known by paths that are `wanted`; no others are read."""
    around = {path[:end] for path in wanted for end in _ends(path)}
    for piece in pieces(file, limits):
        if isinstance(piece, Piece) and piece.path in around:
            yield from (page for page in pages_of(piece) if isinstance(page, Page) and page.path in wanted)


def _ends(path: str) -> Iterator[int]:
    """Yield where a path ends, and where each path ends that this one could be a part of."""
    yield len(path)
    yield from (place for place, letter in enumerate(path) if letter == "/")
