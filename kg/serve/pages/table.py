"""The answer to a question as a table, in which things lead to their pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.paths import Links

SHOWN: Final = 500
"""Rows on a page, at most."""

_NUMBERS: Final = ("#integer", "#decimal", "#double")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table."""

    text: str
    link: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The first rows of an answer and how many there are in all, or the graph that it is."""

    columns: list[str]
    rows: list[list[Cell]]
    count: int
    graph: str = ""


def answered(media: str, document: bytes, catalogue: Catalogue, links: Links) -> Answered:
    """Return the table of an answer in SPARQL's JSON, or what is no table as it is."""
    if not media.endswith("json"):
        return Answered([], [], 0, document.decode())
    data = json.loads(document)
    if "boolean" in data:
        return Answered(["answer"], [[Cell("yes" if data["boolean"] else "no")]], 1)
    columns, found = data["head"]["vars"], data["results"]["bindings"]
    rows = [[_cell(row.get(column), catalogue, links) for column in columns] for row in found[:SHOWN]]
    return Answered(columns, rows, len(found))


def _cell(term: dict[str, Any] | None, catalogue: Catalogue, links: Links) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "uri" and (entry := catalogue.index.of(term["value"])):
        return Cell(entry.label, links.page(entry.path))
    return Cell(term["value"], is_number=term.get("datatype", "").endswith(_NUMBERS))
