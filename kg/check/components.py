"""The constraints of SHACL that the shapes of the ontology use, each as a function of the values of a property."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox

from kg.vocab import term

Types = Callable[[str], Collection[str]]
"""Tells the classes of a thing."""

Properties = Mapping[str, Sequence[Any]]
"""The values of each property of a thing, as terms of the engine."""

ValueTest = Callable[[Any, Types], bool]
SetTest = Callable[[Sequence[Any], Properties], bool]

_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?")


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    try:
        return bool(match and date.fromisoformat(match[1]))
    except ValueError:
        return False


_WELL_FORMED: Final[dict[str, Callable[[str], bool]]] = {
    term("xsd:string"): lambda _: True,
    term("rdf:langString"): lambda _: True,
    term("xsd:integer"): lambda text: re.fullmatch(r"[+-]?\d+", text) is not None,
    term("xsd:decimal"): lambda text: re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text) is not None,
    term("xsd:date"): _is_date,
}
"""By datatype, what tells whether a literal may have some text."""

_NUMBERS: Final = frozenset({term("xsd:integer"), term("xsd:decimal")})
_NODE_KINDS: Final = {"IRI": ox.NamedNode, "Literal": ox.Literal}


def datatype(wanted: ox.NamedNode) -> ValueTest:
    """Return a test for literals of a datatype whose text is one that the datatype has."""
    fits = _WELL_FORMED[wanted.value]
    return lambda value, _: isinstance(value, ox.Literal) and value.datatype == wanted and fits(value.value)


def min_length(least: ox.Literal) -> ValueTest:
    """Return a test for values of so many characters or more."""
    return lambda value, _: len(value.value) >= int(least.value)


def pattern(wanted: ox.Literal) -> ValueTest:
    """Return a test for values in which a regular expression is found."""
    expression = re.compile(wanted.value)
    return lambda value, _: expression.search(value.value) is not None


def node_kind(wanted: ox.NamedNode) -> ValueTest:
    """Return a test for IRIs, or for literals."""
    kind = _NODE_KINDS[wanted.value.rpartition("#")[2]]
    return lambda value, _: isinstance(value, kind)


def class_(wanted: ox.NamedNode) -> ValueTest:
    """Return a test for things of a class."""
    name = wanted.value
    return lambda value, types: isinstance(value, ox.NamedNode) and name in types(value.value)


def min_inclusive(least: ox.Literal) -> ValueTest:
    """Return a test for numbers that are not less than another."""
    number = Decimal(least.value)
    return lambda value, _: (given := _number(value)) is not None and given >= number


def max_inclusive(most: ox.Literal) -> ValueTest:
    """Return a test for numbers that are not more than another."""
    number = Decimal(most.value)
    return lambda value, _: (given := _number(value)) is not None and given <= number


def _number(value: object) -> Decimal | None:
    if not isinstance(value, ox.Literal) or value.datatype.value not in _NUMBERS:
        return None
    return Decimal(value.value) if _WELL_FORMED[value.datatype.value](value.value) else None


def min_count(least: ox.Literal) -> SetTest:
    """Return a test for so many values or more."""
    return lambda values, _: len(values) >= int(least.value)


def max_count(most: ox.Literal) -> SetTest:
    """Return a test for so many values or fewer."""
    return lambda values, _: len(values) <= int(most.value)


def has_value(wanted: object) -> SetTest:
    """Return a test for one value among all."""
    return lambda values, _: wanted in values


def unique_language(_: ox.Literal) -> SetTest:
    """Return a test for at most one value in each language."""

    def test(values: Sequence[Any], _: Properties) -> bool:
        languages = [value.language for value in values if isinstance(value, ox.Literal) and value.language]
        return len(languages) == len(set(languages))

    return test


def less_than(other: ox.NamedNode) -> SetTest:
    """Return a test for numbers each less than all that another property has."""

    def test(values: Sequence[Any], properties: Properties) -> bool:
        return all(_is_less(value, limit) for value in values for limit in properties.get(other.value, ()))

    return test


def _is_less(one: object, other: object) -> bool:
    numbers = _number(one), _number(other)
    return numbers[0] is not None and numbers[1] is not None and numbers[0] < numbers[1]


def disjoint(other: ox.NamedNode) -> SetTest:
    """Return a test for values none of which another property has."""
    return lambda values, properties: not any(value in properties.get(other.value, ()) for value in values)
