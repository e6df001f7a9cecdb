"""Choose the sentences that a reader should take away, from an article that has no such section."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from kg.extract.gist.features import features
from kg.extract.gist.whole import Whole
from kg.extract.passages import TITLE
from kg.extract.text import Sentence
from kg.model import Passage

MOST: Final = 3
"""Takeaways of an article, as many as careful readers choose of most."""

_FEWEST_WORDS: Final = 6
"""A sentence of fewer words is a label or a greeting."""

_SAME: Final = 0.6
"""The share of two sentences' stems that both have from which on they say the same."""


def takeaways(whole: Whole, said: Sequence[float]) -> tuple[Passage, ...]:
    """Return the sentences that sum up an article best by their scores: three, in the order of the text.

    Fewer where sentences say the same, none where there are not three to choose from.
    """
    able = [at for at, sentence in enumerate(whole.sentences) if is_candidate(sentence)]
    if len(able) < MOST:
        return ()
    chosen = choose(whole, sorted(able, key=lambda at: (-said[at], at)))
    return tuple(whole.sentences[at].passage for at in sorted(chosen))


def is_candidate(sentence: Sentence) -> bool:
    """Tell whether a sentence can say something by itself: no title, and some words long."""
    return sentence.passage.name != TITLE and sentence.size >= _FEWEST_WORDS


def choose(whole: Whole, ranked: Iterable[int]) -> Sequence[int]:
    """Return the first of the ranked sentences, as many as there may be, none of which says the same as one before."""
    chosen: list[int] = []
    for at in ranked:
        if len(chosen) < MOST and not any(is_same(whole, at, other) for other in chosen):
            chosen.append(at)
    return chosen


def is_same(whole: Whole, one: int, other: int) -> bool:
    """Tell whether two sentences say the same: an author's summary often stands in the text again."""
    left, right = whole.stems[one], whole.stems[other]
    return len(left & right) > _SAME * max(1, len(left | right))


def scores(whole: Whole) -> tuple[float, ...]:
    """Return how much of the gist each sentence holds: the higher the likelier a reader would choose it."""
    by = weights()
    return tuple(math.fsum(by.get(name, 0.0) * value for name, value in one.items()) for one in features(whole))


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each feature, as tests/quality/train/takeaways.py found them."""
    made: Mapping[str, float] = json.loads(Path(__file__).with_name("takeaways.json").read_text(encoding="utf-8"))
    return made
