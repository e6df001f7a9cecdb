"""Topics that occur together less than expected, though much connects them: what nobody has written about yet."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Final

import networkx as nx

from kg.analyse.links import Links
from kg.analyse.results import Gap
from kg.analyse.together import together
from kg.model import Kind

LEAST: Final = 5.0
"""Articles to be expected at least: the least for which a chi-squared test is taken to hold."""

LOW: Final = -2.0
"""Standard deviations below what is expected, from where on it is no chance."""

_SHOWN: Final = 5


def gaps(links: Links, most: int = 20) -> tuple[Gap, ...]:
    """Return the `most` telling pairs of topics with a gap between them.

    Of n articles, a of them about one topic and b about the other, a * b / n are expected to be about both. A pair has
    a gap where at least `LEAST` are expected and there are so many fewer that the Pearson residual,
    (together - expected) / sqrt(expected), is below `LOW`. The residual times the cosine of what both occur together
    with (in `kg.analyse.together`) gives the order: two topics that have nothing to do with each other are no gap. Nor
    are two of which one stands above the other in the vocabulary.
    """
    graph = together(links, Kind.TOPIC)
    treating = {topic: set(links.of(topic, Kind.ARTICLE)) for topic in graph}
    candidates = (
        (residual * cosine, one, other)
        for one, other, residual in _rarer(treating)
        if (cosine := _cosine(graph, one, other)) and not _one_above_other(links, one, other)
    )
    found = sorted((round(score, 6), one, other) for score, one, other in candidates)
    return tuple(_gap(links, graph, treating, one, other) for _, one, other in found[:most])


def _rarer(treating: dict[str, set[str]]) -> Iterator[tuple[str, str, float]]:
    """Yield the pairs of topics that occur together too rarely, with the residual of each."""
    count = len(set().union(*treating.values()))
    order = sorted(treating, key=lambda topic: (-len(treating[topic]), topic))
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            expected = len(treating[one]) * len(treating[other]) / count
            if expected < LEAST:  # as it is with all that follow, which are rarer
                break
            residual = (len(treating[one] & treating[other]) - expected) / sqrt(expected)
            if residual < LOW:
                yield one, other, residual


def _cosine(graph: nx.Graph[str], one: str, other: str) -> float:
    shared = sum(graph[one][z]["weight"] * graph[other][z]["weight"] for z in _common(graph, one, other))
    return shared / (_norm(graph, one) * _norm(graph, other)) if shared else 0.0


def _norm(graph: nx.Graph[str], node: str) -> float:
    return sqrt(sum(data["weight"] ** 2 for data in graph[node].values()))


def _common(graph: nx.Graph[str], one: str, other: str) -> list[str]:
    return sorted(graph.adj[one].keys() & graph.adj[other].keys())


def _one_above_other(links: Links, one: str, other: str) -> bool:
    return other in links.above(one) or one in links.above(other)


def _gap(links: Links, graph: nx.Graph[str], treating: dict[str, set[str]], one: str, other: str) -> Gap:
    count = len(set().union(*treating.values()))
    common = _common(graph, one, other)
    bridges = sorted(common, key=lambda z: (-min(graph[one][z]["weight"], graph[other][z]["weight"]), z))
    return Gap(
        links.thing(one),
        links.thing(other),
        len(treating[one] & treating[other]),
        round(len(treating[one]) * len(treating[other]) / count, 1),
        tuple(links.thing(z) for z in bridges[:_SHOWN]),
    )
