"""The dataset on disk and the folder in which builds appear."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from rdflib import Variable

from kg.errors import BuildError
from kg.pipeline import Options
from kg.pipeline import build as run
from kg.store import Build, Output, Store, open_build
from kg.store.builds import FORMAT, OPENED
from kg.vocab import BASE, concepts_graph, load
from tests.conftest import ARTICLES, SEED, build
from tests.pages import Digest, rendering_a
from tests.test_laws import records_of


def test_a_build_is_seen_as_an_rdflib_dataset(sample_build: Build) -> None:
    data = sample_build.store.dataset
    query = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a <https://schema.org/Article> }"
    assert [str(row[Variable("n")]) for row in data.query(query).bindings] == ["9"]


def test_shared_things_are_described_once_and_only_in_the_concepts_graph(sample_build: Build) -> None:
    concepts = concepts_graph(BASE)
    labels = [
        q for q in sample_build.store.quads() if q.predicate.value.endswith(("#prefLabel", "#altLabel", "#broader"))
    ]
    assert {q.graph_name.value for q in labels} == {concepts}  # type: ignore[union-attr]
    assert len(labels) == len({(q.subject, q.predicate, q.object) for q in labels})


def test_no_blank_node_stands_in_a_build(sample_build: Build) -> None:
    assert not any("_:" in str(q)[:2] or " _:" in str(q) for q in sample_build.store.quads())


def test_two_names_of_one_thing_have_one_preferred_label() -> None:
    vocabulary = load()
    pages = [
        Digest(title, "P", prose={"Summary": ("A team wrote.",)}, lists={"Topics": (topic,)})
        for title, topic in (("One", "Startup Engineering"), ("Two", "startup engineering"))
    ]
    one, two = records_of(pages, "b.txt")
    store = Store(BASE)

    def labels(kind: str) -> list[str]:
        quads = store.graph(concepts_graph(BASE))
        named = (q for q in quads if q.predicate.value.endswith(kind) and "startup-engineering" in str(q.subject))
        return sorted(str(q.object.value) for q in named)  # type: ignore[union-attr]

    store.put([one, two], vocabulary)
    assert (labels("#prefLabel"), labels("#altLabel")) == (["startup engineering"], ["Startup Engineering"])
    store.remove([one.iri], vocabulary)
    assert (labels("#prefLabel"), labels("#altLabel")) == (["startup engineering"], [])


def test_replacing_an_article_leaves_nothing_of_the_old(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    page = inputs / "page.txt"
    page.write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    output = build(inputs, output=tmp_path / "out")
    first = (output / "graph.trig").read_bytes()
    page.write_text(page.read_text(encoding="utf-8").replace("job market", "labour of love"), encoding="utf-8")
    build(inputs, output=output)
    assert b"labour of love" in (output / "graph.trig").read_bytes()
    page.write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    build(inputs, output=output)
    assert (output / "graph.trig").read_bytes() == first


def test_the_names_of_a_build_all_change_at_one_instant(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    assert all((output / name).is_symlink() for name in OPENED)
    assert {(output / name).resolve().parent for name in OPENED} == {output.resolve() / ".builds" / "1"}
    build(ARTICLES, output=output)
    assert {(output / name).resolve().parent for name in OPENED} == {output.resolve() / ".builds" / "2"}


def test_a_reader_keeps_the_build_that_it_opened(tmp_path: Path) -> None:
    output = build(ARTICLES, output=tmp_path / "out")
    old = open_build(output)
    assert len(old.store.articles()) == 9
    build(SEED, output=output)
    assert len(old.store.articles()) == 9
    assert len(list(old.store.quads())) > 4000
    assert len(open_build(output).store.articles()) == 1


def test_a_moved_build_still_knows_its_files(tmp_path: Path) -> None:
    from kg.pipeline import check_build

    home = tmp_path / "home"
    (home / "in").mkdir(parents=True)
    (home / "in" / "page.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    build(home / "in", output=home / "out")
    home.rename(tmp_path / "moved")
    output = tmp_path / "moved" / "out"
    assert not check_build(open_build(output), output).problems


def test_a_second_writer_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    output = tmp_path / "out"
    with Output(output).new_build(), pytest.raises(BuildError, match=f"process {os.getpid()} is writing here"):
        build(SEED, output=output)


def test_what_others_made_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("mine")
    with pytest.raises(BuildError, match="was not made by kg build and would be lost"):
        build(SEED, output=tmp_path)
    assert (tmp_path / "graph.ttl").read_text() == "mine"


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BuildError, match="is a file"):
        build(SEED, output=tmp_path / "out")


def test_a_folder_that_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="holds no build; make one: kg build"):
        open_build(tmp_path)
    (tmp_path / "report.json").write_text("[]")
    with pytest.raises(BuildError, match="is no report of a build"):
        open_build(tmp_path)


def test_a_build_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    (output / "report.json").resolve().write_text(json.dumps({**report, "format": FORMAT + 1, "version": "9.9"}))
    with pytest.raises(BuildError, match=r"was built by the newer version 9\.9 \(format 4, known: 3\)"):
        open_build(output)


def test_the_files_of_a_build_of_an_earlier_layout_are_those_in_its_report(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    files = open_build(output).files
    told = [{"article": iri, "files": [{"path": p, "sha256": s} for p, s in f.items()]} for iri, f in files.items()]
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    (output / "report.json").resolve().write_text(json.dumps({**report, "format": 2, "articles": told}))
    (output / ".current" / "ledger.db").unlink()
    assert open_build(output).files == files
    assert not open_build(output).is_current_format


@pytest.mark.parametrize("moment", [1, 2])
def test_a_build_killed_while_it_appears_is_there_whole_or_not_at_all(tmp_path: Path, moment: int) -> None:
    output = build(ARTICLES, output=tmp_path / "out")
    code = f"""
