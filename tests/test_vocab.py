"""Names and labels: what is minted, and what is found in text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Iri, Kind, Span
from kg.vocab import BASE, Matcher, kind_of, load, mint, normal_form, slug

words = st.text(st.characters(categories=("L", "N"), codec="utf-8"), min_size=1, max_size=8)


@given(st.text())
def test_a_slug_is_a_safe_name_and_its_own_slug(label: str) -> None:
    made = slug(label)
    assert re.fullmatch(r"[\w-]+", made)
    assert slug(made.replace("-", " ")) == made or len(made) > 60


@given(st.text(min_size=1))
def test_a_minted_iri_is_of_its_kind(label: str) -> None:
    assert kind_of(BASE, mint(BASE, Kind.TOPIC, label)) is Kind.TOPIC


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coding Agents", "coding agents"),
        ("On-Call Practices", "on call practices"),
        ("Marit Oduya’s Notebook", "Marit Oduya's Notebook"),
        ("  AI   Engineer ", "AI Engineer"),
    ],
)
def test_one_thing_in_two_spellings_has_one_slug(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@pytest.mark.parametrize("labels", [("C", "C++", "C#"), (".NET", "net"), ("R&D", "RD"), ("+++", "&&&", "100%")])
def test_different_things_have_different_slugs(labels: tuple[str, ...]) -> None:
    assert len({slug(label) for label in labels}) == len(labels)


@given(st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6), st.text(max_size=40))
def test_a_match_is_a_label_where_it_says(labels: list[str], text: str) -> None:
    matcher = Matcher((label, Iri(f"urn:{n}")) for n, label in enumerate(labels))
    last = 0
    for match in matcher.find(f"{labels[0]} {text} {labels[-1]}"):
        assert match.span.start >= last
        last = match.span.end
        surface = match.span.cut(f"{labels[0]} {text} {labels[-1]}")
        assert all(normal_form(surface) == normal_form(labels[int(c[4:])]) for c in match.concepts)


def find(labels: list[str], text: str) -> list[str]:
    matcher = Matcher((label, Iri(f"urn:{label}")) for label in labels)
    return [match.span.cut(text) for match in matcher.find(text)]


def test_matching_takes_the_longest_label_and_whole_words() -> None:
    labels = ["agent", "coding agent", "hiring", "hiring manager"]
    assert find(labels, "Coding-agents reagent; hiring managers’ hiring") == [
        "Coding-agents",
        "hiring managers",
        "hiring",
    ]


def test_a_label_never_reaches_over_a_mark() -> None:
    assert find(["job market", "data"], "a new job. Market data") == ["data"]


def test_neighbours_are_both_found() -> None:
    assert find(["data", "quality"], "data quality data") == ["data", "quality", "data"]


def test_an_acronym_is_found_only_in_capitals() -> None:
    assert find(["AI", "RAG", "LLM"], "ai rag LLMs and a RAG; AIs") == ["LLMs", "RAG", "AIs"]


def test_a_possessive_is_no_part_of_the_word() -> None:
    assert find(["coding agent", "team"], "A coding agent's work, the teams’ own") == ["coding agent", "teams"]


def test_a_hidden_label_points_to_its_concept() -> None:
    found = load().named("GitHub Copilot", Kind.TOPIC)
    assert [iri.rpartition("/")[2] for iri in found] == ["coding-assistant"]


def test_an_ambiguous_label_names_all_its_concepts() -> None:
    matcher = Matcher([("PM", Iri("urn:product")), ("PM", Iri("urn:project"))])
    (match,) = matcher.find("Ask your PM.")
    assert match.concepts == ("urn:product", "urn:project")
    assert match.span == Span(9, 11)


def test_another_base_moves_the_concepts_and_leaves_the_ontology() -> None:
    vocabulary = load("https://example.org/x/")
    concept = vocabulary.concepts[Iri("https://example.org/x/role/cto")]
    assert any(f.predicate == "https://w3id.org/article-kg/ontology#function" for f in concept.facts)
    assert not any("w3id.org" in str(f.object) for f in concept.facts)


def test_a_broken_vocabulary_names_the_file_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "fields.ttl").write_text("\n<a> <b> oops .\n")
    with pytest.raises(InputError, match=r"fields\.ttl: .*line 2"):
        load(folder=tmp_path)
