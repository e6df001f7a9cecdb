"""Where everything stands: what articles share in the middle, they around it, what is only theirs outside.

The picture is a bowed butterfly. Names read outward on both wings, as in a mind map, so rows of them never
collide; what several articles share hangs between these articles. Only + - * / and sqrt are used, every
sum has a fixed order and nothing is random: every machine draws the same map.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

Near: TypeAlias = "Mapping[str, set[str]]"
Point: TypeAlias = tuple[float, float]
_Part = TypeVar("_Part")

ROW: Final = 20.0  # from one name on a wing to the next
SLOT: Final = (172.0, 60.0)  # room for a thing in the middle, with its name below it
NAME: Final = 200.0  # room for the longest name on a wing
_AIRY: Final = 1.9  # how far rows may be stretched to fill the window: names may then take two lines
_SHAPE: Final = 0.68  # least height of the map, as a share of its width with names
_GAP: Final = 8.0  # between two kinds on a wing
_HUB: Final = 64.0  # least height of an article, with its name below it
_APART: Final = 26.0  # between two articles of a wing
_STACK: Final = 9  # so many articles of a wing have room below them; the names of more read inward
_REACH: Final = 128.0  # from an article out to its own things
_BULGE: Final = 90.0  # how far the wings bow outward
_BARE: Final = 60.0  # half the width of a middle that holds nothing
_LANE: Final = 120  # own things of all articles that a single lane can hold
_KINDS: Final = ("topic", "field", "role", "source", "code", "principle", "article")


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the map, and the side of it on which the name stands: -1 left, 0 below, 1 right."""

    x: float
    y: float
    side: int


@dataclass(frozen=True, slots=True)
class _Block:
    """An article and the things only it has: each with its lane outward and its distance from the middle."""

    hub: str
    leaves: tuple[tuple[str, int, float], ...]
    height: float


