"""What a map is made of: anchors, what several of them share, what hangs on one, and what is only looked up.

Roles, sources and fields touch nearly everything: as nodes of the map they would pull all of it into one heap. They
are facets, by which a reader chooses articles; they have no place on the map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

Near: TypeAlias = "dict[str, dict[str, float]]"

FACETS: Final = frozenset({"role", "source", "field"})
_MENTION: Final = 0.25  # a passage names a thing, but the article is not about it
_PRIVATE: Final = frozenset({"principle", "code"})  # they hang on one article even where others state them too


@dataclass(frozen=True, slots=True)
class Ties:
    """A graph as its map needs it.

    `anchors` are the articles, or everything where there are none. `links` ties anchors and what several of them
    share, both ways, each with a strength. `hanging` maps an anchor to what hangs on it.
    """

    anchors: tuple[str, ...]
    links: Mapping[str, Mapping[str, float]]
    hanging: Mapping[str, tuple[str, ...]]


def ties(graph: nx.MultiDiGraph[str]) -> Ties:
    """Return what the map of a graph is made of.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("essay", "idea"), ("letter", "idea"), ("essay", "word")])
    >>> for name, kind in {"essay": "article", "letter": "article", "idea": "topic", "word": "topic"}.items():
    ...     graph.nodes[name]["kind"] = kind
    >>> found = ties(graph)
    >>> found.anchors, found.hanging, sorted(found.links["idea"])
    (('essay', 'letter'), {'essay': ('word',)}, ['essay', 'letter'])
    """
    kinds = {node: str(graph.nodes[node].get("kind")) for node in sorted(graph)}
    placed = [node for node, kind in kinds.items() if kind not in FACETS]
    near = _near(graph, placed)
    articles = [node for node in placed if kinds[node] == "article"] or placed
    owners = _owners(near, articles)
    anchors = (*articles, *(node for node in placed if node not in owners))
    shared = {node for node, own in owners.items() if len(own) > 1 and kinds[node] not in _PRIVATE}
    hanging: defaultdict[str, list[str]] = defaultdict(list)
    for node in placed:
        if owners.get(node) and node not in shared:
            hanging[min(owners[node], key=lambda each: (-owners[node][each], each))].append(node)
    return Ties(anchors, _links(near, owners, shared, anchors), {a: tuple(things) for a, things in hanging.items()})


def _near(graph: nx.MultiDiGraph[str], placed: Iterable[str]) -> Near:
    near: Near = {node: {} for node in placed}
    for source, target, link in graph.edges(data=True):
        if source != target and source in near and target in near:
            strength = _MENTION if link.get("relation") == "mentions" else 1.0
            for one, other in ((source, target), (target, source)):
                near[one][other] = max(strength, near[one].get(other, 0.0))
    return near


def _owners(near: Near, articles: Sequence[str]) -> Near:
    """Return the articles of each thing; one that touches none takes those of its neighbours, step by step."""
    owners: Near = {article: {} for article in articles}
    front = list(articles)
    while front:
        reached: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for node in front:
            for other, strength in near[node].items():
                if other not in owners:
                    reached[other].update(owners[node] or {node: strength})
        owners.update(reached)
        front = sorted(reached)
    return owners


def _links(near: Near, owners: Near, shared: Iterable[str], anchors: Iterable[str]) -> Near:
    """Return the links of the map; what many articles share ties each of them less."""
    links: Near = {anchor: {} for anchor in anchors}
    for anchor in anchors:
        links[anchor].update((other, strength) for other, strength in near[anchor].items() if other in links)
    for node in sorted(shared):
        scale = sqrt(len(owners[node]))
        links[node] = {anchor: owners[node][anchor] / scale for anchor in sorted(owners[node])}
        for anchor, strength in links[node].items():
            links[anchor][node] = strength
    return links
