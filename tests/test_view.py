"""The page of a graph: the same bytes every time, nothing that runs but our own scripts, room for every name."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import random
import re
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.errors import KgError
from kg.view import Console, render, write_html
from kg.view.network import Network
from kg.view.picture import arrange, mindmap
from kg.view.picture.butterfly import BEAD, HUB, NAME, ROW, SLOT
from kg.view.picture.place import Place
from tests.browser import sample
from tests.browser.inside import block

if TYPE_CHECKING:
    from pathlib import Path


def _shuffled(graph: nx.MultiDiGraph[str], seed: int) -> nx.MultiDiGraph[str]:
    chance = random.Random(seed)  # noqa: S311  # an order, not a secret
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    shuffled: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    shuffled.add_nodes_from(nodes)
    for source, target, key, data in edges:
        shuffled.add_edge(source, target, key=key, **data)
    return shuffled


def _records(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Turn columns back into records."""
    named = {name: column for name, column in table.items() if isinstance(column, list | dict) and f"{name}s" in table}
    plain = {n: c for n, c in table.items() if n != "length" and n not in named and n.removesuffix("s") not in named}
    return [
        {n: c[row] if isinstance(c, list) else c.get(str(row), "") for n, c in plain.items()}
        | {n: table[f"{n}s"][c[row]] for n, c in named.items()}
        for row in range(table["length"])
    ]


@pytest.mark.parametrize("graph", [sample.library(1), sample.library(), sample.hostile()])
def test_the_order_of_building_changes_nothing(graph: nx.MultiDiGraph[str]) -> None:
    pages = {render(_shuffled(graph, seed), title="Letters") for seed in range(5)}
    assert len(pages) == 1


def test_the_seed_of_hashes_changes_nothing() -> None:
    script = (
        "import hashlib; from kg.view import render; from tests.browser import sample;"
        "pages = [render(graph, title='Letters') for graph in (sample.library(), sample.collection(500))];"
        "print(hashlib.sha256(''.join(pages).encode()).hexdigest())"
    )
    seeds = ("0", "1", "4242")
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert len(told) == 1


def test_writing_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text("old", encoding="utf-8")
    write_html(sample.library(), path, title="Letters")
    assert path.read_bytes().decode("utf-8") == render(sample.library(), title="Letters")
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.html"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.html"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(KgError, match="disk"):
        write_html(sample.library(), path, title="Letters")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.html"]


def test_an_empty_graph_has_a_page() -> None:
    page = render(nx.MultiDiGraph(), title="Nothing yet")
    data = block(page, "graph")
    assert (data["nodes"]["length"], data["edges"]["length"], block(page, "quotes")["length"]) == (0, 0, 0)


def test_the_policy_names_every_inline_text_and_no_other() -> None:
    page = render(sample.hostile(), title=sample.HOSTILE[1])
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    named = re.findall(r"sha256-([A-Za-z0-9+/=]+)", page.partition("<style>")[0].replace("&#43;", "+"))
    made = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (*scripts, *styles)]
    assert sorted(named) == sorted(made)
    assert "unsafe" not in page.partition("<style>")[0]


def test_nothing_in_the_page_would_be_fetched() -> None:
    page = render(sample.hostile(), title="Letters")
    markup = re.sub(r"(<script[^>]*>).*?</script>|<style>.*?</style>", r"\1", page, flags=re.DOTALL)
    assert re.findall(r"""(?:src|href|action|srcset|data)=["']?(?!data:,)[^"'\s>]+""", markup) == []
    assert re.findall(r"url\(|@import", page.partition("<style>")[2].partition("</style>")[0]) == []


