"""One article: it stands in the middle, what it has on two bowed wings, with names that read outward."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from kg.view.picture.place import Place, halves, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROW: Final = 20.0  # from one name on a wing to the next
NAME: Final = 200.0  # room for the longest name on a wing
_AIRY: Final = 1.9  # how far rows may be stretched to fill the window: names may then take two lines
_SHAPE: Final = 0.68  # height of the map, as a share of its width with names
_GAP: Final = 8.0  # between two kinds on a wing
_HUB: Final = 90.0  # height of the article with its name below it
_REACH: Final = 128.0  # from the article out to its things
_BULGE: Final = 90.0  # how far the wings bow outward


def spread(hub: str, kinds: Sequence[Sequence[str]]) -> Iterator[tuple[str, Place]]:
    """Yield the place of an article and of what it has, a list for each kind.

    >>> dict(spread("essay", [["idea"]]))["idea"]
    Place(x=218.0, y=0.0, side=1, part='leaf')
    """
    wings = halves(kinds, [len(kind) for kind in kinds])
    tallest = max(_HUB, *(_height(wing) for wing in wings))
    height = max(tallest, _SHAPE * 2 * (_BULGE + _REACH + NAME))
    row = ROW * min(_AIRY, height / tallest)
    yield hub, place(0.0, 0.0, 0, "hub")
    for wing, side in zip(wings, (1, -1), strict=True):
        yield from _wing(wing, side, row, height)


def _height(wing: Sequence[Sequence[str]]) -> float:
    return ROW * sum(len(kind) for kind in wing) + _GAP * (len(wing) - 1) + 26.0 if wing else 0.0


def _wing(wing: Sequence[Sequence[str]], side: int, row: float, height: float) -> Iterator[tuple[str, Place]]:
    rows = list(_rows(wing, row))
    middle = rows[-1][1] / 2 if rows else 0.0
    for node, y in rows:
        bow = _BULGE * sqrt(max(0.0, 1 - ((y - middle) / (0.62 * height)) ** 2))
        yield node, place(side * (bow + _REACH), y - middle, side, "leaf")


def _rows(wing: Sequence[Sequence[str]], row: float) -> Iterator[tuple[str, float]]:
    y = 0.0
    for kind in wing:
        for node in kind:
            yield node, y
            y += row
        y += _GAP
