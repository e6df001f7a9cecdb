"""How two things hang together: the way between them over the least common things."""

from __future__ import annotations

from itertools import pairwise
from math import log

import networkx as nx

from kg.analyse.links import Links
from kg.analyse.results import Link
from kg.model import Iri


def path(links: Links, one: Iri, other: Iri) -> list[Link] | None:
    """Return the links on the cheapest way from one thing to another, None where there is no way.

    A step costs 1 + ln(d), d being the number of links of the busier of its two ends: a few steps over things that few
    articles share say more than one over a topic that half of them are about.
    """
    graph = links.graph

    def cost(a: str, b: str, _: object) -> float:
        return 1 + log(max(len(graph[a]), len(graph[b])))

    if one not in graph or other not in graph:
        return None
    try:
        _, way = nx.bidirectional_dijkstra(graph, one, other, weight=cost)
    except nx.NetworkXNoPath:
        return None
    return [links.link(a, b) for a, b in pairwise(way)]
