"""A check finds whatever is wrong: in the graph as pySHACL does, in the articles, and in the files of a build."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import SH

from kg.check import Problem, broken, seal, validate
from kg.check.shapes import shapes_in
from kg.errors import BuildError, KgError
from kg.pipeline import check_build
from kg.store import Build, open_build
from kg.vocab import ontology_dir, term, value_of
from tests.conftest import ARTICLES, ROOT, SEED, build

RDF_TYPE = term("rdf:type")
SHAPES = rdflib.Graph().parse(str(ontology_dir() / "shapes.ttl"))


def by_pyshacl(quads: list[ox.Quad]) -> set[tuple[str, str]]:
    """Return which properties of which things pySHACL finds fault with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # rdflib's, about literals that are meant to be wrong
        data = rdflib.Graph().parse(data="".join(f"{q.triple} .\n" for q in quads), format="nt")
        _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    results = report.objects(None, SH.result)  # what is wrong with a value in detail is no result of its own
    return {(str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultPath))) for r in results}


def by_us(quads: list[ox.Quad]) -> set[tuple[str, str]]:
    return {(p.where, p.what.partition(":")[0]) for p in validate(quads)}


def short(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(thing, path.rpartition("#")[2].rpartition("/")[2]) for thing, path in found}


@pytest.fixture(scope="module")
def some_of_each(seed_build: Build) -> Callable[[], list[ox.Quad]]:
    """Return all that is said of a few things of each class."""
    quads = sorted(seed_build.store.quads(), key=str)
    chosen: dict[str, list[str]] = {}
    for q in quads:
        if q.predicate.value == RDF_TYPE:
            chosen.setdefault(value_of(q.object), []).append(value_of(q.subject))
    things = {thing for several in chosen.values() for thing in several[:2]}
    return lambda: [q for q in quads if value_of(q.subject) in things]


TEXTS = ("soon", "", "-1", "0", "01", "2026-02-30", "2026-01-31Z", "en", "true", "Ein Titel")
TYPES = tuple(ox.NamedNode(term(f"xsd:{name}")) for name in ("string", "integer", "date", "boolean"))
values = st.one_of(
    st.builds(lambda text, type_: ox.Literal(text, datatype=type_), st.sampled_from(TEXTS), st.sampled_from(TYPES)),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), st.sampled_from(TEXTS), st.sampled_from(["en", "de"])),
    st.sampled_from([ox.NamedNode("urn:nothing"), ox.NamedNode(term("kg:Obligation"))]),
)
changes = st.tuples(
    st.sampled_from(["left out", "moved", "another", "instead", "unknown"]),
    st.integers(0, 1 << 16),
    st.integers(0, 1 << 16),
    values,
)
Change = tuple[str, int, int, ox.NamedNode | ox.Literal]


def spoilt(quads: list[ox.Quad], change: Change) -> list[ox.Quad]:
    """Leave a quad out, or give a thing a value of another thing, or one that may be wrong, or an unknown property."""
    how, first, second, value = change
    one, other = quads[first % len(quads)], quads[second % len(quads)]
    rest = [q for q in quads if q != one]
    added = {
        "left out": [],
        "moved": [one, ox.Quad(one.subject, other.predicate, other.object)],
        "another": [one, ox.Quad(one.subject, one.predicate, value)],
        "instead": [ox.Quad(one.subject, one.predicate, value)],
        "unknown": [one, ox.Quad(one.subject, ox.NamedNode("https://example.org/unknown"), one.object)],
    }
    return [*rest, *added[how]]


@settings(max_examples=15)
@given(changes_=st.lists(changes, min_size=1, max_size=12))
def test_the_shapes_find_what_pyshacl_finds(some_of_each: Callable[[], list[ox.Quad]], changes_: list[Change]) -> None:
    quads = functools.reduce(spoilt, changes_, some_of_each())
    assert by_us(quads) == short(by_pyshacl(quads))