def arrange(graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """Return the place of every node.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("essay", "idea")])
    >>> graph.add_node("essay", kind="article")
    >>> arrange(graph)
    {'essay': Place(x=0.0, y=0.0, side=0), 'idea': Place(x=218.0, y=0.0, side=1)}
    """
    near = _neighbours(graph)
    owners = _owners(near, _circle(_hubs(graph, near), near))
    shared = [node for node in near if len(owners.get(node, ())) != 1]
    shared.sort(key=lambda node: (-len(near[node]), node))
    own = _own(graph, owners)
    rows, core = _middle(len(shared))
    height, row = _measure(own, rows, core)
    places = dict(_outside(_wings(own, row), core, height))
    wishes = [_barycentre([places[hub] for hub in owners.get(node, ())], height) for node in shared]
    return places | dict(zip(shared, _nearest(wishes, _slots(len(shared), rows, core, height)), strict=True))


def _neighbours(graph: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {node: set() for node in sorted(graph)}
    for source, target in graph.edges():
        if source != target:
            near[source].add(target)
            near[target].add(source)
    return near


def _hubs(graph: nx.MultiDiGraph[str], near: Near) -> list[str]:
    # An article that is only referred to says nothing itself: it stands with the article that names it.
    articles = {node for node in near if graph.nodes[node].get("kind") == "article"}
    return [node for node in near if node in articles and near[node] - articles]


def _circle(hubs: Iterable[str], near: Near) -> list[str]:
    """Order articles round a circle, those with rare things in common next to each other."""
    circle: list[str] = []
    for hub in sorted(hubs, key=lambda hub: (-len(near[hub]), hub)):
        like = [_likeness(near, hub, other) for other in circle]
        parted = [_likeness(near, circle[at - 1], other) for at, other in enumerate(circle)]
        gains = [like[at - 1] + like[at] - parted[at] for at in range(len(circle))]
        circle.insert(max(range(len(gains)), key=gains.__getitem__, default=0), hub)
    return circle


def _likeness(near: Near, one: str, other: str) -> float:
    rarity = sum(1 / len(near[node]) for node in sorted(near[one] & near[other]))
    return round((other in near[one]) + rarity, 6)


def _owners(near: Near, hubs: Sequence[str]) -> dict[str, list[str]]:
    """Find the articles of each node; one that touches none takes those of its neighbours, step by step."""
    owners = {hub: [hub] for hub in hubs}
    front: Iterable[str] = hubs
    while front:
        reached: dict[str, set[str]] = defaultdict(set)
        for node in front:
            for other in near[node] - owners.keys():
                reached[other].update(owners[node])
        owners.update((node, sorted(reached[node])) for node in sorted(reached))
        front = sorted(reached)
    return owners


def _own(graph: nx.MultiDiGraph[str], owners: Mapping[str, Sequence[str]]) -> dict[str, list[list[str]]]:
    """Find what only one article has: for each article its things, a list for each kind."""
    hubs = [node for node in owners if owners[node] == [node]]
    own: dict[str, dict[tuple[int, str], list[str]]] = {hub: {} for hub in hubs}
    for node in sorted(owners.keys() - own.keys(), key=lambda node: (graph.nodes[node].get("label", ""), node)):
        if len(owners[node]) == 1:
            own[owners[node][0]].setdefault(_kind(graph, node), []).append(node)
    return {hub: [kinds[kind] for kind in sorted(kinds)] for hub, kinds in own.items()}


def _kind(graph: nx.MultiDiGraph[str], node: str) -> tuple[int, str]:
    kind = str(graph.nodes[node].get("kind"))
    return (_KINDS.index(kind) if kind in _KINDS else len(_KINDS)), kind


def _middle(count: int) -> tuple[int, float]:
    """Return how many rows the middle has, about twice as high as wide, and half its width."""
    wide, high = SLOT
    columns = max(1, round(sqrt(1.7 * count * high / (2 * wide))))
    return ceil(1.7 * count / columns), (columns + 0.4) * wide / 2 if count else _BARE


def _measure(own: Mapping[str, Sequence[Sequence[str]]], rows: int, core: float) -> tuple[float, float]:
    """Return the height of the map and how far apart its rows are, so that it fills a window."""
    tallest = max(_height(wing) for wing in _wings(own, ROW))
    width = 2 * ((0.0 if len(own) == 1 else core) + _BULGE + _REACH + NAME)
    height = max(tallest, rows * SLOT[1], _SHAPE * width)
    return height, ROW * min(_AIRY, height / tallest)


def _wings(own: Mapping[str, Sequence[Sequence[str]]], row: float) -> tuple[list[_Block], list[_Block]]:
    """Share the articles between the right wing and the left one; a single article has both to itself."""
    if len(own) == 1:
        ((hub, kinds),) = own.items()
        right, left = _halves(kinds, [len(kind) for kind in kinds])
        return [_block(hub, right, 1, row)], [_block(hub, left, 1, row)]
    lanes = max(1, round(sqrt(sum(len(kind) for kinds in own.values() for kind in kinds) / _LANE)))
    blocks = [_block(hub, kinds, lanes, row) for hub, kinds in own.items()]
    down, up = _halves(blocks, [block.height + _APART for block in blocks])
    return down, up[::-1]


def _halves(parts: Sequence[_Part], weights: Sequence[float]) -> tuple[list[_Part], list[_Part]]:
    """Cut a row of parts where its two halves weigh most alike."""
    cut = min(range(len(parts) + 1), key=lambda at: (abs(sum(weights[:at]) - sum(weights[at:])), -at))
    return list(parts[:cut]), list(parts[cut:])


def _block(hub: str, kinds: Iterable[Sequence[str]], lanes: int, row: float) -> _Block:
    leaves, top, last = [], 0.0, 0.0
    for kind in kinds:
        leaves += [(node, at % lanes, top + row * (at // lanes)) for at, node in enumerate(kind)]
        last = top + row * (ceil(len(kind) / lanes) - 1)
        top = last + row + _GAP
    return _Block(hub, tuple((node, lane, y - last / 2) for node, lane, y in leaves), max(_HUB, last + row))


def _height(wing: Iterable[_Block]) -> float:
    return sum(block.height + _APART for block in wing) or _HUB


def _outside(wings: Sequence[Sequence[_Block]], core: float, height: float) -> Iterator[tuple[str, Place]]:
    right, left = wings
    if max(len(right), len(left)) > _STACK:
        core += 1.3 * NAME
    alone = [block.hub for block in right] == [block.hub for block in left] != []
    for wing, side in ((right, 1), (left, -1)):
        yield from _wing(wing, side, 0.0 if alone else core, height)
    if alone:
        yield right[0].hub, Place(0.0, 0.0, 0)


def _wing(wing: Sequence[_Block], side: int, core: float, height: float) -> Iterator[tuple[str, Place]]:
    """Stack the blocks of one wing, spread evenly over the height of the higher wing."""
    spare = (height - sum(block.height for block in wing)) / max(1, len(wing))
    inward = -side if len(wing) > _STACK else 0
    top = -height / 2
    for block in wing:
        middle = top + (spare + block.height) / 2
        yield block.hub, _place(side * _bow(core, middle, height), middle, inward)
        for node, lane, y in block.leaves:
            yield (
                node,
                _place(side * (_bow(core, middle + y, height) + _REACH + lane * NAME), middle + y, side),
            )
        top += block.height + spare


def _bow(core: float, y: float, height: float) -> float:
    return core + _BULGE * sqrt(max(0.0, 1 - (y / (0.62 * height)) ** 2))


def _place(x: float, y: float, side: int) -> Place:
    return Place(round(x, 1) + 0.0, round(y, 1) + 0.0, side)  # + 0.0 turns -0.0 into 0.0


def _slots(count: int, rows: int, reach: float, height: float) -> list[Point]:
    """Return an ellipse of places laid like bricks, some more than asked for."""
    wide, depth = SLOT[0], height / 2
    high = max(SLOT[1], min(_AIRY * SLOT[1], 0.9 * height / max(1, rows)))
    columns = round(2 * reach / wide - 0.4)
    bricks = [
        (wide * (column - (columns - 1) / 2 + (row % 2 - 0.5) / 2), high * (row - (rows - 1) / 2))
        for row in range(rows)
        for column in range(columns)
    ]
    bricks.sort(key=lambda point: ((point[0] / reach) ** 2 + (point[1] / depth) ** 2, point))
    return bricks[: ceil(1.3 * count)]


def _barycentre(points: Sequence[Place], height: float) -> Point:
    """Return the middle of some places; what belongs to no article would rather be at the foot of the map."""
    if not points:
        return 0.0, height / 2
    return sum(point.x for point in points) / len(points), sum(point.y for point in points) / len(points)


def _nearest(wishes: Iterable[Point], slots: Iterable[Point]) -> Iterator[Place]:
    """Give each wish in turn the free slot nearest to it."""
    free = list(slots)
    for x, y in wishes:
        slot = min(free, key=lambda slot: ((slot[0] - x) ** 2 + (slot[1] - y) ** 2, slot))
        free.remove(slot)
        yield _place(*slot, 0)
