"""Tell an imperative sentence by its first words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_FIRST: Final = re.compile(
    r"[\"“'(]*(?:(?:please|always|first|then|next|finally|instead|so|and|also),?\s+)*([a-z][\w-]*)\s+(\S+)"
)
_FINITE: Final = frozenset(
    {
        "is", "are", "was", "were", "has", "have", "had", "does", "did",
        "will", "would", "can", "could", "may", "might", "must", "should", "of",
    }
)  # fmt: skip
"""A word after the first that shows the first to be a noun: "Test cases", "Review is", "Cost of"."""

_VERBS: Final = frozenset(Path(__file__).with_name("verbs.txt").read_text(encoding="ascii").split())
"""Base forms that open advice; chosen by hand from the verbs that articles for professionals use."""


def is_imperative(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something.

    >>> is_imperative("Score each task with a rubric."), is_imperative("Test cases should come from failures.")
    (True, False)
    """
    found = _FIRST.match(sentence[:1].lower() + sentence[1:])
    if found is None or found.group(1) not in _VERBS:
        return False
    following = sentence.split()[1:4]
    return not any(word.strip(",").lower() in _FINITE for word in following[:2])
