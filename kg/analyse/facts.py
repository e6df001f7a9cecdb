"""What the whole graph needs to know of a dataset, read in one pass over its quads and kept as small as it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from kg.model import Kind
from kg.vocab import Kinds, slug, term, value_of

LABELS: Final = tuple(term(n) for n in ("rdfs:label", "schema:name", "schema:headline", "schema:text"))
NOTES: Final = (term("skos:definition"), term("kg:modality"))
ALTERNATIVES: Final = (term("skos:altLabel"), term("kg:surfaceForm"))
ADDRESSES: Final = (term("schema:codeRepository"), term("schema:url"))
ARTICLE_EDGES: Final = {
    term("schema:about"): "is about",
    term("schema:audience"): "is for",
    term("schema:publisher"): "published by",
    term("schema:sdPublisher"): "curated by",
    term("schema:author"): "written by",
    term("schema:citation"): "cites",
    term("schema:articleSection"): "filed under",
    term("schema:mentions"): "refers to",
}
DATE, LEVEL = term("schema:datePublished"), term("schema:educationalLevel")
PRINCIPLE_EDGES: Final = {term("kg:appliesTo"): "applies to", term("schema:about"): "concerns"}

_INFERENCE: Final = tuple(term(f"rdf:{part}") for part in ("subject", "predicate", "object"))
_DERIVED_FROM, _INFERRED = term("prov:wasDerivedFrom"), term("kg:inferred")
_OTHERS: Final = (
    *("kg:relatedTitle", "kg:statedIn", "kg:path", "kg:section", "kg:exact", "kg:start", "kg:end"),
    *("schema:isPartOf", "skos:broader"),
)
_REPEATED: Final = frozenset(map(term, ("kg:path", "kg:section", "kg:start", "kg:end")))
"""What many passages say in the same words."""

_TYPE, _SCHEME = term("rdf:type"), term("skos:inScheme")
_NEEDED: Final = frozenset(
    (
        *(*LABELS, *NOTES, *ALTERNATIVES, *ADDRESSES, *ARTICLE_EDGES, *PRINCIPLE_EDGES),
        *(*_INFERENCE, _DERIVED_FROM, _INFERRED, DATE, LEVEL, *map(term, _OTHERS)),
    )
)
_CONCEPTS: Final = frozenset((term("kg:Topic"), term("kg:Role")))


class Facts:
    """The statements of a dataset by predicate and subject, as text, and what kind of thing each subject is."""

    def __init__(self, quads: Iterable[ox.Quad], base: str) -> None:
        self.subjects: set[str] = set()
        self.concepts: set[str] = set()
        self._base = base
        # One value stands by itself: most statements have no other of their subject, and lists are large.
        self._values: dict[str, dict[str, str | list[str]]] = {p: {} for p in _NEEDED}
        self._foreign: set[tuple[str, str]] = set()
        self._said_by: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._known: dict[str, str] = {}
        self.kind = Kinds(base, [quad for quad in quads if self._tells_a_kind(quad)])
        self._known.clear()

    def _tells_a_kind(self, quad: ox.Quad) -> bool:
        """Take in a quad, and tell whether it may tell the kind of a thing that is not under the base."""
        predicate = quad.predicate.value
        if predicate == _TYPE:
            self.subjects.add(subject := self._once(value_of(quad.subject)))
            if value_of(quad.object) in _CONCEPTS:
                self.concepts.add(subject)
        elif predicate in _NEEDED:
            self._take(predicate, quad)
        return predicate in {_TYPE, _SCHEME} and not value_of(quad.subject).startswith(self._base)

    def _take(self, predicate: str, quad: ox.Quad) -> None:
        subject = self._once(value_of(quad.subject))
        value = value_of(quad.object)
        if isinstance(quad.object, ox.NamedNode):
            value = self._once(value)
            if predicate in PRINCIPLE_EDGES:
                self._said_by[subject, predicate, value].add(self._once(value_of(quad.graph_name)))
        elif getattr(quad.object, "language", None) not in {None, "en"}:
            self._foreign.add((subject, value))
        elif predicate in _REPEATED:
            value = self._once(value)
        self._add(self._values[predicate], subject, value)

    @staticmethod
    def _add(values: dict[str, str | list[str]], subject: str, value: str) -> None:
        before = values.setdefault(subject, value)
        if isinstance(before, list):
            before.append(value)
        elif before is not value:
            values[subject] = [before, value]

    def _once(self, text: str) -> str:
        """Return the one string that stands for an IRI, or a text that is often said: the engine makes new ones."""
        return self._known.setdefault(text, text)

    def _of(self, predicate: str, subject: str) -> list[str]:
        found = self._values[predicate].get(subject, [])
        return [found] if isinstance(found, str) else found

    def all(self, subject: str, *predicates: str) -> list[str]:
        """Return the values of some properties, sorted."""
        return sorted({value for p in predicates for value in self._of(p, subject)})

    def first(self, subject: str, *predicates: str) -> str:
        """Return the first value of the first property that has one, in English where there is one."""
        for predicate in predicates:
            if values := self._of(predicate, subject):
                return min(values, key=lambda value: ((subject, value) in self._foreign, value))
        return ""

    def said_by(self, subject: str, predicate: str, value: str) -> set[str]:
        """Return the articles whose graphs hold a statement about a principle."""
        return self._said_by.get((subject, predicate, value), set())

    @cached_property
    def inferred(self) -> dict[tuple[str, str, str], list[str]]:
        """The statements about articles that were inferred, each with the passages it was derived from."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for node in self._values[_INFERRED]:
            subject, predicate, object_ = (self.first(node, part) for part in _INFERENCE)
            found[subject, predicate, object_] = self.all(node, _DERIVED_FROM)
        return found

    @cached_property
    def titled(self) -> dict[str, list[str]]:
        """The articles by the slugs of their titles."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for article in sorted(s for s in self.subjects if self.kind(s) is Kind.ARTICLE):
            found[slug(self.first(article, term("schema:headline")) or article)].append(article)
        return found
