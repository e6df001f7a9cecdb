"""What people can name to build from: folders of everything, addresses, standard input; limits, and what is told."""

from __future__ import annotations

import http.server
import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest

from kg import pipeline
from kg.cli.limits import limit_options
from kg.model import Page
from kg.pipeline import Limits, Options
from kg.query import ask
from kg.read import pages_at
from kg.store import builds, open_build
from tests.conftest import ROOT, build
from tests.formats import AUTHORS, DAY, FILES, TAGS, TITLE

KG = [sys.executable, "-m", "kg"]


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """Make a folder with a file of every format, some of no format, and some that are broken."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for name, data in FILES.items():
        (folder / "deep" / name).write_bytes(data)
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 but no more")
    (folder / "broken.jsonl").write_bytes(b'{"title": "No text"}\nno json\n')
    return folder


def kg(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*KG, *map(str, arguments)], input=stdin, capture_output=True, check=False, cwd=ROOT)


def rows(output: Path, sparql: str) -> list[tuple[str, ...]]:
    made = open_build(output)
    return list(ask(made.store.engine, sparql, made.base).rows)


def test_a_folder_of_everything_is_read_and_all_of_it_accounted_for(everything: Path, tmp_path: Path) -> None:
    done = kg("build", everything, "-o", tmp_path / "out")
    assert done.returncode == 1
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    failed = {f["path"]: f["reason"] for f in report["failed"]}
    assert sorted(failed) == ["broken.jsonl/1", "broken.jsonl/line 2", "broken.pdf"]
    assert [s["path"] for s in report["skipped"]] == ["deep/a.zip/deep/c.png", "photo.png"]
    files = open_build(tmp_path / "out").files
    pages = [path for paths in files.values() for path in paths]
    assert len(pages) == len(set(pages))
    assert report["found"] == len(pages) + len(report["skipped"]) + len(report["failed"])
    assert report["merged"] == len(pages) - len(files)
    told = done.stderr.decode()
    assert "3 inputs gave no article:" in told
    assert all(path in told and reason in told for path, reason in failed.items())
    assert "Left out: 2 × .png files are not read" in done.stdout.decode()
    assert kg("check", "-o", tmp_path / "out").returncode == 0


def test_what_files_state_is_in_the_graph_with_the_words_that_say_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(FILES["a.html"])
    output = build(tmp_path / "a.html", output=tmp_path / "out")
    stated = (
        "?a schema:headline ?title ; schema:datePublished ?day ; schema:url ?url ; schema:publisher/schema:name ?by"
    )
    assert rows(output, f"SELECT ?title (STR(?day) AS ?d) (STR(?url) AS ?u) ?by {{ {stated} }}") == [
        (TITLE, DAY, "https://example.org/small", "The Quiet Deploy")
    ]
    assert sorted(rows(output, "SELECT ?tag { ?a schema:keywords ?tag }")) == [(tag,) for tag in sorted(TAGS)]
    told = "?a schema:author ?s . ?s schema:name ?who . ?p schema:mentions ?s ; kg:section ?where ; kg:exact ?words"
    assert sorted(rows(output, f"SELECT ?who ?where ?words {{ {told} }}")) == sorted(
        (name, "JSON-LD", f"author: {', '.join(AUTHORS)}") for name in AUTHORS
    )


def test_the_same_folder_gives_the_same_bytes_with_any_number_of_workers(everything: Path, tmp_path: Path) -> None:
    one, three = (build(everything, output=tmp_path / f"out{workers}", workers=workers) for workers in (1, 3))
    for name in ("graph.ttl", "graph.trig", "graph.html"):
        assert (one / name).read_bytes() == (three / name).read_bytes()


def test_standard_input_is_read_and_kept_to_be_checked(tmp_path: Path) -> None:
    for name in ("a.html", "a.jsonl", "a.jsonl.gz", "a.json", "a.eml", "a.txt"):
        done = kg("build", "-", "-o", tmp_path / "out", stdin=FILES[name])
        assert done.returncode == 0, done.stderr
        titles = {title for (title,) in rows(tmp_path / "out", "SELECT ?t { ?a schema:headline ?t }")}
        assert TITLE in titles, name
        paths = {path.partition("/")[0] for (path,) in rows(tmp_path / "out", "SELECT ?p { ?a kg:path ?p }")}
        assert paths == {"-"}
        assert kg("check", "-o", tmp_path / "out").returncode == 0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve files on this machine."""
    served = tmp_path / "served"
    served.mkdir()
    (served / "post").write_bytes(FILES["a.html"])
    (served / "feed.xml").write_bytes(FILES["a.rss"])
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(served))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address_is_fetched_and_kept_to_be_checked(address: str, tmp_path: Path) -> None:
    output = tmp_path / "out"
    done = kg("build", f"{address}/post", f"{address}/feed.xml", f"{address}/none", "-o", output)
    assert done.returncode == 1
    assert "answered 404" in done.stderr.decode()
    paths = {path for (path,) in rows(output, "SELECT ?p { ?a a schema:Article ; kg:path ?p }")}
    assert paths == {f"{address}/feed.xml/small", f"{address}/feed.xml/b"}, "the post is the feed's first entry"
    assert kg("check", "-o", output).returncode == 0
    alone = kg("build", f"{address}/none", "-o", output)
    assert alone.stderr.decode() == f"kg: {address}/none: answered 404 File not found; check the address\n"
    assert len(rows(output, "SELECT ?a { ?a a schema:Article }")) == 2


