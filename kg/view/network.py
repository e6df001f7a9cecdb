"""The only door to pyvis: its network, built in linear time, with a page of our own."""

from __future__ import annotations

from typing import Any, Final

import pyvis.network
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.view import inline

_LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
# Each may use what those before it define, and the functions of all.
_PARTS: Final = (
    "data",
    "elements",
    "boxes",
    "parts",
    "labels",
    "map",
    "camera",
    "address",
    "panel",
    "legend",
    "search",
)
_OPTIONS: Final = {
    "edges": {"smooth": {"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}},
    "interaction": {"dragNodes": False, "keyboard": False, "selectable": False, "zoomSpeed": 0.6},
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
    >>> network.num_nodes(), network.num_edges()
    (2, 2)
    """

    def __init__(self, title: str) -> None:
        super().__init__(heading=inline.showable(title), directed=True, cdn_resources="in_line")
        self.options = _OPTIONS
        self.quotes: list[dict[str, Any]] = []
        self.path = "explorer.html.j2"
        # pyvis renders without escaping, which runs the scripts it finds in labels.
        self.templateEnv = Environment(loader=PackageLoader("kg.view", ""), autoescape=True, undefined=StrictUndefined)

    def add_node(self, n_id: int, label: str, **options: object) -> None:
        """Add a node once; pyvis would search a list for each."""
        if n_id in self.node_map:
            return
        self.node_map[n_id] = pyvis.network.Node(n_id, "custom", label, **options).options
        self.node_ids.append(n_id)
        self.nodes.append(self.node_map[n_id])

    def add_edge(self, source: int, to: int, **options: object) -> None:
        """Add an edge between two nodes that are there, beside any they already have."""
        if not {source, to} <= self.node_map.keys():
            raise KeyError(f"an edge needs two known nodes, not {source!r} and {to!r}")
        self.edges.append(pyvis.network.Edge(source, to, **options).options)

    def generate_html(self, *_choices: object, **_more: object) -> str:
        """Return the page; what pyvis lets its callers choose here makes no difference to it."""
        style, scripts = inline.text("explorer.css"), (_library(), explorer())
        data = {"edges": self.edges, "nodes": self.nodes, "options": self.options, "quotes": self.quotes}
        self.html = self.templateEnv.get_template(self.path).render(
            title=self.heading,
            policy=inline.policy(scripts, [style]),
            # These three are files of ours and escaped data: the only texts that are not escaped again.
            style=Markup(style),  # noqa: S704
            scripts=[Markup(script) for script in scripts],  # noqa: S704
            data=Markup(inline.embedded(data)),  # noqa: S704
        )
        return self.html


def explorer() -> str:
    """Return our own script: its files in their order, strict, in a scope of their own.

    >>> explorer().startswith("'use strict';")
    True
    """
    files = [inline.text(f"explorer/{part}.js") for part in _PARTS]
    return "\n".join(("'use strict';\n(() => {", *files, inline.text("explorer.js"), "})();\n"))


def _library() -> str:
    # The last line names a source map, which a browser with its developer tools open would fetch.
    return inline.text(_LIBRARY, "pyvis").partition("//# sourceMappingURL")[0]
