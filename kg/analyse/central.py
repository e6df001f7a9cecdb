"""Which topics, roles or sources hold a collection together."""

from __future__ import annotations

from collections import Counter
from typing import Final

import networkx as nx

from kg.analyse.communities import partition
from kg.analyse.links import Links
from kg.analyse.results import Central
from kg.analyse.together import together
from kg.model import Kind

_DAMPING: Final = 0.85
_PRECISE: Final = 1e-8
_ROUNDS: Final = 200


def central(links: Links, kind: Kind = Kind.TOPIC, most: int = 20) -> tuple[Central, ...]:
    """Return the `most` central things of a kind.

    The score is PageRank in the graph of what occurs together (`kg.analyse.together`), where things that stand alone
    are left out: a thing is central when it often occurs together with what is central. Bridging is the participation
    coefficient of Guimerà and Amaral over the communities of that graph.
    """
    whole = together(links, kind)
    graph = whole.subgraph([node for node in whole if whole.degree(node)]).copy()
    scores = pagerank(graph)
    greatest = max(scores.values(), default=1)
    home = {node: at for at, part in enumerate(partition(graph)) for node in part}
    rounded = {node: round(score / greatest, 4) for node, score in scores.items()}
    first = sorted(rounded, key=lambda n: (-rounded[n], n))[:most]
    return tuple(
        Central(links.thing(n), rounded[n], graph.nodes[n]["articles"], _bridging(graph, n, home)) for n in first
    )


def pagerank(graph: nx.Graph[str]) -> dict[str, float]:
    """Return the PageRank of each node of a graph in which all have edges with a weight.

    networkx has it for those who install SciPy, which weighs more than all else here.

    >>> round(pagerank(nx.Graph([("a", "b", {"weight": 1}), ("b", "c", {"weight": 3})]))["b"], 4)
    0.4865
    """
    if not graph:
        return {}
    strength = dict(graph.degree(weight="weight"))
    shares = {n: [(m, data["weight"] / strength[n]) for m, data in graph.adj[n].items()] for n in graph}
    ranks = {n: 1 / len(graph) for n in graph}
    for _ in range(_ROUNDS):
        before = ranks
        ranks = dict.fromkeys(graph, (1 - _DAMPING) / len(graph))
        for node, near in shares.items():
            for other, share in near:
                ranks[other] += _DAMPING * before[node] * share
        if sum(abs(ranks[n] - before[n]) for n in graph) < _PRECISE:
            break
    return ranks


def _bridging(graph: nx.Graph[str], node: str, home: dict[str, int]) -> float:
    """Return 1 - the sum over all communities of the squared share of a node's links that leads there."""
    weights: Counter[int] = Counter()
    for other, data in graph.adj[node].items():
        weights[home[other]] += data["weight"]
    return round(1 - sum(weight**2 for weight in weights.values()) / weights.total() ** 2, 4)
