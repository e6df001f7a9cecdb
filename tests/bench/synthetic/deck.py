"""Articles made of real ones: each has the build of one, and the sentences, topics, roles and sources of others.

Half of the words of each sentence are exchanged, so that principles do not repeat more often than they really do: the
last of 5,000 real articles restate .14 principles each, the last of 8,000 made ones .08 (with a third exchanged, .77).
What only one real article speaks of, and no vocabulary knows, is a new thing in each made one: so the things grow with
the articles, as they really do at first. The same number always gives the same article.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.derive import Lexicon, profile
from kg.extract.language.frequency import rarity
from kg.extract.language.stems import stem
from kg.link.naming import opening
from kg.model import Article, Entry, Fact, Iri, Kind, Page, Place, Record, Section, Span, Value
from kg.pipeline.articles import Told
from kg.vocab import BASE, Vocabulary, kind_of, mint, term

_SEED: Final = 5
_EXCHANGED: Final = 1 / 2
_DEALT: Final = (Kind.TOPIC, Kind.ROLE, Kind.SOURCE, Kind.CODE)
_EXACT, _TEXT, _SURFACE, _MODALITY = map(term, ("kg:exact", "schema:text", "kg:surfaceForm", "kg:modality"))
_HEADLINE, _PATH = map(term, ("schema:headline", "kg:path"))
_LEXICON: Final = Lexicon(stem, rarity)


@dataclass
class Deck:
    """What some real articles consist of."""

    told: Sequence[Told]
    vocabulary: Vocabulary
    advice: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    things: defaultdict[Kind, list[Iri]] = field(default_factory=lambda: defaultdict(list))
    """Of each kind what several articles speak of, or a vocabulary knows: as many times as there are such articles."""
    common: set[Iri] = field(default_factory=set)
    """All of these."""
    names: dict[Iri, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the articles apart."""
        records = [one.record for one in self.told]
        self.advice = _texts((fact for one in records for fact in one.shared), _TEXT)
        self.sentences = _texts((fact for one in records for fact in one.facts), _EXACT)
        self.words = [word for sentence in self.sentences for word in sentence.split()]
        used = [Iri(iri) for one in records for iri in sorted({end for fact in one.facts for end in _ends(fact)})]
        count = Counter(used)
        self.common = {iri for iri in used if count[iri] > 1 or iri in self.vocabulary.concepts}
        for iri in used:
            if (kind := kind_of(BASE, iri)) and iri in self.common:
                self.things[kind].append(iri)
        named = (fact for one in records for fact in one.facts if fact.predicate == _SURFACE)
        self.names = {fact.subject: fact.object for fact in named if isinstance(fact.object, Value)}

    def deal(self, number: int) -> Told:
        """Return a made article."""
        model = self.told[number % len(self.told)]
        hand = _Hand(self, model.record, number)
        facts = {fact.key: fact for fact in map(hand.fact, model.record.facts)}
        shared = {fact.key: fact for fact in map(hand.fact, model.record.shared)}
        path = f"{number}.md"
        record = Record(
            hand.name, path, _in_order(facts), _in_order(shared), ((path, f"{number:064x}"),), model.record.language
        )
        return Told(record, profile(_set(record, path), record, _LEXICON))


