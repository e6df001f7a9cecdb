"""Who belongs to whom: the neighbours of each thing, the order of the articles, the articles of each thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

Near: TypeAlias = "Mapping[str, set[str]]"
Owners: TypeAlias = "Mapping[str, Sequence[str]]"

_KINDS: Final = ("topic", "field", "role", "source", "code", "principle", "article")


def neighbours(graph: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    """Return the neighbours of each thing, whichever way the links point.

    >>> import networkx
    >>> neighbours(networkx.MultiDiGraph([("b", "a"), ("b", "b")]))
    {'a': {'b'}, 'b': {'a'}}
    """
    near: dict[str, set[str]] = {node: set() for node in sorted(graph)}
    for source, target in graph.edges():
        if source != target:
            near[source].add(target)
            near[target].add(source)
    return near


def hubs(graph: nx.MultiDiGraph[str], near: Near) -> list[str]:
    """Return the articles that say something, round a circle: those with rare things in common stand together."""
    # An article that is only referred to says nothing itself: it stands with the article that names it.
    articles = {node for node in near if graph.nodes[node].get("kind") == "article"}
    return _circle([node for node in near if node in articles and near[node] - articles], near)


def _circle(articles: Iterable[str], near: Near) -> list[str]:
    circle: list[str] = []
    for hub in sorted(articles, key=lambda hub: (-len(near[hub]), hub)):
        like = [_likeness(near, hub, other) for other in circle]
        parted = [_likeness(near, circle[at - 1], other) for at, other in enumerate(circle)]
        gains = [like[at - 1] + like[at] - parted[at] for at in range(len(circle))]
        circle.insert(max(range(len(gains)), key=gains.__getitem__, default=0), hub)
    return circle


def _likeness(near: Near, one: str, other: str) -> float:
    rarity = sum(1 / len(near[node]) for node in sorted(near[one] & near[other]))
    return round((other in near[one]) + rarity, 6)


def owners(near: Near, articles: Sequence[str]) -> dict[str, list[str]]:
    """Find the articles of each thing; one that touches none takes those of its neighbours, step by step."""
    found = {hub: [hub] for hub in articles}
    front: Iterable[str] = articles
    while front:
        reached: dict[str, set[str]] = defaultdict(set)
        for node in front:
            for other in near[node] - found.keys():
                reached[other].update(found[node])
        found.update((node, sorted(reached[node])) for node in sorted(reached))
        front = sorted(reached)
    return found


def own(graph: nx.MultiDiGraph[str], found: Owners) -> dict[str, list[list[str]]]:
    """Return what only one article has: for each article its things, a list for each kind."""
    mine: dict[str, dict[tuple[int, str], list[str]]] = {hub: {} for hub in found if found[hub] == [hub]}
    for node in sorted(found.keys() - mine.keys(), key=lambda node: (graph.nodes[node].get("label", ""), node)):
        if len(found[node]) == 1:
            mine[found[node][0]].setdefault(_rank(graph, node), []).append(node)
    return {hub: [kinds[kind] for kind in sorted(kinds)] for hub, kinds in mine.items()}


def _rank(graph: nx.MultiDiGraph[str], node: str) -> tuple[int, str]:
    kind = str(graph.nodes[node].get("kind"))
    return (_KINDS.index(kind) if kind in _KINDS else len(_KINDS)), kind
