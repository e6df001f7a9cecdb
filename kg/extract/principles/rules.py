"""The table of rules: rows of words and classes of words by which a sentence speaks as a principle does, or not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kg.extract.datafile import rows
from kg.extract.language.words import Word

_FILE: Final = Path(__file__).with_name("rules.txt")
_TAIL: Final = re.compile(r"(?<=\w)(?='(?:s|re|ve|ll|d|m)$)")
"""Where a word is cut in two: "it's" are the words "it" and "'s"."""

SIGN: Final = "sign"
HEADING: Final = "heading"
ORDER: Final = "!"
_START: Final = "^"
_ANY: Final = "*"


class _Row(NamedTuple):
    """The phrases of some rules that begin with one word: the rules that it fits alone, and the others by what follows.

    Of each of these `more` has the name of the rule and what stands behind the second part of the phrase.
    """

    alone: tuple[str, ...]
    more: Mapping[str, Sequence[tuple[str, Sequence[str]]]]


@cache
def kinds() -> Mapping[str, str]:
    """Return the kind of each rule by its name: a modality, "sign" or "heading".

    >>> kinds()["duty"], kinds()["pointer"]
    ('Obligation', 'sign')
    """
    return {name: kind for name, kind, _ in _rows()}


@cache
def _table(*, heading: bool) -> Mapping[str, _Row]:
    """Return the phrases of the rules, or of those for headings, by their first word."""
    alone: defaultdict[str, list[str]] = defaultdict(list)
    more: defaultdict[str, defaultdict[str, list[tuple[str, Sequence[str]]]]] = defaultdict(lambda: defaultdict(list))
    for name, kind, phrases in _rows():
        for phrase in phrases.split(",") if (kind == HEADING) == heading else ():
            match [part for word in phrase.split() for part in _TAIL.split(word)]:
                case [first]:
                    alone[first].append(name)
                case [first, second, *rest]:
                    more[first][second].append((name, rest))
    return {first: _Row(tuple(alone[first]), more[first]) for first in {**alone, **more}}


def _rows() -> Iterator[tuple[str, str, str]]:
    for row in rows(_FILE):
        name, kind, phrases = (part.strip() for part in row.split("|"))
        yield name, kind, phrases


def hits(sentence: Sequence[Word], order: int | None, *, heading: bool = False) -> dict[str, int]:
    """Return the rules that a sentence fits, each with the place of the first word that does; or those for a heading.

    `order` is the place of the verb of the sentence's order, if it gives one.

    >>> from kg.extract.language.words import words
    >>> from kg.model import Span
    >>> line = "Teams should review each change."
    >>> hits(words(line, Span(0, len(line))), None)
    {'recommendation': 1, 'each': 3}
    """
    table = _table(heading=heading)
    found: dict[str, int] = {}
    for at, word in enumerate(sentence):
        if row := table.get(word.lower):
            for rule in _fitting(row, sentence, at + 1):
                found.setdefault(rule, at)
    opening = _fitting(table[_START], sentence, 0) if _START in table else ()
    ordered = table.get(ORDER + sentence[order].lower) if order is not None else None
    return dict.fromkeys(opening, 0) | dict.fromkeys(ordered.alone if ordered else (), order or 0) | found


def _fitting(row: _Row, sentence: Sequence[Word], at: int) -> tuple[str, ...]:
    """Return the rules that a sentence fits by a phrase whose second part stands at a place."""
    found = row.alone
    if row.more and at < len(sentence):
        for part in (sentence[at].lower, sentence[at].tag, _ANY):
            if part in row.more:
                found = (*found, *(rule for rule, rest in row.more[part] if _fits(rest, sentence, at + 1)))
    return found


def _fits(phrase: Sequence[str], sentence: Sequence[Word], at: int) -> bool:
    """Tell whether a row of words and classes stands in a sentence from a place on."""
    if len(sentence) - at < len(phrase):
        return False
    for part in phrase:
        word = sentence[at]
        if part not in (word.lower, word.tag, _ANY):
            return False
        at += 1
    return True
