"""From a graph to its page: numbered nodes, edges that share their quotations, one file written at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.view.inline import showable
from kg.view.layout import arrange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from kg.view.network import Network

Quote: TypeAlias = tuple[str | int, ...]

_WORDS: Final = ("exact", "section", "article", "path")
_RANGE: Final = ("start", "end")


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

    Every node has a `kind` and a `label`, and may have `alt` (other labels), `note` and `url`. Every edge
    has a `relation`, read from source to target, and its `evidence`: the exact words, and where they stand.

    >>> import networkx
    >>> "<h1><bdi>Nothing yet</bdi></h1>" in render(networkx.MultiDiGraph(), title="Nothing yet")
    True
    """
    from kg.view.network import Network  # noqa: PLC0415  # pyvis takes half a second to import

    network = Network(title)
    numbers = {iri: number for number, iri in enumerate(sorted(graph))}
    _add_nodes(network, graph, numbers)
    _add_edges(network, graph, numbers)
    return network.generate_html()


def _add_nodes(network: Network, graph: nx.MultiDiGraph[str], numbers: Mapping[str, int]) -> None:
    places = arrange(graph)
    for iri, number in numbers.items():
        thing, place = graph.nodes[iri], places[iri]
        network.add_node(
            number,
            showable(thing.get("label") or "").strip() or showable(iri),
            iri=showable(iri),
            group=showable(thing.get("kind") or "thing"),
            alt=[showable(label) for label in thing.get("alt") or ()],
            note=showable(thing.get("note") or ""),
            url=showable(thing.get("url") or ""),
            x=place.x,
            y=place.y,
            side=place.side,
            part=place.part,
        )


def _add_edges(network: Network, graph: nx.MultiDiGraph[str], numbers: Mapping[str, int]) -> None:
    # One sentence often proves many links: it is stored once, in the order in which the links need it.
    stored: dict[Quote, int] = {}
    for source, target, key, link in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        quotes = [_quote(evidence) for evidence in link.get("evidence") or ()]
        network.add_edge(
            numbers[source],
            numbers[target],
            key=showable(key),
            relation=showable(link.get("relation") or "is linked to"),
            quotes=[stored.setdefault(quote, len(stored)) for quote in quotes],
        )
    network.quotes = list(_named(stored))


def _quote(evidence: Mapping[str, Any]) -> Quote:
    return (*(showable(evidence[part]) for part in _WORDS), *(int(evidence[part]) for part in _RANGE))


def _named(quotes: Iterable[Quote]) -> Iterable[dict[str, str | int]]:
    return (dict(zip((*_WORDS, *_RANGE), quote, strict=True)) for quote in quotes)
