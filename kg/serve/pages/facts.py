"""Look up what a build says of a thing, one property at a time, straight in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.model import Kind
from kg.vocab import PREFIXES, Kinds, term, value_of

_LABELS: Final = ("rdfs:label", "schema:name", "schema:headline", "schema:text", "skos:prefLabel", "kg:path")
_CACHED: Final = 50_000
Statements: TypeAlias = Mapping[tuple[str, str], list[str]]
"""What is said, as text, by subject and the prefixed name of the property."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A thing, as a page names it; `inferred` tells that the link to it was found out, not stated."""

    label: str
    kind: str
    iri: str
    inferred: bool = False


class Facts:
    """The facts of a store."""

    def __init__(self, engine: ox.Store, base: str) -> None:
        self.base = base
        self._engine = engine
        self.kind = Kinds.in_store(base, engine)
        self.ref = lru_cache(_CACHED)(self._ref)

    def counted(self, sparql: str) -> Iterator[tuple[str, int]]:
        """Yield each `?thing` with its number `?n`."""
        return ((thing, int(number)) for thing, number in self.paired(sparql))

    def paired(self, sparql: str) -> Iterator[tuple[str, str]]:
        """Yield the two values of each row of an answer."""
        return ((value_of(one), value_of(other)) for one, other in self._rows(sparql))

    def _rows(self, sparql: str) -> ox.QuerySolutions:
        found = self._engine.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT has solutions; this tells the type checker
        return found

    def labels(self) -> dict[str, str]:
        """Return the label of everything that has one: the same that `ref` gives, for all at once."""
        best: dict[str, tuple[int, bool, str]] = {}
        for rank, property_ in enumerate(_LABELS):
            for subject, value in self._rows(f"SELECT ?thing ?label {{ ?thing {property_} ?label }}"):
                iri, label = value_of(subject), (rank, _is_foreign(value), value_of(value))
                if iri not in best or label < best[iri]:
                    best[iri] = label
        return {iri: label for iri, (_, _, label) in best.items()}

    def values(self, subject: str, property_: str) -> list[str]:
        """Return the values of a property, sorted; those in English before others."""
        quads = self._engine.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(term(property_)), None)
        found = {(_is_foreign(q.object), value_of(q.object)) for q in quads}
        return [value for _, value in sorted(found)]

    def first(self, subject: str, *properties: str) -> str:
        """Return the first value of the first property that has one, else nothing."""
        return next((value for p in properties for value in self.values(subject, p)[:1]), "")

    def refs(self, subject: str, property_: str) -> list[Ref]:
        """Return the things that a property leads to, by label."""
        return sorted(self.ref(value) for value in self.values(subject, property_))

    def pointing(self, property_: str, thing: str, most: int | None = None) -> list[str]:
        """Return what points to a thing by a property, sorted; of more than `most`, the first that the store has."""
        quads = self._engine.quads_for_pattern(None, ox.NamedNode(term(property_)), ox.NamedNode(thing))
        return sorted({value_of(quad.subject) for quad in islice(quads, most)})

    def said_in(self, graph: str) -> Statements:
        """Return all that a graph says, values sorted."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            found[value_of(quad.subject), quad.predicate.value].append(value_of(quad.object))
        return {key: sorted(values) for key, values in found.items()}

    def quads(self, thing: str) -> list[ox.Quad]:
        """Return what describes a thing: an article's whole graph, else its statements and those of its passages."""
        node = ox.NamedNode(thing)
        if self.kind(thing) is Kind.ARTICLE:
            return list(self._engine.quads_for_pattern(None, None, None, node))
        own = list(self._engine.quads_for_pattern(node, None, None))
        stated = {ox.NamedNode(passage) for passage in self.values(thing, "kg:statedIn")}
        return own + [q for passage in stated for q in self._engine.quads_for_pattern(passage, None, None)]

    def _ref(self, iri: str) -> Ref:
        return Ref(named(self.first(iri, *_LABELS), iri), str(self.kind(iri) or "thing"), iri)


def named(label: str, iri: str) -> str:
    """Return a label on one line, or the last part of the IRI of what has none.

    >>> named("", "https://example.org/role/cto")
    'cto'
    """
    return " ".join((label or iri.rstrip("/").rpartition("/")[2]).split())


def _is_foreign(object_: object) -> bool:
    return isinstance(object_, ox.Literal) and object_.language not in {None, "en"}
