"""Related articles: the titles that a page points to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.listing import listed
from kg.model import Article, Kind, Mention, Passage, Relation


def related(article: Article, told: Iterable[Passage]) -> Iterator[Mention]:
    """Yield the title of each related article, as printed."""
    for passage, thing in listed(article, told, "related"):
        yield Mention(passage, Kind.ARTICLE, Relation.RELATED, article.cut(thing), thing)
