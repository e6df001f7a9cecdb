"""The ontology, the shapes, the vocabularies and what a build writes say the same."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.check import validate
from kg.model import Kind, Modality
from kg.store import Build
from kg.store.quads import quad
from kg.vocab import PREFIXES, Concept, Vocabulary, load, normal_form, ontology_dir, slug, term
from tests.conftest import ROOT

KG = PREFIXES["kg"]
SKOS, RDFS, RDF = PREFIXES["skos"], PREFIXES["rdfs"], PREFIXES["rdf"]


def triples(name: str) -> list[ox.Quad]:
    return list(ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE))


def value(node: object) -> str:
    return str(getattr(node, "value", ""))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def test_every_term_has_a_label_a_definition_and_an_example() -> None:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for q in triples("kg.ttl"):
        said[value(q.subject)].add(q.predicate.value)
    assert len(said) > 50
    for iri, predicates in said.items():
        assert RDFS + "label" in predicates, iri
        assert predicates & {SKOS + "definition", SKOS + "scopeNote"}, iri
        assert SKOS + "example" in predicates or iri.endswith("/ontology"), iri


def test_every_example_is_turtle() -> None:
    names = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    names += "".join(f"@prefix {kind}: <https://w3id.org/article-kg/{kind}/> .\n" for kind in Kind)
    examples = [value(q.object) for q in triples("kg.ttl") if q.predicate.value == SKOS + "example"]
    turtle = [e for e in examples if e.endswith(" .")]
    assert len(turtle) > 50
    for example in turtle:
        assert list(ox.parse(names + example, format=ox.RdfFormat.TURTLE)), example


def test_all_that_a_build_writes_is_explained_and_shaped(sample_build: Build) -> None:
    explained = {value(q.subject) for q in triples("kg.ttl")} | {RDF + "type"}
    quads = list(sample_build.store.quads())
    used = {q.predicate.value for q in quads} | {value(q.object) for q in quads if q.predicate.value == RDF + "type"}
    assert used <= explained
    shaped = {value(q.object) for q in triples("shapes.ttl")}
    assert {u for u in used if u != RDF + "type"} <= shaped


def test_every_property_of_ours_has_a_shape() -> None:
    shaped = {value(q.object) for q in triples("shapes.ttl")}
    properties = {value(q.subject) for q in triples("kg.ttl") if value(q.object).endswith("Property")}
    assert {p for p in properties if p.startswith(KG)} <= shaped


def test_the_modalities_of_the_model_are_those_of_the_ontology() -> None:
    named = {value(q.subject) for q in triples("kg.ttl") if value(q.object) == term("kg:Modality")}
    assert named - {term("kg:modality")} == {term(f"kg:{m}") for m in Modality}


def test_the_json_ld_context_has_the_prefixes_of_the_code() -> None:
    context = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {k: v for k, v in context.items() if not k.startswith("@")} == PREFIXES


def test_the_vocabularies_are_as_large_as_promised(vocabulary: Vocabulary) -> None:
    assert len(list(vocabulary.of(Kind.TOPIC))) >= 2400
    assert len(list(vocabulary.of(Kind.ROLE))) >= 590


@pytest.mark.parametrize("kind", [Kind.TOPIC, Kind.ROLE, Kind.FIELD, Kind.LEVEL, Kind.LENGTH, Kind.SECTION])
def test_no_label_stands_on_two_concepts_unless_declared_ambiguous(vocabulary: Vocabulary, kind: Kind) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for concept in vocabulary.of(kind):
        for label in (concept.label, *concept.alternatives):
            owners[normal_form(label)].add(concept.iri)
        for label in concept.ambiguous:
            shared[normal_form(label)].add(concept.iri)
    assert {label: c for label, c in owners.items() if len(c) > 1} == {}
    assert {label: c for label, c in shared.items() if len(c) < 2 or label in owners} == {}


def test_no_label_is_both_a_topic_and_a_role(vocabulary: Vocabulary) -> None:
    forms = {kind: {normal_form(x) for c in vocabulary.of(kind) for x in c.labels} for kind in (Kind.TOPIC, Kind.ROLE)}
    assert forms[Kind.TOPIC] & forms[Kind.ROLE] == set()


def test_no_concept_is_an_orphan_and_broader_never_leads_back(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts.values():
        tops = [f for f in concept.facts if f.predicate == term("skos:topConceptOf")]
        assert bool(tops) != bool(concept.broader), concept.iri
        assert all(b in vocabulary.concepts for b in concept.broader), concept.iri
        for broader in concept.broader:
            above = vocabulary.closure([broader])
            assert concept.iri not in above, concept.iri


def test_related_goes_both_ways(vocabulary: Vocabulary) -> None:
    related = {
        (f.subject, f.object)
        for c in vocabulary.concepts.values()
        for f in c.facts
        if f.predicate == term("skos:related")
    }
    assert len(related) > 200
    assert {(b, a) for a, b in related} == related


def test_every_role_has_a_function_and_a_seniority(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.of(Kind.ROLE):
        predicates = [f.predicate for f in concept.facts]
        assert predicates.count(term("kg:function")) == 1, concept.iri
        assert predicates.count(term("kg:seniority")) == 1, concept.iri


SHELVES = (
    "AI & Machine Learning",
    "Business & Policy",
    "Cloud & Infrastructure",
    "Data",
    "Management & Careers",
    "Science",
    "Security",
    "Software Engineering",
)
"""The broad fields under which an article that names none is filed."""


def linked(concept: Concept, predicate: str) -> list[str]:
    return [str(f.object) for f in concept.facts if f.predicate == term(predicate)]


def test_a_shelf_stands_below_a_top_field_beside_the_fields_that_it_gathers(vocabulary: Vocabulary) -> None:
    for label in SHELVES:
        shelf = vocabulary.concepts[vocabulary.only(label, Kind.FIELD)]
        assert shelf.label == label
        assert [linked(vocabulary.concepts[b], "skos:topConceptOf") for b in shelf.broader] != [[]]
        assert linked(shelf, "skos:related")


def test_every_topic_has_a_shelf_or_stands_below_one_that_has(vocabulary: Vocabulary) -> None:
    shelves = {vocabulary.only(label, Kind.FIELD) for label in SHELVES}
    shelved = {c.iri: linked(c, "kg:field") for c in vocabulary.of(Kind.TOPIC)}
    assert {field for fields in shelved.values() for field in fields} == shelves
    for concept in vocabulary.of(Kind.TOPIC):
        assert any(shelved.get(above) for above in vocabulary.closure([concept.iri])), concept.iri


def test_translations_name_concepts_that_are_there_once_in_each_language(vocabulary: Vocabulary) -> None:
    preferred: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for q in triples("translations.ttl"):
        assert isinstance(q.object, ox.Literal)
        language, subject = str(q.object.language), value(q.subject)
        owners[language, normal_form(q.object.value)].add(subject)
        if q.predicate.value == SKOS + "prefLabel":
            preferred[subject, language].append(q.object.value)
    assert {subject for subject, _ in preferred} <= set(vocabulary.concepts)
    assert all(len(labels) == 1 for labels in preferred.values())
    assert {key: iris for key, iris in owners.items() if len(iris) > 1} == {}


@pytest.mark.parametrize("word", ["agile", "Rust", "JSON", "unit test", "site reliability engineer", "SRE"])
def test_names_of_things_are_labels(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.only(word, Kind.TOPIC, Kind.ROLE)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("undefined behavior", "unsafe code"),
        ("file system", "storage system"),
        ("syntax highlighting", "language syntax"),
        ("naming convention", "code readability"),
        ("pkgdown", "documentation site"),
        ("citizenship", "immigration"),
        ("rule engine", "automated reasoning"),
        ("product design", "user experience"),
    ],
)
def test_what_is_narrower_or_beside_a_topic_is_a_topic_of_its_own(
    vocabulary: Vocabulary, word: str, other: str
) -> None:
    """Articles that wrote the first were filed under the second, which they did not mean."""
    assert vocabulary.only(word, Kind.TOPIC) != vocabulary.only(other, Kind.TOPIC)


@pytest.mark.parametrize("label", ["OpenAPI", "OpenAPI specification", "Swagger"])
def test_a_standard_is_one_topic_in_all_its_names(vocabulary: Vocabulary, label: str) -> None:
    assert vocabulary.concepts[vocabulary.only(label, Kind.TOPIC)].label == "OpenAPI"


@pytest.mark.parametrize(
    "word",
    [
        *("know how", "alert", "permission", "scale up", "roll back", "deal", "spike", "campus", "email", "recruiting"),
        *("response time", "redesign", "relaunch", "reorganisation", "handoff", "logo", "homepage", "application form"),
        *("terms and conditions", "discussion forum"),
    ],
)
def test_everyday_words_are_no_labels(vocabulary: Vocabulary, word: str) -> None:
    """Each stood for another thing in most of the articles in which it was looked up."""
    assert vocabulary.named(word, Kind.TOPIC, Kind.ROLE) == ()


def test_slugs_are_those_that_the_code_would_mint(vocabulary: Vocabulary) -> None:
    for concept in vocabulary.concepts.values():
        if concept.kind is not Kind.SECTION:
            assert concept.iri.rpartition("/")[2] == slug(concept.label)


def test_the_vocabularies_fit_the_shapes(vocabulary: Vocabulary) -> None:
    graph = ox.NamedNode("urn:vocabulary")
    quads = [quad(fact, graph) for fact in vocabulary.describe(vocabulary.concepts)]
    assert list(validate(quads)) == []


def test_the_ontology_is_shipped_inside_the_wheel(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    source = {f"kg/ontology/{p.relative_to(ROOT / 'ontology')}" for p in (ROOT / "ontology").rglob("*.*")}
    assert source <= names
    assert {
        "kg/extract/verbs.txt",
        "kg/read/formats/emoji.txt",
        "kg/view/explorer/map/view.js",
        "kg/view/assets/oxigraph.wasm.gz",
        "kg/py.typed",
    } <= names
