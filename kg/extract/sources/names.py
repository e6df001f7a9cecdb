"""The shape of names and titles: what of some words is the name of a source."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Span

_WORD: Final = re.compile(r"[\w&'’./+-]+")
_SMALL: Final = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "how", "in", "is", "of", "on",
    "or", "the", "to", "vs", "with", "&",
))  # fmt: skip
"""Words that a title has in lower case."""

_BEFORE: Final = re.compile(
    r"[\s\"“”‘’'(\[]*(?:(?:a|an|her|his|my|our|the|their|this|your)\s+)?(?:(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir)\.?\s+)?"
    r"[\"“‘'(\[]*",
    re.IGNORECASE,
)
_BEHIND: Final = " \t\n\u00a0\"“”‘’'.,:;!])"
_POSSESSIVE: Final = ("’s", "'s")
_CITED: Final = re.compile(r"\bet al\b|\(\d{4}[a-z]?\)?$|, \d{4}[a-z]?$")
_ADDRESS: Final = re.compile(r"https?:|[\w-]+(?:\.[\w-]+)+(?:/\S*)?$")


def bare(words: str) -> Span:
    """Return the name within some words: without an article, a form of address and quotation marks around it.

    >>> bare("the “Halyard Review”.").cut("the “Halyard Review”."), bare("Dr. Marit Oduya’s").cut("Dr. Marit Oduya’s")
    ('Halyard Review', 'Marit Oduya')
    """
    found = _BEFORE.match(words)
    start = found.end() if found else 0
    end = _closed(words, start)
    return Span(start, max(start, end))


def _closed(words: str, start: int) -> int:
    """Return where a name ends: a bracket that was opened in it is closed in it."""
    end = len(words.rstrip(_BEHIND))
    if words.endswith(_POSSESSIVE, 0, end):
        end = len(words[: end - 2].rstrip(_BEHIND))
    return end + 1 if words[end : end + 1] == ")" and "(" in words[start:end] else end


def is_cited_work(name: str) -> bool:
    """Tell whether a name gives authors and a year.

    >>> is_cited_work("Oduya et al. (2023)"), is_cited_work("Oduya")
    (True, False)
    """
    return bool(_CITED.search(name))


def capitals(name: str) -> int:
    """Return how many words a name or title has, 0 for words that are none: some are in lower case.

    >>> capitals("Bureau of Consumer Protection"), capitals("the whole story"), capitals("example.org")
    (4, 0, 0)
    """
    words = _words(name)
    lower = [word for word in words if not _is_capital(word)]
    return len(words) if len(lower) < len(words) and _SMALL.issuperset(lower) else 0


def is_headline(name: str) -> bool:
    """Tell whether words begin like a name or a headline, in which some words may be in lower case.

    >>> is_headline("Good enough practices in computing"), is_headline("our practices"), is_headline("Practices")
    (True, False, False)
    """
    words = _words(name)
    return len(words) > 1 and _is_capital(words[0])


def _words(name: str) -> list[str]:
    return [] if _ADDRESS.match(name) else _WORD.findall(name)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()
