"""The phrases by which a writer shows what a sentence does: announce, sum up, advise, point elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("cues.txt")
_OPENING: Final = 3

Ending = tuple[tuple[str, ...], str]
"""What follows the first word of a phrase, and the name of the cue."""


@cache
def _phrases() -> Mapping[str, tuple[Ending, ...]]:
    """Return the phrases by their first word: a sentence is then read once, whatever their number."""
    found: defaultdict[str, list[Ending]] = defaultdict(list)
    for part in _FILE.read_text(encoding="utf-8").split("[")[1:]:
        name, _, lines = part.partition("]")
        for phrase in " ".join(lines.split()).split(", "):
            first, *rest = phrase.split()
            found[first].append((tuple(rest), name))
    return {first: tuple(some) for first, some in found.items()}


def cues(lowers: tuple[str, ...]) -> frozenset[str]:
    """Return the cues in a sentence, given its words in lower case; one that opens it is told with a "^" too.

    >>> sorted(cues(("happy", "to", "help", "everyone")))
    ['announce', 'announce^', 'everyone', 'helps', 'helps^']
    """
    known = _phrases()
    found = set()
    for at in [at for at, lower in enumerate(lowers) if lower in known]:
        for rest, name in known[lowers[at]]:
            if not rest or lowers[at + 1 : at + 1 + len(rest)] == rest:
                found.add(name)
                if at < _OPENING:
                    found.add(f"{name}^")
    return frozenset(found)
