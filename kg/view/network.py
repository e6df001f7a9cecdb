"""The only door to pyvis: its network, with constant-time building and a page of our own."""

from __future__ import annotations

from typing import Any, Final

import pyvis.network
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.view import inline

_LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_OPTIONS: Final = {
    "autoResize": True,
    "edges": {"smooth": {"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}},
    "interaction": {"dragNodes": False, "hover": False, "keyboard": False, "selectable": False, "zoomSpeed": 0.6},
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
}


class Network(pyvis.network.Network):  # type: ignore[misc]  # pyvis carries no types
    """A pyvis network that keeps parallel edges, builds in linear time and writes a page that stays offline.

    >>> network = Network("Two things")
    >>> network.add_node(0, "one")
    >>> network.add_node(1, "other")
    >>> network.add_edge(0, 1, relation="cites")
    >>> network.add_edge(0, 1, relation="mentions")
    >>> network
    <class 'kg.view.network.Network'> |N|=2 |E|=2
    """

    def __init__(self, title: str) -> None:
        """Start an empty network whose page bears this title."""
        super().__init__(heading=inline.showable(title), directed=True, cdn_resources="in_line")
        self.options = _OPTIONS
        self.path = "explorer.html.j2"
        self.quotes: list[dict[str, Any]] = []
        # pyvis renders with autoescape off, which runs scripts found in labels; ours never does.
        self.templateEnv = Environment(
            loader=PackageLoader("kg.view", ""), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
        )

    def add_node(self, n_id: int, label: str, **options: Any) -> None:
        """Add a node once; pyvis itself searches a list for every node."""
        if n_id in self.node_map:
            return
        node = pyvis.network.Node(n_id, "custom", label, **options).options
        self.node_map[n_id] = node
        self.node_ids.append(n_id)
        self.nodes.append(node)

    def add_edge(self, source: int, to: int, **options: Any) -> None:
        """Add an edge between nodes that are there, beside any other edge they already have."""
        if source not in self.node_map or to not in self.node_map:
            message = f"an edge needs two known nodes, not {source!r} and {to!r}"
            raise KeyError(message)
        self.edges.append(pyvis.network.Edge(source, to, **options).options)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002, FBT
        """Return the page; the parameters are those of pyvis, whose other methods pass them, and change nothing."""
        style, scripts = inline.text("explorer.css"), (_library(), inline.text("explorer.js"))
        data = {"edges": self.edges, "nodes": self.nodes, "options": self.options, "quotes": self.quotes}
        self.html = self.templateEnv.get_template(self.path).render(
            title=self.heading,
            policy=inline.policy(scripts, [style]),
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            data=Markup(inline.embedded(data)),
        )
        return self.html


def _library() -> str:
    # The last line names a source map, which a browser with open developer tools would fetch.
    return inline.text(_LIBRARY, "pyvis").partition("//# sourceMappingURL")[0]
