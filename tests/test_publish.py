"""Every export reads back as the graph that it was written from, through readers that are not ours."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import lxml.etree
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import graph
from kg.errors import KgError
from kg.publish import FORMATS, GRAPH_FORMATS, suffix_of, write, write_graph
from kg.publish.ordering import quad_lines, triple_lines
from kg.store import Build
from kg.vocab import BASE, term, value_of
from tests.conftest import ARTICLES

RDFLIB = {".jsonld": "json-ld", ".nq": "nquads", ".nt": "nt", ".rdf": "xml", ".trig": "trig", ".ttl": "turtle"}
RAPPER = {".nq": "nquads", ".nt": "ntriples", ".rdf": "rdfxml", ".trig": "trig", ".ttl": "turtle"}
SERDI = {".nq": "nquads", ".nt": "ntriples", ".trig": "trig", ".ttl": "turtle"}
RDF_TYPE = term("rdf:type")
WITH_GRAPHS = {".jsonld", ".nq", ".trig"}

HOSTILE = (
    "quote \" apostrophe ' backslash \\ end",
    "line\nbreak\tand\ttab",
    "<b>&amp; ]]> {{7*7}} ^^ @en",
    "emoji 🧭, combining é, rtl עברית, \u2028 separator, \u200b zero width",
    'a . \n" . \n@prefix x: <y> .',
)


@pytest.fixture(scope="module")
def exported(sample_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for suffix in FORMATS:
        write(sample_build.store.quads(), BASE, folder / f"graph{suffix}")
    return folder


def lines(quads: object, *, graphs: bool) -> set[str]:
    """Return quads as N-Quads or N-Triples lines."""
    return {str(q if graphs else ox.Triple(q.subject, q.predicate, q.object)) for q in quads}  # type: ignore[attr-defined]


def expected(build: Build, suffix: str) -> set[str]:
    return lines(build.store.quads(), graphs=suffix in WITH_GRAPHS)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_oxigraph_reads_every_export_back(exported: Path, sample_build: Build, suffix: str) -> None:
    format_ = ox.RdfFormat.from_extension(suffix[1:])
    assert format_ is not None
    read = ox.parse(path=str(exported / f"graph{suffix}"), format=format_)
    assert lines(read, graphs=suffix in WITH_GRAPHS) == expected(sample_build, suffix)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_rdflib_reads_every_export_back(exported: Path, sample_build: Build, suffix: str) -> None:
    data = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own parsers use what it deprecates
        data.parse(str(exported / f"graph{suffix}"), format=RDFLIB[suffix])
    if suffix in WITH_GRAPHS:
        found = {(s, p, o, c) for s, p, o, c in data.quads((None, None, None, None))}
        assert len(found) == len(expected(sample_build, suffix))
    union = rdflib.Graph()
    for s, p, o, _ in data.quads((None, None, None, None)):
        union.add((s, p, o))
    assert set(union) == set(rdflib.Graph().parse(str(exported / "graph.nt"), format="nt"))


@pytest.mark.parametrize("suffix", sorted(RAPPER))
def test_rapper_reads_every_export(exported: Path, sample_build: Build, suffix: str) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper (raptor2-utils) is not installed")
    command = [rapper, "-q", "-i", RAPPER[suffix], "-o", "nquads", str(exported / f"graph{suffix}")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(expected(sample_build, suffix))


@pytest.mark.parametrize("suffix", sorted(SERDI))
def test_serdi_reads_every_export(exported: Path, sample_build: Build, suffix: str) -> None:
    serdi = shutil.which("serdi")
    if serdi is None:
        pytest.skip("serdi is not installed")
    command = [serdi, "-i", SERDI[suffix], "-o", "nquads", str(exported / f"graph{suffix}")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(expected(sample_build, suffix))


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_hostile_text_survives_every_format(tmp_path: Path, suffix: str) -> None:
    graph = ox.NamedNode("urn:g")
    name = ox.NamedNode("https://schema.org/name")
    quads = [ox.Quad(ox.NamedNode(f"urn:{n}"), name, ox.Literal(t), graph) for n, t in enumerate(HOSTILE)]
    path = tmp_path / f"hostile{suffix}"
    write(quads, BASE, path)
    format_ = ox.RdfFormat.from_extension(suffix[1:])
    assert format_ is not None
    read = {q.object.value for q in ox.parse(path=str(path), format=format_)}
    assert read == set(HOSTILE)


def test_trig_is_written_without_the_graph_keyword(exported: Path) -> None:
    assert "\nGRAPH " not in (exported / "graph.trig").read_text(encoding="utf-8")


def test_turtle_has_sorted_prefixes_one_blank_line_between_things_and_passages_as_they_stand(exported: Path) -> None:
    text = (exported / "graph.ttl").read_text(encoding="utf-8")
    header, _, body = text.partition("\n\n")
    assert header.splitlines() == sorted(header.splitlines())
    subjects = [thing.split(" ", 1)[0] for thing in body.strip().split("\n\n")]
    assert len(subjects) == len(set(subjects)) > 300
    places = [s.rpartition(".")[2] for s in subjects if s.startswith("passage:thoughts-on")]
    assert [int(p.split("-")[0]) for p in places] == sorted(int(p.split("-")[0]) for p in places)


names = st.text(st.sampled_from("ab-19/"), min_size=1, max_size=6)
subjects = st.builds(
    lambda kind, name: ox.NamedNode(f"{BASE}{kind}/{name}"), st.sampled_from(["topic", "passage"]), names
)
objects = st.one_of(subjects, st.builds(ox.Literal, st.text(max_size=8)))
made_up = st.builds(
    ox.Quad,
    subjects,
    st.sampled_from([ox.NamedNode(RDF_TYPE), *map(ox.NamedNode, ("urn:p", "urn:a"))]),
    objects,
    subjects,
)


def place(quad: ox.Quad, graph: str) -> tuple[str, str, str, str]:
    """Return the place of a quad among others, with all numbers in the names of passages as wide as each other."""
    name, value = str(quad.subject)[1:-1], str(quad.object)
    wide = [
        re.sub(r"\d+(?=-)|(?<=-)\d+(?=>?$)", lambda m: m[0].zfill(9), n) if "/passage/" in n else n
        for n in (name, value)
    ]
    return graph, wide[0], "" if quad.predicate.value == RDF_TYPE else quad.predicate.value, wide[1]


@given(st.lists(made_up, unique=True, max_size=30), st.integers(1, 2000))
def test_quads_come_in_one_order_however_few_of_them_fit_into_memory(quads: list[ox.Quad], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.publish.ordering._RUN", size)
        by_graph, union = list(quad_lines(quads)), list(triple_lines(quads))
    assert by_graph == [f"{q} .\n".encode() for q in sorted(quads, key=lambda q: place(q, value_of(q.graph_name)))]
    triples = sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads}, key=lambda q: place(q, ""))
    assert union == [f"{q} .\n".encode() for q in triples]


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_the_order_of_quads_and_the_memory_for_them_change_no_byte(
    exported: Path, sample_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    quads = sorted(sample_build.store.quads(), key=lambda q: str(q)[::-1])
    monkeypatch.setattr("kg.publish.ordering._RUN", 100_000)
    write(iter(quads), BASE, tmp_path / f"graph{suffix}")
    assert (tmp_path / f"graph{suffix}").read_bytes() == (exported / f"graph{suffix}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.fixture(scope="module")
def links(sample_build: Build) -> nx.MultiDiGraph[str]:
    return graph(sample_build.store.quads(), BASE)


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_networkx_reads_back_every_node_and_edge_with_its_words(
    links: nx.MultiDiGraph[str], tmp_path: Path, suffix: str, read: Callable[..., nx.MultiDiGraph[str]]
) -> None:
    write_graph(links, tmp_path / f"graph{suffix}")
    back = read(tmp_path / f"graph{suffix}")
    assert {n: (d["kind"], d["label"]) for n, d in back.nodes(data=True)} == {
        n: (d["kind"], d["label"]) for n, d in links.nodes(data=True)
    }
    told = sorted((a, b, d["label"], d["weight"], d["words"]) for a, b, d in back.edges(data=True))
    assert told == sorted(
        (a, b, d["relation"], len(d["evidence"]), "\n".join(e["exact"] for e in d["evidence"]))
        for a, b, d in links.edges(data=True)
    )


def test_the_table_has_a_row_for_each_sentence_behind_each_link(links: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    write_graph(links, tmp_path / "links.csv")
    with (tmp_path / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(d["evidence"]) or 1 for _, _, d in links.edges(data=True)) > 300
    row = next(r for r in rows if r["relation"] == "states" and r["file"].startswith("thoughts-on"))
    text = (ARTICLES / row["file"]).read_text(encoding="utf-8")
    assert text[int(row["start"]) : int(row["end"])] == row["words"]
    assert {row["subject kind"], row["object kind"]} == {"article", "principle"}


@pytest.mark.parametrize("suffix", sorted(GRAPH_FORMATS))
def test_hostile_text_is_text_in_every_graph_format(tmp_path: Path, suffix: str) -> None:
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("urn:a", "urn:b"):
        made.add_node(name, kind="topic", label="=1+1", alt=("\0 nul", "]]>"), note="<b>&amp;", url="")
    evidence = {"exact": "@SUM(A1)", "article": "-1", "path": "+a.md", "section": "\x1b[1m", "start": 0, "end": 8}
    made.add_edge("urn:a", "urn:b", relation="mentions", evidence=(evidence,))
    write_graph(made, tmp_path / f"graph{suffix}")
    data = (tmp_path / f"graph{suffix}").read_bytes()
    if suffix == ".csv":
        cells = next(islice(csv.reader(data.decode("utf-8-sig").splitlines()), 1, None))
        assert cells[1] == "'=1+1"
        assert cells[7:10] == ["'-1", "'@SUM(A1)", "'+a.md"]
    else:
        assert lxml.etree.fromstring(data) is not None
        assert str(datetime.now(tz=UTC).year).encode() not in data


def test_an_unknown_suffix_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no format has the suffix '\.doc'; use one of: \.jsonld \.nq"):
        write([], BASE, tmp_path / "graph.doc")
    with pytest.raises(KgError, match=r"no format has the suffix '\.ttl'; use one of: \.csv \.gexf \.graphml"):
        write_graph(nx.MultiDiGraph(), tmp_path / "graph.ttl")
    with pytest.raises(KgError, match=r"use one of: \.jsonld .* \.graphml"):
        suffix_of(tmp_path / "graph")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        write([], BASE, tmp_path / "nowhere" / "graph.ttl")
