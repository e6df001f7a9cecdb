"""Discs packed one after the other, each as near as it can be to those that it belongs to.

Only + - * / and sqrt are used, in a fixed order, so every machine packs alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from math import inf, sqrt
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
Pulls: TypeAlias = Sequence[Mapping[int, float]]

# The cosine and sine of the golden angle: points turned by it again and again never line up.
_TURN: Final = (-0.7373688780783197, 0.6754902942615238)
_STEPS: Final = 24  # that bring the middle of a disc near to where it should be
_RAYS: Final = 24  # directions in which a free place is looked for
_LEAST: Final = 1e-6  # what keeps two discs from touching, and a search from standing still


def spiral(count: int, inner: float, pitch: float) -> Iterator[Point]:
    """Yield points that cover a ring evenly from `inner` outward, each with room for a disc of diameter `pitch`.

    >>> [tuple(round(part, 2) for part in point) for point in spiral(2, 1.0, 1.0)]
    [(1.13, 0.0), (-1.0, 0.92)]
    """
    cos, sin = 1.0, 0.0
    for number in range(count):
        reach = sqrt(inner * inner + pitch * pitch * (number + 0.5) * 0.56)
        yield reach * cos, reach * sin
        cos, sin = cos * _TURN[0] - sin * _TURN[1], cos * _TURN[1] + sin * _TURN[0]


def reach(count: int, inner: float, pitch: float) -> float:
    """Return the radius of the disc that `spiral` covers."""
    return sqrt(inner * inner + pitch * pitch * count * 0.56) + pitch / 2


def pack(radii: Sequence[float], pulls: Pulls, wide: float = 1.0) -> list[Point]:
    """Return a centre for each disc; none touches another.

    `pulls[i]` holds the partners of disc i with the strength of each. Discs are placed in their order, or rather
    the one next that is tied most strongly to those already placed. `wide` stretches the whole sideways.

    >>> pack([1.0], [{}])
    [(0.0, 0.0)]
    """
    plane = _Plane(radii, wide)
    for disc in _order(pulls):
        plane.put(disc, _aim(pulls[disc], plane.centres))
    return [plane.centres[disc] for disc in range(len(radii))]


def enclosing(centres: Sequence[Point], radii: Sequence[float]) -> tuple[Point, float]:
    """Return a disc that holds all of some discs, and is hardly larger than it must be.

    >>> enclosing([(0.0, 0.0), (4.0, 0.0)], [1.0, 1.0])
    ((2.0, 0.0), 3.0)
    """
    discs = list(zip(centres, radii, strict=True))
    spans = ([(centre[axis] - radius, centre[axis] + radius) for centre, radius in discs] for axis in (0, 1))
    x, y = ((min(low for low, _ in span) + max(high for _, high in span)) / 2 for span in spans)
    best: tuple[Point, float] = ((x, y), inf)
    for step in range(2, 2 + _STEPS):
        far, (a, b) = max((sqrt((a - x) ** 2 + (b - y) ** 2) + radius, (a, b)) for (a, b), radius in discs)
        if far < best[1]:
            best = (x, y), far
        # Towards what is farthest away, by less each time.
        x, y = x + (a - x) / step / step, y + (b - y) / step / step
    return best


def _order(pulls: Pulls) -> Iterator[int]:
    """Yield every disc once, after the one that it is tied to most strongly where there is one."""
    tied = [0.0] * len(pulls)
    waiting = [(0.0, disc) for disc in range(len(pulls))]  # the least first, so ties are negative
    placed: set[int] = set()
    while waiting:
        _, disc = heappop(waiting)
        if disc in placed:
            continue
        placed.add(disc)
        yield disc
        for other, strength in sorted(pulls[disc].items()):
            tied[other] -= strength
            heappush(waiting, (tied[other], other))


def _aim(partners: Mapping[int, float], centres: Mapping[int, Point]) -> Point:
    """Return where a disc wants to be: in the middle of its partners, drawn a little to the centre of all."""
    placed = [(centres[other], strength) for other, strength in partners.items() if other in centres]
    if not placed:
        return 0.0, 0.0
    whole = 1.1 * sum(strength for _, strength in placed)
    x = sum(at[0] * strength for at, strength in placed)
    y = sum(at[1] * strength for at, strength in placed)
    return x / whole, y / whole


class _Plane:
    """The discs placed so far, kept by the cells of a grid that they touch."""

    def __init__(self, radii: Sequence[float], wide: float) -> None:
        self.radii = radii
        self.centres: dict[int, Point] = {}
        self._rays = [(cos, sin, sqrt((cos / wide) ** 2 + (sin * wide) ** 2)) for cos, sin in _directions()]
        self._cell = 2 * sum(radii) / max(1, len(radii))
        self._cells: defaultdict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)

    def put(self, disc: int, aim: Point) -> None:
        """Place a disc where it wants to be, or else as near as it can be in one of some directions."""
        radius = self.radii[disc]
        best, least = aim, inf
        for cos, sin, cost in self._rays:
            way = self._way(aim, (cos, sin), radius, least / cost)
            if way * cost < least:
                best, least = (aim[0] + way * cos, aim[1] + way * sin), way * cost
        self.centres[disc] = best
        for cell in self._touched(best, radius):
            self._cells[cell].append((*best, radius))

    def _way(self, aim: Point, ray: Point, radius: float, most: float) -> float:
        """Return how far a disc must go along a ray to be free, infinity where that is `most` or more."""
        way = 0.0
        while way < most:
            x, y = aim[0] + way * ray[0], aim[1] + way * ray[1]
            other = self._in_the_way(x, y, radius)
            if other is None:
                return way
            # Where the ray leaves the disc that holds all centres at which the two would touch.
            dx, dy, reach = x - other[0], y - other[1], other[2] + radius
            along = dx * ray[0] + dy * ray[1]
            way += max(_LEAST, sqrt(max(0.0, along * along - dx * dx - dy * dy + reach * reach)) - along + _LEAST)
        return inf

    def _in_the_way(self, x: float, y: float, radius: float) -> tuple[float, float, float] | None:
        for cell in self._touched((x, y), radius):
            for other in self._cells.get(cell, ()):
                a, b, r = other
                if (a - x) ** 2 + (b - y) ** 2 < (r + radius) ** 2:
                    return other
        return None

    def _touched(self, point: Point, radius: float) -> Iterator[tuple[int, int]]:
        (x, y), cell = point, self._cell
        rows = range(int((y - radius) // cell), int((y + radius) // cell) + 1)
        for column in range(int((x - radius) // cell), int((x + radius) // cell) + 1):
            for row in rows:
                yield column, row


def _directions() -> Iterator[Point]:
    cos, sin = 1.0, 0.0
    for _ in range(_RAYS):
        yield cos, sin
        cos, sin = cos * _TURN[0] - sin * _TURN[1], cos * _TURN[1] + sin * _TURN[0]
