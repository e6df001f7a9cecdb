"""The links of an article, each with the passage that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from kg.extract.passages import DETAIL, EMPTY
from kg.model import Article, Link, Passage, Place, Span

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]“”‘’]+")
_BEHIND: Final = ".,;:!?…*_"
"""Marks behind an address that belong to the sentence."""

_APART: Final = 1
"""Code points between the parts of a link that is written in several: a space."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Words of a passage that lead to a web address, or are one."""

    passage: Passage
    surface: Place
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The passages of one page, in the order of its text."""

    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, told: Iterable[Passage], page: int) -> Shelf:
        """Return those that tell something of a page itself: no details, no headings with nothing under them."""
        own = (p for p in told if p.place.page == page and p.name not in {DETAIL, EMPTY})
        return cls(tuple(sorted(own, key=lambda p: p.place)))

    def put(self, span: Span) -> tuple[Passage, Place] | None:
        """Return the passage in which a span begins, and what of the span lies in it."""
        at = bisect_right(self.passages, span.start, key=lambda p: p.place.span.start)
        passage = self.passages[at - 1] if at else None
        if passage is None or passage.place.span.end <= span.start:
            return None
        return passage, Place(passage.place.page, Span(span.start, min(span.end, passage.place.span.end)))


def links(article: Article, told: Sequence[Passage]) -> Iterator[Linked]:
    """Yield the links to web addresses, and the addresses that stand in the text as they are, page by page."""
    for number, page in enumerate(article.pages):
        shelf = Shelf.of(told, number)
        led = list(_joined(page.links))
        for link in sorted([*led, *_bare(page.text, [*(link.span for link in led), *page.code])]):
            if link.target.startswith(("http://", "https://")) and (found := shelf.put(link.span)):
                passage, surface = found
                yield Linked(passage, surface, article.line(surface), link.target)


def _joined(several: Sequence[Link]) -> Iterator[Link]:
    """Yield links, as one what its author wrote in several parts: code or bold words among others."""
    last: Link | None = None
    for link in several:
        if last and last.target == link.target and 0 <= link.span.start - last.span.end <= _APART:
            last = Link(Span(last.span.start, link.span.end), last.target)
            continue
        if last:
            yield last
        last = link
    if last:
        yield last


def _bare(text: str, taken: Sequence[Span]) -> Iterator[Link]:
    """Yield the addresses in a text, but those in what is a link or code."""
    if "://" not in text:
        return
    begins = [span.start for span in sorted(taken)]
    reaches = list(accumulate((span.end for span in sorted(taken)), max))
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_BEHIND)
        if ")" in address and "(" not in address:
            address = address.partition(")")[0].rstrip(_BEHIND)
        span = Span(found.start(), found.start() + len(address))
        at = bisect_right(begins, span.start)
        if not at or reaches[at - 1] < span.end:
            yield Link(span, address)
