"""Vocabularies of the user's: SKOS as people have it, and what a build makes of it."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.check import validate
from kg.errors import BuildError, InputError
from kg.model import Fact, Iri, Kind
from kg.store import open_build
from kg.store.quads import quad
from kg.vocab import Vocabulary, decide, load, term
from tests.browser.inside import block
from tests.conftest import ARTICLES
from tests.pages import Digest, rendering_b
from tests.test_cli import kg, refused

HOUSE = "https://example.org/house/"
TURTLE = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix house: <https://example.org/house/> .
@prefix kg: <https://w3id.org/article-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix topic: <https://w3id.org/article-kg/topic/> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .

house:scheme a skos:ConceptScheme ; dct:title "House words" .
house:brewing a skos:Concept ; skos:prefLabel "tea brewing"@en , "brewing of tea"@en , "Teezubereitung"@de ;
    skos:altLabel "brew" , "tea brewing"@en ; skos:inScheme house:scheme ; skos:broader house:kitchen ;
    skos:definition "Making tea."@en ; skos:scopeNote "Not coffee."@en ; skos:notation "B1" .
house:kitchen skos:prefLabel "kitchen work"@en-GB ; skos:broader house:brewing , [ skos:prefLabel "nameless"@en ] ,
    house:nowhere ; skos:exactMatch topic:hiring .
house:samovar a skos:Concept ; skos:prefLabel "samovar" ; owl:deprecated true .
house:all a skos:Collection ; skos:prefLabel "all words"@en ; skos:member house:brewing .
house:kettle a skos:Concept ; skos:hiddenLabel "boiler"@en ;
    xl:prefLabel house:kettle-label , [ xl:literalForm "Kessel"@de ] .
house:kettle-label a xl:Label ; xl:literalForm "tea kettle"@en .
house:llm a skos:Concept ; skos:prefLabel "large language models"@en .
house:taster a skos:Concept , kg:Role ; skos:prefLabel "tea taster"@en .
house:cto a skos:Concept ; skos:prefLabel "Chief Technology Officer"@en ; skos:altLabel "CTO"@en .
"""
FORMATS = {
    "a.ttl": ox.RdfFormat.TURTLE,
    "a.nt": ox.RdfFormat.N_TRIPLES,
    "a.nq": ox.RdfFormat.N_QUADS,
    "a.trig": ox.RdfFormat.TRIG,
    "a.rdf": ox.RdfFormat.RDF_XML,
    "a.jsonld": ox.RdfFormat.JSON_LD,
}


def written(name: str, turtle: str = TURTLE) -> bytes:
    """Return a vocabulary in the format of a name."""
    said, graph = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE)), ox.NamedNode("urn:graph")
    if FORMATS[name] in {ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG}:
        named = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in said]
        return ox.serialize(named, format=FORMATS[name]) or b""
    return ox.serialize([q.triple for q in said], format=FORMATS[name]) or b""


def vocabulary_of(folder: Path, *turtles: str) -> Vocabulary:
    """Return the vocabulary of some files, and ours."""
    files = [folder / f"{number}.ttl" for number in range(len(turtles))]
    for file, turtle in zip(files, turtles, strict=True):
        file.write_text(turtle, encoding="utf-8")
    return load(vocabularies=files)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return vocabulary_of(tmp_path_factory.mktemp("house"), TURTLE)


def local(iris: tuple[Iri, ...]) -> list[str]:
    return [iri.rpartition("/")[2] for iri in iris]


