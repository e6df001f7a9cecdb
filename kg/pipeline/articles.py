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
from kg.model import Article, Kind, Page, Record
from kg.pipeline.options import Options
from kg.read import (
    File,
    Headings,
    Identity,
    Skipped,
    Unread,
    article_on,
    identity,
    merge,
    pages_at,
    read_page,
    read_pages,
)
from kg.vocab import BASE, Vocabulary, load


@dataclass(frozen=True, slots=True)
class Made:
    """What one page gave: its path, by what its article is known, and the facts of the article."""

    path: str
    identity: Identity
    record: Record


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the files of a build are: below `root`, or, for what was fetched, where `copies` says."""

    root: Path
    copies: dict[str, Path]


@cache
def vocabulary(base: str) -> Vocabulary:
    """Return the vocabularies of ontology/ under a base IRI, loaded once in each process."""
    return load(base)


@cache
def _headings(base: str) -> Headings:
    return Headings.of(vocabulary(base).of(Kind.SECTION))


def read_article(root: Path, path: str, base: str = BASE) -> Article:
    """Return the article in a file that holds one.

    Raises InputError when there is none.
    """
    return article_on(read_page(File(path, root / path)), _headings(base))


def read_file(file: File, options: Options) -> tuple[Made | Skipped | Unread, ...]:
    """Return what each article in a file says, and what in the file gave none; nothing is ever left untold."""
    made: list[Made | Skipped | Unread] = []
    try:
        found = read_pages(file, options.limits)
        made.extend(_made(one, options) if isinstance(one, Page) else one for one in found)
    except Exception as error:  # noqa: BLE001 - see _unread
        made.append(_unread(file.path, error))
    return tuple(made) or (Unread(file.path, "holds no article", "remove it"),)


def _made(page: Page, options: Options) -> Made | Unread:
    try:
        article = article_on(page, _headings(options.base))
        return Made(page.path, identity(article), _record(article, options.base))
    except Exception as error:  # noqa: BLE001 - see _unread
        return _unread(page.path, error)


def _record(article: Article, base: str) -> Record:
    made = link(article, extract(article, vocabulary(base)), vocabulary(base))
    refuse_miscut(made.facts, base, {page.path: page for page in article.pages})
    return made


def merged(paths: Sequence[str], inputs: Inputs, options: Options) -> Record | tuple[Unread, ...]:
    """Return the facts of the article that several pages show together, or why each of them gave none."""
    try:
        pages = list(pages_at(paths, inputs.copies, inputs.root, options.limits))
        return _record(merge(article_on(page, _headings(options.base)) for page in pages), options.base)
    except Exception as error:  # noqa: BLE001 - see _unread
        return tuple(_unread(path, error) for path in paths)


def record(paths: Sequence[str], root: Path, base: str = BASE) -> Record | tuple[Unread, ...]:
    """Return the facts of the article that some files below `root` show together, or why each of them gave none."""
    return merged(paths, Inputs(root, {}), Options(base))


def failures(outcomes: Sequence[object]) -> Iterator[Unread]:
    """Yield what could not be read among the outcomes of some files."""
    return (outcome for outcome in outcomes if isinstance(outcome, Unread))


def _unread(path: str, error: Exception) -> Unread:
    """Tell why a file gave no article. A bug of ours that one page brings out must not cost the user all the others."""
    if isinstance(error, InputError):
        return Unread(path, error.what, error.hint)
    return Unread(path, f"could not be read ({type(error).__name__}: {error})", "please report this as a bug")
