"""Code references: the repositories and packages that an article points its readers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.listing import listed
from kg.model import Article, Kind, Mention, Passage, Place, Relation, Span

_REFERENCE: Final = re.compile(r"(https?://[^\s<>\"]+|[\w.-]+/[\w.-]+)(?=\s*(?:[:–—(-]\s|[:,;.)]?$)|\s)")
"""An address or "owner/name" that opens an entry; what may follow is a description."""

_MARKDOWN_LINK: Final = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+)\)")


def code_references(article: Article, told: Iterable[Passage]) -> Iterator[Mention]:
    """Yield what the Code references section lists: an address, or the name as written where there is none."""
    for passage, thing in listed(article, told, "code"):
        surface, label = _reference(article, thing)
        yield Mention(passage, Kind.CODE, Relation.REFERS_TO, label, surface)


def _reference(article: Article, thing: Place) -> tuple[Place, str]:
    """Return which words of an entry name the code, and the address or name itself."""
    words = article.cut(thing)
    if address := _target(article, thing):
        return thing, address
    if link := _MARKDOWN_LINK.match(words):
        return thing, link[2]
    found = _REFERENCE.match(words.strip("`"))
    span = Span(thing.span.start, thing.span.start + (found.end(1) if found else len(words)))
    return Place(thing.page, span), (found.group(1) if found else words).strip("`")


def _target(article: Article, thing: Place) -> str:
    """Return where the words of an entry lead when they are a link."""
    links = article.pages[thing.page].links
    inside = (link.target for link in links if thing.span.covers(link.span))
    return next((target for target in inside if target.startswith(("http://", "https://"))), "")
