"""From a graph to its page: numbered nodes, edges that share their quotations, one file written at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.view.inline import showable
from kg.view.layout import arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from kg.view.network import Network

_QUOTE = ("exact", "section", "article", "path", "start", "end")


def write_html(graph: nx.MultiDiGraph, path: Path, *, title: str) -> None:
    """Write the page of a graph in one step: a reader finds the old file or the new one, never half of it.

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
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def render(graph: nx.MultiDiGraph, *, title: str) -> str:
    """Return the page of a graph as text, the same bytes for the same graph in whatever order it was built.

    >>> import networkx
    >>> "<h1><bdi>Nothing yet</bdi></h1>" in render(networkx.MultiDiGraph(), title="Nothing yet")
    True
    """
    from kg.view.network import Network  # noqa: PLC0415  # pyvis takes 0.4 s to import

    network = Network(title)
    numbers = {iri: number for number, iri in enumerate(sorted(graph))}
    _add_nodes(network, graph, numbers)
    _add_edges(network, graph, numbers)
    return network.generate_html()


def _add_nodes(network: Network, graph: nx.MultiDiGraph, numbers: Mapping[str, int]) -> None:
    places = arrange(graph)
    for iri, number in numbers.items():
        thing, place = graph.nodes[iri], places[iri]
        network.add_node(
            number,
            showable(thing.get("label") or iri),
            iri=iri,
            group=showable(thing.get("kind", "")),
            alt=[showable(label) for label in thing.get("alt", ())],
            note=showable(thing.get("note") or ""),
            url=showable(thing.get("url") or ""),
            x=place.x,
            y=place.y,
            side=place.side,
        )


def _add_edges(network: Network, graph: nx.MultiDiGraph, numbers: Mapping[str, int]) -> None:
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    network.quotes, position = _quotes(quote for *_, link in edges for quote in link.get("evidence", ()))
    for source, target, key, link in edges:
        network.add_edge(
            numbers[source],
            numbers[target],
            key=key,
            relation=showable(link.get("relation", "")),
            quotes=[position[_quote(quote)] for quote in link.get("evidence", ())],
        )


def _quotes(evidence: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], dict[tuple[Any, ...], int]]:
    # One sentence often proves many links; it is stored once, in the order in which the links need it.
    position: dict[tuple[Any, ...], int] = {}
    for quote in evidence:
        position.setdefault(_quote(quote), len(position))
    return [dict(zip(_QUOTE, quote, strict=True)) for quote in position], position


def _quote(quote: Mapping[str, Any]) -> tuple[Any, ...]:
    *words, start, end = (quote[part] for part in _QUOTE)
    return (*map(showable, words), int(start), int(end))
