"""What a build holds, each thing with what orders it among others: all at once, in seconds for thousands of articles.

Joins are written as subqueries side by side: the engine then reads each side once, and does not look up one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.model import Kind
from kg.serve.pages.facts import Facts, named
from kg.serve.pages.paths import path_of

LISTED: Final = (Kind.ARTICLE, Kind.TOPIC, Kind.ROLE, Kind.PRINCIPLE, Kind.SOURCE, Kind.FIELD, Kind.CODE)
"""The kinds that have lists of their own."""

_PAGED: Final = {*LISTED, Kind.LEVEL, Kind.LENGTH, Kind.FUNCTION, Kind.SENIORITY}
"""The kinds of thing that have pages."""

_USED: Final = (
    "SELECT ?thing (COUNT(DISTINCT ?article) AS ?n) {{ ?article a schema:Article ; {} ?thing }} GROUP BY ?thing"
)
_USES: Final = {
    Kind.TOPIC: "schema:about",
    Kind.ROLE: "schema:audience",
    Kind.SOURCE: "schema:publisher|schema:sdPublisher|schema:author|schema:citation",
    Kind.FIELD: "schema:articleSection",
    Kind.CODE: "schema:mentions",
    Kind.LEVEL: "schema:educationalLevel",
    Kind.LENGTH: "kg:length",
}
"""How articles use things of a kind."""

_PRINCIPLES: Final = "{{ SELECT ?thing {{ ?thing kg:modality ?m }} }} {{ SELECT ?thing {0} {{ ?thing {1} {0} }} }}"
_INDEPENDENT: Final = f"SELECT ?thing ?n {{ {_PRINCIPLES.format('?n', 'kg:independentSources')} }}"
_TOPICS: Final = f"SELECT ?thing ?topic {{ {_PRINCIPLES.format('?topic', 'schema:about')} }}"
_SPOKEN_OF: Final = ("schema:mentions", "kg:appliesTo", "schema:about")
_FIRMNESS: Final = {"Obligation": 2, "Prohibition": 2, "Recommendation": 2, "Preference": 1}
"""Advice comes before what is allowed or merely holds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that has a page.

    `uses` says how many articles use it; of a principle, how many sources state it; -1 of what none speaks of.
    """

    path: str
    iri: str
    kind: str
    label: str
    uses: int
    weight: int
    """What comes first of things with as many uses."""
    day: str
    """The day an article was published, where it is known."""
    note: str
    """Who published an article; what kind of advice a principle gives."""


def entries(facts: Facts) -> Iterator[Entry]:
    """Yield all things that have pages, with what orders them."""
    labels = facts.labels()
    publishers = dict(facts.paired("SELECT ?article ?source { ?article schema:publisher ?source }"))
    days = dict(facts.paired("SELECT ?article ?day { ?article schema:datePublished ?day }"))
    modalities = facts.paired("SELECT ?principle ?modality { ?principle kg:modality ?modality }")
    notes = {iri: modality.rpartition("#")[2] for iri, modality in modalities}
    notes |= {article: named(labels.get(source, ""), source) for article, source in publishers.items()}
    used = _used(facts, labels, publishers)
    weights = _weights(facts, used, notes)
    for iri, uses in used.items():
        kind = facts.kind(iri)
        if kind in _PAGED:
            path, label = path_of(facts.base, iri, kind), named(labels.get(iri, ""), iri)
            weight, day, note = weights.get(iri, 0), days.get(iri, ""), notes.get(iri, "")
            yield Entry(path, iri, kind, label, uses, weight, day, note)


def _used(facts: Facts, labels: Mapping[str, str], publishers: Mapping[str, str]) -> dict[str, int]:
    """Return how many articles use each thing, and of a principle, how many sources state it."""
    articles = {iri: 0 for iri, _ in facts.counted("SELECT ?thing (0 AS ?n) { ?thing a schema:Article }")}
    found = articles | _sources(facts, publishers) | dict(facts.counted(_INDEPENDENT))
    for kind, path in _USES.items():
        counted = facts.counted(_USED.format(path))
        found.update((iri, n) for iri, n in counted if facts.kind(iri) is kind)
    for iri in labels:
        if iri not in found and facts.kind(iri) in _PAGED and (uses := _uses_besides(facts, iri)) is not None:
            found[iri] = uses
    return found


def _uses_besides(facts: Facts, iri: str) -> int | None:
    """Return 0 for what is spoken of, though no article uses it, -1 for what stands above or beside what one uses."""
    if any(facts.pointing(property_, iri, 1) for property_ in _SPOKEN_OF):
        return 0
    return -1 if facts.values(iri, "skos:inScheme") else None


def _sources(facts: Facts, publishers: Mapping[str, str]) -> dict[str, int]:
    """Return how many sources state each principle."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    stated = facts.paired("SELECT ?principle ?article { GRAPH ?article { ?principle kg:statedIn ?passage } }")
    for principle, article in stated:
        found[principle].add(publishers.get(article, article))
    return {principle: len(sources) for principle, sources in found.items()}


def _weights(facts: Facts, used: Mapping[str, int], modalities: Mapping[str, str]) -> dict[str, int]:
    """Return the weight of each principle: advice first, then what concerns the topics of most articles."""
    most = max(used.values(), default=0) + 1
    found: dict[str, int] = {}
    for principle, topic in facts.paired(_TOPICS):
        weight = _FIRMNESS.get(modalities.get(principle, ""), 0) * most + used.get(topic, 0)
        found[principle] = max(found.get(principle, 0), weight)
    return found
