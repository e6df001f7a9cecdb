"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in a build that is not as it must be."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check: how much was looked at, and what is wrong."""

    articles: int = 0
    passages: int = 0
    """Passages whose words were cut out of their file again."""
    shared: int = 0
    """Things that articles share, each described once."""
    files: int = 0
    """Input files that were read again, and files of the build that were compared with their digest."""
    problems: tuple[Problem, ...] = ()


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return one verdict on all that several are on, its problems sorted.

    >>> together([Verdict(articles=1, passages=7), Verdict(articles=2, problems=(Problem("a", "is bad"),))])
    Verdict(articles=3, passages=7, shared=0, files=0, problems=(Problem(where='a', what='is bad'),))
    """
    several = list(verdicts)
    return Verdict(
        sum(v.articles for v in several),
        sum(v.passages for v in several),
        sum(v.shared for v in several),
        sum(v.files for v in several),
        tuple(sorted({problem for v in several for problem in v.problems})),
    )
