"""Sources that an article draws on: names that a sentence attributes something to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.passages import PROSE, TITLE
from kg.model import Article, Kind, Mention, Passage, Place, Relation, Span

_NAME: Final = r"[A-Z][\w&.'’-]*(?:\s++(?:(?:of|the|for|and|&)\s++)?[A-Z][\w&'’-]*)+"
_SAYS: Final = (
    r"(?:argues?|asserts?|claims?|concludes?|estimates?|finds?|found|notes?|observes?|points? out|predicts?|reports?"
    r"|says?|states?|suggests?|warns?|writes?|wrote)"
)
_ATTRIBUTIONS: Final = (
    re.compile(rf"(?:^|(?<=[;:,—]\s))(?P<name>{_NAME})\s+{_SAYS}\b"),
    re.compile(rf"\b(?:[Aa]ccording to|[Aa]s (?:reported|argued|noted) by)\s+(?:the\s+)?(?P<name>{_NAME})"),
)
"""A proper name of two words or more that says something, or that something is according to."""


def citations(article: Article, told: Iterable[Passage]) -> Iterator[Mention]:
    """Yield the sources that sentences of the article attribute something to."""
    for passage in told:
        if passage.name not in PROSE or passage.name == TITLE:
            continue
        words, start = article.cut(passage.place), passage.place.span.start
        for found in (m for pattern in _ATTRIBUTIONS for m in pattern.finditer(words)):
            surface = Place(passage.place.page, Span(start + found.start("name"), start + found.end("name")))
            label = " ".join(found["name"].split())
            yield Mention(passage, Kind.SOURCE, Relation.CITES, label, surface)
