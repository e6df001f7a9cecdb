"""The vocabularies of a build: those of ontology/, and before them those that the user names.

A label that both have means the user's concept. A concept of ours gives way to one of the user's where that says so
itself (skos:exactMatch) or has the preferred label of ours: one concept for each meaning.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.model import Fact, Iri, Kind, Value
from kg.vocab.concept import LABELS, LINKS, SCHEMES, UPWARDS, Concept, language_of, scheme_facts
from kg.vocab.concepts import SPOKEN, ConceptKinds, Concepts, StatedKind, plain
from kg.vocab.home import ontology_dir
from kg.vocab.labels import Label, flags
from kg.vocab.match import Matcher
from kg.vocab.names import BASE, term
from kg.vocab.shelf import Entry, Judge, Shelf, joined
from kg.vocab.skos import Source

FILES: Final = ("fields.ttl", "roles.ttl", "sections.ttl", "topics.ttl", "translations.ttl")
_CLASSES: Final = {Kind.TOPIC: term("kg:Topic"), Kind.ROLE: term("kg:Role")}
_LINKING, _IN_SCHEME = (frozenset(map(term, names)) for names in (LINKS, SCHEMES))
_BESIDE: Final = frozenset({term("skos:broader"), term("skos:related")})
_LABELS: Final = frozenset(LABELS)
_REMEMBERED: Final = 20_000
_GIVEN: Final = frozenset({"en", ""})
_OTHER: Final = "und"
"""Stands for all languages in which no label is tagged."""


class Vocabulary:
    """The concepts that a build knows, by IRI and by label.

    >>> vocabulary = load()
    >>> vocabulary.concepts[vocabulary.named("LLMs", Kind.TOPIC)[0]].label
    'large language model'
    """

    def __init__(self, base: str, sources: Sequence[Source], own: int) -> None:
        """Read the sources, those of the user first; from number `own` on they are ours."""
        self.base, self.sources, self._own = base, sources, own
        judge = StatedKind(base)
        entries = [source.entries(number, base, judge) for number, source in enumerate(sources)]
        self._shelf = Shelf(chain(*entries[:own], _together(chain(*entries[own:]), judge)), judge)
        for source in sources[:own]:
            if not source.has_concepts:
                raise InputError(str(source.path), "has no concept", "give a SKOS file: concepts with skos:prefLabel")
        self._kinds = ConceptKinds(base, self._shelf, sources, own)
        self.concepts: Mapping[Iri, Concept] = Concepts(base, self._shelf, self._kinds)
        self._languages = {"en"}.union(*(source.languages for source in sources))
        self._meant = lru_cache(_REMEMBERED)(self._meaning)
        self.near = lru_cache(_REMEMBERED)(self._near)
        self._matchers: dict[tuple[str, tuple[Kind, ...]], Matcher] = {}

    def sizes(self) -> list[tuple[Path, int, int]]:
        """Return how many concepts and how many labels each vocabulary has that the user named."""
        concepts, labels = Counter[int](), Counter[int]()
        for entry in self._shelf if self._own else ():
            concepts[entry.source] += entry.kind != ""
            told = plain(entry.statements, self._shelf) if entry.kind else ()
            labels[entry.source] += sum(name in _LABELS for name, _, _ in told)
        return [(source.path, concepts[n], labels[n]) for n, source in enumerate(self.sources[: self._own])]

    def of(self, kind: Kind) -> Iterator[Concept]:
        """Yield the concepts of one kind, ordered by IRI."""
        return (concept for concept in self.concepts.values() if concept.kind is kind)

    def matcher(self, language: str, *kinds: Kind) -> Matcher:
        """Return a matcher for the labels that concepts of some kinds have in a language or in none, made once."""
        known = language or "en"
        key = (known if known in self._languages else _OTHER, kinds)
        if key not in self._matchers:
            self._matchers[key] = Matcher(self._labels(*key), self._meant, key[0])
        return self._matchers[key]

    def _labels(self, language: str, kinds: tuple[Kind, ...]) -> Iterator[Label]:
        has_xl, wanted = any(source.has_xl for source in self.sources), {language, ""}
        for number, entry in enumerate(self._shelf):
            if entry.is_deprecated or not self._kinds.is_among(entry, kinds):
                continue
            is_small = self.sources[entry.source].is_small
            for name, text, type_ in plain(entry.statements, self._shelf) if has_xl else entry.statements:
                if name in _LABELS and language_of(type_) in wanted:
                    yield Label(text, number, flags(text, is_small=is_small))

    def named(self, label: str, *kinds: Kind, language: str = "en") -> tuple[Iri, ...]:
        """Return the concepts that a label stands for: none, one, or several when it is ambiguous."""
        together = SPOKEN if set(kinds) <= set(SPOKEN) else kinds
        numbers = self.matcher(language, *together).numbers(label)
        return self._meant(tuple(number for number in numbers if self._kinds.of(number) in kinds))

    def only(self, label: str, *kinds: Kind, language: str = "en") -> Iri:
        """Return the one concept that a label stands for, or an empty IRI."""
        found = self.named(label, *kinds, language=language)
        return found[0] if len(found) == 1 else Iri("")

    def _meaning(self, numbers: tuple[int, ...]) -> tuple[Iri, ...]:
        """Return the concepts of a label, of which the first vocabulary that has it decides."""
        subjects = [Iri(entry.subject) for entry in self._first(numbers)]
        return tuple(sorted({self.same.get(iri, iri) for iri in subjects}))

    def _first(self, numbers: tuple[int, ...]) -> list[Entry]:
        """Return those entries that are of the first vocabulary among them; ours are all one."""
        entries = [self._shelf[number] for number in numbers]
        return [entry for entry in entries if min(entry.source, self._own) == min(entries[0].source, self._own)]

    @cached_property
    def same(self) -> Mapping[Iri, Iri]:
        """The concepts of ours that give way, each with the one of the user's that stands for it."""
        if not self._own:
            return {}
        found: dict[Iri, Iri] = {}
        for concept in self._ours():
            named = self._first(self.matcher("en", *SPOKEN).numbers(concept.label))
            if len(named) == 1 and named[0].source < self._own and self._kinds.kind(named[0]) is concept.kind:
                found[concept.iri] = Iri(named[0].subject)
        return found | self._kinds.exact

    def _ours(self) -> Iterator[Concept]:
        """Yield our topics and roles."""
        for number in self._kinds.ours:
            if self._kinds.of(number) in SPOKEN:
                yield self.concepts[Iri(self._shelf[number].subject)]

    def labelled(self, *kinds: Kind) -> Iterator[tuple[str, Iri]]:
        """Yield all labels of the concepts of some kinds, in any language, each with its concept."""
        for entry in self._shelf:
            if not entry.is_deprecated and self._kinds.is_among(entry, kinds):
                told = (text for name, text, _ in plain(entry.statements, self._shelf) if name in _LABELS)
                yield from ((text, Iri(entry.subject)) for text in told)

    def _near(self, iri: Iri) -> frozenset[Iri]:
        """Return the concepts that stand above or beside one."""
        facts = self.concepts[iri].facts if iri in self.concepts else ()
        links = (f.object for f in facts if f.predicate in _BESIDE and not isinstance(f.object, Value))
        return frozenset(self.same.get(other, other) for other in links)

    def closure(self, used: Iterable[Iri]) -> frozenset[Iri]:
        """Return the concepts in use and all that they stand under: broader ones, fields, functions, ..., schemes."""
        found: set[Iri] = set()
        waiting = [iri for iri in used if iri in self.concepts]
        while waiting:
            iri = waiting.pop()
            if iri in found:
                continue
            found.add(iri)
            for predicate, above in self._above(iri):
                if above in self.concepts:
                    waiting.append(above)
                elif predicate in _IN_SCHEME:
                    found.add(above)
        return frozenset(found)

    def _above(self, iri: Iri) -> Iterator[tuple[Iri, Iri]]:
        """Yield how and under what a concept stands."""
        for fact in self.concepts[iri].facts:
            if fact.predicate in UPWARDS and not isinstance(fact.object, Value):
                yield fact.predicate, self.same.get(fact.object, fact.object)

    def describe(self, used: Iterable[Iri]) -> Iterator[Fact]:
        """Yield what describes the concepts in use and all they stand under; related ones only where both are there."""
        present = self.closure(used)
        for iri in sorted(present):
            yield from self.description(iri, present)

    def description(self, iri: Iri, present: Container[Iri]) -> Iterator[Fact]:
        """Yield what describes a concept or a scheme; what leads to another, only where that one is present."""
        concept = self.concepts.get(iri)
        if concept is None:
            yield from scheme_facts(iri, self._shelf.statements(iri))
            return
        yield from dict.fromkeys(self._shown(concept, present))
        if concept.kind in _CLASSES:
            yield Fact(iri, term("rdf:type"), _CLASSES[concept.kind])

    def linked(self, iri: Iri) -> Iterator[Iri]:
        """Yield all that the description of a concept leads to where it is present."""
        concept = self.concepts.get(iri)
        for fact in concept.facts if concept else ():
            if fact.predicate in _LINKING and not isinstance(fact.object, Value):
                yield self.same.get(fact.object, fact.object)

    def _shown(self, concept: Concept, present: Container[Iri]) -> Iterator[Fact]:
        """Yield the facts of a concept, those that lead to another only where that one is there.

        What ours are called in other languages serves to find them; in the graph they have their English names.
        """
        is_ours = concept.iri.startswith(self.base)
        for fact in concept.facts:
            if is_ours and isinstance(fact.object, Value) and language_of(fact.object.type) not in _GIVEN:
                continue
            if fact.predicate not in _LINKING or isinstance(fact.object, Value):
                yield fact
            elif (other := self.same.get(fact.object, fact.object)) in present and other != concept.iri:
                yield fact._replace(object=other)


def _together(entries: Iterable[Entry], judge: Judge) -> Iterator[Entry]:
    """Yield one entry for each subject of files that are small and know of each other."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.subject].append(entry)
    return (same[0] if len(same) == 1 else joined(same, judge) for same in found.values())


def load(
    base: str = BASE, folder: Path | None = None, files: Sequence[str] = FILES, vocabularies: Sequence[Path] = ()
) -> Vocabulary:
    """Load the user's vocabularies, which take precedence in the order given, and files of `folder`.

    By default these are all of the ontology folder, their concepts moved under `base`. Raises InputError, naming file
    and line, for a file that does not parse or has no concept.
    """
    home = folder or ontology_dir()
    sources = [*map(Source, vocabularies), *(Source(home / name) for name in files)]
    return Vocabulary(base, sources, len(vocabularies))
