"""Code references: the repositories and packages that an article points its readers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.listing import listed
from kg.model import Article, Kind, Mention, Passage, Place, Relation


def code_references(article: Article, told: Iterable[Passage]) -> Iterator[Mention]:
    """Yield what the Code references section lists: an address, or the name as written where there is none."""
    for passage, thing in listed(article, told, "code"):
        address = _target(article, thing)
        yield Mention(passage, Kind.CODE, Relation.REFERS_TO, address or article.cut(thing).strip("`"), thing)


def _target(article: Article, thing: Place) -> str:
    """Return where the words of an entry lead when they are a link."""
    links = article.pages[thing.page].links
    inside = (link.target for link in links if thing.span.covers(link.span))
    return next((target for target in inside if target.startswith(("http://", "https://"))), "")
