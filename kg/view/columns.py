"""Records as columns: the names of their parts once, values that are alike side by side, where they compress best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_UNSHOWN = frozenset({"id", "arrows", "shape", "width"})  # pyvis adds them


def columns(records: Sequence[Mapping[str, Any]], *coded: str) -> dict[str, Any]:
    """Return a column for each part of some records, and their number as `length`.

    A column is a list or, where less than half of the records have a value, a dict from row to value. A part that is
    coded has numbers in its column, and what these stand for in another one called `<part>s`.

    >>> columns([{"kind": "b", "note": ""}, {"kind": "a", "note": ""}, {"kind": "b", "note": "last"}], "kind")
    {'kind': [1, 0, 1], 'kinds': ['a', 'b'], 'length': 3, 'note': {'2': 'last'}}
    """
    made: dict[str, Any] = {"length": len(records)}
    for name in {name for record in records for name in record} - _UNSHOWN:
        values = [record.get(name) for record in records]
        if name in coded:
            made[f"{name}s"] = sorted({str(value) for value in values})
            number = {value: at for at, value in enumerate(made[f"{name}s"])}
            made[name] = [number[str(value)] for value in values]
        else:
            made[name] = _column(values)
    return dict(sorted(made.items()))


def _column(values: Sequence[Any]) -> list[Any] | dict[str, Any]:
    told = {str(row): value for row, value in enumerate(values) if value or value == 0}
    return list(values) if 2 * len(told) > len(values) else told