def test_limits_are_those_of_the_reader_and_each_can_be_raised(tmp_path: Path) -> None:
    defaults: dict[str, int] = {}
    import click

    @click.command()
    @limit_options
    def command(**limits: int) -> None:
        defaults.update(limits)

    command.main([], standalone_mode=False)
    assert defaults == asdict(Limits()) == asdict(Options().limits)
    (tmp_path / "long.txt").write_bytes(FILES["a.txt"] + b"And more.\n" * 200)
    refused = kg("build", tmp_path / "long.txt", "--max-file-size", "0.002", "-o", tmp_path / "out")
    assert b"long.txt: is larger than 0.002 MB; split it, or raise --max-file-size" in refused.stderr
    assert kg("build", tmp_path / "long.txt", "--max-file-size", "0.003", "-o", tmp_path / "out").returncode == 0
    assert open_build(tmp_path / "out").report["limits"]["file_bytes"] == 3000
    assert kg("check", "-o", tmp_path / "out").returncode == 0


def test_a_bar_shows_how_far_a_build_is_on_a_terminal_only(everything: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*KG, "build", str(everything), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=ROOT)
    os.close(theirs)
    shown = b""
    while piece := _read(ours):
        shown += piece
    process.wait()
    assert b"reading" in shown
    assert re.search(rb"reading +.* 0 of %d, [1-9]\d* articles|of %d, \d+ articles" % ((len(FILES) + 2,) * 2), shown)
    assert b"\x1b" not in kg("build", everything, "-o", tmp_path / "out").stderr


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_an_interrupted_reading_leaves_the_build_before_it(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes(FILES["a.md"])
    output = build(tmp_path / "one.md", output=tmp_path / "out")
    before = (output / "graph.ttl").read_bytes()
    many = tmp_path / "many.jsonl"
    many.write_bytes(b"".join(FILES["a.jsonl"].replace(b"posts/", b"%d/" % n) for n in range(3000)))
    before_ours = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored for all
    process = subprocess.Popen([*KG, "build", str(many), "-o", str(output)], cwd=ROOT, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, before_ours)
    while not list((output / ".builds").glob("2")):
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"Traceback" not in told
    assert (output / "graph.ttl").read_bytes() == before
    assert not list((output / ".builds").glob("2"))


def test_what_was_built_into_a_folder_of_articles_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes(FILES["a.md"])
    for _ in range(2):
        output = build(tmp_path, output=tmp_path)
        report = open_build(output).report
        assert (report["found"], report["skipped"]) == (1, [])
    (tmp_path / "two.md").write_text("# Two\n\nAnother text.\n")
    assert len(open_build(build(tmp_path.parent / tmp_path.name, output=tmp_path)).files) == 2


def test_a_folder_names_a_publisher_whatever_else_is_named(tmp_path: Path) -> None:
    for name in ("acme/deploy/one.md", "zeta/two.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(f"# {name}\n\nA text.\n")
    asked = "SELECT ?name { ?a schema:publisher/schema:name ?name }"
    acme, zeta = tmp_path / "acme", tmp_path / "zeta"
    assert rows(build(acme, output=tmp_path / "o1"), asked) == [("deploy",)]
    assert rows(build(acme, zeta, output=tmp_path / "o2"), asked) == [("deploy",)]
    assert rows(build(acme / "deploy", output=tmp_path / "o3"), asked) == []
    assert kg("check", "-o", tmp_path / "o2").returncode == 0


def test_pages_that_make_one_article_by_name_are_one(tmp_path: Path) -> None:
    """One page names the publisher, its copy the curator: joined, they are what a third page names in full."""
    told = "Teams should write tests before they ship."
    pages = {
        "a.md": f"---\ntitle: On review\npublisher: Acme\n---\n\n{told}\n",
        "b.txt": f"On review\n\nKey takeaway\n{told}\n\nSummary\n{told}\n\ncuration by Lectern\n",
        "c.txt": "On review\nSource: Acme\n\nKey takeaway\nCite.\n\nSummary\nCite all.\n\nCuration by Lectern.\n",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text)
    output = build(*(tmp_path / name for name in pages), output=tmp_path / "out")
    report = open_build(output).report
    assert len(open_build(output).files) == 1
    assert report["merged"] == 2
    assert kg("check", "-o", output).returncode == 0


def test_a_page_between_two_articles_does_not_make_them_one(tmp_path: Path) -> None:
    ours, theirs, both = "Ours is told. And more.", "Theirs is told. And more.", "Both tell it. And more."
    pages = (f"# T\n\n{ours}\n", f"# T\n\n{ours}\n\n{theirs}\n", f"# T\n\n{theirs}\n\n{both}\n")
    made = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        folder = tmp_path / "".join(map(str, order))
        folder.mkdir()
        for name, number in enumerate(order):
            (folder / f"{name}.md").write_text(pages[number])
        files = open_build(build(folder, output=tmp_path / f"out{folder.name}")).files
        made.add(tuple(sorted(tuple(sorted(digests.values())) for digests in files.values())))
    assert len(made) == 1


def test_a_page_that_changes_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_bytes(FILES["a.md"] if name < "c" else b"# Other\n\nA text.\n")
    real = pages_at

    def changed(*arguments: object) -> Iterator[Page]:
        (tmp_path / "b.md").write_text("# Other now\n\nAnother text.\n")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("kg.pipeline.revision.pages_at", changed)
    done = pipeline.build([tmp_path], tmp_path / "out", Options(), lambda *_: None)
    assert [(f.path, f.reason) for f in done.failed] == [("b.md", "changed while it was read")]
    assert (done.found, done.articles, done.merged) == (3, 2, 0)


def test_an_interrupt_right_after_a_build_became_the_newest_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.md").write_bytes(FILES["a.md"])
    output = build(tmp_path / "one.md", output=tmp_path / "out")

    def interrupted(folder: Path) -> None:
        if folder == output:
            raise KeyboardInterrupt

    monkeypatch.setattr(builds, "_sync", interrupted)
    (tmp_path / "two.md").write_bytes(b"# Other\n\nA text.\n")
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "two.md", output=output)
    assert [list(files) for files in open_build(output).files.values()] == [["two.md"]]


def test_the_encoding_that_only_the_server_tells_is_heard(tmp_path: Path) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=iso-8859-5")
            self.end_headers()
            self.wfile.write("<h1>Привет</h1><p>Команда должна читать.".encode("iso-8859-5"))

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        output = tmp_path / "out"
        assert kg("build", f"http://127.0.0.1:{server.server_port}/a", "-o", output).returncode == 0
        server.shutdown()
    assert rows(output, "SELECT ?t { ?a schema:headline ?t }") == [("Привет",)]


def test_what_is_no_article_in_a_folder_is_left_out_and_named_alone_it_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_bytes(FILES["a.md"])
    (folder / "pom.xml").write_text("<project/>")
    (folder / "package.json").write_text('{"name": "x", "version": "1"}')
    (folder / "numbers.csv").write_text("x,y\n1,2\n")
    done = kg("build", folder, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert b"4 found = 1 article + 0 merged into them + 3 left out + 0 failed" in done.stdout
    for name, reason in (("pom.xml", b"no feed"), ("package.json", b"no records"), ("numbers.csv", b"no column")):
        refused = kg("build", folder / name, "-o", tmp_path / "out")
        assert refused.returncode == 1
        assert reason in refused.stderr
