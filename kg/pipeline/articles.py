"""From files to the facts of their articles: pure functions, so that they can run in any number of processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.check import refuse_miscut
from kg.errors import InputError
from kg.extract import extract
from kg.link import link
from kg.model import Article, Page, Record
from kg.pipeline.options import Options
from kg.read import (
    File,
    Identity,
    Skipped,
    Unread,
    article_on,
    identity,
    merge,
    read_page,
    read_pages,
    table,
)
from kg.vocab import BASE, Vocabulary, load


@dataclass(frozen=True, slots=True)
class Made:
    """What one page gave: by what its article is known, and the facts of the article."""

    identity: Identity
    record: Record

    @property
    def path(self) -> str:
        """The path of the page."""
        return self.record.path


Outcome = Made | Skipped | Unread
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


def read_file(file: File, options: Options) -> tuple[Outcome, ...]:
    """Return all outcomes of a file at once, as one process hands them to another."""
    return tuple(outcomes(file, options))


def outcomes(file: File, options: Options) -> Iterator[Outcome]:
    """Yield what each article in a file says, and what in the file gave none; nothing is ever left untold."""
    nothing = True
    try:
        for found in read_pages(file, options.limits):
            nothing = False
            yield _made(found, options) if isinstance(found, Page) else found
    except Exception as error:  # noqa: BLE001 - see unread
        yield unread(file.path, error)
        return
    if nothing:
        yield Unread(file.path, "holds no article", "remove it")


def _made(page: Page, options: Options) -> Made | Unread:
    try:
        article = article_on(page, table())
        return Made(identity(article), _record(article, options))
    except Exception as error:  # noqa: BLE001 - see unread
        return unread(page.path, error)


def _record(article: Article, options: Options) -> Record:
    known = vocabulary(options.base, options.vocabularies)
    made = link(article, extract(article, known), known)
    refuse_miscut(made.facts, options.base, {page.path: page for page in article.pages})
    return made


def joined(pages: Sequence[Page], options: Options) -> Record | tuple[Unread, ...]:
    """Return the facts of the article that several pages show together, or why each of them gave none."""
    try:
        return _record(merge(article_on(page, table()) for page in pages), options)
    except Exception as error:  # noqa: BLE001 - see unread
        return tuple(unread(page.path, error) for page in pages)


def record(
    paths: Sequence[str], root: Path, base: str = BASE, vocabularies: tuple[Path, ...] = ()
) -> Record | tuple[Unread, ...]:
    """Return the facts of the article that some files below `root` show together, or why each of them gave none."""
    options = Options(base, vocabularies=vocabularies)
    try:
        return joined([read_page(File(path, root / path, path)) for path in paths], options)
    except InputError as error:
        return (unread(error.where, error),)


def unread(path: str, error: Exception) -> Unread:
    """Tell why a file gave no article. A bug of ours that one page brings out must not cost the user all the others."""
    if isinstance(error, InputError):
        return Unread(path, error.what, error.hint)
    return Unread(path, f"could not be read ({type(error).__name__}: {error})", "please report this as a bug")


def lost(file: File, reason: str) -> tuple[Outcome, ...]:
    """Tell of a file that ended the process that read it, mostly when memory runs out, or kept it for too long."""
    return (Unread(file.path, reason, "leave it out, or give it more memory or time"),)
