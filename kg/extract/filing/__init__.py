"""File an article that says nothing of itself: under which field, for which level of reader, how long a read."""

from __future__ import annotations

from kg.extract.filing.field import field
from kg.extract.filing.length import length
from kg.extract.filing.level import level
from kg.extract.filing.shelving import Evidence, evidence
from kg.extract.text import Text
from kg.model import Inference

__all__ = ["evidence", "filed"]


def filed(text: Text, said: Evidence) -> tuple[Inference, ...]:
    """Return the field, the level and the length of an article, as far as its words tell them.

    `said` is what the article says for each shelf. Whoever calls drops what the page states itself. Of an article that
    is not in English only the length is told.
    """
    if not text.is_english:
        return length(text)
    return (*field(text, said), *level(text, said), *length(text))
