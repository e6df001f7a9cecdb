"""A graph too large for one page: an overview of its communities and a page for each of them, linked both ways.

The overview holds the articles and what they share, as far as there is room, and one sentence for each link. The page
of a community holds all that is in it, and whatever its articles are linked to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote

import networkx as nx

from kg.view.atlas import FACETS, Map, survey
from kg.view.drawing import draw
from kg.vocab import slug

ROOM: Final = 8_000  # things in an overview, facets apart


def volumes(graph: nx.MultiDiGraph[str], title: str, home: str) -> Iterator[tuple[str, str]]:
    """Yield the pages of a graph, each with its name beside the overview, which is called `home` and comes last.

    >>> graph = nx.MultiDiGraph([("a", "b"), ("b", "c")])
    >>> [name for name, _ in volumes(graph, "Letters", "graph.html")]
    ['graph/1-b.html', 'graph.html']
    """
    found = survey(graph)
    members = _members(found)
    names = _names(found, members, home.partition(".")[0])
    for top, name in names.items():
        theme = found.regions[top].name
        network = draw(_around(graph, members[top]), f"{theme[:1].upper()}{theme[1:]} · {title}")
        network.home = f"../{quote(home)}"
        yield name, network.generate_html()
    yield home, draw(_kept(graph, found, names), title, _counted(graph, found, members, names)).generate_html()


def _members(found: Map) -> dict[int, list[str]]:
    """Return the things of each outermost community."""
    tops: list[int] = []
    for number, region in enumerate(found.regions):
        tops.append(number if region.up < 0 else tops[region.up])
    members: defaultdict[int, list[str]] = defaultdict(list)
    for iri, (_, _, region_) in found.places.items():
        members[tops[region_]].append(iri)
    return dict(sorted(members.items()))


def _names(found: Map, tops: Iterable[int], folder: str) -> dict[int, str]:
    return {top: f"{folder}/{number}-{slug(found.regions[top].name)}.html" for number, top in enumerate(tops, 1)}


def _around(graph: nx.MultiDiGraph[str], members: Sequence[str]) -> nx.MultiDiGraph[str]:
    """Return some things with all that they are linked to; articles elsewhere only where articles here name them."""
    linked = set(members)
    for member in members:
        near = (*graph.successors(member), *graph.predecessors(member))
        linked.update(
            near if _is_article(graph, member) else (other for other in near if not _is_article(graph, other))
        )
    return graph.subgraph(linked).copy()


def _is_article(graph: nx.MultiDiGraph[str], iri: str) -> bool:
    return bool(graph.nodes[iri].get("kind") == "article")


def _kept(graph: nx.MultiDiGraph[str], found: Map, names: Mapping[int, str]) -> nx.MultiDiGraph[str]:
    """Return the facets, the articles and the things most linked, each with the address of its page."""
    home = {iri: top for top, members in _members(found).items() for iri in members}
    ranked = sorted(home, key=lambda iri: (not _is_article(graph, iri), -graph.degree(iri), iri))
    kept: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in ranked[:ROOM]:
        kept.add_node(iri, **graph.nodes[iri], page=f"{quote(names[home[iri]])}#node={quote(iri, safe='')}")
    kept.add_nodes_from((iri, data) for iri, data in graph.nodes(data=True) if data.get("kind") in FACETS)
    for source, target, key, data in graph.edges(keys=True, data=True):
        if source in kept and target in kept:
            kept.add_edge(source, target, key, **{**data, "evidence": tuple(data.get("evidence") or ())[:1]})
    return kept


def _counted(
    graph: nx.MultiDiGraph[str], found: Map, members: Mapping[int, Sequence[str]], names: Mapping[int, str]
) -> Map:
    """Return the map with the address of each outermost community, and what it holds, of which not all is shown."""
    regions = list(found.regions)
    for top, name in names.items():
        held = Counter(str(graph.nodes[iri].get("kind")) for iri in members[top])
        regions[top] = replace(regions[top], more={"page": quote(name), "held": dict(sorted(held.items()))})
    return Map(found.places, regions)
