"""From files to the facts of their articles: pure functions, so that they can run in any number of processes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, takewhile
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.check import refuse_miscut, validate
from kg.derive import Lexicon, Profile, profile
from kg.errors import InputError
from kg.extract import extract
from kg.extract.language.frequency import rarity
from kg.extract.language.stems import stem
from kg.link import link
from kg.model import Article, Page, Record
from kg.pipeline.options import Options
from kg.read import (
    File,
    Identity,
    Limits,
    Piece,
    Skipped,
    Unread,
    article_on,
    identity,
    merge,
    pages_of,
    pieces,
    read_page,
    table,
)
from kg.store import classes, quad
from kg.vocab import BASE, Vocabulary, digest, load

_KEY_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, the key of what is in it, and the keys of the pages in it that are stored already, by path."""

    file: File
    key: str = ""
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What an article says, and the little of it by which it is compared with others."""

    record: Record
    profile: Profile


@dataclass(frozen=True, slots=True)
class Made:
    """What one page gave: by what its article is known, what the article says, and the key of the page."""

    identity: Identity
    told: Told
    key: str

    @property
    def path(self) -> str:
        """The path of the page."""
        return self.told.record.path


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that is what it was."""

    path: str


@dataclass(frozen=True, slots=True)
class Lost(Unread):
    """A piece of a file that cost the process that read it; another time it may not."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of a file to read, and the keys of the pages in it that are stored already, by path."""

    piece: Piece
    known: Mapping[str, str]


Outcome = Made | Kept | Skipped | Unread
"""What becomes of each page, record or entry that is found in a file."""


@cache
def vocabulary(base: str, files: tuple[Path, ...] = ()) -> Vocabulary:
    """Return the vocabularies of ontology/ under a base IRI and those in some files, loaded once in each process."""
    return load(base, vocabularies=files)


def read_article(root: Path, path: str) -> Article:
    """Return the article in a file that holds one.

    Raises InputError when there is none.
    """
    return article_on(read_page(File(path, root / path, path)), table())


def tasks(job: Job, limits: Limits) -> Iterator[Task | Skipped | Unread]:
    """Yield what is to be done about a file, piece by piece, and what in it needs nothing; never nothing at all."""
    known = sorted(job.known)
    nothing = True
    try:
        for piece in pieces(job.file, limits):
            nothing = False
            yield Task(piece, _below(piece.path, known, job.known)) if isinstance(piece, Piece) else piece
    except Exception as error:  # noqa: BLE001 - see unread
        yield unread(job.file.path, error)
        return
    if nothing:
        yield _empty(job.file.path)


def _below(path: str, paths: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return what is known by paths that begin with that of a piece; `paths` are all of them, sorted."""
    beginning = islice(paths, bisect_left(paths, path), None)
    return {page: known[page] for page in takewhile(lambda page: page.startswith(path), beginning)}


def outcomes(task: Task, options: Options) -> Iterator[Outcome]:
    """Yield what each article in a piece says, and what in it gave none; nothing is ever left untold."""
    nothing = True
    try:
        for found in pages_of(task.piece):
            nothing = False
            yield _made(found, task.known, options) if isinstance(found, Page) else found
    except Exception as error:  # noqa: BLE001 - see unread
        yield unread(task.piece.path, error)
        return
    if nothing:
        yield _empty(task.piece.path)


def _empty(path: str) -> Unread:
    return Unread(path, "holds no article", "remove it")


def page_key(page: Page) -> str:
    """Return a digest of all that was read of a page."""
    return digest(repr(page), _KEY_DIGITS)


def _made(page: Page, known: Mapping[str, str], options: Options) -> Made | Kept | Unread:
    key = page_key(page)
    if known.get(page.path) == key:
        return Kept(page.path)
    try:
        article = article_on(page, table())
        return Made(identity(article), _told(article, options), key)
    except Exception as error:  # noqa: BLE001 - see unread
        return unread(page.path, error)


def _told(article: Article, options: Options) -> Told:
    known = vocabulary(options.base, options.vocabularies)
    made = link(article, extract(article, known), known)
    refuse_miscut(made.facts, options.base, {page.path: page for page in article.pages})
    _refuse_misshapen(made, known)
    return Told(made, profile(article, made, Lexicon(stem, rarity)))


def _refuse_misshapen(made: Record, known: Vocabulary) -> None:
    """Raise InputError for the first thing in the facts of an article that breaks the shapes of the ontology."""
    graph = ox.NamedNode(made.iri)
    quads = (quad(fact, graph) for fact in (*made.facts, *made.shared))
    for problem in validate(quads, lambda iri: classes(known.base, iri, known)):
        raise InputError(made.path, f"breaks a shape: {problem.where} {problem.what}", "please report this as a bug")


def joined(pages: Sequence[Page], options: Options) -> Told | tuple[Unread, ...]:
    """Return what the article says that several pages show together, or why each of them gave none."""
    try:
        return _told(merge(article_on(page, table()) for page in pages), options)
    except Exception as error:  # noqa: BLE001 - see unread
        return tuple(unread(page.path, error) for page in pages)


def record(
    paths: Sequence[str], root: Path, base: str = BASE, vocabularies: tuple[Path, ...] = ()
) -> Record | tuple[Unread, ...]:
    """Return the facts of the article that some files below `root` show together, or why each of them gave none."""
    options = Options(base, vocabularies=vocabularies)
    try:
        told = joined([read_page(File(path, root / path, path)) for path in paths], options)
        return told.record if isinstance(told, Told) else told
    except InputError as error:
        return (unread(error.where, error),)


def unread(path: str, error: Exception) -> Unread:
    """Tell why a file gave no article. A bug of ours that one page brings out must not cost the user all the others."""
    if isinstance(error, InputError):
        return Unread(path, error.what, error.hint)
    return Unread(path, f"could not be read ({type(error).__name__}: {error})", "please report this as a bug")
