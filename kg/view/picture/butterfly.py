"""Several articles: they stand on two wings, what they share hangs between them, what is only theirs lies outward.

One unit is one pixel of a usual window, where names keep their size: all room for names is reckoned here. Names
on the wings read outward, as in a mind map; the principles of an article are a quiet cluster above it; fields and
sources that several articles share make a band at the foot, since lines to them say little about the content.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.view.picture.place import Part, Place, halves, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

Places: TypeAlias = "Iterator[tuple[str, Place]]"

WINDOW: Final = (1000.0, 720.0)  # the room that the map has in a usual window, without the band
ROW: Final = 14.0  # from one name on a wing to the next
NAME: Final = 200.0  # room for the longest name on a wing
SLOT: Final = (120.0, 48.0)  # room for a thing in the middle, with its name below it
HUB: Final = (148.0, 68.0)  # room for an article, with its name below it
BEAD: Final = 9.0  # from one principle of a cluster to the next
_BESIDE: Final = 6  # so many principles stand side by side, at most
_AIRY: Final = 1.7  # how far rows may be stretched to fill the window
_GAP: Final = 5.0  # between two kinds on a wing
_APART: Final = 14.0  # least distance between two articles of a wing
_REACH: Final = (88.0, 140.0)  # from an article out to its own things, at least and at most
_BAND: Final = (16.0, 44.0)  # between two things of the band, and from one row of it to the next
_LETTER: Final = 6.2  # width of a letter, rather more than it needs
_FAR: Final = 1.5  # a map of so many windows is first seen from afar, when names of articles need half of its width
_BEADS: Final = ("principle", "source")
_FOOT: Final = ("field", "source")


@dataclass(frozen=True, slots=True)
class _Block:
    """An article, its list and its beads; how far it reaches above its own mark, and its height with all room."""

    hub: str
    kinds: tuple[tuple[str, ...], ...]
    beads: tuple[str, ...]
    row: float = ROW

    @property
    def listed(self) -> float:
        return sum(len(kind) for kind in self.kinds) * self.row + _GAP * max(0, len(self.kinds) - 1)

    @property
    def above(self) -> float:
        return max(self.listed / 2, 16.0 + BEAD * ceil(len(self.beads) / _BESIDE))

    @property
    def height(self) -> float:
        return self.above + max(self.listed / 2, HUB[1] - 12.0) + _APART


@dataclass(frozen=True, slots=True)
class _Frame:
    """The measures of a map: all of it, half its middle, where articles stand, how far out their lists."""

    width: float
    height: float
    inner: float
    core: float
    reach: float
    columns: int
    row: float


def spread(
    graph: nx.MultiDiGraph[str], owners: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[Sequence[str]]]
) -> dict[str, Place]:
    """Return the place of every node, given the articles of each and what only one article has.

    >>> import networkx
    >>> spread(networkx.MultiDiGraph([("alone", "alone")]), {}, {})
    {'alone': Place(x=0.0, y=0.0, side=0, part='shared')}
    """
    rest = [node for node in sorted(graph) if len(owners.get(node, ())) != 1]
    foot = [node for node in rest if graph.nodes[node].get("kind") in _FOOT]
    middle = [node for node in rest if graph.nodes[node].get("kind") not in _FOOT]
    blocks = [_block(graph, hub, kinds) for hub, kinds in own.items()]
    frame = _measure(blocks, len(middle))
    places = dict(_wings(blocks, frame))
    pulls = {node: _pull([places[hub] for hub in owners.get(node, ())]) for node in rest}
    widths = {node: _width(str(graph.nodes[node].get("label", node))) for node in foot}
    places.update(_middle(sorted(middle, key=lambda node: (pulls[node], node)), pulls, frame))
    places.update(_band(sorted(foot, key=lambda node: (pulls[node], node)), widths, frame))
    return places


def _block(graph: nx.MultiDiGraph[str], hub: str, kinds: Iterable[Sequence[str]]) -> _Block:
    quiet: list[str] = []
    listed: list[tuple[str, ...]] = []
    for kind in kinds:
        if graph.nodes[kind[0]].get("kind") in _BEADS:
            quiet += kind
        else:
            listed.append(tuple(kind))
    return _Block(hub, tuple(listed), tuple(quiet))


def _laid(blocks: Iterable[_Block], row: float) -> tuple[list[_Block], list[_Block]]:
    """Share the articles between the right wing and the left one, so that both are about as high."""
    laid = [replace(block, row=row) for block in blocks]
    down, up = halves(laid, [block.height for block in laid])
    return down, up[::-1]


def _measure(blocks: Sequence[_Block], count: int) -> _Frame:
    """Let the map be as high as its names need, and of the shape of a window."""
    tallest = max(sum(block.height for block in wing) for wing in _laid(blocks, ROW))
    outer = HUB[0] / 2 + 6.0 + (_REACH[0] + NAME if blocks else 0.0)
    columns = min(range(1, max(2, count)), key=lambda columns: _size(columns, count, tallest, outer))
    height = WINDOW[1] * _size(columns, count, tallest, outer)
    spare = height * WINDOW[0] / WINDOW[1] / 2 - outer - SLOT[0] * columns / 2
    reach = min(_REACH[1], _REACH[0] + 0.4 * spare)
    inner = SLOT[0] * columns / 2 + spare - (reach - _REACH[0])
    if height > _FAR * WINDOW[1]:
        inner = max(SLOT[0] / 2, WINDOW[0] / WINDOW[1] * height / 4 - HUB[0] / 2)
    columns = max(columns, round(sqrt(count * 2 * inner * SLOT[1] / (height * SLOT[0]))))
    row = ROW * min(_AIRY, height / tallest) if tallest else ROW
    return _Frame(2 * (inner + outer + reach - _REACH[0]), height, inner, inner + HUB[0] / 2 + 6.0, reach, columns, row)


def _size(columns: int, count: int, tallest: float, outer: float) -> float:
    """Return how many windows wide and high the map is with so many columns in its middle."""
    rows = ceil(count / columns) + (columns > 1) / 2
    return round(max(tallest / WINDOW[1], rows * SLOT[1] / WINDOW[1], (2 * outer + SLOT[0] * columns) / WINDOW[0]), 3)


def _wings(blocks: Sequence[_Block], frame: _Frame) -> Places:
    for wing, side in zip(_laid(blocks, frame.row), (1, -1), strict=True):
        spare = (frame.height - sum(block.height for block in wing)) / max(1, len(wing))
        top = -frame.height / 2
        for block in wing:
            yield from _around(block, side, top + (spare + _APART) / 2 + block.above, frame)
            top += block.height + spare


def _around(block: _Block, side: int, y: float, frame: _Frame) -> Places:
    yield block.hub, place(side * frame.core, y, 0, "hub")
    beside = ceil(len(block.beads) / max(1, ceil(len(block.beads) / _BESIDE)))
    for at, bead in enumerate(block.beads):
        row, column = divmod(at, beside)
        across = BEAD * (column - (min(len(block.beads) - row * beside, beside) - 1) / 2)
        yield bead, place(side * (frame.core + across), y - 19.0 - BEAD * row, side, "bead")
    top = y - (block.listed - block.row) / 2
    for kind in block.kinds:
        for at, node in enumerate(kind):
            yield node, place(side * (frame.core + frame.reach), top + block.row * at, side, "own")
        top += block.row * len(kind) + _GAP


def _pull(hubs: Sequence[Place]) -> tuple[float, float]:
    """Return where the articles of a thing draw it: between the wings, and up or down."""
    if not hubs:
        return 0.0, 0.0
    across = sum((hub.x > 0) - (hub.x < 0) for hub in hubs) / len(hubs)
    return round(across, 6), round(sum(hub.y for hub in hubs) / len(hubs), 6)


def _middle(nodes: Sequence[str], pulls: Mapping[str, tuple[float, float]], frame: _Frame) -> Places:
    """Fill the columns from left to right, each from top to bottom; neighbouring columns are staggered."""
    rows = ceil(len(nodes) / frame.columns)
    columns = min(frame.columns, len(nodes))
    wide = 2 * frame.inner / max(1, columns)
    high = frame.height / max(1.0, rows + (columns > 1) / 2)
    for column in range(columns):
        members = nodes[len(nodes) * column // columns : len(nodes) * (column + 1) // columns]
        x = wide * (column - (columns - 1) / 2)
        shift = (column % 2 - 0.5) / 2 if columns > 1 else 0.0
        for at, node in enumerate(sorted(members, key=lambda node: (pulls[node][1], node))):
            yield node, _placed(x, high * (at - (len(members) - 1) / 2 + shift), "shared")


def _band(nodes: Sequence[str], widths: Mapping[str, float], frame: _Frame) -> Places:
    rows: list[list[str]] = [[]]
    for node in nodes:
        if sum(widths[other] for other in rows[-1]) + widths[node] > frame.width and rows[-1]:
            rows.append([])
        rows[-1].append(node)
    for row, members in enumerate(rows):
        loose = (frame.width - sum(widths[node] for node in members)) / max(1, len(members))
        x = -frame.width / 2
        for node in members:
            x += (widths[node] + loose) / 2
            yield node, _placed(x, frame.height / 2 + 20.0 + _BAND[1] * row, "band")
            x += (widths[node] + loose) / 2


def _placed(x: float, y: float, part: Part) -> Place:
    return place(x, y, 0, part)


def _width(label: str) -> float:
    """Return the room for a name in at most two rows, as narrow as its words allow."""
    rows = next((rows for letters in range(10, 24) if not (rows := textwrap.wrap(label, letters))[2:]), [label[:23]])
    return _BAND[0] + _LETTER * max(map(len, rows), default=1)
