"""Facts as the engine's quads: literals in the canonical form that the engine itself would choose."""

from __future__ import annotations

import pyoxigraph as ox

from kg.model import Fact, Iri, Value
from kg.vocab import term


def quad(fact: Fact, graph: ox.NamedNode) -> ox.Quad:
    """Return a fact as a quad of a graph.

    >>> fact = Fact(Iri("urn:a"), Iri("urn:b"), Value("3", "integer"))
    >>> quad(fact, ox.NamedNode("urn:g")).object.datatype.value
    'http://www.w3.org/2001/XMLSchema#integer'
    """
    return ox.Quad(ox.NamedNode(fact.subject), ox.NamedNode(fact.predicate), _term(fact.object), graph)


def _term(object_: Iri | Value) -> ox.NamedNode | ox.Literal:
    if not isinstance(object_, Value):
        return ox.NamedNode(object_)
    if object_.type.startswith("@"):
        return ox.Literal(object_.text, language=object_.type[1:])
    if object_.type == "string":
        return ox.Literal(object_.text)
    return ox.Literal(object_.text, datatype=ox.NamedNode(term(f"xsd:{object_.type}")))
