"""Describe, once, every thing that articles share: from the vocabulary, else from what the articles call it.

A description is a pure function of the articles and the vocabulary, whatever was described before. That is what makes a
build the same in whatever order its articles came, and what makes removing an article leave nothing behind. Only what a
change touches is described anew: the things that the changed articles use, all that these stand under in a vocabulary,
and what leads to a concept that came or went.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pyoxigraph as ox

from kg.model import Fact, Iri, Kind, Value
from kg.store.ledger import Ledger
from kg.store.quads import put, quad
from kg.vocab import SCHEMES, UPWARDS, Vocabulary, concepts_graph, is_iri, kind_of, scheme, slug, term, value_of

_SURFACE, _FILED_UNDER = ox.NamedNode(term("kg:surfaceForm")), ox.NamedNode(term("kg:filedUnder"))
_STATED_IN: Final = ox.NamedNode(term("kg:statedIn"))
_LANGUAGE: Final = ox.NamedNode(term("schema:inLanguage"))
_TYPE: Final = term("rdf:type")
_CONCEPT: Final = term("skos:Concept")
_CLASSES: Final = {
    Kind.TOPIC: (_CONCEPT, term("kg:Topic")),
    Kind.ROLE: (_CONCEPT, term("kg:Role")),
    Kind.FIELD: (_CONCEPT,),
    Kind.LEVEL: (_CONCEPT,),
    Kind.LENGTH: (_CONCEPT,),
    Kind.SOURCE: (term("kg:Source"),),
    Kind.CODE: (term("schema:SoftwareSourceCode"),),
}
"""What each kind of shared thing is. Principles are described by the articles that state them."""

_SHARED: Final = {*_CLASSES, Kind.PRINCIPLE}
_IN_SCHEMES: Final = tuple(kind for kind, classes in _CLASSES.items() if _CONCEPT in classes)
_MEMBERSHIP: Final = tuple(ox.NamedNode(term(name)) for name in SCHEMES)
_BATCH: Final = 50_000
"""Quads that wait to be stored, some 25 MB."""

_ADDRESS: Final = ("http://", "https://")

_NO_USE: Final = {_TYPE, term("schema:url"), term("schema:codeRepository")}
"""Properties that lead to no thing of ours, whatever a vocabulary calls what they lead to."""


@dataclass(slots=True)
class _Use:
    """How articles use a thing: what they call it, each in the article's language, and where they file it."""

    is_used: bool = False
    names: set[Value] = field(default_factory=set)
    parents: set[Iri] = field(default_factory=set)


def shared(base: str, ends: Iterable[str], vocabulary: Vocabulary) -> Iterator[Iri]:
    """Yield those of some things that are described once for all articles."""
    for iri in ends:
        kind = kind_of(base, iri)
        if kind in _SHARED or (kind is None and iri in vocabulary.concepts):
            yield Iri(iri)


def classes(base: str, iri: str, vocabulary: Vocabulary) -> tuple[Iri, ...]:
    """Return the classes of a shared thing, as its description tells them."""
    kind = kind_of(base, iri)
    if kind is None and iri in vocabulary.concepts:
        kind = vocabulary.concepts[Iri(iri)].kind
    return _CLASSES.get(kind, ()) if kind else ()


def used(facts: Iterable[Fact]) -> set[str]:
    """Return all things that facts of an article use."""
    facts = list(facts)
    objects = {f.object for f in facts if not isinstance(f.object, Value) and f.predicate not in _NO_USE}
    return {*(fact.subject for fact in facts), *objects}


