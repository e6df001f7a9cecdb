"""What is kept of an article to compare it with others: little, and a pure function of the article."""

from __future__ import annotations

import json
import re
import struct
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.derive.advice import Advice, Lexicon, advice, to_line
from kg.derive.sketch import BINS, Sketch, sketch
from kg.model import Article, Iri, Record, Value
from kg.vocab import term

_ABOUT, _STATED_IN, _SURFACE, _PUBLISHER, _AUTHOR, _DATE, _HEADLINE, _TEXT, _MODALITY = (
    term(name)
    for name in (
        "schema:about", "kg:statedIn", "kg:surfaceForm", "schema:publisher", "schema:author", "schema:datePublished",
        "schema:headline", "schema:text", "kg:modality",
    )
)  # fmt: skip
_MOST_TOPICS: Final = 16
"""Topics of an article that are compared; an article has 14 unless its page lists more."""

_LEAST: Final = 0.05
"""The weight of a topic that has only the most common words, or none that is known."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")
_BYTES: Final = struct.Struct(f"<{BINS}I")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of an article.

    `source` are its publishers, where it names none its authors, "" where it names neither; `numbers` those in its
    title; `topics` what it is about, each with its weight, and `principles` what it states, both in order of IRIs.
    """

    article: Iri
    source: str
    date: str
    language: str
    numbers: tuple[str, ...]
    sketch: Sketch
    topics: tuple[tuple[Iri, float], ...]
    principles: tuple[Advice, ...] = ()

    @property
    def age(self) -> tuple[str, str]:
        """What puts publications of one work into the order in which they appeared: undated ones last."""
        return (self.date or "~", self.article)

    def to_json(self) -> str:
        """Return the profile without its principles as one line that `from_json` reads."""
        bins = _BYTES.pack(*self.sketch).hex()
        return to_line((self.article, self.source, self.date, self.language, self.numbers, bins, self.topics))

    @classmethod
    def from_json(cls, line: str) -> Profile:
        """Return the profile that `to_json` wrote."""
        article, source, date, language, numbers, bins, topics = json.loads(line)
        sketch_ = _BYTES.unpack(bytes.fromhex(bins))
        return cls(article, source, date, language, tuple(numbers), sketch_, tuple(map(tuple, topics)))


def profile(article: Article, record: Record, lexicon: Lexicon) -> Profile:
    """Return what is kept of an article and of the facts found in it."""
    said = _by_subject(record)
    about = said[record.iri]
    stated = sorted(iri for iri, facts in said.items() if _STATED_IN in facts)
    return Profile(
        record.iri,
        " ".join(about[_PUBLISHER] or about[_AUTHOR]),
        "".join(about[_DATE]),
        record.language,
        tuple(sorted(_NUMBER.findall("".join(about[_HEADLINE])))),
        sketch(article.line(block) for block in article.prose),
        tuple((topic, _weight(said[topic][_SURFACE], lexicon)) for topic in _topics(record)),
        tuple(_advice(iri, said[iri], lexicon) for iri in stated),
    )


_Said = defaultdict[Iri, defaultdict[Iri, list[str]]]


def _by_subject(record: Record) -> _Said:
    """Return what is said of each thing, by property, in order."""
    said: _Said = defaultdict(lambda: defaultdict(list))
    for fact in chain(record.facts, record.shared):
        said[fact.subject][fact.predicate].append(fact.object.text if isinstance(fact.object, Value) else fact.object)
    return said


def _topics(record: Record) -> list[Iri]:
    """Return what an article is about, in order; of too many topics those of which most passages speak."""
    about = [f for f in record.facts if f.subject == record.iri and f.predicate == _ABOUT]
    chosen = sorted(about, key=lambda f: (-len(f.evidence), f.key))[:_MOST_TOPICS]
    return sorted(Iri(f.object) for f in chosen if not isinstance(f.object, Value))


def _weight(names: Sequence[str], lexicon: Lexicon) -> float:
    """Return how much it says of an article that it is about a thing: how rare the rarest word of its name is."""
    words = (word for name in names[:1] for word in _WORD.findall(name.casefold()))
    return round(max(_LEAST, *map(lexicon.rarity, words), _LEAST), 2)


def _advice(iri: Iri, said: Mapping[Iri, list[str]], lexicon: Lexicon) -> Advice:
    (text,), (modality, *_) = said[_TEXT], said[_MODALITY]
    return advice(iri, text, modality.rpartition("#")[2], lexicon)
