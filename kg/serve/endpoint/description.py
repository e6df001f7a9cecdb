"""What the endpoint says of itself: the SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.publish import serialise
from kg.vocab import term

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_OFFERED: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
"""The names that W3C gives to what RESULTS and GRAPHS offer."""


def description(endpoint: str, base: str, format_: str) -> bytes:
    """Return the description of the service at an address, in one of the formats of graphs.

    >>> description("http://127.0.0.1:8000/sparql", "https://example.org/", ".nt").count(b"resultFormat")
    10
    """
    service, dataset, default = (ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))
    a = ox.NamedNode(term("rdf:type"))
    facts = [
        (service, a, _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), dataset),
        *((service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _OFFERED),
        (dataset, a, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), default),
        (default, a, _sd("Graph")),
    ]
    return serialise((ox.Quad(*fact) for fact in facts), base, format_)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
