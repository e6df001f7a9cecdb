"""The key of a phrase: the form under which all its spellings are the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from kg.extract.language.words import Word
from kg.vocab.english import fold

_HYPHENS: Final = str.maketrans("‐‑", "--")


@cache
def form(word: str) -> str:
    """Return what one word of a text is in a key; a word with hyphens is several there.

    >>> form("LLMs"), form("open-source"), form("policies")
    ('llm', 'open source', 'policy')
    """
    parts = [fold(part) for part in word.translate(_HYPHENS).split("-") if part]
    return " ".join(parts) or word


def key_of(words: Sequence[Word]) -> str:
    """Return the key of a phrase.

    >>> from kg.extract.language.words import words
    >>> from kg.model import Span
    >>> key_of(words("Open-source licences", Span(0, 20)))
    'open source license'
    """
    return " ".join([form(w.text) for w in words])
