"""Write a dataset as JSON-LD: compact names, one object for each graph, its nodes and their properties sorted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from kg.vocab import compact, ontology_dir, prefixes, term, value_of

_TYPE: Final = term("rdf:type")
_STRING, _INTEGER = term("xsd:string"), term("xsd:integer")
_Nodes = dict[str, dict[str, Any]]


def jsonld(quads: Iterable[ox.Quad], base: str) -> bytes:
    """Return the quads as a JSON-LD document with its context inside, so that reading it needs nothing else."""
    names = prefixes(base)
    graphs: defaultdict[str, _Nodes] = defaultdict(dict)
    for quad in quads:
        nodes = graphs[value_of(quad.graph_name)]
        _add(nodes, quad, names)
    document = {
        "@context": _context(names),
        "@graph": [_graph(name, graphs[name], names) for name in sorted(graphs)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _context(names: dict[str, str]) -> dict[str, Any]:
    published = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {**published, **names}


def _graph(name: str, nodes: _Nodes, names: dict[str, str]) -> dict[str, Any]:
    listed = [{key: _sorted(value) for key, value in nodes[node].items()} for node in sorted(nodes)]
    return {"@id": compact(name, names), "@graph": listed}


def _sorted(value: str | list[Any]) -> str | list[Any]:
    return sorted(value, key=lambda v: json.dumps(v, sort_keys=True)) if isinstance(value, list) else value


def _add(nodes: _Nodes, quad: ox.Quad, names: dict[str, str]) -> None:
    subject = value_of(quad.subject)
    node = nodes.setdefault(subject, {"@id": compact(subject, names)})
    if quad.predicate.value == _TYPE:
        node.setdefault("@type", []).append(compact(value_of(quad.object), names))
    else:
        node.setdefault(compact(quad.predicate.value, names), []).append(_value(quad.object, names))


def _value(object_: object, names: dict[str, str]) -> str | int | dict[str, str]:
    if not isinstance(object_, ox.Literal):
        return {"@id": compact(value_of(object_), names)}
    if object_.language:
        return {"@language": object_.language, "@value": object_.value}
    if object_.datatype.value == _INTEGER:
        return int(object_.value)
    return object_.value if object_.datatype.value == _STRING else _typed(object_, names)


def _typed(literal: ox.Literal, names: dict[str, str]) -> dict[str, str]:
    return {"@type": compact(literal.datatype.value, names), "@value": literal.value}