class Concepts:
    """The graph of a store in which every shared thing is described once."""

    def __init__(self, engine: ox.Store, ledger: Ledger, base: str) -> None:
        self._engine, self._ledger, self._base = engine, ledger, base
        self._graph = ox.NamedNode(concepts_graph(base))
        self._come: list[ox.Quad] = []

    def describe(self, touched: Iterable[Iri], vocabulary: Vocabulary) -> None:
        """Make the descriptions what the articles and the vocabulary say, where articles that use `touched` changed."""
        things = sorted(set(touched))
        in_vocabulary = [iri for iri in things if iri in vocabulary.concepts]
        self._describe_known(in_vocabulary, vocabulary)
        self._describe_own(iri for iri in things if iri not in vocabulary.concepts)
        self._store()
        homes = {scheme(self._base, kind) for kind in _IN_SCHEMES}
        for iri in sorted(homes | {iri for iri in vocabulary.closure(in_vocabulary) if iri not in vocabulary.concepts}):
            self._put(iri, vocabulary.description(iri, ()) if self._has_members(iri) else ())
        self._store()

    # What a vocabulary knows

    def _describe_known(self, touched: Sequence[Iri], vocabulary: Vocabulary) -> None:
        """Describe concepts of the vocabulary and all that they stand under, as far as articles use them."""
        around = {iri for iri in vocabulary.closure(touched) if iri in vocabulary.concepts}
        used_ = {iri for iri in around if self._is_used(iri)}
        present = vocabulary.closure(iri for iri in around if iri in used_ or self._is_held(iri, around))
        changed = {iri for iri in around if self._ledger.is_described(iri) != (iri in present)}
        beside = {iri for other in changed for iri in self._ledger.leading_to(other)} - around
        there = _Present(present, around, self._ledger)
        for iri in sorted({*around, *beside}):
            if iri in there:
                self._put(iri, vocabulary.description(iri, there))
                is_used, leads = iri in used_ or (iri in beside and self._is_used(iri)), vocabulary.linked(iri)
                self._ledger.put_concept(iri, vocabulary.concepts[iri].kind, is_used=is_used, leads=leads)
            else:
                self._put(iri, ())
                self._ledger.drop_concept(iri)

    def _is_held(self, iri: Iri, around: Container[str]) -> bool:
        """Tell whether a described concept, none of those `around`, stands under a thing."""
        held = self._engine.quads_for_pattern(None, None, ox.NamedNode(iri), self._graph)
        return any(q.predicate.value in UPWARDS and value_of(q.subject) not in around for q in held)

    def _is_used(self, iri: Iri) -> bool:
        return any(self._names(iri)) or self._is_led_to(iri)

    def _names(self, iri: Iri) -> Iterator[ox.Quad]:
        """Yield what articles call a thing; nothing but an article says that."""
        return self._engine.quads_for_pattern(ox.NamedNode(iri), _SURFACE, None)

    def _is_led_to(self, iri: Iri) -> bool:
        found = self._engine.quads_for_pattern(None, None, ox.NamedNode(iri))
        said = (value_of(q.graph_name) for q in found if q.predicate.value not in _NO_USE)
        return any(kind_of(self._base, graph) is Kind.ARTICLE for graph in said)

    # What only articles know

    def _describe_own(self, touched: Iterable[Iri]) -> None:
        """Describe things that no vocabulary knows, as far as articles use them."""
        changes = Counter[str]()
        for iri in touched:
            if (kind := kind_of(self._base, iri)) not in _SHARED:
                continue
            if kind is Kind.PRINCIPLE:
                changes[kind] -= not self._is_stated(iri) and self._put(iri, ())[0]
            else:
                use = self._use(iri)
                was, is_ = self._put(iri, _own(iri, kind, use, self._base) if use.is_used else ())
                changes[kind] += is_ - was
        self._ledger.count(changes)

    def state(self, facts: Iterable[Fact]) -> None:
        """Describe principles that articles state from now on: the name of each tells its words and its modality."""
        new = defaultdict[Iri, list[Fact]](list)
        for fact in facts:
            new[fact.subject].append(fact)
        come = {iri: told for iri, told in new.items() if not self._is_described(iri)}
        put(self._engine, [quad(fact, self._graph) for told in come.values() for fact in told])
        self._ledger.count({Kind.PRINCIPLE: len(come)})

    def _is_described(self, iri: Iri) -> bool:
        return any(self._engine.quads_for_pattern(ox.NamedNode(iri), None, None, self._graph))

    def _is_stated(self, iri: Iri) -> bool:
        return any(self._engine.quads_for_pattern(ox.NamedNode(iri), _STATED_IN, None))

    def _use(self, iri: Iri) -> _Use:
        named = list(self._names(iri))
        use = _Use(is_used=bool(named) or self._is_led_to(iri))
        for quad_ in named:
            if isinstance(quad_.object, ox.Literal):
                use.names.add(Value(quad_.object.value, f"@{self._language(quad_.graph_name)}"))
        filed = self._engine.quads_for_pattern(ox.NamedNode(iri), _FILED_UNDER, None)
        use.parents |= {Iri(value_of(quad_.object)) for quad_ in filed}
        return use

    def _language(self, article: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str:
        """Return the language of the article that a graph is of."""
        stated = self._engine.quads_for_pattern(None, _LANGUAGE, None, article)
        return next((value_of(q.object) for q in stated), "") or "en"

    # The graph

    def _has_members(self, iri: Iri) -> bool:
        node = ox.NamedNode(iri)
        return any(q for p in _MEMBERSHIP for q in self._engine.quads_for_pattern(None, p, node, self._graph))

    def _put(self, iri: Iri, facts: Iterable[Fact]) -> tuple[bool, bool]:
        """Put a description in the place of the one before; return whether there was one, and whether there is now."""
        new = {quad(fact, self._graph) for fact in facts}
        old = set(self._engine.quads_for_pattern(ox.NamedNode(iri), None, None, self._graph))
        for gone in old - new:
            self._engine.remove(gone)
        self._come += new - old
        if len(self._come) >= _BATCH:
            self._store()
        return bool(old), bool(new)

    def _store(self) -> None:
        """Store the descriptions that wait for it: together, as each by itself would be a transaction."""
        put(self._engine, self._come)
        self._come.clear()


@dataclass(frozen=True, slots=True)
class _Present:
    """Tells which concepts are described: of those `around`, the ones that were found so; of others, as before."""

    found: frozenset[Iri]
    around: set[Iri]
    ledger: Ledger

    def __contains__(self, iri: object) -> bool:
        return iri in self.found or (iri not in self.around and self.ledger.is_described(Iri(str(iri))))


def _own(iri: Iri, kind: Kind, use: _Use, base: str) -> Iterator[Fact]:
    """Describe a thing that no vocabulary knows by the names that articles give it, in code point order."""
    yield from (Fact(iri, _TYPE, class_) for class_ in _CLASSES[kind])
    names = sorted(use.names, key=partial(_by_fitness, iri)) or [Value(iri.rpartition("/")[2], "@en")]
    if kind is Kind.CODE:
        yield from _code(iri, [name.text for name in names])
    elif kind is Kind.SOURCE:
        yield Fact(iri, term("schema:name"), Value(names[0].text))
    else:
        yield from _concept(iri, names, use.parents, scheme(base, kind))


def _by_fitness(iri: Iri, name: Value) -> tuple[bool, bool, Value]:
    """Return where a name comes among all: first those that the thing was named by, in small letters or an acronym."""
    is_plain = name.text == name.text.lower() or (name.text.isupper() and " " not in name.text)
    return slug(name.text) != iri.rpartition("/")[2], not is_plain, name


def _code(iri: Iri, names: list[str]) -> Iterator[Fact]:
    addresses = [name for name in names if name.startswith(_ADDRESS) and is_iri(name)]
    plain = [name for name in names if name not in addresses] or [_last_parts(addresses[0])]
    yield Fact(iri, term("schema:name"), Value(plain[0]))
    yield from (Fact(iri, term("schema:codeRepository"), Iri(address)) for address in addresses)


def _last_parts(address: str) -> str:
    """Return what people call a repository by its address: "org/repo"."""
    page = address.partition("#")[0]
    return "/".join(page.rstrip("/").removesuffix(".git").split("/")[3:]) or address


def _concept(iri: Iri, names: list[Value], parents: set[Iri], home: Iri) -> Iterator[Fact]:
    preferred = {name.type: name for name in reversed(names)}
    yield Fact(iri, term("rdfs:label"), preferred.get("@en") or names[0])
    yield from (Fact(iri, term("skos:prefLabel"), name) for name in preferred.values())
    yield from (Fact(iri, term("skos:altLabel"), name) for name in names if preferred[name.type] != name)
    yield from (Fact(iri, term("skos:broader"), parent) for parent in sorted(parents - {iri})[:1])
    yield Fact(iri, term("skos:inScheme"), home)
    if not parents:
        yield Fact(iri, term("skos:topConceptOf"), home)
