"""How phrases fare as topics elsewhere: a table counted over articles for professionals, once and for all.

Of a phrase, of all phrases that end with a word, and of all that have it before their last: in how many articles they
stand, and how likely they are a topic there, as judged by a ranker that knew nothing of this table. So "thing" and
"quick" are known for what they are without a list of words that say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import log
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).with_name("standing.txt")
_PRIOR: Final = 0.08
"""How likely any candidate is a topic."""
_WEIGHT: Final = 6.0
"""So many articles with the prior are added to those counted."""


class Row(NamedTuple):
    """The logarithm of the odds that something is a topic, and how much is known of it."""

    odds: float
    known: float


class Standing(NamedTuple):
    """How phrases, words that end phrases, and words before them fare."""

    phrases: Mapping[str, Row]
    heads: Mapping[str, Row]
    modifiers: Mapping[str, Row]


def row(articles: int, likely: float) -> Row:
    """Return the standing of what is in so many articles, with the sum of how likely it is a topic in each.

    >>> row(50, 25.0).odds > row(50, 0.5).odds, row(0, 0).known
    (True, 0.0)
    """
    share = (likely + _WEIGHT * _PRIOR) / (articles + _WEIGHT)
    return Row(log(share / (1 - share)), log(1 + articles) / 10)


UNKNOWN: Final = row(0, 0)
"""The standing of what is in no table."""


@cache
def standing() -> Standing:
    """Return the table that comes with the program."""
    return read(_FILE.read_text(encoding="utf-8").splitlines())


def read(lines: Iterable[str]) -> Standing:
    """Read lines of "kind articles per mille phrase"; kinds are p(hrase), h(ead) and m(odifier).

    >>> read(["# a comment", "p 20 500 code review"]).phrases["code review"] == row(20, 10)
    True
    """
    tables: dict[str, dict[str, Row]] = {"p": {}, "h": {}, "m": {}}
    for line in lines:
        if not line.startswith("#"):
            kind, articles, mille, key = line.split(" ", 3)
            tables[kind][key] = row(int(articles), int(articles) * int(mille) / 1000)
    return Standing(tables["p"], tables["h"], tables["m"])
