"""From a graph to its page: numbered nodes, edges that share their quotations, one file written at once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.view.inline import showable

if TYPE_CHECKING:
    import networkx as nx

    from kg.view.network import Network

FEW: Final = 300
"""Up to so many things, all of them stand in one picture with their names; more get a map."""

_Attributes: TypeAlias = "Mapping[str, Mapping[str, Any]]"
_TOLD: Final = ("note", "url", "date", "level")


def write_html(graph: nx.MultiDiGraph[str], path: Path, *, title: str) -> None:
    """Write the page of a graph in one step: a reader finds the old file or the new, never half of one.

    >>> import networkx
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_html(networkx.MultiDiGraph(), Path(folder, "graph.html"), title="Nothing yet")
    ...     os.listdir(folder)
    ['graph.html']
    """
    content = render(graph, title=title).encode()
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)  # a temporary file is for its owner only; a page is for readers
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def render(graph: nx.MultiDiGraph[str], *, title: str) -> str:
    """Return the page of a graph: the same text for the same graph, in whatever order it was built.

    Every node has a `kind` and a `label`, and may have `alt` (other labels), `note`, `url`, and where it is an
    article its `date` (ISO 8601) and its `level`. Every edge has a `relation`, read from source to target, and its
    `evidence`: the exact words, and where they stand.

    >>> import networkx
    >>> "<h1><bdi>Nothing yet</bdi></h1>" in render(networkx.MultiDiGraph(), title="Nothing yet")
    True
    """
    from kg.view.network import Network  # noqa: PLC0415  # pyvis takes half a second to import

    network = Network(title)
    numbers = {iri: number for number, iri in enumerate(sorted(graph))}
    places = _picture(graph) if len(graph) <= FEW else _map(graph, network)
    for iri, number in numbers.items():
        network.add_node(number, _label(graph, iri), **_attributes(graph.nodes[iri], iri), **places.get(iri, {}))
    _add_edges(network, graph, numbers)
    return network.generate_html()


def _picture(graph: nx.MultiDiGraph[str]) -> _Attributes:
    from kg.view.picture import arrange  # noqa: PLC0415  # only one of the two is needed

    places = arrange(graph)
    return {iri: {"x": at.x, "y": at.y, "side": at.side, "part": at.part} for iri, at in places.items()}


def _map(graph: nx.MultiDiGraph[str], network: Network) -> _Attributes:
    from kg.view.atlas import survey  # noqa: PLC0415  # only one of the two is needed

    found = survey(graph)
    for each in found.regions:
        network.add_region(showable(each.name), [showable(t) for t in each.topics], each.x, each.y, each.radius, each.up)
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
