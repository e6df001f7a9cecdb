"""What a label must have to be found: an acronym its capitals, a name the one that sets it apart."""

from __future__ import annotations

from typing import Final, NamedTuple

ACRONYM: Final = 1
"""So short and so capital that only its capitals tell a label from a word ("AI", "RAG"): it is found only with them."""

NAME: Final = 2
"""One word with a capital among labels in small letters ("Go", "Rust")."""

HALVES: Final = 4
"""Two words for what the label writes as one; an inflected first one makes them a phrase of its own ("teams work")."""

_LONGEST_ACRONYM: Final = 5


class Label(NamedTuple):
    """A label of the concept of some number; `flags` are ACRONYM or NAME, or none."""

    text: str
    number: int
    flags: int = 0


def flags(text: str, *, is_small: bool) -> int:
    """Return the flags of a label, given whether its vocabulary writes labels in small letters.

    >>> flags("RAG", is_small=False), flags("Go", is_small=True), flags("Go", is_small=False)
    (1, 2, 0)
    """
    if text.isupper() and len(text) <= _LONGEST_ACRONYM:
        return ACRONYM
    return NAME if is_small and text.istitle() and text.isalpha() else 0
