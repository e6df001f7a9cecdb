"""What kind of thing a name in a dataset stands for: by its place under the base, else by what the dataset says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final, Self

import pyoxigraph as ox

from kg.model import Kind
from kg.vocab.names import kind_of, scheme, term, value_of

_TYPE, _SCHEME = term("rdf:type"), term("skos:inScheme")
_TYPES: Final = {term("kg:Topic"): Kind.TOPIC, term("kg:Role"): Kind.ROLE}
_SCHEMES: Final = (Kind.FIELD, Kind.LEVEL, Kind.LENGTH)


class Kinds:
    """Tells the kinds of things: of concepts that a vocabulary of the user's names elsewhere, by their class or scheme.

    What says these is read when the first thing is met that is named elsewhere: it takes a while, and is rare.

    >>> quad = ox.Quad(ox.NamedNode("urn:tea"), ox.NamedNode(_TYPE), ox.NamedNode(term("kg:Topic")))
    >>> kinds = Kinds("https://example.org/", [quad])
    >>> kinds("urn:tea"), kinds("https://example.org/role/cto"), kinds("urn:milk")
    (<Kind.TOPIC: 'topic'>, <Kind.ROLE: 'role'>, None)
    """

    def __init__(self, base: str, quads: Iterable[ox.Quad]) -> None:
        self._base, self._quads = base, quads

    @cached_property
    def _elsewhere(self) -> dict[str, Kind]:
        told = _told(self._base)
        found = ((value_of(q.subject), told.get((q.predicate.value, value_of(q.object)))) for q in self._quads)
        return {thing: kind for thing, kind in found if kind}

    @classmethod
    def in_store(cls, base: str, engine: ox.Store) -> Self:
        """Return what tells the kinds of the things in a store."""
        patterns = [(ox.NamedNode(predicate), ox.NamedNode(value)) for predicate, value in _told(base)]
        return cls(base, (q for p, o in patterns for q in engine.quads_for_pattern(None, p, o)))

    def __call__(self, iri: str) -> Kind | None:
        """Return the kind of a thing, None for what is none."""
        return kind_of(self._base, iri) if iri.startswith(self._base) else self._elsewhere.get(iri)


def _told(base: str) -> dict[tuple[str, str], Kind]:
    """Return the statements about a concept that tell its kind, as predicate and object."""
    schemes = {(str(_SCHEME), str(scheme(base, kind))): kind for kind in _SCHEMES}
    return {**{(str(_TYPE), str(class_)): kind for class_, kind in _TYPES.items()}, **schemes}
