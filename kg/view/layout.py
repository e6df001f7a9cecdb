"""Where everything stands: what articles share in the middle, the articles around it, what is theirs alone outside.

The picture is a bowed butterfly. Names read outward on both wings, like a mind map, so that rows of them never
collide; things that several articles share hang between these articles. Only + - * / and sqrt are used, and
nothing is random: every machine draws the same map.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

_Part = TypeVar("_Part")

ROW: Final = 18.0  # from one name on a wing to the next
SLOT: Final = (168.0, 52.0)  # room for a thing in the middle, with its name below it
NAME: Final = 200.0  # room for the longest name on a wing
_GAP: Final = 7.0  # between two kinds on a wing
_REACH: Final = 122.0  # from an article to the first of its own things
_HUB: Final = 64.0  # least height of an article, with its name below it
_APART: Final = 22.0  # between two articles of one wing
_BULGE: Final = 90.0  # how far the wings bow outward
_KINDS: Final = ("topic", "field", "role", "source", "code", "principle", "article")


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the map, and the side of it on which the name stands: -1 left, 0 below, 1 right."""

    x: float
    y: float
    side: int


@dataclass(frozen=True, slots=True)
class _Block:
    """An article with the things that only it has: rows of one wing."""

    hub: str
    leaves: tuple[tuple[str, int, float], ...]  # each with its lane outward and its height below the top
    height: float


def arrange(graph: nx.MultiDiGraph) -> dict[str, Place]:
    """Return the place of every node.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("essay", "idea")])
    >>> graph.add_node("essay", kind="article")
    >>> graph.add_node("idea", kind="topic")
    >>> arrange(graph)["idea"]
    Place(x=212.0, y=0.0, side=1)
    """
    near = _neighbours(graph)
    hubs = _circle(_hubs(graph, near), near)
    owners = _owners(near, hubs)
    own: dict[str, list[str]] = {hub: [] for hub in hubs}
    for node in sorted(owners.keys() - own.keys()):
        if len(owners[node]) == 1:
            own[owners[node][0]].append(node)
    shared = [node for node in near if node not in own and len(owners.get(node, ())) != 1]
    wings = _wings(graph, own)
    return _draw(wings, shared, owners, near)


def _neighbours(graph: nx.MultiDiGraph) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {node: set() for node in sorted(graph)}
    for source, target in graph.edges():
        if source != target:
            near[source].add(target)
            near[target].add(source)
    return near


def _hubs(graph: nx.MultiDiGraph, near: Mapping[str, set[str]]) -> list[str]:
    # An article that is only referred to says nothing itself, so it stands with the article that names it.
    articles = {node for node in near if graph.nodes[node].get("kind") == "article"}
    return [node for node in near if node in articles and near[node] - articles]


def _circle(hubs: Sequence[str], near: Mapping[str, set[str]]) -> list[str]:
    """Order articles round a circle so that those with rare things in common are next to each other."""
    circle: list[str] = []
    for hub in sorted(hubs, key=lambda hub: (-len(near[hub]), hub)):
        likeness = [_likeness(near, hub, other) for other in circle]
        gains = [likeness[at - 1] + likeness[at] - _likeness(near, circle[at - 1], circle[at]) for at in range(len(circle))]
        best = max(range(len(gains)), key=lambda at: (gains[at], -at), default=0)
        circle.insert(best, hub)
    return circle


def _likeness(near: Mapping[str, set[str]], one: str, other: str) -> float:
    common = sorted(near[one] & near[other])
    return round((other in near[one]) + sum(1 / len(near[node]) for node in common), 6)


def _owners(near: Mapping[str, set[str]], hubs: Sequence[str]) -> dict[str, list[str]]:
    """Find each node's articles; a node that touches none takes those of its neighbours, step by step."""
    owners = {hub: [hub] for hub in hubs}
    edge: Iterable[str] = hubs
    while edge:
        reached: dict[str, set[str]] = defaultdict(set)
        for node in edge:
            for other in near[node] - owners.keys():
                reached[other].update(owners[node])
        owners.update({node: sorted(reached[node]) for node in sorted(reached)})
        edge = sorted(reached)
    return owners


def _wings(graph: nx.MultiDiGraph, own: Mapping[str, Sequence[str]]) -> tuple[list[_Block], list[_Block]]:
    lanes = max(1, round(sqrt(sum(map(len, own.values())) / 120)))
    groups = {hub: _by_kind(graph, nodes) for hub, nodes in own.items()}
    if len(groups) == 1:  # a single article has both wings to itself
        (hub, kinds), = groups.items()
        right, left = _halves(kinds, [len(kind) for kind in kinds])
        return [_block(hub, right, lanes)], [_block(hub, left, lanes)]
    blocks = [_block(hub, kinds, lanes) for hub, kinds in groups.items()]
    right_wing, left_wing = _halves(blocks, [block.height for block in blocks])
    return right_wing, left_wing[::-1]


