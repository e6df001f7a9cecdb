"""An article's own text, read again from its file, with the sentences marked that the graph was made from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeAlias

from kg.model import Block, BlockKind, Page, Span
from kg.serve.pages.article import Sentence, passages, place
from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.facts import Ref, Statements
from kg.vocab import term


class State(StrEnum):
    """Whether the file of an article is as it was when the graph was made."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in a row: `places` are the sentences that begin here, `is_marked` tells that one covers them."""

    words: str
    places: tuple[str, ...]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, heading, item, quotation, some lines of code, or a line that the file states beside its text."""

    kind: str
    level: int
    parts: tuple[Marked, ...]
    notes: tuple[Ref, ...]
    """What the sentences in it are evidence of."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of an article. Where it is not as it was, its rows are the passages alone."""

    path: str
    state: State
    rows: tuple[Row, ...]


_Notes: TypeAlias = dict[str, list[Ref]]
_Stretch: TypeAlias = tuple[str, int, Span]
_STATED: Final = "stated"
_LINE_END: Final = re.compile(r"\n")


def files(catalogue: Catalogue, iri: str, pages: Iterable[Page]) -> list[File]:
    """Return the files of an article, given the pages that are read of them now."""
    said = catalogue.facts.said_in(iri)
    found = {page.path: page for page in pages}
    notes = _notes(catalogue, said)
    first = said.get((iri, term("kg:path")), [])
    by_file: dict[str, list[Sentence]] = {path: [] for path in first}
    for sentence in sorted(passages(said, iri)):
        by_file.setdefault(sentence.file, []).append(sentence)
    digests = catalogue.files.get(iri, {})
    return [_file(path, found.get(path), digests.get(path), some, notes) for path, some in by_file.items()]


def _file(path: str, page: Page | None, digest: str | None, sentences: list[Sentence], notes: _Notes) -> File:
    if page is None:
        return File(path, State.GONE, tuple(_alone(sentences, notes)))
    if page.sha256 != digest:
        return File(path, State.CHANGED, tuple(_alone(sentences, notes)))
    return File(path, State.SAME, tuple(_rows(page, sentences, notes)))


def _notes(catalogue: Catalogue, said: Statements) -> _Notes:
    """Return what each passage is evidence of, by its place."""
    found: defaultdict[str, set[Ref]] = defaultdict(set)
    for (subject, property_), values in said.items():
        if property_ == term("schema:mentions"):
            found[place(subject)].update(catalogue.facts.ref(value) for value in values)
        elif property_ == term("kg:statedIn"):
            for passage in values:
                found[place(passage)].add(catalogue.facts.ref(subject))
    return {name: sorted(refs, key=lambda ref: (ref.kind, ref)) for name, refs in found.items()}


def _alone(sentences: Iterable[Sentence], notes: _Notes) -> Iterator[Row]:
    """Yield the passages of a file that cannot be shown itself."""
    for sentence in sentences:
        part = Marked(sentence.exact, (sentence.place,), is_marked=True)
        yield Row(BlockKind.LINE, 0, (part,), tuple(notes.get(sentence.place, ())))


def _rows(page: Page, sentences: Sequence[Sentence], notes: _Notes) -> Iterator[Row]:
    for kind, level, span in _stretches(page):
        inside = [s for s in sentences if s.start < span.end and s.end > span.start]
        refs = dict.fromkeys(ref for s in inside if s.start >= span.start for ref in notes.get(s.place, ()))
        yield Row(kind, level, tuple(_parts(page.text, span, inside)), tuple(refs))


def _parts(text: str, span: Span, sentences: Sequence[Sentence]) -> Iterator[Marked]:
    """Yield the words of a span, cut where sentences begin and end."""
    ends = {min(max(end, span.start), span.end) for s in sentences for end in (s.start, s.end)}
    for start, end in pairwise(sorted({span.start, span.end, *ends})):
        places = tuple(s.place for s in sentences if s.start == start)
        yield Marked(text[start:end], places, any(s.start <= start and end <= s.end for s in sentences))


def _stretches(page: Page) -> Iterator[_Stretch]:
    """Yield the blocks of a page, those that belong together as one, and the lines that stand outside of all."""
    position = 0
    for first, last in _together(page):
        yield from _lines(page.text, Span(position, first.span.start))
        yield first.kind, first.level, Span(first.span.start, last.span.end)
        position = last.span.end
    yield from _lines(page.text, Span(position, len(page.text)))


def _together(page: Page) -> Iterator[tuple[Block, Block]]:
    """Yield the first and last of the blocks that are one to a reader: lines of code, and lines as they are set."""
    run: list[Block] = []
    for block in page.blocks:
        if run and not _goes_on(page, run[-1], block):
            yield run[0], run[-1]
            run = []
        run.append(block)
    if run:
        yield run[0], run[-1]


def _goes_on(page: Page, before: Block, block: Block) -> bool:
    between = page.text[before.span.end : block.span.start]
    if before.kind is not block.kind or between.strip():
        return False
    return block.kind is BlockKind.CODE or (block.kind is BlockKind.LINE and page.is_set and "\n\n" not in between)


def _lines(text: str, span: Span) -> Iterator[_Stretch]:
    """Yield the lines in a stretch that no block covers: what the file states, and marks between the blocks."""
    for line in span.pieces(text, _LINE_END):
        if any(character.isalnum() for character in line.cut(text)):
            yield _STATED, 0, line
