"""The graph of things: what is linked, by which words, and nothing put into the wrong mouth."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analyse import graph
from kg.query import ask, find_question
from kg.store import Build, Store
from kg.vocab import BASE, load
from tests.pages import Digest
from tests.test_laws import records_of


@pytest.fixture(scope="module")
def sample_graph(sample_build: Build) -> nx.MultiDiGraph[str]:
    return graph(sample_build.store.quads(), BASE)


def relations(made: nx.MultiDiGraph[str], label: str) -> dict[str, set[str]]:
    """Return to what the node of a label is linked, by relation."""
    (node,) = (n for n, data in made.nodes(data=True) if data["label"] == label)
    found: dict[str, set[str]] = {}
    for _, target, data in made.out_edges(node, data=True):
        found.setdefault(data["relation"], set()).add(made.nodes[target]["label"])
    return found


def test_an_article_is_linked_to_all_that_it_says(sample_graph: nx.MultiDiGraph[str]) -> None:
    found = relations(sample_graph, "Small teams should skip the evaluation platform")
    assert found["published by"] == {"Marit Oduya's Notebook"}
    assert found["curated by"] == {"Lectern"}
    assert found["cites"] == {"Practical Inference"}
    assert found["is for"] == {"CTO", "AI Engineer", "Product Manager", "Software Engineer"}
    assert found["refers to"] == {"maritoduya/forty-conversations"}
    assert found["related to"] == {"Evals are the product spec you forgot to write"}
    assert "Founder" in found["mentions"]
    assert "Measure before you tune." not in found["states"]
    assert "Read raw outputs before automating scores." in found["states"]


def test_a_field_is_part_of_its_top_field(sample_graph: nx.MultiDiGraph[str]) -> None:
    assert relations(sample_graph, "Cybersecurity & Privacy") == {"is part of": {"Technology & Digital"}}


def test_every_link_has_its_exact_words(sample_graph: nx.MultiDiGraph[str]) -> None:
    keys = [key for _, _, key in sample_graph.edges(keys=True)]
    assert len(keys) == len(set(keys)) > 300
    for source, target, data in sample_graph.edges(data=True):
        assert data["evidence"], (source, data["relation"], target)
        assert all(e["exact"] and e["path"] and e["end"] > e["start"] for e in data["evidence"])


def test_what_one_article_says_is_put_into_no_other_mouth() -> None:
    shared = "Review code early."
    two = Digest("Two", "P", prose={"Summary": ("A.",), "Key takeaway": ("For Editors, your desk is full.", shared)})
    three = Digest("Three", "Q", prose={"Summary": ("A.",)}, lists={"Principles": (shared,)})
    store = Store(BASE)
    store.put([*records_of([two], "b.txt"), *records_of([three], "b.txt")], load())
    rows = ask(store.engine, find_question("duties").sparql, BASE).rows
    assert {(who, words, title) for who, _, words, title in rows if words == shared} == {("Editor", shared, "Two")}
    made = graph(store.quads(), BASE)
    (principle,) = (n for n, data in made.nodes(data=True) if data["label"] == shared)
    (edge,) = (data for _, _, data in made.out_edges(principle, data=True) if data["relation"] == "applies to")
    assert {e["article"] for e in edge["evidence"]} == {"Two"}