def facts(vocabulary: Vocabulary, name: str, predicate: str) -> set[str]:
    concept = vocabulary.concepts[Iri(HOUSE + name)]
    return {getattr(f.object, "text", str(f.object)) for f in concept.facts if f.predicate == term(predicate)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("shown_as", ["{}", "{}.gz", "words", "words.gz"])
def test_every_format_says_the_same(tmp_path: Path, name: str, shown_as: str) -> None:
    file = tmp_path / shown_as.format(name)
    is_packed = file.suffix == ".gz"
    file.write_bytes(gzip.compress(written(name)) if is_packed else b"\xef\xbb\xbf" + written(name))
    (tmp_path / "same.ttl").write_text(TURTLE, encoding="utf-8")
    one, other = (load(files=("sections.ttl",), vocabularies=[f]) for f in (file, tmp_path / "same.ttl"))
    mine = [iri for iri in one.concepts if iri.startswith(HOUSE)]
    assert len(mine) == 7
    assert list(one.describe(mine)) == list(other.describe(mine))


def test_concepts_keep_their_names_and_what_is_no_concept_is_none(house: Vocabulary) -> None:
    names = local(tuple(iri for iri in house.concepts if iri.startswith(HOUSE)))
    assert names == ["brewing", "cto", "kettle", "kitchen", "llm", "samovar", "taster"]
    assert not any("_:" in iri for iri in house.concepts)


def test_each_language_has_one_preferred_label(house: Vocabulary) -> None:
    assert facts(house, "brewing", "skos:prefLabel") == {"brewing of tea", "Teezubereitung"}
    assert facts(house, "brewing", "skos:altLabel") == {"tea brewing", "brew"}
    assert facts(house, "kettle", "skos:prefLabel") == {"tea kettle", "Kessel"}
    assert house.concepts[Iri(f"{HOUSE}brewing")].called("de") == "Teezubereitung"
    assert house.concepts[Iri(f"{HOUSE}samovar")].label == "samovar"


def test_what_is_described_fits_the_shapes(house: Vocabulary) -> None:
    described = list(house.describe(iri for iri in house.concepts if iri.startswith(HOUSE)))
    assert list(validate([quad(fact, ox.NamedNode("urn:concepts")) for fact in described])) == []
    assert {f.subject for f in described} >= {Iri(f"{HOUSE}scheme"), Iri(f"{HOUSE}kitchen")}
    assert not any("nowhere" in str(f.object) or "B1" in str(f.object) for f in described)


def test_labels_are_found_in_their_language_and_in_none(house: Vocabulary) -> None:
    both = (Kind.TOPIC, Kind.ROLE)
    text = "Teezubereitung, tea brewing, brew, kitchen work, samovar, tea kettle, boilers, Kessel"
    found = {lang: [m.span.cut(text) for m in house.matcher(lang, *both).find(text)] for lang in ("en", "de", "fr", "")}
    assert found["en"] == found[""] == ["tea brewing", "brew", "kitchen work", "tea kettle", "boilers"]
    assert found["de"] == ["Teezubereitung", "brew", "Kessel"]
    assert found["fr"] == ["brew"]
    assert local(house.named("Kessel", Kind.TOPIC, language="de")) == ["kettle"]


def test_a_concept_is_a_topic_unless_the_file_or_our_roles_say_otherwise(house: Vocabulary) -> None:
    kinds = {name: house.concepts[Iri(HOUSE + name)].kind for name in ("brewing", "taster", "cto", "llm")}
    assert kinds == {"brewing": Kind.TOPIC, "taster": Kind.ROLE, "cto": Kind.ROLE, "llm": Kind.TOPIC}


def test_what_ours_and_the_users_both_mean_is_the_users(house: Vocabulary) -> None:
    assert local(house.named("LLM", Kind.TOPIC)) == ["llm"]
    assert local(house.named("large language model", Kind.TOPIC)) == ["llm"]
    assert local(house.named("hiring", Kind.TOPIC)) == ["kitchen"]
    assert local(house.named("CTO", Kind.ROLE)) == ["cto"]
    assert local(house.named("coding agent", Kind.TOPIC)) == ["coding-agent"]
    links = {f.object for f in house.describe([Iri("https://w3id.org/article-kg/topic/prompt-engineering"),
                                              Iri(f"{HOUSE}llm")])}  # fmt: skip
    assert Iri("https://w3id.org/article-kg/topic/large-language-model") not in links


def test_of_several_vocabularies_the_first_decides(tmp_path: Path) -> None:
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    one = f'{prefix}<urn:one> a skos:Concept ; skos:prefLabel "tea cosy"@en .'
    other = f'{prefix}<urn:two> a skos:Concept ; skos:prefLabel "tea cosy"@en ; skos:altLabel "tea cover"@en .'
    assert vocabulary_of(tmp_path, one, other).named("tea cosy", Kind.TOPIC) == ("urn:one",)
    assert vocabulary_of(tmp_path, other, one).named("tea cosy", Kind.TOPIC) == ("urn:two",)
    assert vocabulary_of(tmp_path, one, other).named("tea cover", Kind.TOPIC) == ("urn:two",)


def test_a_file_can_add_to_a_concept_of_ours(tmp_path: Path) -> None:
    ours = "<https://w3id.org/article-kg/topic/code-review>"
    more = f'{ours} <http://www.w3.org/2004/02/skos/core#altLabel> "diff reading"@en .'
    vocabulary = vocabulary_of(tmp_path, TURTLE, more)
    assert local(vocabulary.named("diff reading", Kind.TOPIC)) == ["code-review"]
    assert local(vocabulary.named("code review", Kind.TOPIC)) == ["code-review"]
    assert vocabulary.same.keys().isdisjoint({ours.strip("<>")})


def test_a_word_with_a_capital_among_small_ones_is_a_name(tmp_path: Path) -> None:
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    small = '<urn:go> skos:prefLabel "Go"@en . <urn:a> skos:prefLabel "tea"@en . <urn:b> skos:prefLabel "milk"@en .'
    for turtle, is_name in ((small, True), (small.replace("tea", "Tea").replace("milk", "Milk"), False)):
        matcher = vocabulary_of(tmp_path, prefix + turtle).matcher("en", Kind.TOPIC, Kind.ROLE)
        assert [m.is_name for m in matcher.find("We go for Go.") if m.concepts == ("urn:go",)] == [is_name] * 2


def test_a_label_of_several_concepts_is_decided_by_what_is_near(house: Vocabulary) -> None:
    readings = [Iri(f"{HOUSE}brewing"), Iri(f"{HOUSE}taster")]
    assert decide(readings, {Iri(f"{HOUSE}kitchen"): 2}, house.near) == f"{HOUSE}brewing"
    assert decide(readings, {Iri(f"{HOUSE}llm"): 2}, house.near) is None


lines = written("a.nt").decode().splitlines()


@settings(max_examples=10)
@given(st.permutations(lines))
def test_the_order_in_which_a_file_says_it_means_nothing(house: Vocabulary, shuffled: list[str]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.nt")
        file.write_text("\n".join(shuffled) + "\n", encoding="utf-8")
        assert meaning(load(vocabularies=[file])) == meaning(house)


def meaning(vocabulary: Vocabulary) -> tuple[list[Fact], Mapping[Iri, Iri]]:
    """Return what a vocabulary says of the house's concepts, and which concepts it takes for which."""
    mine = [iri for iri in vocabulary.concepts if iri.startswith(HOUSE)]
    return list(vocabulary.describe(mine)), vocabulary.same


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.ttl", b"\n<a> <b> oops .\n", "line 2"),
        ("a.nt", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> oops .\n", "line 2"),
        ("a.rdf", b'<?xml version="1.0"?>\n<rdf:RDF>\n<x', "line 3"),
        ("a.jsonld", b'{"@context": {', "line 1"),
        ("b.jsonld", b'{"@context": "https://example.org/c", "@id": "urn:a", "b": "c"}', "context on the network"),
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .", "has no concept"),
        ("a.ttl", b'<a> <http://www.w3.org/2004/02/skos/core#prefLabel> "a" .', "<a> is no absolute IRI"),
        ("a.ttl", b"\x1f\x8b\x08\x00broken", "cannot be read"),
        ("a.html", b"<!doctype html><p>Tea", "correct it"),
    ],
)
def test_a_file_that_is_no_vocabulary_is_named(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=f"{name}: .*{message}"):
        load(vocabularies=[tmp_path / name])


# What a build makes of it

PAGE = Digest(
    "On tea",
    "The Quiet Deploy",
    prose={"Summary": ("A team brews tea.",)},
    lists={"Topics": ("Tea brewing", "Hiring", "Slow mornings")},
    audience=("Tea tasters", "CTO"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an article and a vocabulary into a folder, and build them there."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "in").mkdir()
    (folder / "in" / "page.txt").write_text(rendering_b(PAGE), encoding="utf-8")
    (folder / "house.ttl").write_text(TURTLE, encoding="utf-8")
    built(folder)
    return folder


@pytest.fixture
def kitchen(home: Path, tmp_path: Path) -> Path:
    """Give a copy of that folder."""
    return shutil.copytree(home, tmp_path / "kitchen", symlinks=True)


def built(folder: Path, name: str = "out", workers: int = 1) -> Path:
    options = pipeline.Options(workers=workers, vocabularies=(folder / "house.ttl",))
    pipeline.build([folder / "in"], folder / name, options, lambda *_: None)
    return folder / name


def test_a_build_speaks_of_the_users_concepts(kitchen: Path) -> None:
    build_ = open_build(kitchen / "out")
    (article,) = build_.store.articles()
    said = {(q.predicate.value, str(q.object.value)) for q in build_.store.graph(article)}  # type: ignore[union-attr]
    assert {(term("schema:about"), HOUSE + name) for name in ("brewing", "kitchen")} <= said
    assert {(term("schema:audience"), HOUSE + name) for name in ("taster", "cto")} <= said
    assert build_.report["counts"] | {"topic": 3, "role": 2} == build_.report["counts"]
    (told,) = build_.report["vocabularies"]
    assert (told["path"], told["concepts"], told["labels"]) == ("../house.ttl", 7, 14)
    assert not any("_:" in str(q) for q in build_.store.quads())


def test_a_concept_elsewhere_is_asked_for_and_shown_like_any_other(kitchen: Path) -> None:
    output = kitchen / "out"
    assert kg("why", "tea brewing", "-o", output).stdout.startswith(f"{HOUSE}brewing\n")
    assert "On tea" in kg("query", "reading", "-p", f"role={HOUSE}taster", "--format", "csv", "-o", output).stdout
    assert "brewing of tea" in block((output / "graph.html").read_text("utf-8"), "graph")["nodes"]["label"]
    topics = kg("query", "topics", "--format", "csv", "-o", output).stdout.splitlines()
    assert sorted(topics[1:]) == ["Slow mornings,1,1", "brewing of tea,1,1", "kitchen work,1,1"]


def test_a_check_knows_the_vocabulary(kitchen: Path) -> None:
    output = kitchen / "out"
    assert not pipeline.check_build(open_build(output), output).problems
    (kitchen / "house.ttl").write_text(TURTLE + "\n# more\n", encoding="utf-8")
    (problem,) = pipeline.check_build(open_build(output), output).problems
    assert "is another vocabulary" in problem.what
    (kitchen / "house.ttl").unlink()
    (problem,) = pipeline.check_build(open_build(output), output).problems
    assert "is gone" in problem.what


def test_a_report_with_a_damaged_vocabulary_is_one_clear_error(kitchen: Path) -> None:
    report = kitchen / "out" / "report.json"
    told = json.loads(report.read_text(encoding="utf-8"))
    report.resolve().write_text(json.dumps({**told, "vocabularies": [{"path": 3}]}), encoding="utf-8")
    with pytest.raises(BuildError, match="is damaged"):
        open_build(kitchen / "out")


def test_processes_and_other_bytes_of_the_same_vocabulary_change_no_byte(kitchen: Path) -> None:
    for number in range(8):
        page = rendering_b(Digest(f"On tea {number}", "P", prose={"Summary": ("A team.",)}, lists=PAGE.lists))
        (kitchen / "in" / f"{number}.txt").write_text(page, encoding="utf-8")
    first = (built(kitchen) / "graph.trig").read_bytes()
    (kitchen / "house.ttl").write_bytes(written("a.ttl"))
    assert (built(kitchen, "other", workers=2) / "graph.trig").read_bytes() == first


def test_a_vocabulary_that_cannot_be_read_builds_nothing(tmp_path: Path) -> None:
    line = refused("build", ARTICLES, "--vocab", tmp_path / "none.ttl", "-o", tmp_path / "out")
    assert "none.ttl: cannot be read (No such file or directory); give a SKOS file" in line
    assert not (tmp_path / "out").exists()


def test_a_build_without_a_vocabulary_names_none(sample: Path) -> None:
    assert json.loads((sample / "report.json").read_text(encoding="utf-8"))["vocabularies"] == []
