"""The shapes of ontology/shapes.ttl as plain checks, fast enough for each article as it is read.

This is the part of SHACL that those shapes use. Whatever else stands there is refused, so nothing is ever overlooked.
pySHACL, which takes a hundred times as long, must find the same: a test compares the two on spoilt graphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.check import components
from kg.check.components import Properties, SetTest, Types, ValueTest
from kg.check.problems import Problem
from kg.errors import KgError
from kg.vocab import ontology_dir, term, value_of

_SH: Final = "http://www.w3.org/ns/shacl#"
_TYPE: Final = term("rdf:type")
_NONE: Final = term("rdf:nil")

_OF_VALUES: Final[dict[str, tuple[Callable[[Any], ValueTest], str]]] = {
    "class": (components.class_, "is no {}"),
    "datatype": (components.datatype, "is no {}"),
    "maxInclusive": (components.max_inclusive, "is more than {}"),
    "minInclusive": (components.min_inclusive, "is less than {}"),
    "minLength": (components.min_length, "is shorter than {} characters"),
    "nodeKind": (components.node_kind, "is no {}"),
    "pattern": (components.pattern, "is not like {}"),
}
_OF_SETS: Final[dict[str, tuple[Callable[[Any], SetTest], str]]] = {
    "disjoint": (components.disjoint, "has a value that {} has too"),
    "hasValue": (components.has_value, "is not {}"),
    "lessThan": (components.less_than, "is not less than {}"),
    "maxCount": (components.max_count, "has more values than {}"),
    "minCount": (components.min_count, "has fewer values than {}"),
    "uniqueLang": (components.unique_language, "has two values in one language"),
}
"""By the name of a constraint, what makes a test of its argument, and what to say of what fails it."""


@dataclass(frozen=True, slots=True)
class _Property:
    """What must hold for the values of a property."""

    of_values: tuple[tuple[ValueTest, str], ...] = ()
    of_sets: tuple[tuple[SetTest, str], ...] = ()

    def broken(self, values: Sequence[Any], properties: Properties, types: Types) -> Iterator[str]:
        yield from (what for test, what in self.of_sets if not test(values, properties))
        for value in values:
            yield from (f"{_shown(value)} {what}" for test, what in self.of_values if not test(value, types))


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold for the properties of all things of a class."""

    properties: Mapping[str, _Property]
    required: Mapping[str, tuple[()]]
    is_closed: bool

    def broken(self, properties: Properties, types: Types) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a thing of the class: a property of it, and what is wrong with that."""
        for path, values in {**self.required, **properties}.items():
            if path in self.properties:
                yield from ((path, what) for what in self.properties[path].broken(values, properties, types))
            elif self.is_closed and path != _TYPE:
                yield path, "is no property of such a thing"


class _Source:
    """The file of shapes: what it says of each node."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._said: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            self._said[str(triple.subject)][triple.predicate.value].append(triple.object)

    def shapes(self) -> dict[str, Shape]:
        """Return the shape of each class that one is made for."""
        return {
            target.value: self._shape(node)
            for node in sorted(self._said)
            for target in self._said[node].get(f"{_SH}targetClass", ())
        }

    def _shape(self, node: str) -> Shape:
        said = dict(self._said[node])
        of = {name: said.pop(_SH + name, []) for name in ("targetClass", "closed", "ignoredProperties", "property")}
        ignored = [value.value for head in of["ignoredProperties"] for value in self._list(head)]
        if set(said) - {_TYPE} or ignored not in ([], [_TYPE]):
            raise self._unknown(f"a shape with {sorted(said)}, ignoring {ignored}")
        properties = dict(self._property(str(one)) for one in of["property"])
        return Shape(properties, dict.fromkeys(properties, ()), _is_true(of["closed"]))

    def _property(self, node: str) -> tuple[str, _Property]:
        said = dict(self._said[node])
        [path] = said.pop(f"{_SH}path")
        of_sets = tuple(
            (_OF_SETS[name][0](argument), _OF_SETS[name][1].format(_shown(argument)))
            for name in _OF_SETS
            for argument in said.pop(_SH + name, ())
        )
        return path.value, _Property(tuple(self._tests(said)), of_sets)

    def _tests(self, said: dict[str, list[Any]]) -> Iterator[tuple[ValueTest, str]]:
        """Yield the tests for single values that are said of a node, which are all that may be said of it."""
        for predicate, arguments in sorted(said.items()):
            name = predicate.removeprefix(_SH)
            for argument in arguments if predicate != _TYPE else ():
                yield self._test(name, argument)

    def _test(self, name: str, argument: Any) -> tuple[ValueTest, str]:  # noqa: ANN401 - a term of the engine
        if name == "in":
            choice = self._list(argument)
            return lambda value, _: value in choice, f"is none of {', '.join(map(_shown, choice))}"
        if name == "node":
            tests = [test for test, _ in self._tests(self._said[str(argument)])]
            return lambda value, types: all(test(value, types) for test in tests), f"is no {_shown(argument)}"
        if name == "or":
            either = [[test for test, _ in self._tests(self._said[str(one)])] for one in self._list(argument)]
            return lambda value, types: any(all(t(value, types) for t in tests) for tests in either), "is none of those"
        if name not in _OF_VALUES:
            raise self._unknown(f"sh:{name}")
        make, what = _OF_VALUES[name]
        return make(argument), what.format(_shown(argument))

    def _list(self, head: Any) -> list[Any]:  # noqa: ANN401 - a term of the engine
        found = []
        while value_of(head) != _NONE:
            said = self._said[str(head)]
            found += said[term("rdf:first")]
            [head] = said[term("rdf:rest")]
        return found

    def _unknown(self, what: str) -> KgError:
        return KgError(str(self.path), f"has {what}, which is not known here", "add it to kg/check/components.py")


