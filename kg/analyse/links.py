"""What is linked to what, straight from the store and without its evidence: what all graph questions start from.

Nodes are articles, topics, roles, principles, sources and code references. Edges are the statements of `RELATIONS`;
they have no direction and no weight. What an article only mentions is left out, as are fields and levels: all would be
two steps from all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import networkx as nx
import pyoxigraph as ox

from kg.analyse.results import Link, Thing
from kg.model import Iri, Kind
from kg.vocab import Kinds, term, value_of

_STATES: Final = term("kg:statedIn")
_REFERS_TO: Final = term("schema:mentions")

RELATIONS: Final = {
    term("schema:about"): "is about",
    term("schema:audience"): "is for",
    term("kg:appliesTo"): "applies to",
    term("schema:publisher"): "is published by",
    term("schema:author"): "is written by",
    term("schema:citation"): "cites",
    _STATES: "states",
    _REFERS_TO: "refers to",
}
"""The statements that are edges, and how they read; the first wins where two link the same two things."""

_BROADER: Final = ox.NamedNode(term("skos:broader"))
_LABELS: Final = tuple(term(n) for n in ("rdfs:label", "schema:name", "schema:headline", "schema:text", "kg:path"))


class Links:
    """The links of a store.

    >>> Links(ox.Store(), "https://example.org/").graph.number_of_nodes()
    0
    """

    def __init__(self, engine: ox.Store, base: str) -> None:
        self._engine = engine
        self.kind = Kinds.in_store(base, engine)
        self.graph: nx.Graph[str] = nx.Graph()
        for predicate in RELATIONS:
            for subject, object_ in sorted(set(self._ends(predicate))):
                if not self.graph.has_edge(subject, object_):
                    self.graph.add_edge(subject, object_, subject=subject, predicate=predicate)

    def _ends(self, predicate: Iri) -> Iterator[tuple[str, str]]:
        if predicate == _STATES:  # the graph that holds it is named for the article that states it
            return ((value_of(q.graph_name), value_of(q.subject)) for q in self._quads(predicate))
        if predicate == _REFERS_TO:  # passages mention too, and by the hundred thousand: look from the other end
            code = {q.subject for q in self._quads(term("rdf:type"), term("schema:SoftwareSourceCode"))}
            found = (q for c in code for q in self._engine.quads_for_pattern(None, ox.NamedNode(predicate), c))
            return (ends for ends in map(_subject_and_object, found) if self.kind(ends[0]) is Kind.ARTICLE)
        return map(_subject_and_object, self._quads(predicate))

    def _quads(self, predicate: Iri, object_: Iri | None = None) -> Iterator[ox.Quad]:
        end = ox.NamedNode(object_) if object_ else None
        return iter(self._engine.quads_for_pattern(None, ox.NamedNode(predicate), end))

    def of(self, iri: str, *kinds: Kind) -> list[str]:
        """Return what a thing is linked to, of some kinds, sorted."""
        return sorted(n for n in self.graph.adj.get(iri, ()) if self.kind(n) in kinds)

    def things(self, kind: Kind) -> list[str]:
        """Return the things of a kind that are linked to anything, sorted."""
        return sorted(n for n in self.graph if self.kind(n) is kind)

    def value(self, iri: str, *predicates: str) -> str:
        """Return the first value, in English where there is one, of the first property of a thing that has any."""
        for predicate in predicates:
            found = [q.object for q in self._engine.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)]
            if found:
                return min((getattr(v, "language", None) not in {None, "en"}, value_of(v)) for v in found)[1]
        return ""

    def above(self, iri: str) -> set[str]:
        """Return all that stands above a concept in its vocabulary."""
        found: set[str] = set()
        open_ = [iri]
        while open_:
            for quad in self._engine.quads_for_pattern(ox.NamedNode(open_.pop()), _BROADER, None):
                if (broader := value_of(quad.object)) not in found:
                    found.add(broader)
                    open_.append(broader)
        return found

    def thing(self, iri: str) -> Thing:
        """Return a thing by the name that people know it by."""
        return Thing(Iri(iri), str(self.kind(iri)), " ".join((self.value(iri, *_LABELS) or iri).split()))

    def link(self, one: str, other: str) -> Link:
        """Return the statement that links two things."""
        edge = self.graph.edges[one, other]
        subject, object_ = (one, other) if edge["subject"] == one else (other, one)
        return Link(self.thing(subject), RELATIONS[edge["predicate"]], self.thing(object_), edge["predicate"])


def _subject_and_object(quad: ox.Quad) -> tuple[str, str]:
    return value_of(quad.subject), value_of(quad.object)
