"""Choose the topics of an article among its candidates, the most likely first, so that no two say the same.

Of phrases inside each other one is chosen. The longer ones and the head of the chosen one are other names for it where
they are phrases of their own: who looks for "code review process" finds "code review".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.topics.candidates import Candidate, Unit
from kg.extract.topics.ranker import Ranked

MOST: Final = 14
"""An index entry lists 6 to 14 topics (the graph contract); fewer where an article is short."""
_FEWEST: Final = 6
_LIKELY: Final = 0.3
"""Beyond the fewest only what is so likely: more than half the F1 that can be had, below which another one costs."""
_STRONG: Final = 0.5
"""What the vocabulary knows is a topic beside one that it is inside of from here on."""
_VARIANT: Final = 0.1
"""What is less likely a topic by itself is no name for one either."""
_SHORT: Final = 0.3
"""So much of the places of a head must be inside the longer phrase for it to mean the same: "the interface"."""
_ENDS: Final = frozenset("NPG")
_BEGINS: Final = frozenset("NPAE#")
_VERBS: Final = frozenset("BZDG")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A topic: the candidate that it is, and those that are other names for it."""

    candidate: Candidate
    variants: tuple[Candidate, ...]


def choose(ranked: Sequence[Ranked], told: Sequence[Unit]) -> tuple[Chosen, ...]:
    """Return the topics of an article, best first, of candidates that come best first."""
    taken: list[tuple[Candidate, list[Candidate]]] = []
    for one in ranked:
        if one.likely < _VARIANT and len(taken) >= _FEWEST:
            break
        home = next((t for t in taken if _is_nested(one.candidate, t[0])), None)
        if home is None or (one.candidate.concept and one.likely >= _STRONG):
            if len(taken) < (MOST if one.likely >= _LIKELY else _FEWEST):
                taken.append((one.candidate, []))
        elif one.likely >= _VARIANT and _is_variant(one.candidate, home[0], told):
            home[1].append(one.candidate)
    return tuple(Chosen(first, tuple(others)) for first, others in taken)


def _is_nested(one: Candidate, other: Candidate) -> bool:
    """Tell whether one of two candidates stands inside the other."""
    for a in one.keys:
        for b in other.keys:
            if (a in b or b in a) and (_is_inside(a, b) or _is_inside(b, a)):
                return True
    return False


def _is_inside(short: str, long: str) -> bool:
    return f" {short} " in f" {long} "


def _is_variant(one: Candidate, chosen: Candidate, told: Sequence[Unit]) -> bool:
    """Tell whether a candidate is another name for the chosen one that it is inside of, or that is inside it."""
    if one.concept or not _is_phrase(one, told):
        return False
    if _is_inside(chosen.key, one.key):
        return True
    return chosen.key.endswith(f" {one.key}") and len(chosen.found) >= _SHORT * len(one.found)


def _is_phrase(one: Candidate, told: Sequence[Unit]) -> bool:
    """Tell whether a candidate is no more than a noun with what qualifies it, where it first stands in prose."""
    unit, first, end = next((f for f in one.found if told[f.unit].is_prose), one.found[0])
    tags = [w.tag for w in told[unit].words[first:end]]
    return tags[0] in _BEGINS and tags[-1] in _ENDS and _VERBS.isdisjoint(tags[1:-1])
