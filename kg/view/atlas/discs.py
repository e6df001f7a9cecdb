"""Discs packed one after the other, each as near as it can be to those that it belongs to.

Only + - * / and sqrt are used, in a fixed order, so every machine packs alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from math import ceil, sqrt
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
Pulls: TypeAlias = Sequence[Mapping[int, float]]

# The cosine and sine of the golden angle: points turned by it again and again never line up.
_TURN: Final = (-0.7373688780783197, 0.6754902942615238)
_FEW: Final = 40  # so few discs are placed with more care, trying so many more places
_CARE: Final = 6


def spiral(count: int, inner: float, pitch: float) -> Iterator[Point]:
    """Yield points that cover a ring evenly from `inner` outward, each with room for a disc of diameter `pitch`.

    >>> [tuple(round(part, 2) for part in point) for point in spiral(2, 1.0, 1.0)]
    [(1.13, 0.0), (-0.93, 0.85)]
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
    """Return a disc that holds all of some discs: its centre is the middle of their extent."""
    discs = list(zip(centres, radii, strict=True))
    x, y = (
        (min(centre[axis] - radius for centre, radius in discs) + max(centre[axis] + radius for centre, radius in discs)) / 2
        for axis in (0, 1)
    )
    return (x, y), max(sqrt((a - x) ** 2 + (b - y) ** 2) + radius for (a, b), radius in discs)


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
        self.radii, self.wide = radii, wide
        self.centres: dict[int, Point] = {}
        least = min(radii, default=1.0)
        self._step = least / _CARE if len(radii) <= _FEW else least
        self._cell = 2 * least
        self._cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def put(self, disc: int, aim: Point) -> None:
        """Place a disc at the free place that is nearest to where it wants to be."""
        centre = next(point for point in self._around(aim) if self._free(point, self.radii[disc]))
        self.centres[disc] = centre
        for cell in self._touched(centre, self.radii[disc]):
            self._cells[cell].append(disc)

    def _around(self, aim: Point) -> Iterator[Point]:
        yield aim
        ring, cos, sin = 1, 1.0, 0.0
        while True:
            for _ in range(6 * ring):
                yield aim[0] + self.wide * ring * self._step * cos, aim[1] + ring * self._step * sin / self.wide
                cos, sin = cos * _TURN[0] - sin * _TURN[1], cos * _TURN[1] + sin * _TURN[0]
            ring += 1

    def _free(self, point: Point, radius: float) -> bool:
        x, y = point
        for cell in self._touched(point, radius):
            for other in self._cells.get(cell, ()):
                a, b = self.centres[other]
                if (a - x) ** 2 + (b - y) ** 2 < (self.radii[other] + radius) ** 2:
                    return False
        return True

    def _touched(self, point: Point, radius: float) -> Iterator[tuple[int, int]]:
        x, y = point
        for column in range(int((x - radius) // self._cell), ceil((x + radius) / self._cell)):
            for row in range(int((y - radius) // self._cell), ceil((y + radius) / self._cell)):
                yield column, row
