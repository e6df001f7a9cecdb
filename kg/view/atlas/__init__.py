"""Many articles: a map in which each community is a country, each article a flower, with what several share between.

Everything has one place, found without chance: things of one article stand round it in the order of their kinds,
articles and what they share are packed next to each other, and so are communities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from kg.view.atlas.communities import communities
from kg.view.atlas.discs import Point, enclosing, pack, reach, spiral
from kg.view.atlas.naming import Named, named
from kg.view.atlas.ties import FACETS, Ties, ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FACETS", "Map", "Region", "survey"]

_MARK: Final = 1.7  # radius of the room for an article
_PITCH: Final = 1.0  # from one thing that hangs on an article to the next
_GAP: Final = 0.5  # room left around an article with all that hangs on it
_MARGIN: Final = 1.12  # room left around a community
_WIDE: Final = 1.22  # the map is wider than high, as windows are
_ORDER: Final = ("topic", "code", "principle")  # from an article outward


@dataclass(frozen=True, slots=True)
class Region:
    """The disc of a community; `up` is the number of the one around it, or -1; `more` is what a page adds."""

    name: str
    topics: tuple[str, ...]
    x: float
    y: float
    radius: float
    up: int
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Map:
    """Where everything but facets stands: its place, and the number of its innermost region."""

    places: Mapping[str, tuple[float, float, int]]
    regions: Sequence[Region]


def survey(graph: nx.MultiDiGraph[str]) -> Map:
    """Return the map of a graph.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("essay", "idea")])
    >>> graph.add_node("essay", kind="article", label="On ideas")
    >>> found = survey(graph)
    >>> found.places["essay"], [region.name for region in found.regions]
    ((0.0, 0.0, 0), ['Everything else'])
    """
    found = ties(graph)
    flowers = {anchor: _flower(graph, found.hanging.get(anchor, ())) for anchor in found.anchors}
    land = _Land(found, flowers)
    top = [land.settle(part) for part in named(graph, found, communities(found))]
    centres = pack([each.radius * _MARGIN for each in top], land.affinities([each.members for each in top]), _WIDE)
    draft = _Draft()
    for community, centre in zip(top, centres, strict=True):
        draft.add(community, centre, -1)
    return Map(dict(sorted(draft.places.items())), draft.regions)


_Places = dict[str, Point]


def _flower(graph: nx.MultiDiGraph[str], hanging: Sequence[str]) -> tuple[_Places, float]:
    """Return the places of what hangs on an article, from its mark outward, and the radius of all."""

    def rank(node: str) -> tuple[int, str, str, str]:
        kind, label = (str(graph.nodes[node].get(part) or "") for part in ("kind", "label"))
        return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind, label, node

    ring = sorted(hanging, key=rank)
    places = dict(zip(ring, spiral(len(ring), _MARK, _PITCH), strict=True))
    return places, reach(len(ring), _MARK, _PITCH) if ring else _MARK


@dataclass(frozen=True, slots=True)
class _Settled:
    """A community whose members have places round its middle."""

    named: Named
    members: frozenset[str]
    radius: float
    places: _Places
    parts: tuple[tuple[_Settled, Point], ...] = ()


@dataclass(frozen=True, slots=True)
class _Land:
    """Settles communities, the innermost first."""

    ties: Ties
    flowers: Mapping[str, tuple[_Places, float]]

    def settle(self, community: Named) -> _Settled:
        if community.parts:
            return self._district(community, [self.settle(part) for part in community.parts])
        return self._village(community)

    def _district(self, community: Named, parts: Sequence[_Settled]) -> _Settled:
        radii = [part.radius * _MARGIN for part in parts]
        centres = pack(radii, self.affinities([part.members for part in parts]))
        middle, radius = enclosing(centres, radii)
        moved = [(x - middle[0], y - middle[1]) for x, y in centres]
        return _Settled(community, frozenset(community.members), radius, {}, tuple(zip(parts, moved, strict=True)))

    def _village(self, community: Named) -> _Settled:
        members = sorted(community.members, key=lambda each: (-len(self.ties.links[each]), each))
        numbers = {member: number for number, member in enumerate(members)}
        radii = [self.flowers[m][1] + _GAP if m in self.flowers else _shared(self.ties, m) for m in members]
        pulls = [{numbers[o]: s for o, s in self.ties.links[m].items() if o in numbers} for m in members]
        centres = pack(radii, pulls)
        middle, radius = enclosing(centres, radii)
        moved = {m: (x - middle[0], y - middle[1]) for m, (x, y) in zip(members, centres, strict=True)}
        return _Settled(community, frozenset(members), radius, dict(self._with_hanging(moved)))

    def _with_hanging(self, places: Mapping[str, Point]) -> Iterator[tuple[str, Point]]:
        for member, (x, y) in places.items():
            yield member, (x, y)
            for node, (dx, dy) in self.flowers.get(member, ({}, 0.0))[0].items():
                yield node, (x + dx, y + dy)

    def affinities(self, groups: Sequence[frozenset[str]]) -> list[dict[int, float]]:
        """Return how strongly each group is linked to each other one, for its size."""
        home = {member: number for number, group in enumerate(groups) for member in group}
        found: list[dict[int, float]] = [{} for _ in groups]
        for member in sorted(home):
            one = home[member]
            for other, strength in self.ties.links[member].items():
                two = home.get(other, one)
                if one != two:
                    found[one][two] = found[one].get(two, 0.0) + strength / sqrt(len(groups[one]) * len(groups[two]))
        return found


def _shared(ties: Ties, member: str) -> float:
    return 0.9 + 0.12 * sqrt(len(ties.links[member]))


class _Draft:
    """The map as it is drawn: regions get their numbers, the outer before the inner."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.places: dict[str, tuple[float, float, int]] = {}

    def add(self, settled: _Settled, centre: Point, up: int) -> None:
        """Add a community and all inside it."""
        number, (x, y) = len(self.regions), centre
        name, topics = settled.named.name, settled.named.topics
        self.regions.append(Region(name, topics, round(x, 1) + 0.0, round(y, 1) + 0.0, round(settled.radius, 1), up))
        for node, (dx, dy) in settled.places.items():
            self.places[node] = (round(x + dx, 1) + 0.0, round(y + dy, 1) + 0.0, number)
        for part, (dx, dy) in settled.parts:
            self.add(part, (x + dx, y + dy), number)
