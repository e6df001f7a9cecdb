"""The sentences of an article taken together: which of their words the title and the others use too."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Final

from kg.extract.language.frequency import rarity
from kg.extract.language.stems import stem
from kg.extract.passages import TITLE
from kg.extract.text import Sentence, Text

_SHORT: Final = 4
"""Stems added to the length of each sentence, that a very short one is not the most central."""


@dataclass(frozen=True)
class Whole:
    """The sentences of an article, and what is known of them all together."""

    text: Text

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in the order of the text."""
        return self.text.sentences

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """The stems of the telling words of each sentence."""
        return tuple(frozenset(filter(None, map(stem, set(s.lowers)))) for s in self.sentences)

    @cached_property
    def rare(self) -> Mapping[str, float]:
        """How rare each stem is in English, by the first of its forms here."""
        forms = dict.fromkeys(lower for s in self.sentences for lower in s.lowers)
        return {stem(lower): rarity(lower) for lower in reversed(forms)}

    @cached_property
    def title(self) -> frozenset[str]:
        """The stems of the title."""
        return frozenset().union(
            *(u for s, u in zip(self.sentences, self.stems, strict=True) if s.passage.name == TITLE)
        )

    @cached_property
    def central(self) -> tuple[float, ...]:
        """How much of a sentence is rare words that others use too, against the article's mean."""
        count = Counter(x for u in self.stems for x in u)
        weight = {x: self.rare[x] * math.log1p(n) for x, n in count.items() if n > 1}
        return _standard([math.fsum(weight.get(x, 0.0) for x in u) / (_SHORT + len(u)) for u in self.stems])

    @cached_property
    def spread(self) -> tuple[float, ...]:
        """In how many sections its words are used, against the article's mean."""
        homes: defaultdict[str, set[str]] = defaultdict(set)
        for sentence, stems in zip(self.sentences, self.stems, strict=True):
            for one in stems:
                homes[one].add(sentence.passage.section)
        logs = {x: math.log(len(some)) for x, some in homes.items()}
        return _standard([math.fsum(logs[x] for x in u) / max(1, len(u)) for u in self.stems])

    def of_title(self, stems: frozenset[str]) -> float:
        """Return how much of the weight of the title's stems is in others too, 0 to 1."""
        shared = self._weight(self.title & stems)
        return shared / self._weight(self.title) if shared else 0.0

    def _weight(self, stems: frozenset[str]) -> float:
        return math.fsum(self.rare[x] for x in stems)


def _standard(values: Sequence[float]) -> tuple[float, ...]:
    mean = fmean(values)
    deviation = math.sqrt(fmean((x - mean) ** 2 for x in values)) or 1.0
    return tuple((x - mean) / deviation for x in values)
