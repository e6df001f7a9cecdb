"""What could be a topic of an article: its noun phrases with those inside them, its names, what the vocabulary knows.

A phrase that comes again, or stands in the title or a heading, may be any that the grammar finds. One that is met once
must be a whole noun phrase among the first sentences: of those further down one in fifteen was a topic. Which of the
candidates are topics is for the ranker to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from kg.extract.language.words import Word
from kg.extract.passages import TITLE
from kg.extract.text import Sentence, Text
from kg.extract.topics.acronyms import acronyms
from kg.extract.topics.keys import form
from kg.extract.topics.phrases import is_whole, spans
from kg.model import Iri, Kind, Span

_LEAD: Final = 20
"""Sentences; what an article is about is named among them, or more than once."""

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


class Unit(NamedTuple):
    """A stretch of words in which candidates are found, and their forms; `sentence` is None for a heading.

    `is_prose` tells that it is a sentence of the text below the title.
    """

    words: tuple[Word, ...]
    page: int
    sentence: Sentence | None
    is_prose: bool
    forms: tuple[str, ...]


class Found(NamedTuple):
    """Where a candidate stands: the number of a unit, and words [first, end) of it."""

    unit: int
    first: int
    end: int


class Candidate(NamedTuple):
    """What could be a topic: its key, all keys that stand for it (its own first), where it stands, and its concept."""

    key: str
    keys: tuple[str, ...]
    found: tuple[Found, ...]
    concept: Iri


def units(text: Text) -> tuple[Unit, ...]:
    """Return the sentences of the title, the headings, and the sentences of the prose, each in order."""
    told = [_unit(s.words, s.passage.place.page, s) for s in text.sentences]
    headings = [_unit(words, place.page) for place, words in text.headings]
    return (*(u for u in told if not u.is_prose), *headings, *(u for u in told if u.is_prose))


def _unit(words: tuple[Word, ...], page: int, sentence: Sentence | None = None) -> Unit:
    is_prose = sentence is not None and sentence.passage.name != TITLE
    return Unit(words, page, sentence, is_prose, tuple([form(w.text) for w in words]))


def candidates(text: Text, told: Sequence[Unit]) -> tuple[Candidate, ...]:
    """Return the candidates of an article, ordered by key; in another language than English, only what is known."""
    found: defaultdict[str, list[Found]] = defaultdict(list)
    for number, unit in enumerate(told if text.is_english else ()):
        for first, end in spans(unit.words):
            found[" ".join(unit.forms[first:end])].append(Found(number, first, end))
    concepts = _concepts(text, told, found)
    lead = _LEAD + sum(not unit.is_prose for unit in told)
    kept = {k: f for k, f in found.items() if k in concepts or _is_kept(f, told, lead)}
    merged = _merged(kept, concepts, acronyms(u.words for u in told))
    return tuple(sorted(merged, key=lambda c: c.key))


def _is_kept(found: Sequence[Found], told: Sequence[Unit], lead: int) -> bool:
    """Tell whether a phrase comes again, stands in title or heading, or is a whole one in a unit before `lead`."""
    unit, first, end = found[0]
    if len(found) > 1 or not told[unit].is_prose:
        return True
    return unit < lead and is_whole(told[unit].words, first, end)


def _concepts(text: Text, told: Sequence[Unit], found: defaultdict[str, list[Found]]) -> Mapping[str, Iri]:
    """Return the concept of each key that the vocabulary knows; where no phrase was found, one is added."""
    numbers = {u.sentence.passage: n for n, u in enumerate(told) if u.sentence}
    concepts: dict[str, Iri] = {}
    for spot in text.spots:
        number = numbers.get(spot.passage) if spot.kind is Kind.TOPIC else None
        within = _words_of(spot.surface.span, told[number].words) if number is not None else None
        if number is not None and within:
            here, key = Found(number, *within), " ".join(told[number].forms[slice(*within)])
            concepts[key] = spot.concept
            if here not in found[key]:
                found[key].append(here)
    return concepts


def _words_of(span: Span, words: Sequence[Word]) -> tuple[int, int] | None:
    """Return which words [first, end) make a span, None where it begins or ends inside one."""
    first = bisect_left(words, span.start, key=_START)
    last = bisect_left(words, span.end, first, key=_END)
    whole = last < len(words) and words[first].start == span.start and words[last].end == span.end
    return (first, last + 1) if whole else None


def _merged(
    found: Mapping[str, Sequence[Found]], concepts: Mapping[str, Iri], long_forms: Mapping[str, str]
) -> Iterator[Candidate]:
    """Yield a candidate for each key, one for all keys of a concept and for an acronym with what it stands for."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in found:
        long = long_forms.get(key, key)
        groups[concepts.get(key) or concepts.get(long) or (long if long in found else key)].append(key)
    for keys in groups.values():
        keys.sort(key=lambda k: (-len(found[k]), k))
        concept = next((concepts[k] for k in keys if k in concepts), Iri(""))
        yield Candidate(keys[0], tuple(keys), tuple(sorted(f for k in keys for f in found[k])), concept)
