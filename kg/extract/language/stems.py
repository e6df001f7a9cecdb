"""Fold the forms of an English word into one, lightly: enough to see that two sentences speak of the same thing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.extract.language.lexicon import CLOSED, verb_base

_SHORTEST: Final = 4
_DERIVED: Final = (("ations", "at"), ("ation", "at"), ("ments", ""), ("ment", ""), ("ers", ""), ("er", ""))
"""Endings that make a noun of a verb, and what is left in their place."""


@lru_cache(50_000)
def stem(lower: str) -> str:
    """Return what the forms of a word in lower case share, "" for a word that says nothing by itself.

    >>> [stem(w) for w in ("deployments", "deploying", "deployed", "policies", "class", "the", "7")]
    ['deploy', 'deploy', 'deploy', 'policy', 'class', '', '']
    """
    if lower in CLOSED or not lower[0].isalpha() or len(lower) < 2:  # noqa: PLR2004 - a letter is no word
        return ""
    if lower.endswith(("ed", "ing")) and (base := verb_base(lower)):
        lower = base
    lower = _singular(lower)
    for ending, left in _DERIVED:
        if lower.endswith(ending) and len(lower) - len(ending) >= _SHORTEST:
            return lower[: -len(ending)] + left
    return lower.removesuffix("e")


def _singular(lower: str) -> str:
    if len(lower) < _SHORTEST or not lower.endswith("s") or lower.endswith(("ss", "us", "is")):
        return lower
    return lower[:-3] + "y" if lower.endswith("ies") else lower[:-1]
