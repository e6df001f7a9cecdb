"""The communities of a map: what belongs together.

Louvain's method finds them among articles and what these share; one that is too large to look at is divided again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from kg.view.atlas.ties import Ties

LEAST: Final = 3  # a community of fewer anchors joins the one it has most in common with
MOST: Final = 36  # one of more anchors is divided, where it can be
_SEED: Final = 1  # of the order in which Louvain's method looks at things; any would do, but it must be one


@dataclass(frozen=True, slots=True)
class Community:
    """Anchors and what they share; `parts` are the communities inside, which together hold the same members."""

    members: tuple[str, ...]
    parts: tuple[Community, ...] = ()
    linked: bool = True  # else its members have nothing in common: they are what is left over


def communities(ties: Ties) -> tuple[Community, ...]:
    """Return the communities of a map, the largest first.

    >>> from kg.view.atlas.ties import ties
    >>> graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x")])
    >>> [found.members for found in communities(ties(graph))]
    [('a', 'b', 'c'), ('x', 'y', 'z')]
    """
    return tuple(_divide(sorted(ties.links), ties.links, frozenset(ties.anchors)))


def _divide(
    members: Sequence[str], links: Mapping[str, Mapping[str, float]], anchors: frozenset[str]
) -> Iterator[Community]:
    groups, rest = _fold(_louvain(members, links), links, anchors)
    for group in groups:
        large = len(groups) > 1 and len(anchors.intersection(group)) > MOST
        parts = tuple(_divide(group, links, anchors)) if large else ()
        yield Community(tuple(group), parts if len(parts) > 1 else ())
    if rest:
        yield Community(tuple(rest), linked=False)


def _louvain(members: Sequence[str], links: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """Return groups of members that are linked more among themselves than to others."""
    numbers = {member: number for number, member in enumerate(members)}  # sets of numbers have one order everywhere
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(len(members)))
    for member, number in numbers.items():
        ends = ((numbers.get(other, -1), strength) for other, strength in links[member].items())
        made.add_weighted_edges_from((number, other, strength) for other, strength in ends if number < other)
    return [[members[number] for number in sorted(g)] for g in nx.community.louvain_communities(made, seed=_SEED)]


def _fold(
    groups: Sequence[list[str]], links: Mapping[str, Mapping[str, float]], anchors: frozenset[str]
) -> tuple[list[list[str]], list[str]]:
    """Add groups of too few anchors to those that they are linked to most; return these, and what is linked to none."""
    ranked = sorted(groups, key=lambda group: (-len(anchors.intersection(group)), group[0]))
    large = [list(group) for group in ranked if len(anchors.intersection(group)) >= LEAST]
    home = {member: number for number, group in enumerate(large) for member in group}
    rest: list[str] = []
    for group in ranked[len(large) :]:
        pull: defaultdict[int, float] = defaultdict(float)
        for other, strength in (link for member in group for link in links[member].items()):
            if other in home:
                pull[home[other]] += strength
        (large[min(pull, key=lambda number: (-pull[number], number))] if pull else rest).extend(group)
    return [sorted(group) for group in large], sorted(rest)
