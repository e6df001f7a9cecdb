"""Writing: one file for a graph that a browser can hold, an overview and a file for each community for a larger one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import KgError
from kg.files import replacing
from kg.view.console import Console

if TYPE_CHECKING:
    import networkx as nx

MANY: Final = 50_000
"""Up to so many things, one file holds all of them."""


def write_html(graph: nx.MultiDiGraph[str], path: Path, *, title: str, console: Console | None = None) -> None:
    """Write the page of a graph in one step: a reader finds the old file or the new, never half of one.

    Of more than `MANY` things, the page shows the communities, and a folder beside it, called like the file without
    its suffix, holds a page for each. With a console, its questions can be asked in the page.

    Raises KgError where there is a console, and more than `MANY` things, and when the file cannot be written.

    >>> import networkx, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_html(networkx.MultiDiGraph(), Path(folder, "graph.html"), title="Nothing yet")
    ...     os.listdir(folder)
    ['graph.html']
    """
    if len(graph) <= MANY:
        _write(path, render(graph, title=title, console=console))
        return
    if console:
        raise KgError(str(path), f"{len(graph)} things are too many to be asked inside a page", "ask with kg query")
    from kg.view.volumes import volumes  # noqa: PLC0415  # most graphs need only one page

    for name, content in volumes(graph, title, path.name):
        (path.parent / name).parent.mkdir(exist_ok=True)
        _write(path.parent / name, content)


def render(graph: nx.MultiDiGraph[str], *, title: str, console: Console | None = None) -> str:
    """Return the page of a graph: the same text for the same graph, in whatever order it was built.

    Every node has a `kind` and a `label`, and may have `alt` (other labels), `note`, `url`, and where it is an
    article its `date` (ISO 8601) and its `level`. Every edge has a `relation`, read from source to target, and its
    `evidence`: the exact words, and where they stand.

    >>> import networkx
    >>> "<h1><bdi>Nothing yet</bdi></h1>" in render(networkx.MultiDiGraph(), title="Nothing yet")
    True
    """
    from kg.view.drawing import draw  # noqa: PLC0415  # pyvis takes half a second to import

    network = draw(graph, title)
    network.console = console
    return network.generate_html()


def _write(path: Path, content: str) -> None:
    with replacing(path) as file:
        file.write(content.encode())
