"""Each word of a vocabulary as a code of three bytes, and a text in these codes.

One thing in three spellings ("fine-tuning", "fine tuning", "finetuning") is found under each of them: what is written
with a hyphen is one word where the vocabulary knows that word, else two; what is one word is also looked for as two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from kg.errors import InputError
from kg.vocab.forms import DASHES, Forms

WIDTH: Final = 3
_MOST: Final = 1 << 21
_REMEMBERED: Final = 1 << 16
_STRETCHES: Final = 1 << 17
"""How many words and stretches of text are remembered; all in all some 30 MB."""

_LONGEST: Final = 64
"""Letters; a longer stretch without a space is not worth remembering."""

_LONGEST_STRETCH: Final = 250
"""Letters of a stretch without spaces in which halves of words are looked for: no label has more."""

_SHORTEST_HALF: Final = 4
"""Letters; with fewer, too many words are two others by chance ("notable")."""

_BEFORE: Final = "(\"'[*-<$"
_BEHIND: Final = ',.:;!?)"]*->%'
"""Marks that stand about one word so often that they are worth a way of their own."""

_COMPOUND: Final = re.compile(rf"(\w+)[{DASHES}](\w+)")
_HYPHENED: Final = re.compile(rf"(\w+)[{DASHES}](?=(\w+))")


def _bytes(number: int) -> bytes:
    """Return a number as a code: only its first byte is below 128, so that a code is found at its beginning only."""
    return bytes((number >> 14, number >> 7 & 0x7F | 0x80, number & 0x7F | 0x80))


UNKNOWN: Final = _bytes(0)
"""Any word that is in no label."""

MARK: Final = _bytes(1)
"""Any mark that ends a phrase."""

SOLID: Final = _bytes(2)
"""A word that is in no label, and is two that are one: "opensource"."""

_RESERVED: Final = 3


class Learner(dict[str, bytes]):
    """Learns the words of some labels: the codes of what stands between their spaces.

    >>> learner = Learner(Forms("en"))
    >>> learner.learn("coding agents") == learner["coding"] + learner["agent"]
    True
    >>> learner.words().split()
    ['coding', 'agent']
    """

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._numbers: dict[str, int] = {}
        self.pairs: dict[bytes, bytes] = {}
        """By the codes of two words that are also written as one, the code of that."""

    def __missing__(self, stretch: str) -> bytes:
        """Learn the words of a stretch."""
        code = self[stretch] = b"".join(map(self._number, self._forms.words(stretch)))
        if compound := _COMPOUND.fullmatch(stretch):
            self.pairs[code] = self["".join(compound.groups())]
        return code

    def _number(self, word: str) -> bytes:
        """Return the code of a word or a mark.

        Raises InputError for the two millionth word: there are no more codes.
        """
        if not word:
            return MARK
        number = self._numbers.setdefault(self._forms.fold(word), len(self._numbers) + _RESERVED)
        if number == _MOST:
            raise InputError("vocabulary", f"has more than {_MOST:,} different words", "leave some of it out")
        return _bytes(number)

    def learn(self, label: str) -> bytes:
        """Return the code of a label, its words learnt; empty for one without words."""
        return bare(b"".join(map(self.__getitem__, stretches(label))))

    def pair(self) -> None:
        """Find the words that two others make."""
        numbers = self._numbers
        for form, number in numbers.items():
            for at in range(_SHORTEST_HALF, len(form) - _SHORTEST_HALF + 1):
                if form[:at] in numbers and form[at:] in numbers:
                    self.pairs[_bytes(numbers[form[:at]]) + _bytes(numbers[form[at:]])] = _bytes(number)

    def words(self) -> str:
        """Return all words in normal form, one on each line, in the order of their codes."""
        return "\n".join(self._numbers)


class Alphabet:
    """The words that were learnt, each with its code."""

    def __init__(self, forms: Forms, words: str) -> None:
        self.forms = forms
        self._numbers = {form: number for number, form in enumerate(words.split("\n"), _RESERVED)}

    def code(self, form: str) -> bytes | None:
        """Return the code of a word in normal form, None where it is in no label."""
        number = self._numbers.get(form)
        return None if number is None else _bytes(number)


def bare(code: bytes) -> bytes:
    """Return a code without marks at its ends."""
    if MARK in code:
        while code.startswith(MARK):
            code = code[WIDTH:]
        while code.endswith(MARK):
            code = code[:-WIDTH]
    return code


def stretches(text: str) -> list[str]:
    r"""Return what stands between spaces, and between line ends and tabs; each begins one place behind the one before.

    >>> stretches("a  new\nline")
    ['a', '', 'new', 'line']
    """
    return text.replace("\n", " ").replace("\t", " ").split(" ")


class Unit(NamedTuple):
    """A word or mark of a text: its code, and where it stands, half-open."""

    code: bytes
    start: int
    end: int


def _one_word(stretch: str) -> tuple[int, str]:
    """Return the one plain word that a stretch is with usual marks about it, and how many before; "" for any other.

    >>> _one_word("(teams),"), _one_word("open-source")
    ((1, 'teams'), (0, ''))
    """
    opened = stretch.lstrip(_BEFORE)
    word = opened.rstrip(_BEHIND)
    is_plain = word.isalnum() and word.isascii()
    return (len(stretch) - len(opened), word) if is_plain else (0, "")


class Coder:
    """Codes text, stretch by stretch; `is_label` tells whether a code is a label as a whole.

    `codes` gives the code of a stretch, `ends` where each word and mark of it begins and ends, in turn.
    """

    def __init__(self, alphabet: Alphabet, is_label: Callable[[bytes], bool]) -> None:
        self._alphabet, self._forms, self._is_label = alphabet, alphabet.forms, is_label
        self.ends = lru_cache(_REMEMBERED)(self._ends)
        self.codes = _Codes(self._code, _STRETCHES)
        self._words = _Codes(self._of_word, _REMEMBERED)

    def whole(self, text: str) -> bytes:
        """Return the code of a text, without marks at its ends."""
        return bare(b"".join(map(self.codes.__getitem__, stretches(text))))

    def _ends(self, stretch: str) -> tuple[int, ...]:
        """Return where each word and mark of a stretch of text begins and ends, one after the other."""
        before, word = _one_word(stretch)
        if word:
            mark = (0, before) if before else ()
            return (*mark, before, before + len(word))
        return tuple(end for unit in self._units(stretch) for end in (unit.start, unit.end))

    def _code(self, stretch: str) -> bytes:
        before, word = _one_word(stretch)
        if word:
            behind = len(stretch) - before - len(word)
            return MARK * (before > 0) + self._words[word] + MARK * (behind > 0)
        hyphened = _HYPHENED.findall(stretch) if len(stretch) <= _LONGEST_STRETCH else ()
        if any(self._one(one + other) for one, other in hyphened):
            return b"".join(unit.code for unit in self._units(stretch))
        return b"".join(map(self._words.__getitem__, self._forms.words(stretch)))

    def _one(self, word: str) -> bytes | None:
        """Return the code of a word that a hyphen may divide, None where no label has it."""
        return self._alphabet.code(self._forms.fold(word))

    def _of_word(self, word: str) -> bytes:
        if not word:
            return MARK
        form = self._forms.fold(word)
        return self._alphabet.code(form) or (SOLID if self._halves(form) else UNKNOWN)

    def halves(self, word: str) -> bytes:
        """Return the code of the label of two words that a word is when written as two, empty where there is none."""
        return self._halves(self._forms.fold(word))

    def _halves(self, form: str) -> bytes:
        code = self._alphabet.code
        for at in range(2, len(form) - 1 if len(form) <= _LONGEST_STRETCH else 0):
            if (one := code(form[:at])) and (other := code(form[at:])) and self._is_label(one + other):
                return one + other
        return b""

    def _units(self, piece: str) -> tuple[Unit, ...]:
        """Return the words and marks of a stretch of text; two that a hyphen joins into a known word are one.

        In a stretch that is longer than any label none are joined.
        """
        units: list[Unit] = []
        previous, may_join = "", len(piece) <= _LONGEST_STRETCH
        for word, start in self._forms.tokens(piece):
            end = start + (self._forms.core(word) if word else 1)
            joined = may_join and previous and word and self._joined(piece, units[-1], previous + word, start)
            if joined:
                units[-1] = Unit(joined, units[-1].start, end)
            else:
                units.append(Unit(self._words[word], start, end))
            previous = "" if joined else word
        return tuple(units)

    def _joined(self, piece: str, before: Unit, word: str, start: int) -> bytes | None:
        """Return the code of two words with a hyphen between as one, None where they are two."""
        return self._one(word) if before.end + 1 == start and piece[before.end] in DASHES else None


class _Codes(dict[str, bytes]):
    """What was coded before; when it is too much, what was not asked for again since the last time is forgotten."""

    def __init__(self, make: Callable[[str], bytes], most: int) -> None:
        self._make, self._most = make, most
        self._before: dict[str, bytes] = {}

    def __missing__(self, key: str) -> bytes:
        made = self._before.get(key) or self._make(key)
        if len(key) <= _LONGEST:
            if len(self) >= self._most:
                self._before = dict(self)
                self.clear()
            self[key] = made
        return made