import os
from pathlib import Path
from kg import pipeline
from kg.store import builds
calls = []
def sync(folder):
    calls.append(folder)
    if len(calls) == {moment}:
        os.kill(os.getpid(), 9)
builds._sync = sync
pipeline.build([Path({str(SEED)!r})], Path({str(output)!r}), pipeline.Options(), lambda *_: None)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert len(open_build(output).store.articles()) == {1: 9, 2: 1}[moment]
    assert {(output / name).resolve().parent for name in OPENED} == {open_build(output).folder}


def test_an_interrupted_build_is_swept_away_by_the_next(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    (output / ".builds" / "7").mkdir()
    (output / ".builds" / "7" / "half").write_text("half")
    build(ARTICLES, output=output)
    assert sorted(p.name for p in (output / ".builds").iterdir()) == ["1", "2"]


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    output = tmp_path / "out"
    code = (
        "import os; from pathlib import Path; from kg.store import Output\n"
        f"with Output(Path({str(output)!r})).new_build(): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert run([SEED], output, Options(), lambda *_: None).articles == 1


def test_a_damaged_store_is_one_clear_error(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    for file in (output / "store").resolve().glob("*.sst"):
        file.write_bytes(file.read_bytes()[:50])
    with pytest.raises(BuildError, match="the store cannot be opened"):
        list(open_build(output).store.quads())


@pytest.mark.parametrize("damage", [{"articles": None}, {"root": 3}, {"base": "x y"}, {"articles": [{"files": [{}]}]}])
def test_a_damaged_report_is_one_clear_error(tmp_path: Path, damage: dict[str, object]) -> None:
    output = build(SEED, output=tmp_path / "out")
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    (output / "report.json").resolve().write_text(json.dumps({**report, **damage}))
    with pytest.raises(BuildError, match="is damaged"):
        open_build(output)


def test_a_link_that_somebody_else_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("mine")
    output = tmp_path / "out"
    output.mkdir()
    (output / "graph.ttl").symlink_to(tmp_path / "mine.ttl")
    with pytest.raises(BuildError, match="would be lost"):
        build(SEED, output=output)


def test_only_builds_are_swept_away(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    (output / ".builds" / "notes").mkdir()
    build(ARTICLES, output=output)
    assert (output / ".builds" / "notes").exists()


@pytest.mark.parametrize("place", ["output", "."])
def test_building_into_the_folder_of_the_articles_reads_no_product_of_its_own(tmp_path: Path, place: str) -> None:
    (tmp_path / "page.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        output = build(tmp_path, output=tmp_path / place)
        report = json.loads((output / "report.json").read_text(encoding="utf-8"))
        assert len(open_build(output).files) == 1
        assert report["failed"] == []


def test_an_address_that_is_no_iri_is_kept_as_a_name_and_a_place_on_a_page_is_no_part_of_one() -> None:
    told = {"Code references": ("https://example.org/[x]", "https://github.com/org/tool#usage")}
    page = Digest("One", "P", prose={"Summary": ("A team wrote.",)}, lists=told)
    store = Store(BASE)
    store.put(records_of([page], "b.txt"), load())
    named = {str(q.object.value) for q in store.quads() if q.predicate.value.endswith("/codeRepository")}  # type: ignore[union-attr]
    names = {str(q.object.value) for q in store.quads() if q.predicate.value == "https://schema.org/name"}  # type: ignore[union-attr]
    assert named == {"https://github.com/org/tool#usage"}
    assert {"https://example.org/[x]", "org/tool"} <= names


def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(400):
        page = rendering_a(Digest(f"Article {number}", "P", prose={"Summary": ("Every team should review code.",)}))
        (inputs / f"{number}.txt").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(inputs), "--workers", "2", "-q", "-o", str(tmp_path / "out")]
    with subprocess.Popen(command) as process:
        workers: list[int] = []
        deadline = time.monotonic() + 20
        while len(workers) < 2 and time.monotonic() < deadline:
            workers = children(process.pid)
        process.kill()
    assert len(workers) >= 2
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline + 20:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def children(parent: int) -> list[int]:
    """Return the processes that a process has started, by /proc."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            if f"\nPPid:\t{parent}\n" in status.read_text():
                found.append(int(status.parent.name))
    return found
