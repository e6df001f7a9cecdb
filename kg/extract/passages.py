"""The passages of an article: every sentence, list item and line that can be evidence for something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.sentences import sentences
from kg.model import Article, Passage, Place, Section, Span

TITLE: Final = "title"
DETAIL: Final = "detail"
EMPTY: Final = "empty"

PROSE: Final = frozenset({TITLE, "", "summary", "takeaway", "insight", "method", "practice", "principles"})
"""The parts that are written as sentences, in which things are spoken of."""


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the passages in the order of the text; an empty section's is its heading."""
    found = set(_outside_sections(article))
    for section in article.sections:
        found.update(_of_section(article, section))
    return tuple(sorted(found))


def _outside_sections(article: Article) -> Iterator[Passage]:
    if article.title:
        yield Passage(article.title, "", TITLE)
    for detail in article.details:
        yield Passage(detail.context, "", DETAIL)


def _of_section(article: Article, section: Section) -> Iterator[Passage]:
    heading = article.cut(section.heading) if section.heading else ""
    if section.heading and not section.blocks:
        yield Passage(section.heading, heading, EMPTY)
    elif section.heading and section.inline:
        first, last = section.heading, section.blocks[-1]
        yield Passage(Place(first.page, Span(first.span.start, last.span.end)), heading, section.name)
    elif section.listed:
        yield from (Passage(block, heading, section.name) for block in section.blocks)
    else:
        for block in section.blocks:
            text = article.pages[block.page].text
            yield from (Passage(Place(block.page, s), heading, section.name) for s in sentences(text, block.span))
