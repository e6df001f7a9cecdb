"""What a topic is called in print: its most frequent form, in small letters unless it is a name, in the singular."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from kg.extract.language.frequency import rarity
from kg.extract.language.lexicon import Tag, irregular
from kg.extract.language.words import Word
from kg.extract.topics.candidates import Candidate, Unit
from kg.extract.topics.keys import key_of
from kg.vocab.english import fold

_NAME: Final = 0.75
"""A word that is as rare as this and never stands in small letters is taken for a name."""
_SELDOM: Final = 0.17
"""A singular that is so much rarer than its plural (a fifth as frequent) is not used: "analytics", "logistics"."""
_ACRONYMS: Final = re.compile(r"[A-Z][A-Z0-9]+s")

Cut = Callable[[int, int, int], str]
"""Page, start and end -> the text there."""


def label(candidate: Candidate, told: Sequence[Unit], cut: Cut) -> str:
    """Return what a candidate is called; where an acronym stands for it too, the long form is."""
    key = max(candidate.keys, key=lambda k: (k.count(" "), k))
    forms: Counter[str] = Counter()
    for unit, first, end in candidate.found:
        words = told[unit].words
        if key_of(words[first:end]) == key:
            sure = told[unit].is_prose and first > 0
            forms[_written(words[first:end], told[unit].page, cut, sure=sure)] += 1 + 100 * sure
    best = min(forms, key=lambda f: (-forms[f], f))
    return singular(best)


def _written(words: Sequence[Word], page: int, cut: Cut, *, sure: bool) -> str:
    """Return a phrase as it would stand inside a sentence: a capital at its beginning, or in a title, tells nothing."""
    parts, end = [], words[0].start
    for word in words:
        parts.append(cut(page, end, word.start))
        small = word.tag != Tag.NAME and word.text[1:] == word.lower[1:] and (sure or rarity(word.lower) < _NAME)
        parts.append(word.lower if small else word.text)
        end = word.end
    return " ".join("".join(parts).split())


def singular(phrase: str) -> str:
    """Return a phrase with its last word in the singular, unless that is a name or the plural is the usual form.

    >>> [singular(p) for p in ("code reviews", "LLMs", "policies", "web analytics", "GitHub Actions")]
    ['code review', 'LLM', 'policy', 'web analytics', 'GitHub Actions']
    """
    before, space, last = phrase.rpartition(" ")
    return f"{before}{space}{_singular(last)}"


@cache
def _singular(word: str) -> str:
    if _ACRONYMS.fullmatch(word):
        return word[:-1]
    if word != word.lower():
        return word
    seen = (w for w in _singulars(word) if fold(w) == fold(word) and rarity(w) < 1)
    known = [w for w in seen if rarity(w) - rarity(word) < _SELDOM]
    return min(known, key=lambda w: (rarity(w), w), default=word)


def _singulars(word: str) -> Iterator[str]:
    """Yield what the singular of a word may be."""
    yield from (base for class_, base in irregular().get(word, ()) if class_ == "n")
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
