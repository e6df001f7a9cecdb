"""Which topics, roles or sources hold a collection together."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from kg.analyse.communities import partition
from kg.analyse.links import Links
from kg.analyse.results import Central
from kg.analyse.together import together
from kg.model import Kind


def central(links: Links, kind: Kind = Kind.TOPIC, most: int = 20) -> tuple[Central, ...]:
    """Return the `most` central things of a kind.

    The score is eigenvector centrality in the graph of what occurs together (`kg.analyse.together`), of its largest
    connected part: a thing is central when it often occurs together with what is central. Bridging is the
    participation coefficient of Guimerà and Amaral over the communities of that graph.
    """
    graph = together(links, kind)
    parts = sorted(map(sorted, nx.connected_components(graph)), key=lambda part: (-len(part), part))
    whole = graph.subgraph(parts[0]) if parts else graph
    if not whole.number_of_edges():
        return ()
    scores = nx.eigenvector_centrality(whole, max_iter=1000, tol=1e-8, weight="weight")
    greatest = max(scores.values())
    home = {node: at for at, part in enumerate(partition(whole)) for node in part}
    rounded = {node: round(score / greatest, 4) for node, score in scores.items()}
    first = sorted(rounded, key=lambda n: (-rounded[n], n))[:most]
    return tuple(
        Central(links.thing(n), rounded[n], whole.nodes[n]["articles"], _bridging(whole, n, home)) for n in first
    )


def _bridging(graph: nx.Graph[str], node: str, home: dict[str, int]) -> float:
    """Return 1 - the sum over all communities of the squared share of a node's links that leads there."""
    weights: Counter[int] = Counter()
    for other, data in graph.adj[node].items():
        weights[home[other]] += data["weight"]
    return round(1 - sum(weight**2 for weight in weights.values()) / weights.total() ** 2, 4)