@pytest.mark.parametrize("text", sample.HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(text, kind=text, label=text, alt=(text,), note=text, url=text)
    page = render(graph, title=text)
    node = _records(block(page, "graph")["nodes"])[0]
    assert node["note"] == node["url"] == node["alt"][0] == node["group"]
    assert node["label"].strip() == node["note"].strip()
    assert len(re.findall(r"<script", page)) == len(re.findall(r"<script", render(graph, title="plain")))
    assert page.encode()


def test_parallel_edges_are_kept_with_their_own_evidence() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for relation in ("is about", "mentions", "cites"):
        quote = sample.evidence(f"It {relation} this.", "Letter")
        graph.add_edge("a", "b", key=relation, relation=relation, evidence=(quote, quote))
    page = render(graph, title="Letters")
    edges, quotes = _records(block(page, "graph")["edges"]), _records(block(page, "quotes"))
    assert [edge["relation"] for edge in edges] == ["cites", "is about", "mentions"]
    assert [quotes[edge["quotes"][0]]["exact"] for edge in edges] == [
        "It cites this.",
        "It is about this.",
        "It mentions this.",
    ]


def test_an_edge_needs_its_nodes() -> None:
    with pytest.raises(KeyError, match="two known nodes"):
        Network("Letters").add_edge(0, 1)


def test_a_node_is_added_once() -> None:
    network = Network("Letters")
    network.add_node(0, "first")
    network.add_node(0, "second")
    assert [node["label"] for node in network.nodes] == ["first"]


def _box(place: Place) -> tuple[float, float, float, float]:
    """Return the room of a mark with its name, in the picture of several articles at scale 1."""
    if place.part == "bead":
        return place.x - BEAD / 2, place.y - BEAD / 2, place.x + BEAD / 2, place.y + BEAD / 2
    if place.part == "own":
        left = place.x - 6 if place.side > 0 else place.x + 6 - NAME
        return left, place.y - ROW / 2, left + NAME, place.y + ROW / 2
    wide, high = {"hub": HUB, "shared": SLOT, "band": (24.0, 40.0)}[place.part]
    above = 12.0 if place.part == "hub" else 10.0
    return place.x - wide / 2, place.y - above, place.x + wide / 2, place.y - above + high


@pytest.mark.parametrize("articles", [0, 2, 3, 6, 12, 18, 60])
def test_every_name_has_room(articles: int) -> None:
    places = arrange(sample.library(articles))
    for (one, a), (other, b) in combinations(((node, _box(place)) for node, place in places.items()), 2):
        apart = a[2] <= b[0] + 0.2 or b[2] <= a[0] + 0.2 or a[3] <= b[1] + 0.2 or b[3] <= a[1] + 0.2
        assert apart, (one, other)  # coordinates are rounded


def test_one_article_is_a_mind_map() -> None:
    places = arrange(sample.library(1))
    assert Counter(place.part for place in places.values()) == {"hub": 1, "leaf": len(places) - 1}
    for (one, a), (other, b) in combinations(places.items(), 2):
        assert a.side != b.side or abs(a.y - b.y) >= mindmap.ROW, (one, other)


def test_the_map_has_the_shape_of_a_window_and_covers_every_node() -> None:
    graph = sample.library(8)
    places = arrange(graph)
    assert places.keys() == set(graph)
    width = max(place.x for place in places.values()) - min(place.x for place in places.values())
    height = max(place.y for place in places.values()) - min(place.y for place in places.values())
    assert 1 < (width + 2 * NAME) / height < 1.8


def test_what_is_shared_hangs_between_its_articles_and_facets_lie_at_the_foot() -> None:
    graph = sample.library(6)
    places = arrange(graph)
    wings = max(abs(place.x) for place in places.values() if place.part == "hub")
    assert all(abs(place.x) < wings for place in places.values() if place.part == "shared")
    foot = {graph.nodes[node]["kind"] for node, place in places.items() if place.part == "band"}
    assert foot == {"field", "source"}
    assert min(place.y for place in places.values() if place.part == "band") > max(
        place.y for place in places.values() if place.part != "band"
    )


def test_nodes_without_articles_have_places_too() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("b", "b"), ("c", "d")])
    graph.add_node("alone", kind="unheard of")
    assert len(set(arrange(graph).values())) == len(graph)


def test_a_map_is_the_same_in_whatever_order_it_was_built() -> None:
    graph = sample.collection(500)
    assert len({render(_shuffled(graph, seed), title="Letters") for seed in range(3)}) == 1


def test_a_large_graph_is_an_overview_and_a_page_for_each_community(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.view.page.MANY", 500)
    graph = sample.collection(900)
    write_html(graph, tmp_path / "graph.html", title="Letters")
    overview = block((tmp_path / "graph.html").read_text("utf-8"), "graph")
    pages = [region["page"] for region in overview["regions"] if region["up"] < 0]
    assert sorted(tmp_path.glob("graph/*.html")) == sorted(tmp_path / page for page in pages)
    held: set[str] = set()
    for page in pages:
        held.update(block((tmp_path / page).read_text("utf-8"), "graph")["nodes"]["iri"])
    assert held == set(graph)


def test_the_engine_inside_the_page_is_the_one_that_was_published() -> None:
    assets = files("kg.view").joinpath("assets")
    parts = (
        assets.joinpath("oxigraph.js").read_bytes(),
        gzip.decompress(assets.joinpath("oxigraph.wasm.gz").read_bytes()),
    )
    assert [hashlib.sha256(part).hexdigest()[:16] for part in parts] == ["2fcfdcadc79c9146", "b95b15accb6b7896"]


def test_a_graph_too_large_to_be_asked_inside_a_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.page.MANY", 10)
    with pytest.raises(KgError, match="too many to be asked inside a page"):
        write_html(sample.library(), tmp_path / "graph.html", title="Letters", console=Console("", [], {}))
