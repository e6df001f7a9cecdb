"""Where everything stands: one article gets a mind map, several get a butterfly.

Only + - * / and sqrt are used, every sum has a fixed order and nothing is random: every machine draws the same map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.view.picture import butterfly, kin, mindmap
from kg.view.picture.place import Place

if TYPE_CHECKING:
    import networkx as nx


def arrange(graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """Return the place of every node.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("essay", "idea")])
    >>> graph.add_node("essay", kind="article")
    >>> arrange(graph)["essay"]
    Place(x=0.0, y=0.0, side=0, part='hub')
    """
    near = kin.neighbours(graph)
    owners = kin.owners(near, kin.hubs(graph, near))
    own = kin.own(graph, owners)
    if len(own) == 1 and len(owners) == len(graph):
        return dict(mindmap.spread(*next(iter(own.items()))))
    return butterfly.spread(graph, owners, own)
