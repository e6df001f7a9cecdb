"""What is linked to what, straight from the store and without its evidence: what all graph questions start from.

Nodes are articles, topics, roles, principles, sources and code references. Edges are the statements of `RELATIONS`;
they have no direction and no weight. What an article only mentions is left out, as are fields and levels: all would be
two steps from all.
"""

from __future__ import annotations

from typing import Final

import networkx as nx
import pyoxigraph as ox

from kg.analyse.results import Link
from kg.model import Iri, Kind, Thing
from kg.vocab import PREFIXES, Kinds, term, value_of

_STATES: Final = term("kg:statedIn")

RELATIONS: Final = {
    term("schema:about"): "is about",
    term("schema:audience"): "is for",
    term("kg:appliesTo"): "applies to",
    term("schema:publisher"): "is published by",
    term("schema:author"): "is written by",
    term("schema:citation"): "cites",
    term("schema:mentions"): "refers to",
    _STATES: "states",
}
"""The statements that are edges, and how they read; the first tells where several link the same two things."""

_ENDS: Final = {
    # Passages mention things too, by the hundred thousand.
    term("schema:mentions"): "?one a schema:Article ; schema:mentions ?other",
    # The graph that says in which passage a principle is stated is named for the article that states it.
    _STATES: "GRAPH ?one { ?other kg:statedIn ?passage }",
}
"""The patterns of edges that are not simply of their predicate."""

_SUBJECTS: Final[dict[Kind | None, int]] = {Kind.ARTICLE: 0, Kind.PRINCIPLE: 1}
"""What statements are about, articles before principles."""

_LABELS: Final = tuple(term(n) for n in ("rdfs:label", "schema:name", "schema:headline", "schema:text", "kg:path"))
_BROADER: Final = ox.NamedNode(term("skos:broader"))


_NOTHING: Final[dict[str, object]] = {}


class _Graph(nx.Graph):  # type: ignore[type-arg]  # only its stubs know that nodes have a type
    """A graph whose edges say nothing: all share one empty dict, which saves half of the time and memory."""

    edge_attr_dict_factory = staticmethod(lambda: _NOTHING)


class Links:
    """The links of a store.

    >>> Links(ox.Store(), "https://example.org/").graph.number_of_nodes()
    0
    """

    def __init__(self, engine: ox.Store, base: str) -> None:
        self._engine = engine
        self.kind = Kinds.in_store(base, engine)
        self.graph: nx.Graph[str] = _Graph()
        for predicate in RELATIONS:
            self.graph.add_edges_from(sorted(self._ends(predicate)))

    def _ends(self, predicate: Iri) -> set[tuple[str, str]]:
        pattern = _ENDS.get(predicate, f"?one <{predicate}> ?other")
        sparql = f"SELECT ?one ?other {{ {pattern} }}"  # twice as fast as going through the quads of the predicate
        found = self._engine.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT has solutions; this tells the type checker
        return {(value_of(row[0]), value_of(row[1])) for row in found}

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
        """Return the statement that links two things: that of an article, else that of a principle."""
        subject, object_ = sorted((one, other), key=lambda end: _SUBJECTS.get(self.kind(end), len(_SUBJECTS)))
        quads = self._engine.quads_for_pattern(ox.NamedNode(subject), None, ox.NamedNode(object_))
        said = {quad.predicate.value for quad in quads}
        predicate = next((p for p in RELATIONS if p in said), _STATES)
        return Link(self.thing(subject), RELATIONS[predicate], self.thing(object_), predicate)
