"""Compare two principles by their words: whether they say the same, or the opposite about the same thing.

The thresholds were set by eye on 42,300 principles of 5,200 articles of 21 publishers, for few false pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.derive.advice import Advice, Stance
from kg.derive.match import Match, Relation
from kg.derive.sketch import sample

_NEAR: Final = 3
"""Words among so many in a row belong together."""

_KEYS: Final = 8
"""Pairs of words by which a principle is found."""

_SAME: Final = 0.45
"""The score from which two principles say the same."""

SAME_ORDER: Final = 0.26
"""The part of their pairs of words that they must share to say the same: the same words do not always."""

_SUBSTANCE: Final = 0.7
"""How much the words must weigh that they share: what only common words say is said of anything."""

_OWN: Final = 0.3
"""The weight from which a word names what a principle is about."""

_NEARLY_VERBATIM: Final = 0.7
"""The score from which another spelling or name makes no other principle."""

_SAME_SUBJECT: Final = 0.33
"""The score from which two principles that say the opposite speak of the same thing."""

_SHARED_WORDS: Final = 0.4
"""The part of their words, by weight, that they must share to speak of the same thing."""

_SUBJECT: Final = 0.45
"""How much the words must weigh that name the thing of which they say the opposite."""

_SIDE: Final = 0.5
"""The part of the words of two preferences that one's better side and the other's worse must share."""

_ADVISES: Final = frozenset({"Obligation", "Recommendation"})

_Pair = tuple[str, str]


def keys(one: Advice) -> list[int]:
    """Return the keys by which a principle is found: pairs of its words that stand together, the rare first."""
    weights = dict(one.words)
    pairs = {" ".join(pair): weights[pair[0]] + weights[pair[1]] for pair in word_pairs(one)}
    return sample("advice", pairs, _KEYS)


def compare(one: Advice, other: Advice) -> Match | None:
    """Return how two principles agree or disagree, None where they do not say enough of the same."""
    first, second = dict(one.words), dict(other.words)
    shared = sum(min(first[word], second[word]) for word in sorted(first.keys() & second.keys()))
    if shared < _SUBJECT or one.figures != other.figures:
        return None
    words = shared / (sum(first.values()) + sum(second.values()) - shared)
    if words < _SHARED_WORDS:
        return None
    order = _overlap(word_pairs(one), word_pairs(other))
    score = (words + order) / 2
    same = score >= _SAME and order >= SAME_ORDER and shared >= _SUBSTANCE
    if same and _are_alike(one, other) and (score >= _NEARLY_VERBATIM or not _differ(first, second)):
        return Match(Relation.RESTATES, score, "same advice")
    rule = _tension(one, other) if score >= _SAME_SUBJECT else ""
    return Match(Relation.TENSION, score, rule) if rule else None


def _differ(one: dict[str, float], other: dict[str, float]) -> bool:
    """Tell whether each has a rare word that the other has not: two rules of one form ("Use Kotlin", "Use Swift")."""
    sides = ((one, other), (other, one))
    return all(any(weight >= _OWN for word, weight in a.items() if word not in b) for a, b in sides)


def _tension(one: Advice, other: Advice) -> str:
    if _are_reversed(one, other):
        return "reversed preference"
    return "opposite advice" if _are_opposite(one, other) else ""


def _are_alike(one: Advice, other: Advice) -> bool:
    """Tell whether both stand in the same way to what they speak of, as advice or as what was observed."""
    kinds = {one.modality, other.modality}
    return one.stance is other.stance and (len(kinds) == 1 or kinds <= _ADVISES) and not _are_reversed(one, other)


def _are_reversed(one: Advice, other: Advice) -> bool:
    """Tell whether each prefers what the other rejects."""
    return (
        one.stance is other.stance is Stance.PREFERS
        and _overlap(one.favoured, other.rejected) >= _SIDE
        and _overlap(one.rejected, other.favoured) >= _SIDE
    )


def _are_opposite(one: Advice, other: Advice) -> bool:
    """Tell whether one advises without condition what the other forbids without condition."""
    advises, forbids = (one, other) if other.stance is Stance.FORBIDS else (other, one)
    return (
        forbids.stance is Stance.FORBIDS
        and advises.stance is Stance.AFFIRMS
        and advises.modality in _ADVISES
        and not (advises.bound or forbids.bound)
        and forbids.words[0][0] in dict(advises.words)
    )


def word_pairs(one: Advice) -> frozenset[_Pair]:
    """Return the pairs of different words that stand close to each other, each in the order of the alphabet."""
    return frozenset(_near([word for word, _ in one.words]))


def _near(words: list[str]) -> Iterator[_Pair]:
    for at, first in enumerate(words):
        for second in words[at + 1 : at + _NEAR]:
            if first != second:
                yield (first, second) if first < second else (second, first)


def _overlap(one: Iterable[object], other: Iterable[object]) -> float:
    """Return the Jaccard index of two sets, 0 of two empty ones."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first or second else 0.0
