"""Every field of every sample digest is found, exactly, whatever the rendering."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.query import ask
from kg.store import Build
from tests.conftest import SEED

TRUTH: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "golden" / "digests.json").read_text(encoding="utf-8")
)
ARTICLE = "?a schema:headline ?title FILTER(?title = {title}) "


def values(build: Build, title: str, pattern: str) -> list[str]:
    """Return what ?x is for the article of that title."""
    query = f"SELECT DISTINCT ?x WHERE {{ {ARTICLE.format(title=json.dumps(title, ensure_ascii=False))} {pattern} }}"
    return sorted(row[0] for row in ask(build.store.engine, query, build.base).rows)


def printed(relation: str, kind: str) -> str:
    """Return a pattern for how an article itself prints the things of a kind that it has a relation to."""
    return f"?a {relation} ?t . ?t a {kind} . GRAPH ?a {{ ?t kg:surfaceForm ?x }}"


@pytest.mark.parametrize("truth", TRUTH, ids=lambda t: str(t["title"])[:24])
def test_every_field_of_the_digest_is_found_exactly(sample_build: Build, truth: dict[str, Any]) -> None:
    def find(pattern: str) -> list[str]:
        return values(sample_build, truth["title"], pattern)

    def flat(text: str) -> str:
        return " ".join(text.split())

    def joined(relation: str) -> str:
        pattern = f"?a {relation} ?p . ?p kg:exact ?exact ; kg:start ?s BIND(CONCAT(STR(?s + 100000), ?exact) AS ?x)"
        return " ".join(x[6:] for x in find(pattern))

    def some(value: str) -> list[str]:
        return [value] if value else []

    assert find("?a schema:publisher/schema:name ?x") == [truth["publisher"]]
    assert find("?a schema:sdPublisher/schema:name ?x") == [truth["curator"]]
    assert find("?a schema:articleSection/skos:prefLabel ?x") == sorted(truth["fields"])
    assert find("?a schema:articleSection/skos:broader/skos:prefLabel ?x") == some(truth["field_top"])
    assert find("?a schema:educationalLevel/skos:prefLabel ?x") == some(truth["level"])
    assert find("?a kg:length/skos:prefLabel ?x") == some(truth["length"])
    assert [flat(x) for x in find("?a schema:abstract ?x")] == some(truth["summary"])
    assert joined("kg:takeaway") == truth["takeaway"]
    assert joined("kg:insight") == " ".join(truth["insights"])
    assert joined("kg:method") == truth["method"]
    assert find("?a kg:practice/kg:exact ?x") == sorted(truth["practice"])
    listed = '?p schema:isPartOf ?a ; kg:section "Principles" ; kg:exact ?x . ?r kg:statedIn ?p ; a kg:Principle'
    assert find(listed) == sorted(truth["principles"])
    assert find("?a schema:audience/skos:prefLabel ?x") == sorted(truth["audience"])
    assert find(printed("schema:mentions", "schema:SoftwareSourceCode")) == sorted(truth["code_references"])
    assert find("?a kg:emptySection ?x") == sorted(truth["empty_sections"])
    assert find("?a kg:relatedTitle ?x") == sorted(truth["related"])
    if truth["topics"]:
        listed = '?a schema:about ?t . ?p schema:isPartOf ?a ; kg:section "Topics" ; schema:mentions ?t ; kg:exact ?x'
        assert find(listed) == sorted(truth["topics"])
    for heading, text in truth["extra_sections"].items():
        assert find(f'?p schema:isPartOf ?a ; kg:section "{heading}" ; kg:exact ?x') == [text]
    addressed = "?a kg:takeaway ?p . ?p schema:mentions ?r . ?r a kg:Role ; skos:prefLabel ?x"
    assert set(truth["takeaway_roles_canonical"]) <= set(find(addressed))


def test_two_renderings_are_one_article(sample_build: Build) -> None:
    made = {tuple(files) for files in sample_build.files.values()}
    assert made == {tuple(truth["files"]) for truth in TRUTH} | {(SEED.name,)}


def test_each_fact_of_a_merged_article_has_its_evidence_in_the_file_it_came_from(sample_build: Build) -> None:
    title = "Reviewing code that nobody typed"
    assert values(sample_build, title, "?a kg:path ?x") == ["001_876b285cad5ceef1.txt"]
    lists = '?p schema:isPartOf ?a ; kg:section ?s ; kg:path ?x FILTER(?s IN ("Principles", "Topics", "In practice"))'
    assert values(sample_build, title, lists) == ["006_3e597fc1628a92ed.txt"]


def test_the_seed(seed_build: Build) -> None:
    title = "Thoughts on the job market in the age of LLMs"

    def find(pattern: str) -> list[str]:
        return values(seed_build, title, pattern)

    assert find("?a schema:publisher/schema:name ?x") == ["Interconnects AI"]
    assert find("?a schema:sdPublisher/schema:name ?x") == ["AIssential"]
    assert find("?a schema:articleSection/skos:broader/skos:prefLabel ?x") == ["Technology & Digital"]
    assert find("?a schema:articleSection/skos:prefLabel ?x") == [
        "Artificial Intelligence & Machine Learning",
        "Emerging Technologies & Innovation",
        "Software Development & Engineering",
    ]
    assert find("?a schema:educationalLevel/skos:prefLabel ?x") == ["Intermediate"]
    assert find("?a kg:length/skos:prefLabel ?x") == ["medium"]
    roles = "CTO, VP of Engineering, VP of Data, Director of AI, Director of ML, AI Engineer, AI Researcher, AI Student"
    assert find("?a schema:audience/skos:prefLabel ?x") == sorted(roles.split(", "))
    empty = ["Code references", "In practice", "Principles", "Related on AIssential", "Topics"]
    assert find("?a kg:emptySection ?x") == empty
    topics = find("?a schema:about/skos:prefLabel ?x")
    assert 10 <= len(topics) <= 14
    assert {"large language model", "job market", "hiring", "AI agent", "coding agent", "open source"} <= set(topics)
    principles = find("?r kg:statedIn ?p ; kg:modality ?m ; schema:text ?x . ?p schema:isPartOf ?a ; kg:exact ?x")
    assert len(principles) >= 6
    text = SEED.read_text(encoding="utf-8")
    assert all(p in text for p in principles)


def test_one_role_in_all_its_spellings(seed_build: Build) -> None:
    written = "?p schema:isPartOf ?a ; schema:mentions role:vp-of-engineering ; kg:section ?x"
    found = values(seed_build, "Thoughts on the job market in the age of LLMs", written)
    assert found == ["Best for", "Key takeaway"]
