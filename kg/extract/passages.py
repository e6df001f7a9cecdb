"""The passages of an article: every sentence, list item and line that can be evidence for something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.sentences import sentences
from kg.model import Article, Passage, Place, Section

TITLE: Final = "title"
DETAIL: Final = "detail"
EMPTY: Final = "empty"

PROSE: Final = frozenset(
    {TITLE, "", "summary", "takeaway", "insight", "method", "practice", "principles", "conclusion"}
)
"""The parts that are written as sentences, in which things are spoken of."""


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the passages in the order of the text; an empty section's is its heading."""
    found = {_order(passage): passage for passage in _outside_sections(article)}
    for section in article.sections:
        found.update((_order(passage), passage) for passage in _of_section(article, section))
    return tuple(found[order] for order in sorted(found))


def _order(passage: Passage) -> tuple[int, int, int, str, str]:
    """Return what a passage is told and ordered by, as plain values: they compare much faster than the passages do."""
    span = passage.place.span
    return passage.place.page, span.start, span.end, passage.section, passage.name


def _outside_sections(article: Article) -> Iterator[Passage]:
    if article.title:
        yield Passage(article.title, "", TITLE)
    for detail in article.details:
        yield Passage(detail.context, detail.origin, DETAIL)


def _of_section(article: Article, section: Section) -> Iterator[Passage]:
    heading = article.cut(section.heading) if section.heading else ""
    if section.heading and not section.entries:
        yield Passage(section.heading, heading, EMPTY)
    for entry in section.entries:
        if section.listed:
            yield Passage(entry.line, heading, section.name)
        else:
            page = entry.words.page
            found = sentences(article.pages[page].text, entry.words.span)
            yield from (Passage(Place(page, span), heading, section.name) for span in found)
