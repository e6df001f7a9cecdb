"""The passages of a dataset: what is shown of them as evidence, and what each mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from kg.analyse.facts import Facts
from kg.model import Kind
from kg.vocab import term

_EXACT, _SECTION, _PATH, _START, _END = (term(f"kg:{part}") for part in ("exact", "section", "path", "start", "end"))
_MENTIONS: Final = term("schema:mentions")


class Passage(NamedTuple):
    """A passage of an article; `shown` is the one dict that stands for it as evidence, wherever it does."""

    iri: str
    of: str
    mentions: list[str]
    shown: dict[str, Any]


def place(passage: Passage) -> tuple[str, str, int, int]:
    """Return where a passage comes among all."""
    shown = passage.shown
    return shown["article"], shown["path"], shown["start"], shown["end"]


class Passages:
    """All passages, each found by its name or by the article that it is part of."""

    def __init__(self, facts: Facts) -> None:
        self._named = {iri: _passage(facts, iri) for iri in facts.subjects if facts.kind(iri) is Kind.PASSAGE}
        self._told: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in sorted(self._named.values(), key=lambda passage: (place(passage), passage.iri)):
            self._told[passage.of].append(passage)

    def of(self, article: str) -> list[Passage]:
        """Return the passages of an article, in the order of its text."""
        return self._told.get(article, [])

    def named(self, iris: Iterable[str]) -> list[Passage]:
        """Return the passages of some names, in the order of their articles and texts."""
        return sorted((self._named[iri] for iri in iris if iri in self._named), key=place)

    def mentioning(self, one: str, other: str) -> list[Passage]:
        """Return the passages that mention both of two things, in the same order."""
        found = (p for p in self._named.values() if one in p.mentions and other in p.mentions)
        return sorted(found, key=lambda passage: (place(passage), passage.iri))


def _passage(facts: Facts, iri: str) -> Passage:
    article = facts.first(iri, term("schema:isPartOf"))
    path = facts.first(article, _PATH)
    shown = {
        "exact": facts.first(iri, _EXACT),
        "section": facts.first(iri, _SECTION),
        "path": facts.first(iri, _PATH) or path,
        "start": int(facts.first(iri, _START) or 0),
        "end": int(facts.first(iri, _END) or 0),
        "article": facts.first(article, term("schema:headline")) or path,
    }
    return Passage(iri, article, facts.all(iri, _MENTIONS), shown)
