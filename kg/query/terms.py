"""The topics of a dataset that no vocabulary knows: how many articles speak of them, and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from kg.model import Iri
from kg.query.evidence import Evidence, why
from kg.vocab import term, value_of

MOST: Final = 3
"""Sentences that are shown for a term."""

_MENTIONS, _TYPE, _TOPIC, _LABEL, _ALTERNATIVE = (
    ox.NamedNode(term(name)) for name in ("schema:mentions", "rdf:type", "kg:Topic", "rdfs:label", "skos:altLabel")
)


@dataclass(frozen=True, slots=True)
class Term:
    """A topic that no vocabulary knows, and how many articles speak of it."""

    iri: Iri
    label: str
    alternatives: tuple[str, ...]
    articles: int


def new_terms(engine: ox.Store, known: Container[Iri], least: int = 1) -> list[Term]:
    """Return the topics that are not `known` and that at least so many articles speak of, the most frequent first."""
    topics = [Iri(value_of(q.subject)) for q in engine.quads_for_pattern(None, _TYPE, _TOPIC)]
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for q in engine.quads_for_pattern(None, _MENTIONS, None):
        spoken[value_of(q.object)].add(value_of(q.graph_name))
    found = (
        Term(
            iri,
            next(_said(engine, iri, _LABEL), iri),
            tuple(sorted(_said(engine, iri, _ALTERNATIVE))),
            len(spoken[iri]),
        )
        for iri in set(topics)
        if iri not in known and len(spoken[iri]) >= least
    )
    return sorted(found, key=lambda t: (-t.articles, t.label.casefold(), t.iri))


def _said(engine: ox.Store, iri: Iri, predicate: ox.NamedNode) -> Iterator[str]:
    return (value_of(q.object) for q in engine.quads_for_pattern(ox.NamedNode(iri), predicate, None))


def sentences(engine: ox.Store, iri: Iri, most: int = MOST) -> Sequence[Evidence]:
    """Return some of the sentences that speak of a thing, from as many articles as there are, in their order."""
    by_article = [list(some) for _, some in groupby(why(engine, iri), key=lambda evidence: evidence.article)]
    rounds = (some[at] for at in range(most) for some in by_article if at < len(some))
    return sorted([evidence for evidence, _ in zip(rounds, range(most), strict=False)])
