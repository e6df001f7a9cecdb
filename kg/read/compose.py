"""Make a page of a document: above its text, one line for each thing that the file states beside it.

So what front matter or a meta element says has its place in the text as everything else does, and can be shown and
checked in the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from kg.errors import InputError
from kg.model import Block, BlockKind, Page, Span, Statement
from kg.read.blocks import CONTROLS
from kg.read.inputs import Document, Stated
from kg.read.stated.languages import language_of
from kg.read.stated.meaning import meanings, visible
from kg.read.stated.paths import from_path

_ORDER: Final = ("title", "author", "date", "source", "url", "tag", "language", "abstract")
_SEVERAL: Final = frozenset({"author", "tag"})
_PROSE: Final = frozenset({BlockKind.LINE, BlockKind.ITEM, BlockKind.QUOTE})
_ENOUGH: Final = 20_000
"""Code points of prose from which a language is told; more would say the same."""


def compose(path: str, document: Document, below: str, sha256: str = "") -> Page:
    """Return the page of a document that is known by `path`; `below` is the part of it that may say something.

    `sha256` is the digest of the file where the document is all of it; else the text's own digest is taken.
    Raises InputError when there is nothing to read: no text, and no abstract in its place.
    """
    known = _known([*document.stated, *from_path(below)])
    if not document.blocks:
        document = _abstract_as_text(path, document, known)
    said = {document.text, *(k.words for k in known if k.stated.name == "title")}
    known = [k for k in known if k.stated.name != "abstract" or k.words not in said]
    language = language_of(_prose(document)) or _stated_language(known)
    header = _Header()
    for (name, _, _), group in groupby(known, key=lambda k: k.key):
        values = [k for k in group if name != "language" or k.meanings[0][1] == language]
        if name == "title" and (heading := _heading(document, values[0])):
            header.point(values[0], heading)
        else:
            header.write(values)
    return header.page(path, document, language, sha256)


def _heading(document: Document, title: _Known) -> Span | None:
    """Return the heading of a document that is its title word for word: it need not be shown twice."""
    headings = (b.span for b in document.blocks if b.kind is BlockKind.HEADING)
    return next((span for span in headings if span.cut(document.text) == title.words), None)


@dataclass(frozen=True, slots=True)
class _Known:
    """A statement whose value means something: its visible words, and which stretches of them mean what."""

    stated: Stated
    words: str
    meanings: tuple[tuple[Span, str], ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What statements on one line have in common."""
        return (self.stated.name, self.stated.origin, self.stated.label)


def _known(stated: Iterable[Stated]) -> list[_Known]:
    """Return what is known of each name from where it is trusted most, in the order in which it is shown."""
    found: list[_Known] = []
    read = [k for s in stated if (k := _understood(s)).meanings]
    for name in _ORDER:
        of_name = [k for k in read if k.stated.name == name]
        trusted = [k for k in of_name if k.stated.origin == of_name[0].stated.origin]
        found += list(_distinct(trusted)) if name in _SEVERAL else of_name[:1]
    return found


def _understood(stated: Stated) -> _Known:
    words = visible(stated.value).translate(CONTROLS)
    return _Known(stated, words, tuple(meanings(stated.name, words)))


def _distinct(several: Iterable[_Known]) -> Iterator[_Known]:
    """Yield each author or tag once."""
    seen: set[str] = set()
    for known in several:
        new = tuple(m for m in known.meanings if m[1].casefold() not in seen)
        seen.update(meaning.casefold() for _, meaning in new)
        if new:
            yield replace(known, meanings=new)


def _stated_language(known: Iterable[_Known]) -> str:
    return next((k.meanings[0][1] for k in known if k.stated.name == "language"), "")


def _prose(document: Document) -> str:
    """Return the beginning of the prose, in which a language shows; code would mislead."""
    lines: list[str] = []
    length = 0
    for block in document.blocks:
        if block.kind in _PROSE and length < _ENOUGH:
            lines.append(block.span.cut(document.text)[:_ENOUGH])
            length += len(lines[-1])
    return "\n".join(lines)


def _abstract_as_text(path: str, document: Document, known: Iterable[_Known]) -> Document:
    """Return a document without text with its abstract as text, which is all that there is to read."""
    abstract = next((k.words for k in known if k.stated.name == "abstract"), "")
    if not abstract:
        raise InputError(path, "has no text", "put the article's text into it, or remove it")
    return replace(document, text=abstract, blocks=(Block(Span(0, len(abstract)), BlockKind.LINE),), links=(), code=())


class _Header:
    """The lines above a text, and the statements in them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._statements: list[Statement] = []
        self._pointed: list[tuple[_Known, Span]] = []
        self._length = 0

    def point(self, known: _Known, span: Span) -> None:
        """Take the words at a span of the document for what is known, instead of a line of its own."""
        self._pointed.append((known, span))

    def write(self, values: list[_Known]) -> None:
        """Write one line with all values that the file gives under one label."""
        if not values:
            return
        stated = values[0].stated
        line = f"{_label(stated.label)}: "
        spans: list[tuple[Span, str]] = []
        for number, known in enumerate(values):
            line += ", " if number else ""
            spans += [(span.moved(self._length + len(line)), meaning) for span, meaning in known.meanings]
            line += known.words
        context = Span(self._length, self._length + len(line))
        self._statements += [Statement(stated.name, span, context, m, stated.origin) for span, m in spans]
        self._lines.append(line)
        self._length += len(line) + 1

    def page(self, path: str, document: Document, language: str, sha256: str) -> Page:
        """Return the page: the lines, a blank one, and the text of the document."""
        offset = self._length + 1 if self._lines else 0
        text = "\n".join([*self._lines, "", document.text]) if self._lines else document.text
        blocks = tuple(block.moved(offset) for block in document.blocks)
        links = tuple(link.moved(offset) for link in document.links)
        code = tuple(span.moved(offset) for span in document.code)
        digest = sha256 or hashlib.sha256(text.encode()).hexdigest()
        pointed = [_pointing(known, span.moved(offset)) for known, span in self._pointed]
        stated = (*pointed, *self._statements)
        return Page(path, text, blocks, links, digest, language, stated, document.is_set, code)


def _pointing(known: _Known, span: Span) -> Statement:
    return Statement(known.stated.name, span, span, known.meanings[0][1], known.stated.origin)


def _label(label: str) -> str:
    """Return a label on one line."""
    return " ".join(label.translate(CONTROLS).split()) or "value"
