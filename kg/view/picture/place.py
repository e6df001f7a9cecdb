"""What every layout speaks: a place on the map, the part that a thing plays there, the two wings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_Item = TypeVar("_Item")

# hub: an article. leaf: a thing of the only article. own: what one of several articles has, in a list outward.
# shared: what several articles have, in the middle. bead: in the quiet cluster of its article. band: at the foot.
Part: TypeAlias = Literal["hub", "leaf", "own", "shared", "bead", "band"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the map, the side of it on which the name stands (-1 left, 0 below, 1 right), and its part."""

    x: float
    y: float
    side: int
    part: Part


def place(x: float, y: float, side: int, part: Part) -> Place:
    """Return a place with coordinates that every machine writes alike.

    >>> place(-0.04, 1.26, 0, "hub")
    Place(x=0.0, y=1.3, side=0, part='hub')
    """
    return Place(round(x, 1) + 0.0, round(y, 1) + 0.0, side, part)  # + 0.0 turns -0.0 into 0.0


def halves(items: Sequence[_Item], weights: Sequence[float]) -> tuple[list[_Item], list[_Item]]:
    """Cut a row of items where its two halves weigh most alike.

    >>> halves("abc", [1, 1, 2])
    (['a', 'b'], ['c'])
    """
    cut = min(range(len(items) + 1), key=lambda at: (abs(sum(weights[:at]) - sum(weights[at:])), -at))
    return list(items[:cut]), list(items[cut:])
