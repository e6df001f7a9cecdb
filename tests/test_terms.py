"""New terms: listed with what speaks for them, taken up into a vocabulary, and known from then on."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import pipeline
from kg.errors import InputError, UnknownNameError
from kg.model import Iri
from kg.pipeline.terms import NewTerm, choose, list_terms, write_terms
from kg.store import open_build
from kg.vocab import nearest, slug
from tests.pages import Digest, rendering_b
from tests.test_cli import kg, refused

TOPICS = {
    "One": ("Slow mornings", "Hiring rituals", "Hiring"),
    "Two": ("slow mornings", "Hiring"),
    "Three": ("Slow Mornings", "Tea over coffee"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build three articles."""
    folder = tmp_path_factory.mktemp("terms")
    (folder / "in").mkdir()
    for title, topics in TOPICS.items():
        page = Digest(
            title, "The Quiet Deploy", prose={"Summary": (f"A team wrote {title}.",)}, lists={"Topics": topics}
        )
        (folder / "in" / f"{title}.txt").write_text(rendering_b(page), encoding="utf-8")
    built(folder)
    return folder


def built(folder: Path, *vocabularies: Path) -> Path:
    options = pipeline.Options(vocabularies=vocabularies)
    pipeline.build([folder / "in"], folder / "out", options, lambda *_: None)
    return folder / "out"


def listed(folder: Path, least: int = 1) -> list[NewTerm]:
    return list_terms(open_build(folder / "out"), folder / "out", least)


def test_new_terms_come_with_articles_sentences_and_the_nearest_concept(home: Path) -> None:
    found = {slug(new.term.label): new for new in listed(home)}
    assert list(found) == ["slow-mornings", "hiring-rituals", "tea-over-coffee"]
    first = found["slow-mornings"]
    assert first.term.articles == 3
    assert {first.term.label, *first.term.alternatives} == {"Slow Mornings", "Slow mornings", "slow mornings"}
    assert [e.article for e in first.sentences] == ["One", "Three", "Two"]
    like = found["hiring-rituals"].nearest
    assert like is not None
    assert "hiring" in like.label
    assert 0.35 <= like.score < 1
    assert listed(home, least=2) == [first]


def test_what_is_taken_up_is_known_and_changes_no_byte(home: Path, tmp_path: Path) -> None:
    before = (home / "out" / "graph.trig").read_bytes()
    file = tmp_path / "house.ttl"
    assert write_terms(listed(home), open_build(home / "out"), file) == 3
    built(home, file)
    assert listed(home) == []
    assert (home / "out" / "graph.trig").read_bytes() == before
    built(home)


def test_a_file_keeps_what_is_there_and_takes_nothing_twice(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "house.ttl"
    mine = "# ours\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<urn:tea> skos:prefLabel 'tea'@en .\n"
    file.write_text(mine, encoding="utf-8")
    build_, found = open_build(home / "out"), listed(home)
    assert write_terms(choose(found, ["slow mornings"]), build_, file) == 1
    once = file.read_bytes()
    assert once.startswith(mine.encode())
    assert write_terms(choose(found, ["Slow Mornings"]), build_, file) == 0
    assert file.read_bytes() == once
    assert write_terms(found, build_, file, broader=True) == 2
    said = {(str(q.subject.value), q.predicate.value) for q in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)}
    broader = "http://www.w3.org/2004/02/skos/core#broader"
    assert [s.rpartition("/")[2] for s, p in sorted(said) if p == broader] == ["hiring-rituals"]


@pytest.mark.parametrize("name", ["slow-mornings", "SLOW MORNING", "https://w3id.org/article-kg/topic/slow-mornings"])
def test_a_term_is_chosen_by_any_of_its_names(home: Path, name: str) -> None:
    assert [slug(new.term.label) for new in choose(listed(home), [name, name])] == ["slow-mornings"]


def test_a_term_that_is_none_names_the_nearest(home: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"'slow evenings': is no new term; try: (?i:slow mornings)"):
        choose(listed(home), ["slow evenings"])


def test_a_vocabulary_that_is_gone_is_named(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "house.ttl"
    write_terms(listed(home), open_build(home / "out"), file)
    built(home, file)
    file.unlink()
    pipeline.articles.vocabulary.cache_clear()
    with pytest.raises(InputError, match=r"house\.ttl: cannot be read"):
        listed(home)
    built(home)


def test_the_likest_label_is_the_nearest_whatever_the_order() -> None:
    labels = [("data pipeline", Iri("urn:a")), ("build pipeline", Iri("urn:b")), ("data pipelines", Iri("urn:c"))]
    found = [nearest(["data pipeline stage"], order)["data pipeline stage"] for order in (labels, labels[::-1])]
    assert found[0] == found[1]
    assert found[0].iri == "urn:a"
    assert nearest(["tea"], [("coffee", Iri("urn:a"))]) == {}


# The command


def test_the_command_lists_terms_in_three_formats(home: Path) -> None:
    shown = kg("terms", "-o", home / "out")
    assert "slow mornings" in shown.stdout.lower()
    assert shown.stderr == "3 new terms\n"
    rows = list(csv.DictReader(kg("terms", "--min", "2", "--format", "csv", "-o", home / "out").stdout.splitlines()))
    assert [(row["term"].lower(), row["articles"]) for row in rows] == [("slow mornings", "3")]
    told = json.loads(kg("terms", "--format", "json", "-o", home / "out").stdout)
    assert [len(one["sentences"]) for one in told] == [3, 1, 1]
    assert told[0]["iri"] == "https://w3id.org/article-kg/topic/slow-mornings"


def test_the_command_takes_terms_up(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "house.ttl"
    done = kg("terms", "--accept", "Tea over coffee", "-w", file, "-o", home / "out")
    assert done.stdout == f"{file}: 1 new term; use it with: kg build --vocab {file}\n"
    assert kg("terms", "--all", "--min", "3", "-w", file, "-q", "-o", home / "out").stdout == ""
    assert kg("build", home / "in", "--vocab", file, "-q", "-o", tmp_path / "out").returncode == 0
    left = json.loads(kg("terms", "--format", "json", "-o", tmp_path / "out").stdout)
    assert [one["term"] for one in left] == ["Hiring rituals"]
    assert kg("check", "-o", tmp_path / "out").returncode == 0


def test_the_command_says_what_is_wrong(home: Path, tmp_path: Path) -> None:
    out = home / "out"
    assert "goes with -w" in kg("terms", "--all", "-o", out).stderr
    assert "goes with -w" in kg("terms", "-w", tmp_path / "a.ttl", "-o", out).stderr
    assert "must end in .ttl" in kg("terms", "--all", "-w", tmp_path / "a.rdf", "-o", out).stderr
    assert "is no new term" in refused("terms", "--accept", "Tee", "-w", tmp_path / "a.ttl", "-o", out)
    (tmp_path / "bad.ttl").write_text("oops", encoding="utf-8")
    assert "bad.ttl: " in refused("terms", "--all", "-w", tmp_path / "bad.ttl", "-o", out)
