"""The things of a list section, whether each stands on its own line or all on one, separated by commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.model import Article, Passage, Place, Span

_PIECE: Final = re.compile(r"[^,;]+")
_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nil", "none", "none.", "not applicable"})


def listed(article: Article, told: Iterable[Passage], name: str) -> Iterator[tuple[Passage, Place]]:
    """Yield each thing listed in the sections called `name`, with the passage that lists it."""
    inside = [p for p in told if p.name == name]
    for section in article.sections:
        if section.name != name:
            continue
        for block in section.blocks:
            passage = next(p for p in inside if p.place.page == block.page and p.place.span.covers(block.span))
            for thing in pieces(article, block) if section.inline else [block]:
                if article.cut(thing).casefold() not in _NOTHING:
                    yield passage, thing


def pieces(article: Article, place: Place, separator: re.Pattern[str] = _PIECE) -> Iterator[Place]:
    """Yield what stands between the commas or semicolons of a line, without the space and final stop around it."""
    text = article.pages[place.page].text
    for found in separator.finditer(text, place.span.start, place.span.end):
        piece = found.group()
        start = found.start() + len(piece) - len(piece.lstrip())
        end = found.start() + len(piece.rstrip(" \t\n."))
        if start < end:
            yield Place(place.page, Span(start, end))
