"""Load the SKOS vocabularies of ontology/: what a concept is called, where it stands and what describes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.model import Fact, Iri, Kind, Value
from kg.vocab.home import ontology_dir
from kg.vocab.match import Matcher
from kg.vocab.names import BASE, kind_of, term

FILES: Final = ("fields.ttl", "roles.ttl", "sections.ttl", "topics.ttl")

_PREF, _ALT, _HIDDEN = term("skos:prefLabel"), term("skos:altLabel"), term("skos:hiddenLabel")
_AMBIGUOUS, _BROADER = term("kg:ambiguousLabel"), term("skos:broader")
_PARENTS: Final = (_BROADER, term("kg:function"), term("kg:seniority"), term("skos:inScheme"))
_TYPE: Final = term("rdf:type")
_LINKS: Final = frozenset(
    {term("skos:related"), term("skos:narrower"), term("skos:topConceptOf"), term("skos:hasTopConcept")}
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a vocabulary: its IRI, kind and labels, and the facts that describe it."""

    iri: Iri
    kind: Kind
    label: str
    alternatives: tuple[str, ...]
    ambiguous: tuple[str, ...]
    broader: tuple[Iri, ...]
    facts: tuple[Fact, ...] = field(repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """All its labels, the preferred one first, those it shares with others last."""
        return (self.label, *self.alternatives, *self.ambiguous)


class Vocabulary:
    """The concepts that a build knows, by IRI and by label.

    >>> vocabulary = load()
    >>> vocabulary.concepts[vocabulary.named("LLMs", Kind.TOPIC)[0]].label
    'large language model'
    """

    def __init__(self, base: str, facts: Iterable[Fact]) -> None:
        self.base = base
        about: defaultdict[Iri, list[Fact]] = defaultdict(list)
        for fact in facts:
            about[fact.subject].append(fact)
        self._facts = {iri: tuple(sorted(about[iri], key=lambda f: f.key)) for iri in sorted(about)}
        self.concepts = {iri: concept for iri in self._facts if (concept := self._concept(iri))}
        self._matchers: dict[tuple[Kind, ...], Matcher] = {}

    def _concept(self, iri: Iri) -> Concept | None:
        kind = kind_of(self.base, iri)
        if kind is None:
            return None
        label, *_ = [*self._texts(iri, _PREF), ""]
        return Concept(
            iri,
            kind,
            label,
            self._texts(iri, _ALT, _HIDDEN),
            self._texts(iri, _AMBIGUOUS),
            tuple(f.object for f in self._facts[iri] if f.predicate == _BROADER and not isinstance(f.object, Value)),
            self._facts[iri],
        )

    def _texts(self, iri: Iri, *predicates: Iri) -> tuple[str, ...]:
        return tuple(
            f.object.text
            for p in predicates
            for f in self._facts[iri]
            if f.predicate == p and isinstance(f.object, Value)
        )

    def of(self, kind: Kind) -> Iterator[Concept]:
        """Yield the concepts of one kind, ordered by IRI."""
        return (c for c in self.concepts.values() if c.kind is kind)

    def matcher(self, *kinds: Kind) -> Matcher:
        """Return a matcher for the labels of all concepts of some kinds, made once."""
        if kinds not in self._matchers:
            labels = ((label, c.iri) for kind in kinds for c in self.of(kind) for label in c.labels)
            self._matchers[kinds] = Matcher(labels)
        return self._matchers[kinds]

    def named(self, label: str, *kinds: Kind) -> tuple[Iri, ...]:
        """Return the concepts that a label stands for: none, one, or several when it is ambiguous."""
        return self.matcher(*kinds).exact(label)

    def only(self, label: str, *kinds: Kind) -> Iri:
        """Return the one concept that a label stands for, or an empty IRI."""
        found = self.named(label, *kinds)
        return found[0] if len(found) == 1 else Iri("")

    def closure(self, used: Iterable[Iri]) -> frozenset[Iri]:
        """Return the concepts in use and all that they stand under: broader ones, functions, seniorities, schemes."""
        found: set[Iri] = set()
        waiting = [iri for iri in used if iri in self._facts]
        while waiting:
            iri = waiting.pop()
            if iri not in found:
                found.add(iri)
                waiting += self._parents(iri)
        return frozenset(found)

    def _parents(self, iri: Iri) -> list[Iri]:
        return [
            f.object
            for f in self._facts[iri]
            if f.predicate in _PARENTS and not isinstance(f.object, Value) and f.object in self._facts
        ]

    def describe(self, used: Iterable[Iri]) -> Iterator[Fact]:
        """Yield what describes the concepts in use and all they stand under; related ones only where both are there."""
        present = self.closure(used)
        for iri in sorted(present):
            for fact in self._facts[iri]:
                if fact.predicate not in _LINKS or fact.object in present:
                    yield fact
            if kind_class := self.kind_classes.get(iri):
                yield Fact(iri, _TYPE, kind_class)

    @cached_property
    def kind_classes(self) -> dict[Iri, Iri]:
        """The class of the ontology that each topic and role belongs to."""
        classes = {Kind.TOPIC: term("kg:Topic"), Kind.ROLE: term("kg:Role")}
        return {c.iri: classes[c.kind] for c in self.concepts.values() if c.kind in classes}


def load(base: str = BASE, folder: Path | None = None, files: Sequence[str] = FILES) -> Vocabulary:
    """Load vocabulary files of `folder` (default: all of the ontology folder), their concepts moved under `base`.

    Raises InputError, naming file and line, for a file that does not parse.
    """
    home = folder or ontology_dir()
    return Vocabulary(base, (fact for name in files for fact in _facts(home / name, base)))


def _facts(path: Path, base: str) -> Iterator[Fact]:
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield Fact(_iri(quad.subject, base), _iri(quad.predicate, base), _object(quad.object, base))
    except SyntaxError as error:
        raise InputError(str(path), str(error), "correct the Turtle at that place") from error


def _iri(node: object, base: str) -> Iri:
    value = str(getattr(node, "value", node))
    moves = base != BASE and value.startswith(BASE) and not value.startswith(term("kg:"))
    return Iri(base + value.removeprefix(BASE) if moves else value)


def _object(node: object, base: str) -> Iri | Value:
    if isinstance(node, ox.Literal):
        return Value(node.value, f"@{node.language}" if node.language else node.datatype.value.rpartition("#")[2])
    return _iri(node, base)
