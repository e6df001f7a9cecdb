"""Compare two articles: whether both are publications of one text, and how much they are about the same things.

The thresholds were set by eye on 5,200 articles of 21 publishers. Articles of one publisher often have most of their
words in common and are two all the same: two years' announcements, reports, reviews. So it takes more to tell that two
of them are one work than it takes where two publishers have one text.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

from kg.derive.match import Match, Relation
from kg.derive.profile import Profile
from kg.derive.sketch import EMPTY, sample, signed, stable_hash

_BAND: Final = 4
"""Bins of a key: so many must agree."""

_BANDS: Final = 16
"""Keys of a text: two that have 85 % of their runs of words in common share one in all cases but one in 30,000."""

_FEWEST: Final = 32
"""Bins that must be filled: of a shorter text too little is known."""

_SAME_TEXT: Final = 0.85
"""The part of their runs of words that two publications share, where the publisher is or may be the same."""

_SAME_ELSEWHERE: Final = 0.65
"""The same of two publishers: each has its own header, footer and notes."""

_TOPIC_KEYS: Final = 8
"""Pairs of topics by which an article is found."""

_FEWEST_TOPICS: Final = 3
_RELATED: Final = 0.2
"""The part of their topics, by weight, that related articles share."""


def text_keys(one: Profile) -> list[int]:
    """Return the keys by which another publication of an article's text is found."""
    bands = ((at, one.sketch[at : at + _BAND]) for at in range(0, _BAND * _BANDS, _BAND))
    told = (f"text {at} {band}" for at, band in bands if any(value != EMPTY for value in band))
    return [signed(stable_hash(key)) for key in told]


def same_text(one: Profile, other: Profile) -> Match | None:
    """Return how surely two articles are publications of one text, None where they are not."""
    if one.language and other.language and one.language != other.language:
        return None
    filled = [(a, b) for a, b in zip(one.sketch, other.sketch, strict=True) if a != EMPTY or b != EMPTY]
    if len(filled) < _FEWEST:
        return None
    score = sum(a == b for a, b in filled) / len(filled)
    if not (one.source and other.source) or one.source == other.source:
        found = score >= _SAME_TEXT and one.numbers == other.numbers
    else:
        found = score >= _SAME_ELSEWHERE
    return Match(Relation.SAME_WORK, score, "same text") if found else None


def topic_keys(one: Profile) -> list[int]:
    """Return the keys by which related articles are found: pairs of its topics, the rare before the common."""
    pairs = {f"{first} {second}": heavy + light for (first, heavy), (second, light) in combinations(one.topics, 2)}
    return sample("topics", pairs, _TOPIC_KEYS)


def related(one: Profile, other: Profile) -> Match | None:
    """Return how much two articles are about the same things, None where it is little."""
    first, second = dict(one.topics), dict(other.topics)
    both = sorted(first.keys() & second.keys())
    if len(both) < _FEWEST_TOPICS:
        return None
    shared = sum(min(first[topic], second[topic]) for topic in both)
    score = shared / (sum(first.values()) + sum(second.values()) - shared)
    return Match(Relation.RELATED, score, "") if score >= _RELATED else None
