"""What of a sentence tells whether it states a principle: its rules, its clause, its shape, and where it stands.

Each feature is a number about as large as 1, so that none weighs more for its unit. What is not named is 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kg.extract.imperative import order
from kg.extract.language.lexicon import Tag
from kg.extract.language.words import words
from kg.extract.principles.clause import clause
from kg.extract.principles.rules import SIGN, hits, kinds
from kg.extract.text import Sentence
from kg.model import BlockKind, Span

Features = dict[str, float]

_SHORT: Final = 5
_LATE: Final = 3
"""An order whose verb stands behind so many words stands behind a clause or a phrase."""

_MOST_RULES: Final = 6
_ENDS: Final = {"?": "asks", ":": "leads on", "!": "exclaims"}
_QUOTES: Final = frozenset('"“')
_CLOSING: Final = frozenset('.)”"')
_HEADED: Final = {"how": "how", "what": "what", "why": "why", "where": "where", "who": "where", "when": "where"}
_LISTED: Final = frozenset({"practice", "principles", "insight"})


class Reading(NamedTuple):
    """A sentence as read for principles: the rules that it fits, the place of the verb of its order, its features."""

    rules: dict[str, int]
    order: int | None
    features: Features


def read(sentences: Sequence[Sentence]) -> list[Reading]:
    """Return what is read in each sentence of an article."""
    return list(_read(sentences))


def _read(sentences: Sequence[Sentence]) -> Iterator[Reading]:
    section: str | None = None
    seen: set[tuple[str, ...]] = set()
    for sentence in sentences:
        at = order(sentence.words)
        rules = hits(sentence.words, at)
        said = tuple(w.lower for w in sentence.words if w.tag != Tag.MARK)
        told = {f"rule {rule}": 1.0 for rule in rules}
        told["rules"] = min(_MOST_RULES, sum(kinds()[rule] != SIGN for rule in rules)) / _MOST_RULES
        told |= _of_clause(sentence, at) | _of_shape(sentence) | _of_place(sentence, at)
        told |= _true({"said before": said in seen, "opens section": sentence.passage.section != section})
        yield Reading(rules, at, told)
        seen.add(said)
        section = sentence.passage.section


def _true(facts: Mapping[str, bool]) -> Features:
    return {name: 1.0 for name, holds in facts.items() if holds}


def _of_clause(sentence: Sentence, order: int | None) -> Features:
    """Return what the main clause is like, and the classes of the words."""
    main, tags = clause(sentence.words, order), sentence.tags
    return {
        f"subject {main.subject}": 1.0,
        f"verb {main.verb}": 1.0,
        "names": 2 * tags.count(Tag.NAME) / max(1, sentence.size),
        **_true(
            {
                "denied": main.denied,
                "past": Tag.PAST in tags,
                "number": Tag.NUMBER in tags,
                "late order": order is not None and order > _LATE,
                "order with code": order is not None and Tag.CODE in tags,
            }
        ),
    }


def _of_shape(sentence: Sentence) -> Features:
    """Return what length and marks tell."""
    end, size = sentence.text[-1:], sentence.size
    return {
        "length": math.log(size + 1) / 3,
        **({_ENDS[end]: 1.0} if end in _ENDS else {}),
        **_true(
            {
                "short": size < _SHORT,
                "open end": end not in _CLOSING and end not in _ENDS,
                "quotes": not _QUOTES.isdisjoint(sentence.lowers),
            }
        ),
    }


def _of_place(sentence: Sentence, order: int | None) -> Features:
    """Return what is told by where the sentence stands."""
    name = sentence.passage.name
    return {
        **_of_heading(sentence.passage.section),
        **_true(
            {
                "order in item": order is not None and sentence.kind is BlockKind.ITEM,
                "title": name == "title",
                "in list": name in _LISTED,
                "in summary": name == "summary",
            }
        ),
    }


@lru_cache(1000)
def _of_heading(heading: str) -> Features:
    """Return what a heading tells of the sentences below it."""
    said = words(heading, Span(0, len(heading)))
    first = next((w for w in said if w.tag not in (Tag.MARK, Tag.NUMBER)), None)
    if first is None:
        return _true({"no heading": True})
    at = order(said)
    told = dict.fromkeys(hits(said, at, heading=True), 1.0)
    if asked := _HEADED.get(first.lower):
        told[f"heading {asked}"] = 1.0
    return told | _true(
        {
            "heading orders": at is not None,
            "heading of doing": first.tag == Tag.ING,
            "heading asks": heading.endswith("?"),
            "heading names": any(w.tag == Tag.NAME for w in said),
            "long heading": len(said) > _SHORT + 1,
        }
    )
