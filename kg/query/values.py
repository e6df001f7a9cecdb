"""Answers as Python values: what scripts, notebooks and JSON lines are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from kg.model import Iri
from kg.vocab import term

Plain: TypeAlias = str | int | float | bool | date | None
_NUMBERS: Final = {"integer": int, "int": int, "long": int, "decimal": float, "double": float, "float": float}
_READ: Final[dict[str, Callable[[str], Plain]]] = {
    **{term(f"xsd:{name}"): read for name, read in _NUMBERS.items()},
    term("xsd:boolean"): lambda text: text in {"true", "1"},
    term("xsd:date"): date.fromisoformat,
}
_SHOWN: Final = 100
"""Rows that a notebook shows."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: rows of texts, numbers, booleans and days; an IRI is an `Iri`, what is unbound None.

    >>> table = Table(("topic", "articles"), (("hiring", 4),))
    >>> len(table), list(table), table.records()
    (1, [('hiring', 4)], [{'topic': 'hiring', 'articles': 4}])
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]

    def __iter__(self) -> Iterator[tuple[Plain, ...]]:
        """Iterate over the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def records(self) -> list[dict[str, Plain]]:
        """Return the rows as dicts, as `pandas.DataFrame` and `json` take them."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def _repr_html_(self) -> str:
        """Return the table as a notebook shows it: nothing in it is markup."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>" for row in self.rows[:_SHOWN])
        more = f"<p>{_SHOWN} of {len(self)} rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Plain) -> str:
    return "" if value is None else escape(str(value))


def table(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Table:
    """Return what a query found; of a graph that it builds, the triples, sorted."""
    if isinstance(found, ox.QueryBoolean):
        return Table(("answer",), ((bool(found),),))
    if isinstance(found, ox.QueryTriples):
        triples = sorted({tuple(map(str, triple)): triple for triple in found}.items())
        return Table(("subject", "predicate", "object"), tuple(tuple(map(_plain, triple)) for _, triple in triples))
    return Table(tuple(v.value for v in found.variables), tuple(tuple(map(_plain, row)) for row in found))


def _plain(value: Any) -> Plain:  # noqa: ANN401 - any term of the engine
    if isinstance(value, ox.NamedNode):
        return Iri(value.value)
    if not isinstance(value, ox.Literal):
        return None if value is None else str(value)
    try:
        return _READ.get(value.datatype.value, str)(value.value)
    except ValueError:  # a literal that is none of its type, such as a year beyond 9999
        return value.value
