"""Facts as the engine's quads: literals in the canonical form that the engine itself would choose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.model import Fact, Value
from kg.vocab import term

_BULK: Final = 10_000
"""Quads from which on loading them in bulk is faster, and does not litter the store with small files.

What comes otherwise waits in memory, of which the engine takes up to 128 MB for each of its nine tables.
"""

_node: Final = lru_cache(1 << 14)(ox.NamedNode)
"""Makes a node, checking the name once: a passage, a property, an article comes again and again."""


def put(engine: ox.Store, quads: Sequence[ox.Quad]) -> None:
    """Put quads into a store, in the way that suits their number."""
    (engine.bulk_extend if len(quads) >= _BULK else engine.extend)(quads)


def quad(fact: Fact, graph: ox.NamedNode) -> ox.Quad:
    """Return a fact as a quad of a graph.

    >>> from kg.model import Iri
    >>> fact = Fact(Iri("urn:a"), Iri("urn:b"), Value("3", "integer"))
    >>> quad(fact, ox.NamedNode("urn:g")).object.datatype.value
    'http://www.w3.org/2001/XMLSchema#integer'
    """
    return ox.Quad(
        _node(fact.subject),
        _node(fact.predicate),
        _literal(fact.object) if isinstance(fact.object, Value) else _node(fact.object),
        graph,
    )


def _literal(value: Value) -> ox.Literal:
    if value.type == "string":
        return ox.Literal(value.text)
    if value.type.startswith("@"):
        return ox.Literal(value.text, language=value.type[1:])
    return ox.Literal(value.text, datatype=_node(term(f"xsd:{value.type}")))