class _Hand:
    """What is dealt to one article."""

    def __init__(self, deck: Deck, model: Record, number: int) -> None:
        self._deck, self._model = deck, model
        self._random = random.Random(f"{_SEED} {number}")  # noqa: S311 - no secret
        self._dealt: dict[str, str] = {}
        self._known: dict[Iri, Iri] = {}
        self._names: dict[Iri, Value] = {}
        self._advice = set(_texts(model.shared, _TEXT))
        self._path = f"{number}.md"
        title = " ".join(self._text(text) for text in _texts(model.facts, _HEADLINE))
        self.name = mint(BASE, Kind.ARTICLE, title, f"made {number}")
        modality = {fact.subject: str(fact.object) for fact in model.shared if fact.predicate == _MODALITY}
        for principle, text in zip(sorted(modality), _texts(model.shared, _TEXT), strict=True):  # facts are sorted
            words = self._text(text)
            identity = f"{modality[principle].rpartition('#')[2]} {words}"
            self._dealt[principle] = mint(BASE, Kind.PRINCIPLE, opening(words), identity)

    def fact(self, fact: Fact) -> Fact:
        """Return a fact of the model as it is of this article."""
        subject = self._iri(fact.subject)
        if not isinstance(fact.object, Value):
            return Fact(subject, fact.predicate, self._iri(Iri(fact.object)), fact.evidence)
        return Fact(subject, fact.predicate, self._value(subject, fact), fact.evidence)

    def _value(self, subject: Iri, fact: Fact) -> Value:
        assert isinstance(fact.object, Value)
        if fact.predicate in {_EXACT, _TEXT, _HEADLINE}:
            return fact.object._replace(text=self._text(fact.object.text))
        if fact.predicate == _PATH:
            return fact.object._replace(text=self._path)
        return self._names.get(subject, fact.object) if fact.predicate == _SURFACE else fact.object

    def _iri(self, iri: Iri) -> Iri:
        if iri not in self._known:
            self._known[iri] = self._named(iri)
        return self._known[iri]

    def _named(self, iri: Iri) -> Iri:
        kind = kind_of(BASE, iri)
        if kind is Kind.ARTICLE:
            return self.name
        if kind is Kind.PASSAGE:
            return Iri(f"{BASE}{kind}/{self.name.rpartition('/')[2]}.{iri.rpartition('.')[2]}")
        if kind is Kind.INFERENCE:
            return Iri(f"{BASE}{kind}/{self.name.rpartition('/')[2]}-{iri.rpartition('-')[2]}")
        if kind in _DEALT and iri not in self._dealt:
            self._dealt[iri] = self._thing(iri, kind)
        return Iri(self._dealt.get(iri, iri))

    def _thing(self, iri: Iri, kind: Kind) -> Iri:
        """Return another thing of the same kind: one that several speak of for such a one, else a new one."""
        if iri in self._deck.common:
            other = self._random.choice(self._deck.things[kind])
            self._names[other] = self._deck.names.get(other, Value("it"))
            return other
        label = " ".join(self._random.choices(self._deck.words, k=3))
        new = mint(BASE, kind, label)
        self._names[new] = Value(label)
        return new

    def _text(self, text: str) -> str:
        """Return a sentence for another, always the same one for the same."""
        text = " ".join(text.split())
        if text not in self._dealt:
            self._dealt[text] = self._sentence(self._deck.advice if text in self._advice else self._deck.sentences)
        return self._dealt[text]

    def _sentence(self, among: Sequence[str]) -> str:
        words, choose = self._deck.words, self._random
        model = choose.choice(among).split()
        return " ".join(choose.choice(words) if choose.random() < _EXCHANGED else word for word in model)


def _texts(facts: Iterable[Fact], predicate: Iri) -> list[str]:
    found = (fact.object for fact in facts if fact.predicate == predicate)
    return [value.text for value in found if isinstance(value, Value)]


def _ends(fact: Fact) -> tuple[str, ...]:
    return (fact.subject,) if isinstance(fact.object, Value) else (fact.subject, fact.object)


def _in_order(facts: dict[tuple[str, str, str, str, str], Fact]) -> tuple[Fact, ...]:
    return tuple(facts[key] for key in sorted(facts))


def _set(record: Record, path: str) -> Article:
    """Return an article whose prose are the sentences of a record."""
    texts = _texts(record.facts, _EXACT)
    places, start = [], 0
    for text in texts:
        places.append(Place(0, Span(start, start + len(text))))
        start += len(text) + 1
    entries = tuple(Entry(place, place) for place in places)
    return Article((Page(path, "\n".join(texts), ()),), sections=(Section("", None, entries),))
