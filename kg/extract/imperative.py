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


_SMALL: Final = frozenset(
    {
        "a", "an", "the", "each", "every", "all", "any", "no", "one", "two", "more", "less",
        "your", "our", "their", "its", "this", "that", "these", "it", "them",
    }
)  # fmt: skip
_PAST: Final = frozenset(
    {
        "became", "began", "broke", "came", "did", "fell", "found", "gave", "grew", "had", "held", "kept", "led",
        "lost", "made", "met", "paid", "ran", "rose", "said", "saw", "sent", "shrank", "sold", "spent", "stood",
        "took", "told", "went", "were", "won", "wrote",
    }
)  # fmt: skip
"""Past forms that are not also the form of an adjective or a noun."""

_AFTER_PAST: Final = frozenset({"", "after", "again", "from", "sharply", "to", "when", "while"})
"""What follows a past form in -ed that is the sentence's verb; before a noun it is an adjective ("saved copies")."""


def is_imperative(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something.

    >>> is_imperative("Score each task with a rubric."), is_imperative("Test cases should come from failures.")
    (True, False)
    >>> is_imperative("Keep forty saved copies."), is_imperative("Share prices dropped.")
    (True, False)
    """
    found = _FIRST.match(sentence[:1].lower() + sentence[1:])
    if found is None or found.group(1) not in _VERBS:
        return False
    second, third, fourth = ([w.strip(",.;:").lower() for w in sentence.split()[1:4]] + ["", "", ""])[:3]
    told = third in _PAST or (third.endswith("ed") and fourth in _AFTER_PAST)
    return not (second in _FINITE | _PAST or third in _FINITE or (told and second not in _SMALL))
