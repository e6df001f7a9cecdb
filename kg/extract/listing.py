"""The things that a list section names, each with the passage that lists it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.model import Article, Passage, Place

_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nil", "none", "not applicable"})


def listed(article: Article, told: Iterable[Passage], name: str) -> Iterator[tuple[Passage, Place]]:
    """Yield each thing listed in the sections called `name`, with the passage that lists it; "none" is no thing."""
    passages = {p.place: p for p in told if p.name == name}
    for section in article.sections:
        for entry in section.entries if section.name == name and section.listed else ():
            if article.cut(entry.words).casefold().rstrip(".") not in _NOTHING:
                yield passages[entry.line], entry.words
