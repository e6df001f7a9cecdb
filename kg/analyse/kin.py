"""What a thing is related to, and why: what shares rare neighbours with it, for its size."""

from __future__ import annotations

from collections import defaultdict
from math import log, sqrt
from typing import Final

from kg.analyse.links import Links
from kg.analyse.results import Kin, Related
from kg.model import Iri, Kind, Thing

_SHOWN: Final = 5


def related(links: Links, iri: Iri, most: int = 10) -> Related:
    """Return the articles, topics and roles at most two links away from a thing, the closest first, `most` of each.

    Each thing z between x and y brings them closer by 1 / ln(1 + d(z)), d being its number of links (the measure of
    Adamic and Adar), a link of their own by 1. The sum is divided by the root of d(x) + d(y): what is linked to
    everything is near to nothing, and one thing in common says little of two that have many.
    """
    through = _through(links, iri)
    return Related(
        links.thing(iri),
        _nearest(links, iri, through, Kind.ARTICLE, most),
        _nearest(links, iri, through, Kind.TOPIC, most),
        _nearest(links, iri, through, Kind.ROLE, most),
    )


def _through(links: Links, iri: str) -> dict[str, list[tuple[float, str]]]:
    """Return for each thing near `iri` how much nearer each thing between brings it, `iri` itself for a link."""
    graph = links.graph
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for between in graph.adj.get(iri, ()):
        found[between].append((1.0, iri))
        closeness = 1 / log(1 + len(graph[between]))
        for end in graph[between]:
            if end != iri:
                found[end].append((closeness, between))
    return found


def _nearest(
    links: Links, iri: str, through: dict[str, list[tuple[float, str]]], kind: Kind, most: int
) -> tuple[Kin, ...]:
    size = len(links.graph.adj.get(iri, ()))
    scores = {
        end: round(sum(sorted(closeness for closeness, _ in ways)) / sqrt(size + len(links.graph[end])), 4)
        for end, ways in through.items()
        if links.kind(end) is kind
    }
    nearest = sorted(scores, key=lambda end: (-scores[end], end))[:most]
    return tuple(Kin(links.thing(end), scores[end], _why(links, through[end])) for end in nearest)


def _why(links: Links, ways: list[tuple[float, str]]) -> tuple[Thing, ...]:
    telling = sorted(ways, key=lambda way: (-way[0], way[1]))
    return tuple(links.thing(between) for _, between in telling[:_SHOWN])
