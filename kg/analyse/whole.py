"""The dataset as a networkx graph: things as nodes, what articles say of them as edges, each with its exact words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import networkx as nx
import pyoxigraph as ox

from kg.model import Kind
from kg.vocab import PREFIXES, Kinds, digest, normal_form, slug, term, value_of

_ARTICLE_EDGES: Final = {
    term("schema:about"): "is about",
    term("schema:audience"): "is for",
    term("schema:publisher"): "published by",
    term("schema:sdPublisher"): "curated by",
    term("schema:author"): "written by",
    term("schema:citation"): "cites",
    term("schema:articleSection"): "filed under",
    term("schema:mentions"): "refers to",
}
_LIKELY: Final = {"is for": "is likely for", "filed under": "is likely filed under"}
"""How links read that the article does not state; that it is about a topic, its own passages say."""

_PRINCIPLE_EDGES: Final = {term("kg:appliesTo"): "applies to", term("schema:about"): "concerns"}
_LABELS: Final = tuple(term(n) for n in ("rdfs:label", "schema:name", "schema:headline", "schema:text"))
_NOTES: Final = (term("skos:definition"), term("kg:modality"))
_ALTERNATIVES: Final = (term("skos:altLabel"), term("kg:surfaceForm"))
_NODES: Final = {Kind.ARTICLE, Kind.TOPIC, Kind.ROLE, Kind.PRINCIPLE, Kind.SOURCE, Kind.FIELD, Kind.CODE}


class _Facts:
    """The quads of a dataset by subject and predicate, as text, and what kind of thing each subject is."""

    def __init__(self, quads: Sequence[ox.Quad], base: str) -> None:
        self.kind = Kinds(base, quads)
        self._foreign: set[tuple[str, str, str]] = set()
        self._values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._said_by: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.subjects: set[str] = set()
        for quad in quads:
            subject, predicate, value = value_of(quad.subject), quad.predicate.value, value_of(quad.object)
            self._values[subject, predicate].add(value)
            if isinstance(quad.object, ox.Literal) and quad.object.language not in {None, "en"}:
                self._foreign.add((subject, predicate, value))
            self._said_by[subject, predicate, value].add(value_of(quad.graph_name))
            self.subjects.add(subject)
        of_kind = {s: self.all(s, term("rdf:type")) for s in self.subjects}
        self.concepts = {s for s, types in of_kind.items() if term("kg:Topic") in types or term("kg:Role") in types}
        self.derived = self._derived()
        self.titled: defaultdict[str, list[str]] = defaultdict(list)
        for s in sorted(s for s, types in of_kind.items() if term("schema:Article") in types):
            self.titled[slug(self.first(s, term("schema:headline")) or s)].append(s)

    def _derived(self) -> dict[tuple[str, str, str], set[str]]:
        """Return the statements about articles that were inferred, each with the passages it was derived from."""
        about = [term(f"rdf:{part}") for part in ("subject", "predicate", "object")]
        return {
            (self.first(s, about[0]), self.first(s, about[1]), self.first(s, about[2])): set(
                self.all(s, term("prov:wasDerivedFrom"))
            )
            for s in self.subjects
            if (s, term("kg:inferred")) in self._values
        }

    def said_by(self, subject: str, predicate: str, value: str) -> set[str]:
        """Return the articles whose graphs hold a statement."""
        return self._said_by.get((subject, predicate, value), set())

    def all(self, subject: str, *predicates: str) -> list[str]:
        return sorted({v for p in predicates for v in self._values.get((subject, p), ())})

    def first(self, subject: str, *predicates: str) -> str:
        """Return the first value of the first property that has one, in English where there is one."""
        return next((v for p in predicates for _, v in sorted(self._ranked(subject, p))), "")

    def _ranked(self, subject: str, predicate: str) -> list[tuple[bool, str]]:
        values = self._values.get((subject, predicate), ())
        return [((subject, predicate, value) in self._foreign, value) for value in values]


def graph(quads: Iterable[ox.Quad], base: str) -> nx.MultiDiGraph[str]:
    """Return the graph of a dataset.

    Nodes are IRIs with `kind`, `label`, `alt` (other labels), `note` and `url`. Edges have `relation`, a verb phrase
    read from source to target, and `evidence`: a tuple of dicts with exact, section, path, start, end and article.
    Everything is sorted, so the same dataset gives the same graph.
    """
    facts = _Facts(list(quads), base)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    things = sorted(s for s in facts.subjects if facts.kind(s) in _NODES)
    passages = _passages(facts)
    told = _by_article(passages)
    edges = [e for s in things for e in _edges(facts, s, facts.kind(s), passages, told)]
    linked = {end for source, target, _, _ in edges for end in (source, target)}
    for iri in things:
        if iri in linked or facts.kind(iri) is Kind.ARTICLE:
            made.add_node(iri, **_attributes(facts, iri))
    for source, target, relation, evidence in sorted(edges, key=lambda e: e[:3]):
        if source in made and target in made:
            key = digest(f"{source} {relation} {target}", 12)
            made.add_edge(source, target, key=key, relation=relation, evidence=evidence)
    return made


_Passages = dict[str, dict[str, Any]]
_Edge = tuple[str, str, str, tuple[dict[str, Any], ...]]


def _attributes(facts: _Facts, iri: str) -> dict[str, Any]:
    label = facts.first(iri, *_LABELS) or facts.first(iri, term("kg:path")) or iri
    others = {normal_form(a): a for a in reversed(facts.all(iri, *_ALTERNATIVES))}
    alternatives = tuple(sorted(a for form, a in others.items() if form != normal_form(label)))
    note = facts.first(iri, *_NOTES)
    return {
        "kind": str(facts.kind(iri)),
        "label": label,
        "alt": alternatives,
        "note": note.removeprefix(PREFIXES["kg"]),
        "url": facts.first(iri, term("schema:codeRepository"), term("schema:url")),
    }


def _passages(facts: _Facts) -> _Passages:
    """Return every passage as a piece of evidence, and by whom it is told."""
    found: _Passages = {}
    for iri in sorted(s for s in facts.subjects if facts.kind(s) is Kind.PASSAGE):
        article = facts.first(iri, term("schema:isPartOf"))
        first_path = facts.first(article, term("kg:path"))
        found[iri] = {
            "iri": iri,
            "exact": facts.first(iri, term("kg:exact")),
            "section": facts.first(iri, term("kg:section")),
            "path": facts.first(iri, term("kg:path")) or first_path,
            "start": int(facts.first(iri, term("kg:start")) or 0),
            "end": int(facts.first(iri, term("kg:end")) or 0),
            "article": facts.first(article, term("schema:headline")) or first_path,
            "of": article,
            "mentions": facts.all(iri, term("schema:mentions")),
        }
    return found


def _by_article(passages: _Passages) -> dict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for passage in sorted(passages.values(), key=_place):
        found[passage["of"]].append(passage)
    return found


def _edges(
    facts: _Facts, subject: str, kind: Kind | None, passages: _Passages, told: dict[str, list[dict[str, Any]]]
) -> list[_Edge]:
    if kind is Kind.ARTICLE:
        own = told.get(subject, [])
        return [*_article_edges(facts, subject, own), *_related_edges(facts, subject, own)]
    if kind is Kind.PRINCIPLE:
        return _principle_edges(facts, subject, passages)
    if kind is Kind.FIELD:
        return _field_edges(facts, subject, passages)
    return []


def _article_edges(facts: _Facts, article: str, told: list[dict[str, Any]]) -> list[_Edge]:
    """Return what an article stands to, and the topics and roles that its passages mention besides.

    The words behind a link are the passages that mention its other end, and those that it was inferred from.
    """
    linked: dict[tuple[str, str], set[str]] = {}
    for predicate, relation in _ARTICLE_EDGES.items():
        for thing in facts.all(article, predicate):
            found_out = facts.derived.get((article, predicate, thing))
            stated = relation if found_out is None else _LIKELY.get(relation, relation)
            linked[stated, thing] = found_out or set()
    spoken = {thing for p in told for thing in p["mentions"]} - {thing for _, thing in linked}
    linked |= {("mentions", thing): set() for thing in spoken if thing in facts.concepts}
    return [
        (article, thing, relation, tuple(_shown(p) for p in told if thing in p["mentions"] or p["iri"] in derived))
        for (relation, thing), derived in sorted(linked.items())
    ]


def _related_edges(facts: _Facts, article: str, told: list[dict[str, Any]]) -> list[_Edge]:
    """Return the links to those related articles that are in the collection, found by their titles."""
    edges = []
    for title in facts.all(article, term("kg:relatedTitle")):
        evidence = tuple(_shown(p) for p in told if " ".join(p["exact"].split()) == title)
        edges += [
            (article, other, "related to", evidence) for other in facts.titled.get(slug(title), []) if other != article
        ]
    return edges


def _field_edges(facts: _Facts, field: str, passages: _Passages) -> list[_Edge]:
    """Return under which field the pages file another; what only the vocabulary says has no words to show."""
    edges = []
    for top in facts.all(field, term("skos:broader")):
        both = sorted((p for p in passages.values() if field in p["mentions"] and top in p["mentions"]), key=_place)
        if both:
            edges.append((field, top, "is part of", tuple(_shown(p) for p in both)))
    return edges


def _principle_edges(facts: _Facts, principle: str, passages: _Passages) -> list[_Edge]:
    stated = sorted((passages[p] for p in facts.all(principle, term("kg:statedIn")) if p in passages), key=_place)
    edges = [
        (a, principle, "states", tuple(_shown(p) for p in stated if p["of"] == a))
        for a in sorted({p["of"] for p in stated})
    ]
    for predicate, relation in _PRINCIPLE_EDGES.items():
        for thing in facts.all(principle, predicate):
            sayers = facts.said_by(principle, predicate, thing)
            edges.append((principle, thing, relation, tuple(_shown(p) for p in stated if p["of"] in sayers)))
    return edges


def _place(passage: dict[str, Any]) -> tuple[str, str, int, int]:
    return (passage["article"], passage["path"], passage["start"], passage["end"])


def _shown(passage: dict[str, Any]) -> dict[str, Any]:
    return {key: passage[key] for key in ("exact", "section", "path", "start", "end", "article")}