def test_shapes_that_use_more_of_shacl_than_is_known_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    text = (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    file.write_text(text.replace("sh:maxCount 1", "sh:qualifiedMaxCount 1", 1), encoding="utf-8")
    with pytest.raises(KgError, match=r"shapes\.ttl: has sh:qualifiedMaxCount, which is not known here"):
        shapes_in(file)
    file.write_text(text.replace("sh:closed true", "sh:deactivated true", 1), encoding="utf-8")
    with pytest.raises(KgError, match="deactivated"):
        shapes_in(file)


def test_classes_that_are_told_elsewhere_count(seed_build: Build) -> None:
    [article] = seed_build.store.articles()
    quads = seed_build.store.graph(article)
    alone = list(validate(quads))
    assert {p.what.partition(":")[0] for p in alone} >= {"about", "audience", "publisher"}
    assert all(" is no " in p.what for p in alone)
    of: defaultdict[str, set[str]] = defaultdict(set)
    for q in seed_build.store.quads():
        if q.predicate.value == RDF_TYPE:
            of[value_of(q.subject)].add(value_of(q.object))
    assert list(validate(quads, of.__getitem__)) == []


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    """Copy the build of the sample data, beside a copy of the data, with the digests of its files in its report."""
    shutil.copytree(ARTICLES, tmp_path / "articles")
    output = tmp_path / "output"
    shutil.copytree(sample, output, symlinks=True)
    file = output / "report.json"
    report = json.loads(file.read_text(encoding="utf-8"))
    report |= {"root": "../articles", "files": seal(file.resolve().parent)}
    file.write_text(json.dumps(report), encoding="utf-8")
    return output


def problems(output: Path, workers: int = 1) -> tuple[Problem, ...]:
    return check_build(open_build(output), output, workers).problems


def test_any_number_of_processes_gives_one_verdict_on_all_there_is(copy: Path) -> None:
    (copy.parent / "articles" / SEED.name).write_bytes(SEED.read_bytes().replace(b"significant", b"manageable!"))
    alone, shared_out = (check_build(open_build(copy), copy, workers) for workers in (1, 3))
    assert alone == shared_out
    counts = open_build(copy).report["counts"]
    assert (alone.articles, alone.passages) == (counts["article"], counts["passage"])
    assert alone.problems[0] == Problem(SEED.name, "has changed since this was built; build again")
    assert all("does not say" in p.what for p in alone.problems[1:])


@pytest.mark.parametrize("pattern", ["graph.ttl", "store/*.sst", "store/MANIFEST-*"])
def test_one_flipped_bit_in_a_file_of_a_build_is_named(copy: Path, pattern: str) -> None:
    assert list(open_build(copy).store.quads())
    assert problems(copy) == ()
    file = min((copy / ".current").resolve().glob(pattern))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    name = file.relative_to((copy / ".current").resolve()).as_posix()
    assert problems(copy) == (Problem(name, "was changed or damaged after it was built; build again"),)
    file.unlink()
    assert problems(copy) == (Problem(name, "is gone; build again"),)


def test_the_digest_of_a_file_that_two_builds_share_is_not_taken_again(tmp_path: Path) -> None:
    for name in ("1", "2"):
        (tmp_path / name / "store").mkdir(parents=True)
    (tmp_path / "1" / "store" / "a.sst").write_bytes(b"a")
    (tmp_path / "2" / "store" / "a.sst").hardlink_to(tmp_path / "1" / "store" / "a.sst")
    (tmp_path / "1" / "store" / "b.sst").write_bytes(b"b")
    (tmp_path / "2" / "store" / "b.sst").write_bytes(b"another")
    known = dict.fromkeys(seal(tmp_path / "1"), "known")
    sealed = seal(tmp_path / "2", tmp_path / "1", known)
    assert sealed["store/a.sst"] == "known"
    assert list(broken(tmp_path / "2", sealed | {"store/a.sst": seal(tmp_path / "1")["store/a.sst"]})) == []


def test_a_file_of_many_pages_is_shared_out_and_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.checking._MANY", 1)
    file, told = tmp_path / "all.jsonl", "Teams should write tests before they ship."
    lines = [json.dumps({"title": f"Title {n}", "text": f"{told} Text {n}."}) for n in range(5)]
    file.write_text("\n".join(lines), encoding="utf-8")
    output = build(file, output=tmp_path / "out")
    alone, shared_out = (check_build(open_build(output), output, workers) for workers in (1, 3))
    assert alone == shared_out
    assert (alone.passages, alone.problems) == (open_build(output).report["counts"]["passage"], ())
    file.write_text("\n".join(lines).replace("tests before", "tests until"), encoding="utf-8")
    assert {p.where.rpartition("/")[0] for p in problems(output, 3)} == {"all.jsonl"}


def change(output: Path, update: str) -> None:
    """Change the store of a build behind its back, and seal it again."""
    build_ = open_build(output)
    engine = ox.Store(str(build_.folder / "store"))
    engine.update(update)
    engine.flush()
    del engine
    file = output / "report.json"
    report = json.loads(file.read_text(encoding="utf-8")) | {"files": {}}
    file.write_text(json.dumps(report), encoding="utf-8")


def test_a_thing_that_is_described_nowhere_is_named(copy: Path) -> None:
    change(copy, "DELETE WHERE { GRAPH ?g { <https://w3id.org/article-kg/topic/hiring> ?p ?o } }")
    found = problems(copy)
    assert Problem("https://w3id.org/article-kg/topic/hiring", "is pointed to and described nowhere") in found
    assert any(p.what == "about: hiring is no Topic" for p in found)


def test_articles_that_ledger_and_store_do_not_both_have_are_named(copy: Path) -> None:
    article = open_build(copy).store.articles()[0]
    change(copy, f"DROP GRAPH <{article}>; INSERT DATA {{ GRAPH <{article}2> {{ <{article}2> a <urn:a> }} }}")
    found = problems(copy)
    assert Problem(article, "has files and is not in the store") in found
    assert Problem(f"{article}2", "is in the store and has no file") in found


def test_a_passage_on_no_page_of_its_article_is_named(copy: Path) -> None:
    article = open_build(copy).store.articles()[0]
    path = "<https://w3id.org/article-kg/ontology#path>"
    passages = "?p a <https://w3id.org/article-kg/ontology#Passage>"
    change(
        copy,
        f'INSERT {{ GRAPH ?g {{ ?p {path} "x" }} }} WHERE {{ GRAPH ?g {{ {passages} FILTER(?g = <{article}>) }} }}',
    )
    assert {p.where.partition(":")[0] for p in problems(copy) if "does not say" in p.what} == {"x"}


def test_a_store_that_cannot_be_read_is_named(copy: Path) -> None:
    file = max((copy / ".current").resolve().glob("store/*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[10:-100:7] = bytes(len(data[10:-100:7]))
    file.write_bytes(data)
    change_report = json.loads((copy / "report.json").read_text(encoding="utf-8")) | {"files": {}}
    (copy / "report.json").write_text(json.dumps(change_report), encoding="utf-8")
    with pytest.raises(BuildError, match=r"store: (cannot be read|the store cannot be opened)"):
        problems(copy)


def test_the_command_tells_what_it_looked_at_in_json(copy: Path) -> None:
    command = [sys.executable, "-m", "kg", "check", "--format", "json", "--workers", "2", "-o", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    told = json.loads(done.stdout)
    assert sorted(told) == ["articles", "files", "passages", "problems", "seconds", "shared"]
    assert (told["articles"], told["problems"]) == (9, [])
