"""Every export reads back as the graph that it was written from, through readers that are not ours."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import KgError
from kg.publish import FORMATS, write
from kg.store import Build
from kg.vocab import BASE

RDFLIB = {".jsonld": "json-ld", ".nq": "nquads", ".nt": "nt", ".rdf": "xml", ".trig": "trig", ".ttl": "turtle"}
RAPPER = {".nq": "nquads", ".nt": "ntriples", ".rdf": "rdfxml", ".trig": "trig", ".ttl": "turtle"}
SERDI = {".nq": "nquads", ".nt": "ntriples", ".trig": "trig", ".ttl": "turtle"}
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


def test_an_unknown_suffix_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no format has the suffix '\.doc'; use one of: \.jsonld \.nq"):
        write([], BASE, tmp_path / "graph.doc")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        write([], BASE, tmp_path / "nowhere" / "graph.ttl")
