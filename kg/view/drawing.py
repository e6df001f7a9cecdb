"""From a graph to a network: numbered nodes with their places, edges that share their quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.view.atlas import Map, survey
from kg.view.inline import showable
from kg.view.network import Network
from kg.view.picture import arrange

if TYPE_CHECKING:
    import networkx as nx

FEW: Final = 300
"""Up to so many things, all of them stand in one picture with their names; more get a map."""

_Attributes: TypeAlias = "Mapping[str, Mapping[str, Any]]"
_TOLD: Final = ("note", "url", "date", "level", "page")


def draw(graph: nx.MultiDiGraph[str], title: str, found: Map | None = None) -> Network:
    """Return the network of a graph: as a picture, or as a map where it is large or its map is given.

    >>> import networkx
    >>> draw(networkx.MultiDiGraph([("a", "b")]), "Two things").num_edges()
    1
    """
    network = Network(title)
    numbers = {iri: number for number, iri in enumerate(sorted(graph))}
    is_small = found is None and len(graph) <= FEW
    places = _picture(graph) if is_small else _map(found or survey(graph), network)
    for iri, number in numbers.items():
        network.add_node(number, _label(graph, iri), **_attributes(graph.nodes[iri], iri), **places.get(iri, {}))
    _add_edges(network, graph, numbers)
    return network


def _picture(graph: nx.MultiDiGraph[str]) -> _Attributes:
    places = arrange(graph)
    return {iri: {"x": at.x, "y": at.y, "side": at.side, "part": at.part} for iri, at in places.items()}


def _map(found: Map, network: Network) -> _Attributes:
    for region in found.regions:
        told = {"name": showable(region.name), "topics": [showable(topic) for topic in region.topics]}
        where = {"x": region.x, "y": region.y, "radius": region.radius, "up": region.up}
        network.add_region(**told, **where, **region.more)
    return {iri: {"x": x, "y": y, "region": region} for iri, (x, y, region) in found.places.items()}


def _label(graph: nx.MultiDiGraph[str], iri: str) -> str:
    return showable(graph.nodes[iri].get("label") or "").strip() or showable(iri)


def _attributes(thing: Mapping[str, Any], iri: str) -> dict[str, Any]:
    return {
        "iri": showable(iri),
        "group": showable(thing.get("kind") or "thing"),
        "alt": [showable(label) for label in thing.get("alt") or ()],
        **{part: showable(thing.get(part) or "") for part in _TOLD},
    }


def _add_edges(network: Network, graph: nx.MultiDiGraph[str], numbers: Mapping[str, int]) -> None:
    titles = _titles(graph, numbers)
    for source, target, _, link in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        ends = {graph.nodes[end].get("label"): numbers[end] for end in (target, source) if _is_article(graph, end)}
        network.add_edge(
            numbers[source],
            numbers[target],
            relation=showable(link.get("relation") or "is linked to"),
            quotes=[network.quote(*_quote(found, ends, titles)) for found in link.get("evidence") or ()],
        )


def _titles(graph: nx.MultiDiGraph[str], numbers: Mapping[str, int]) -> dict[Any, int]:
    return {graph.nodes[iri].get("label"): number for iri, number in numbers.items() if _is_article(graph, iri)}


def _is_article(graph: nx.MultiDiGraph[str], iri: str) -> bool:
    return bool(graph.nodes[iri].get("kind") == "article")


def _quote(found: Mapping[str, Any], *articles: Mapping[Any, int]) -> Iterator[str | int]:
    """Yield the parts of a quotation; of its article the number, where it is in the graph, else the title."""
    title = found["article"]
    numbers: Iterable[int] = (known[title] for known in articles if title in known)
    yield showable(found["exact"])
    yield showable(found["section"])
    yield next(iter(numbers), showable(title))
    yield showable(found["path"])
    yield int(found["start"])
    yield int(found["end"])
