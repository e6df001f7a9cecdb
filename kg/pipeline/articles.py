"""From files to the facts of one article: pure functions, so that they can run in any number of processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.check import refuse_miscut
from kg.errors import InputError
from kg.extract import extract
from kg.link import link
from kg.model import Article, Kind, Record
from kg.read import Headings, Identity, article_on, identity, merge, read_page
from kg.vocab import Vocabulary, load


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A file that gave no article, and why."""

    path: str
    reason: str
    hint: str


@cache
def vocabulary(base: str) -> Vocabulary:
    """Return the vocabularies of ontology/ under a base IRI, loaded once in each process."""
    return load(base)


@cache
def _headings(base: str) -> Headings:
    return Headings.of(vocabulary(base).of(Kind.SECTION))


def read_article(root: Path, path: str, base: str) -> Article:
    """Return the article in one file.

    Raises InputError when there is none.
    """
    return article_on(read_page(root, path), _headings(base))


def survey(path: str, root: Path, base: str) -> tuple[str, Identity | Failure]:
    """Return which article a file shows, or why none."""
    try:
        return path, identity(read_article(root, path, base))
    except Exception as error:  # noqa: BLE001 - see _failure
        return path, _failure(path, error)


def record(paths: Sequence[str], root: Path, base: str) -> Record | tuple[Failure, ...]:
    """Return the facts of the article that some files show together, or why each of them gave none."""
    try:
        article = merge(read_article(root, path, base) for path in paths)
        made = link(article, extract(article, vocabulary(base)), vocabulary(base))
        refuse_miscut(made.facts, base, {page.path: page for page in article.pages})
    except Exception as error:  # noqa: BLE001 - see _failure
        return tuple(_failure(path, error) for path in paths)
    return made


def _failure(path: str, error: Exception) -> Failure:
    """Tell why a file gave no article. A bug of ours that one page brings out must not cost the user all the others."""
    if isinstance(error, InputError):
        return Failure(path, error.what, error.hint)
    return Failure(path, f"could not be read ({type(error).__name__}: {error})", "please report this as a bug")
