"""Tell a suggestion in a review or a forum by the rules that tell principles: what SemEval-2019 Task 9 A asks for."""

from __future__ import annotations

from typing import Final

from kg.extract.imperative import order
from kg.extract.language.words import words
from kg.extract.principles.rules import hits
from kg.model import Span

_ASKS: Final = ("wish", "request", "petition")
"""Rules of which one makes a suggestion; where the same word is a pointer ("please see"), it does not."""

_FEWEST: Final = 3


def is_suggestion(sentence: str) -> bool:
    """Tell whether a sentence asks for a change or says what should be.

    >>> is_suggestion("Please add a dark theme."), is_suggestion("It would be nice if it remembered me.")
    (True, True)
    >>> is_suggestion("Please see the log."), is_suggestion("It should have worked.")
    (False, False)
    """
    said = words(sentence, Span(0, len(sentence)))
    found = hits(said, order(said))
    if len(said) < _FEWEST or "hindsight" in found:
        return False
    asks = any(rule in found and found[rule] != found.get("pointer") for rule in _ASKS)
    return asks or ("recommendation" in found and said[-1].text != "?")
