"""The only door to pyvis: its network, built in linear time, with a page of our own."""

from __future__ import annotations

from typing import Any, Final

import pyvis.network
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.view import inline, scripts
from kg.view.columns import columns
from kg.view.console import Console, engine
from kg.view.terms import terms

_LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
_OPTIONS: Final = {
    "edges": {"smooth": {"type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5}},
    "interaction": {"dragNodes": False, "keyboard": False, "selectable": False, "zoomSpeed": 0.6},
    "layout": {"improvedLayout": False},
    "physics": {"enabled": False},
}
_QUOTED: Final = ("exact", "section", "article", "path", "start", "end")


class Network(pyvis.network.Network):  # type: ignore[misc]  # pyvis carries no types
    """A pyvis network that keeps parallel edges, builds in linear time and writes a page that stays offline.

    With regions it is shown as a map, which our own script draws; without, as a picture that vis-network draws.

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
        self.regions: list[dict[str, Any]] = []
        self.home = ""
        self.console: Console | None = None
        self.path = "explorer.html.j2"
        # One sentence often proves many links: it is stored once, in the order in which the links need it.
        self._quotes: dict[tuple[str | int, ...], int] = {}
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

    def add_region(self, **parts: object) -> None:
        """Add a community of the map: its name, topics, x, y, radius, and the number of the one around it, or -1."""
        self.regions.append(parts)

    def quote(self, *parts: str | int) -> int:
        """Return the number of a quotation: exact words, section, article, path, start and end."""
        return self._quotes.setdefault(parts, len(self._quotes))

    def generate_html(self, *_choices: object, **_more: object) -> str:
        """Return the page; what pyvis lets its callers choose here makes no difference to it."""
        is_map = bool(self.regions)
        style, code = inline.text("explorer.css"), [scripts.explorer(is_map=is_map)]
        if not is_map:
            code.insert(0, _library())
        machine = engine() if self.console else None
        self.html = self.templateEnv.get_template(self.path).render(
            title=self.heading,
            home=self.home,
            policy=inline.policy([*code, *(machine or ())[:1]], [style], wasm=bool(machine)),
            # These are files of ours and compressed data: the only texts that are not escaped again.
            style=Markup(style),  # noqa: S704
            scripts=[Markup(script) for script in code],  # noqa: S704
            graph=Markup(inline.packed(self._graph())),  # noqa: S704
            quotes=Markup(inline.packed(self._quoted())),  # noqa: S704
            quads=Markup(inline.deflated(self.console.nquads)) if self.console else "",  # noqa: S704
            engine=machine and [Markup(part) for part in machine],  # noqa: S704
        )
        return self.html

    def _graph(self) -> dict[str, Any]:
        return {
            "nodes": columns(self.nodes, "group"),
            "edges": columns(self.edges, "relation"),
            "regions": self.regions,
            "options": self.options,
            "terms": terms(),
            "questions": self.console and self.console.asked(),
        }

    def _quoted(self) -> dict[str, Any]:
        return columns([dict(zip(_QUOTED, quote, strict=True)) for quote in self._quotes], "section", "path")


def _library() -> str:
    # The last line names a source map, which a browser with its developer tools open would fetch.
    return inline.text(_LIBRARY, "pyvis").partition("//# sourceMappingURL")[0]
