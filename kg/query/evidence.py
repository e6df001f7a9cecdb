"""The exact words behind a thing: every passage that mentions or states it, led to it, or makes up the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.model import Iri
from kg.vocab import PREFIXES, term, value_of

_QUERY: Final = """
SELECT DISTINCT ?article ?title ?path ?section ?start ?end ?exact WHERE {{
  {passages}
  ?passage schema:isPartOf ?article ; kg:start ?start ; kg:end ?end ; kg:exact ?exact .
  ?article kg:path ?first .
  OPTIONAL {{ ?passage kg:path ?other }}
  OPTIONAL {{ ?passage kg:section ?section }}
  OPTIONAL {{ ?article schema:headline ?title }}
  BIND(COALESCE(?other, ?first) AS ?path)
}}
"""
_OF_THING: Final = """
  {{ ?passage schema:mentions <{thing}> }} UNION {{ <{thing}> kg:statedIn ?passage }}
  UNION {{ ?passage schema:isPartOf <{thing}> }}
  UNION {{ ?inference rdf:object <{thing}> ; prov:wasDerivedFrom ?passage }}
"""
_OF_ARTICLE: Final = """
  {{ ?passage schema:isPartOf <{subject}> ; schema:mentions <{object}> }}
  UNION {{ <{object}> kg:statedIn ?passage . ?passage schema:isPartOf <{subject}> }}
  UNION {{ ?inference rdf:subject <{subject}> ; rdf:object <{object}> ; prov:wasDerivedFrom ?passage }}
"""
_OF_PRINCIPLE: Final = """
  GRAPH ?article {{ <{subject}> <{predicate}> <{object}> }}
  <{subject}> kg:statedIn ?passage . ?passage schema:isPartOf ?article .
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
    return _evidence(engine, _OF_THING.format(thing=thing))


def behind(engine: ox.Store, subject: Iri, predicate: Iri, object_: Iri) -> list[Evidence]:
    """Return the evidence for one statement about an article or a principle, in the same order.

    That an article states a principle is `kg:statedIn` between the two.
    """
    stated = engine.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(term("kg:statedIn")), None)
    pattern = _OF_ARTICLE if next(stated, None) is None else _OF_PRINCIPLE
    return _evidence(engine, pattern.format(subject=subject, predicate=predicate, object=object_))


def _evidence(engine: ox.Store, passages: str) -> list[Evidence]:
    rows = engine.query(_QUERY.format(passages=passages), use_default_graph_as_union=True, prefixes=PREFIXES)
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