def _by_kind(graph: nx.MultiDiGraph, nodes: Iterable[str]) -> list[list[str]]:
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for node in sorted(nodes, key=lambda node: (str(graph.nodes[node].get("label", "")), node)):
        kind = str(graph.nodes[node].get("kind", ""))
        groups[_KINDS.index(kind) if kind in _KINDS else len(_KINDS), kind].append(node)
    return [groups[kind] for kind in sorted(groups)]


def _halves(parts: list[_Part], weights: Sequence[float]) -> tuple[list[_Part], list[_Part]]:
    """Cut a row of parts where its two halves weigh most alike."""
    cut = min(range(len(parts) + 1), key=lambda at: abs(sum(weights[:at]) - sum(weights[at:])), default=0)
    return parts[:cut], parts[cut:]


def _block(hub: str, kinds: Iterable[Sequence[str]], lanes: int) -> _Block:
    leaves, top = [], 0.0
    for kind in kinds:
        leaves += [(node, at % lanes, top + ROW * (at // lanes)) for at, node in enumerate(kind)]
        top += ROW * ceil(len(kind) / lanes) + _GAP
    return _Block(hub, tuple(leaves), max(_HUB, top))


def _draw(
    wings: tuple[list[_Block], list[_Block]],
    shared: Sequence[str],
    owners: Mapping[str, Sequence[str]],
    near: Mapping[str, set[str]],
) -> dict[str, Place]:
    height = max(sum(block.height + _APART for block in wing) for wing in wings)
    alone = len({block.hub for wing in wings for block in wing}) == 1
    slots, core = _slots(len(shared), height)
    places: dict[str, Place] = {}
    for wing, side in zip(wings, (1, -1), strict=True):
        places.update(_wing(wing, side, height, 0.0 if alone else core))
    places.update(_middle(shared, slots, {node: _wish(node, owners, places, height) for node in shared}, near))
    return places


def _wing(wing: Sequence[_Block], side: int, height: float, core: float) -> Iterator[tuple[str, Place]]:
    """Stack the blocks of one wing, spread evenly over the height of the higher wing."""
    spare = (height - sum(block.height for block in wing)) / max(1, len(wing))
    top = (spare - height) / 2
    for block in wing:
        middle = top + (block.height - _GAP) / 2
        inset = (block.height - max((y for *_, y in block.leaves), default=0.0)) / 2
        yield block.hub, Place(round(side * _bow(core, middle, height), 1) if core else 0.0, round(middle, 1) if core else 0.0, 0)
        for node, lane, y in block.leaves:
            x = _bow(core, top + y, height) + _REACH + lane * NAME
            yield node, Place(round(side * x, 1), round(top + y + inset - _GAP, 1), side)
        top += block.height + spare


def _bow(core: float, y: float, height: float) -> float:
    return core + _BULGE * sqrt(max(0.0, 1 - (y / (0.62 * height)) ** 2))


def _slots(count: int, height: float) -> tuple[list[tuple[float, float]], float]:
    """Return an ellipse of slots laid like bricks, rather more than asked for, and its half width."""
    wide, high = SLOT
    rows = max(1, int(height * 0.9 / high), ceil(sqrt(count)))
    columns = max(1, ceil(1.7 * count / rows))
    reach = (columns + 1) * wide / 2
    grid = [
        ((column - (columns - 1) / 2 + (row % 2 - 0.5) / 2) * wide, (row - (rows - 1) / 2) * high)
        for row in range(rows)
        for column in range(columns)
    ]
    inside = sorted(grid, key=lambda slot: ((slot[0] / reach) ** 2 + (2 * slot[1] / (rows * high)) ** 2, slot))
    return inside[: ceil(1.3 * count)], reach if count else 60.0


def _wish(node: str, owners: Mapping[str, Sequence[str]], places: Mapping[str, Place], height: float) -> tuple[float, float]:
    """Return the barycentre of a node's articles; what has none would rather be at the foot of the map."""
    points = [places[owner] for owner in owners.get(node, ())]
    if not points:
        return 0.0, height / 2
    return sum(point.x for point in points) / len(points), sum(point.y for point in points) / len(points)


def _middle(
    shared: Sequence[str],
    slots: Sequence[tuple[float, float]],
    wishes: Mapping[str, tuple[float, float]],
    near: Mapping[str, set[str]],
) -> Iterator[tuple[str, Place]]:
    """Give each thing the free slot nearest to its wish, the most linked first."""
    free = list(slots)
    for node in sorted(shared, key=lambda node: (-len(near[node]), node)):
        x, y = wishes[node]
        slot = min(free, key=lambda slot: ((slot[0] - x) ** 2 + (slot[1] - y) ** 2, slot))
        free.remove(slot)
        yield node, Place(round(slot[0], 1), round(slot[1], 1), 0)
