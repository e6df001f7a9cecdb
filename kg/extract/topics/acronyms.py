"""Acronyms that an article explains: "large language models (LLMs)", "LLMs (large language models)".

The rule is that of Schwartz and Hearst (2003): the letters of the short form stand in the long one in the same order,
the first of them at the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.extract.language.lexicon import CLOSED
from kg.extract.language.words import Word
from kg.extract.topics.keys import form, key_of

_SHORTEST, _LONGEST = 2, 10
_SPARE: Final = 5
"""So many words more than it has letters may a short form stand for (Schwartz and Hearst)."""


def acronyms(sentences: Iterable[Sequence[Word]]) -> Mapping[str, str]:
    """Return the key of what each acronym stands for, by the key of the acronym.

    >>> from kg.extract.language.words import words
    >>> from kg.model import Span
    >>> line = "They train large language models (LLMs)."
    >>> acronyms([words(line, Span(0, len(line)))])
    {'llm': 'large language model'}
    """
    return {short: long for words in sentences for short, long in _of_words(words)}


def _of_words(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    for at in range(1, len(words) - 2):
        if words[at].text == "(":
            stop = next((i for i in range(at + 1, len(words)) if words[i].text == ")"), at)
            if stop == at + 2 and _is_short(words[at + 1]):
                yield from _pair(words[at + 1], _before(words, at, len(words[at + 1].text)))
            elif stop > at + 2 and _is_short(words[at - 1]):
                yield from _pair(words[at - 1], words[at + 1 : stop], whole=True)


def _is_short(word: Word) -> bool:
    """Tell whether a word can be an acronym: short, and with two capitals."""
    return _SHORTEST <= len(word.text) <= _LONGEST and sum(c.isupper() for c in word.text) > 1


def _before(words: Sequence[Word], at: int, letters: int) -> Sequence[Word]:
    """Return the words before a bracket, back to a mark, that a short form of so many letters may stand for."""
    first = at
    while first and words[first - 1].tag != "." and at - first < min(letters + _SPARE, 2 * letters):
        first -= 1
    return words[first:at]


def _pair(short: Word, words: Sequence[Word], *, whole: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the keys of a short form and of those words that it stands for, if it does."""
    letters = [c for c in form(short.text) if c.isalnum()]
    text = " ".join(w.lower for w in words)
    at = len(text)
    for number in range(len(letters) - 1, -1, -1):
        at = _back(text, at, letters[number], opens=number == 0)
    while at > 0 and words[text[:at].count(" ")].lower in CLOSED:
        at = _back(text, at, letters[0], opens=True)
    if (at > 0 and not whole) or at == 0:
        yield form(short.text), key_of(words[text[:at].count(" ") :])


def _back(text: str, at: int, letter: str, *, opens: bool) -> int:
    """Return where a letter last stands before `at` (at the beginning of a word if it `opens` one), -1 for nowhere."""
    at -= 1
    while at >= 0 and (text[at] != letter or (opens and at and text[at - 1].isalnum())):
        at -= 1
    return max(at, -1)
