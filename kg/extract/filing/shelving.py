"""How much an article's words, its title and its topics say for each of the eight broad shelves.

A few words chosen by hand do better on publishers never seen than any model of all words did: learned words are the
names of projects and the habits of those who write about them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final

from kg.extract.filing.telling import lists, of_shelves, weights
from kg.extract.language.frequency import rarity
from kg.extract.language.stems import stem
from kg.extract.passages import TITLE
from kg.extract.text import Sentence, Text
from kg.model import Iri, Kind, Value
from kg.vocab import Vocabulary, term

SHELVES: Final = tuple(sorted(lists("shelves.txt")))
_FIELD: Final = term("kg:field")
_MOST_OF_TITLE: Final = 1.5
"""What a title can say for one shelf at most: about two strong words, so that a long title says no more."""

Scores = Mapping[str, float]
"""A number for each shelf."""


@dataclass(frozen=True)
class Evidence:
    """What an article says for each shelf: `body` and `topics` as a direction (length 1, or 0), `title` as a sum."""

    body: Scores
    title: Scores
    topics: Scores

    @cached_property
    def shares(self) -> Scores:
        """The probability of each shelf; they add up to 1."""
        by = weights()["field"]
        parts = [(by[name], getattr(self, name)) for name in sorted(by)]
        sums = {s: sum(weight * part[s] for weight, part in parts) for s in SHELVES}
        most = max(sums.values())
        powers = {s: math.exp(x - most) for s, x in sums.items()}
        total = sum(powers.values())
        return {s: x / total for s, x in powers.items()}


def evidence(text: Text) -> Evidence:
    """Return what the words of an article and the vocabulary's topics in it say for each shelf."""
    title = [s for s in text.sentences if s.passage.name == TITLE]
    body = [s for s in text.sentences if s.passage.name != TITLE]
    short = {s: min(x, _MOST_OF_TITLE) for s, x in _said(title).items()}
    return Evidence(_direction(_said(body)), short, _direction(_votes(text)))


@lru_cache(50_000)
def telling(lower: str) -> tuple[tuple[str, float], ...]:
    """Return the shelves for which a word in lower case says something, and how much: rare words say more.

    >>> [shelf for shelf, _ in telling("kubernetes")], telling("thing")
    (['Cloud & Infrastructure'], ())
    """
    known = of_shelves().get(stem(lower), {})
    return tuple((shelf, weight * rarity(lower)) for shelf, weight in known.items())


def _said(some: Iterable[Sentence]) -> dict[str, float]:
    """Return the sum of what each telling word says, less for each time that it is said again."""
    said = dict.fromkeys(SHELVES, 0.0)
    for lower, count in Counter(chain.from_iterable(s.lowers for s in some)).items():
        for shelf, weight in telling(lower):
            said[shelf] += math.log1p(count) * weight
    return said


def _votes(text: Text) -> dict[str, float]:
    """Return for each shelf the votes of the topics that stand on it, fewer for each time that one is named again."""
    votes = dict.fromkeys(SHELVES, 0.0)
    for concept, count in sorted(Counter(s.concept for s in text.spots if s.kind is Kind.TOPIC).items()):
        if (label := shelf_of(text.vocabulary, concept)) in votes:
            votes[label] += math.log1p(count)
    return votes


def _direction(sums: Scores) -> Scores:
    """Return sums as a vector of length 1, so that a long article says no more than a short one."""
    size = math.sqrt(sum(x * x for x in sums.values())) or 1.0
    return {shelf: x / size for shelf, x in sums.items()}


@lru_cache(10_000)
def shelf_of(vocabulary: Vocabulary, concept: Iri) -> str:
    """Return the label of the shelf that a topic stands on: its own, else its nearest ancestor's; "" for none."""
    near, seen = [concept], {concept}
    while near:
        here = [vocabulary.concepts[iri] for iri in near if iri in vocabulary.concepts]
        found = [f.object for c in here for f in c.facts if f.predicate == _FIELD and not isinstance(f.object, Value)]
        if shelf := next((iri for iri in found if iri in vocabulary.concepts), None):
            return vocabulary.concepts[shelf].label
        above = (up for c in here for up in c.broader)
        near = [up for up in dict.fromkeys(above) if up not in seen]
        seen.update(near)
    return ""
