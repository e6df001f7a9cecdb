"""Topics that occur together more with each other than with the rest."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from kg.analyse.links import Links
from kg.analyse.results import Community
from kg.analyse.together import by_article, together
from kg.model import Kind

NAMED_BY = 3


def communities(links: Links) -> tuple[Community, ...]:
    """Return the communities of topics, the one that most articles belong to first.

    They are found by the Louvain method in the graph of topics that occur together (`kg.analyse.together`); topics
    that stand alone there belong to none. A community is named by its three most typical topics: those with the
    greatest weight of links inside it, times the share that this is of all their links.
    """
    graph = together(links, Kind.TOPIC)
    parts = [_by_typicality(graph, part) for part in partition(graph)]
    home = {topic: at for at, part in enumerate(parts) for topic in part}
    sizes = Counter(_home(group, home) for group in by_article(links, Kind.TOPIC))
    order = sorted(range(len(parts)), key=lambda at: (-sizes[at], -len(parts[at]), parts[at]))
    return tuple(_community(links, parts[at], sizes[at]) for at in order)


def partition(graph: nx.Graph[str]) -> list[list[str]]:
    """Return the nodes that have edges, in communities.

    The method goes through sets: of numbers, whose order is that of no hash seed.
    """
    names = sorted(name for name in graph if graph.degree(name))
    number = {name: at for at, name in enumerate(names)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(number.values())
    for one, other, data in sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2])):
        plain.add_edge(number[one], number[other], **data)
    found = nx.community.louvain_communities(plain, seed=0)
    return sorted(sorted(names[at] for at in part) for part in found)


def _by_typicality(graph: nx.Graph[str], part: list[str]) -> list[str]:
    inside = dict(graph.subgraph(part).degree(weight="weight"))
    typicality = {n: inside[n] ** 2 / graph.degree(n, weight="weight") for n in part}
    return sorted(part, key=lambda n: (-typicality[n], n))


def _home(group: list[str], home: dict[str, int]) -> int | None:
    """Return the community of most topics of a group, the first of several, None where none has one."""
    counted = Counter(sorted(home[topic] for topic in group if topic in home))
    return counted.most_common(1)[0][0] if counted else None


def _community(links: Links, part: list[str], articles: int) -> Community:
    topics = tuple(links.thing(topic) for topic in part)
    return Community(", ".join(t.label for t in topics[:NAMED_BY]), topics, articles)
