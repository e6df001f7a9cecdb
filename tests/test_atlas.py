"""The map of many articles: nothing overlaps, everything has a place, and the order of building changes nothing."""

from __future__ import annotations

import random
from itertools import combinations
from math import hypot, inf

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.atlas import FACETS, survey
from kg.view.atlas.communities import LEAST, communities
from kg.view.atlas.discs import enclosing, pack
from kg.view.atlas.naming import ELSE, named
from kg.view.atlas.ties import ties
from tests.browser import sample

RADII = st.lists(st.floats(0.5, 9), min_size=1, max_size=24)


@given(radii=RADII, seed=st.integers(0, 99), wide=st.sampled_from([1.0, 1.3]))
def test_packed_discs_never_overlap(radii: list[float], seed: int, wide: float) -> None:
    chance = random.Random(seed)  # noqa: S311  # a sample, not a secret
    pulls = [{chance.randrange(len(radii)): chance.random()} for _ in radii]
    centres = pack(radii, pulls, wide)
    for (one, (a, b)), (other, (x, y)) in combinations(enumerate(centres), 2):
        assert hypot(a - x, b - y) >= radii[one] + radii[other] - 1e-5


@given(radii=RADII)
def test_the_enclosing_disc_holds_all(radii: list[float]) -> None:
    centres = pack(radii, [{} for _ in radii])
    (x, y), radius = enclosing(centres, radii)
    assert all(hypot(a - x, b - y) + r <= radius + 1e-9 for (a, b), r in zip(centres, radii, strict=True))


@pytest.mark.parametrize("size", [400, 1500])
def test_everything_but_facets_has_a_place_inside_its_region(size: int) -> None:
    graph = sample.collection(size)
    found = survey(graph)
    assert found.places.keys() == {node for node, kind in graph.nodes(data="kind") if str(kind) not in FACETS}
    for x, y, number in found.places.values():
        region = found.regions[number]
        assert hypot(x - region.x, y - region.y) <= region.radius + 0.2  # coordinates are rounded


def test_no_two_things_stand_on_each_other() -> None:
    places = sorted(survey(sample.collection(700)).places.values())
    nearest = min((hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(places, 2)), default=inf)
    assert nearest >= 0.6


def test_regions_of_one_level_never_overlap_and_lie_inside_the_one_around_them() -> None:
    regions = survey(sample.collection(3000)).regions
    for one, other in combinations(regions, 2):
        away = hypot(one.x - other.x, one.y - other.y)
        if one.up == other.up:
            assert away >= one.radius + other.radius - 0.3
        if other.up >= 0 and regions[other.up] is one:
            assert away + other.radius <= one.radius + 0.3


def test_every_community_has_a_name_of_its_own_and_enough_articles() -> None:
    graph = sample.collection(3000)
    found = ties(graph)
    groups = communities(found)
    names = [region.name for region in survey(graph).regions]
    assert len(set(names)) == len(names) > 3
    for group in groups:
        assert not group.linked or sum("/article/" in member for member in group.members) >= LEAST
    assert sorted(member for group in groups for member in group.members) == sorted(found.links)


def test_a_community_is_called_after_what_is_at_home_there_and_not_after_who_publishes_it() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for theme, topic in enumerate(("Hedges", "Ponds")):
        for number in range(4):
            article = f"{topic} {number}"
            graph.add_node(article, kind="article", label=article)
            for label in (topic, "Gardens", "The Meadow Post"):
                graph.add_node(label, kind="topic", label=label)
                graph.add_edge(article, label, key=f"{theme}", relation="is about")
    graph.add_node("meadow", kind="source", label="The Meadow Post")
    found = ties(graph)
    groups = communities(found)
    assert {each.name for each in named(graph, found, groups)} == {"Hedges", "Ponds"}


def test_what_has_nothing_in_common_is_kept_together() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((f"essay {number}", {"kind": "article", "label": "Essay"}) for number in range(5))
    (region,) = survey(graph).regions
    assert region.name == ELSE
