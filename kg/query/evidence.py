"""The exact words behind a thing: every passage that mentions or states it, led to it, or makes up the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.model import Iri
from kg.vocab import PREFIXES, value_of

_QUERY: Final = """
SELECT DISTINCT ?article ?title ?path ?section ?start ?end ?exact WHERE {{
  {{ ?passage schema:mentions <{thing}> }} UNION {{ <{thing}> kg:statedIn ?passage }}
  UNION {{ ?passage schema:isPartOf <{thing}> }}
  UNION {{ ?inference rdf:object <{thing}> ; prov:wasDerivedFrom ?passage }}
  ?passage schema:isPartOf ?article ; kg:start ?start ; kg:end ?end ; kg:exact ?exact .
  ?article kg:path ?first .
  OPTIONAL {{ ?passage kg:path ?other }}
  OPTIONAL {{ ?passage kg:section ?section }}
  OPTIONAL {{ ?article schema:headline ?title }}
  BIND(COALESCE(?other, ?first) AS ?path)
}}
"""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Exact words, and where they stand: article, file, half-open [start, end) in code points, and section heading."""

    article: str
    path: str
    start: int
    end: int
    section: str
    exact: str


def why(engine: ox.Store, thing: Iri) -> list[Evidence]:
    """Return the evidence for a thing, in the order of the articles and of their text."""
    rows = engine.query(_QUERY.format(thing=thing), use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT has solutions; this tells the type checker
    return sorted(
        Evidence(
            value_of(row["title"]) or value_of(row["path"]),
            value_of(row["path"]),
            int(value_of(row["start"])),
            int(value_of(row["end"])),
            value_of(row["section"]),
            value_of(row["exact"]),
        )
        for row in rows
    )
