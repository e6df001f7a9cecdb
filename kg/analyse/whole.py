"""The dataset as a networkx graph: things as nodes, what articles say of them as edges, each with its exact words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import networkx as nx
import pyoxigraph as ox

from kg.analyse.facts import ADDRESSES, ALTERNATIVES, ARTICLE_EDGES, DATE, LABELS, LEVEL, NOTES, PRINCIPLE_EDGES, Facts
from kg.analyse.passages import Passage, Passages
from kg.model import Kind
from kg.vocab import PREFIXES, digest, normal_form, slug, term

_LIKELY: Final = {"is for": "is likely for", "filed under": "is likely filed under"}
"""How links read that the article does not state; that it is about a topic, its own passages say."""

_NODES: Final = {Kind.ARTICLE, Kind.TOPIC, Kind.ROLE, Kind.PRINCIPLE, Kind.SOURCE, Kind.FIELD, Kind.CODE}
_Evidence: TypeAlias = tuple[dict[str, Any], ...]
_Edge: TypeAlias = tuple[str, str, str, _Evidence]


def graph(quads: Iterable[ox.Quad], base: str) -> nx.MultiDiGraph[str]:
    """Return the graph of a dataset.

    Nodes are IRIs with `kind`, `label`, `alt` (other labels), `note` and `url`; articles have `date` (ISO 8601) and
    `level` where these are known. Edges have `relation`, a verb phrase read from source to target, and `evidence`: a
    tuple of dicts with exact, section, path, start, end and article, one dict for each passage, to be read only.
    Everything is sorted, so the same dataset gives the same graph.
    """
    facts = Facts(quads, base)
    passages = Passages(facts)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    things = sorted(s for s in facts.subjects if facts.kind(s) in _NODES)
    edges = sorted((e for s in things for e in _edges(facts, s, passages)), key=lambda edge: edge[:3])
    linked = {end for source, target, _, _ in edges for end in (source, target)}
    for iri in things:
        if iri in linked or facts.kind(iri) is Kind.ARTICLE:
            made.add_node(iri, **_attributes(facts, iri))
    for source, target, relation, evidence in edges:
        if source in made and target in made:
            key = digest(f"{source} {relation} {target}", 12)
            made.add_edge(source, target, key=key, relation=relation, evidence=evidence)
    return made


def _attributes(facts: Facts, iri: str) -> dict[str, Any]:
    label = facts.first(iri, *LABELS) or facts.first(iri, term("kg:path")) or iri
    others = {normal_form(a): a for a in reversed(facts.all(iri, *ALTERNATIVES))}
    alternatives = tuple(sorted(a for form, a in others.items() if form != normal_form(label)))
    told = {"date": facts.first(iri, DATE), "level": facts.first(facts.first(iri, LEVEL), *LABELS)}
    return {
        "kind": str(facts.kind(iri)),
        "label": label,
        "alt": alternatives,
        "note": facts.first(iri, *NOTES).removeprefix(PREFIXES["kg"]),
        "url": facts.first(iri, *ADDRESSES),
        **{name: value for name, value in told.items() if value},
    }


def _edges(facts: Facts, subject: str, passages: Passages) -> Iterator[_Edge]:
    kind = facts.kind(subject)
    if kind is Kind.ARTICLE:
        yield from _article_edges(facts, subject, passages.of(subject))
        yield from _related_edges(facts, subject, passages.of(subject))
    elif kind is Kind.PRINCIPLE:
        yield from _principle_edges(facts, subject, passages)
    elif kind is Kind.FIELD:
        yield from _field_edges(facts, subject, passages)


def _article_edges(facts: Facts, article: str, told: list[Passage]) -> Iterator[_Edge]:
    """Yield what an article stands to, and the topics and roles that its passages mention besides.

    The words behind a link are the passages that mention its other end, and those that it was inferred from.
    """
    linked: dict[tuple[str, str], list[str]] = {}
    for predicate, relation in ARTICLE_EDGES.items():
        for thing in facts.all(article, predicate):
            found_out = facts.inferred.get((article, predicate, thing))
            stated = relation if found_out is None else _LIKELY.get(relation, relation)
            linked[stated, thing] = found_out or []
    said: defaultdict[str, list[int]] = defaultdict(list)
    for at, passage in enumerate(told):
        for named in (passage.iri, *passage.mentions):
            said[named].append(at)
    spoken = (said.keys() & facts.concepts) - {thing for _, thing in linked}
    linked |= {("mentions", thing): [] for thing in spoken}
    for (relation, thing), derived in sorted(linked.items()):
        found = sorted({at for named in (thing, *derived) for at in said.get(named, ())})
        yield article, thing, relation, _shown(told[at] for at in found)


def _related_edges(facts: Facts, article: str, told: list[Passage]) -> Iterator[_Edge]:
    """Yield the links to those related articles that are in the collection, found by their titles."""
    for title in facts.all(article, term("kg:relatedTitle")):
        evidence = _shown(p for p in told if " ".join(p.shown["exact"].split()) == title)
        for other in facts.titled.get(slug(title), ()):
            if other != article:
                yield article, other, "related to", evidence


def _field_edges(facts: Facts, field: str, passages: Passages) -> Iterator[_Edge]:
    """Yield under which field the pages file another; what only the vocabulary says has no words to show."""
    for top in facts.all(field, term("skos:broader")):
        if both := passages.mentioning(field, top):
            yield field, top, "is part of", _shown(both)


def _principle_edges(facts: Facts, principle: str, passages: Passages) -> Iterator[_Edge]:
    stated = passages.named(facts.all(principle, term("kg:statedIn")))
    for article in sorted({p.of for p in stated}):
        yield article, principle, "states", _shown(p for p in stated if p.of == article)
    for predicate, relation in PRINCIPLE_EDGES.items():
        for thing in facts.all(principle, predicate):
            sayers = facts.said_by(principle, predicate, thing)
            yield principle, thing, relation, _shown(p for p in stated if p.of in sayers)


def _shown(passages: Iterable[Passage]) -> _Evidence:
    return tuple(passage.shown for passage in passages)