def _is_true(values: Iterable[Any]) -> bool:
    return any(value.value == "true" for value in values)


def _shown(value: object) -> str:
    """Return a term as messages show it: the last part of an IRI, the text of a literal in quotation marks."""
    text = value_of(value)
    return repr(text) if isinstance(value, ox.Literal) else text.rpartition("#")[2].rpartition("/")[2]


@cache
def shapes_in(path: Path) -> dict[str, Shape]:
    """Return the shapes in a file by the class that each is for.

    Raises KgError when they use more of SHACL than is known here.
    """
    return _Source(path).shapes()


def _nothing(_: str) -> tuple[()]:
    return ()


def validate(quads: Iterable[ox.Quad], elsewhere: Types = _nothing) -> Iterator[Problem]:
    """Yield what in the union of some quads breaks the shapes of the ontology.

    `elsewhere` tells the classes of things that the quads point to and do not describe. Whatever has its classes among
    the quads must have all else of it there too.
    """
    shapes = shapes_in(ontology_dir() / "shapes.ttl")
    things = _things(quads)

    classes = {iri: {value_of(class_) for class_ in said.get(_TYPE, ())} for iri, said in things.items()}

    def types(iri: str) -> Collection[str]:
        return classes.get(iri) or elsewhere(iri)

    for iri, properties in sorted(things.items()):
        for class_ in sorted(classes[iri]):
            shape = shapes.get(class_)
            for path, what in shape.broken(properties, types) if shape else ():
                yield Problem(iri, f"{path.rpartition('#')[2].rpartition('/')[2]}: {what}")


def _things(quads: Iterable[ox.Quad]) -> dict[str, dict[str, list[Any]]]:
    """Return the values of each property of each thing, each value once."""
    things: defaultdict[str, defaultdict[str, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
    for quad in quads:
        things[value_of(quad.subject)][quad.predicate.value][quad.object] = None
    return {iri: {path: list(values) for path, values in said.items()} for iri, said in things.items()}
