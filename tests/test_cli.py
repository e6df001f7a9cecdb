"""The command line as its users meet it: a real process, its output, its errors and exit codes."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import __version__
from kg.cli import main
from tests.browser.inside import block
from tests.conftest import ARTICLES, ROOT, SEED

README = (ROOT / "README.md").read_text(encoding="utf-8")


def kg(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it did."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    variables = {**os.environ, "COLUMNS": "200", **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd, env=variables)


def refused(*arguments: str | Path, code: int = 1) -> str:
    """Run a command that must fail with one line, and return that line."""
    done = kg(*arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert done.stderr.startswith("kg: ")
        assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_help_and_version() -> None:
    assert "Turn articles into a knowledge graph" in kg("--help").stdout
    assert __version__ in kg("--version").stdout
    commands = re.findall(r"^  ([\w-]+) ", kg("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert commands == sorted(main.commands)
    for command in commands:
        text = kg(command, "--help").stdout
        assert "Example: kg " in text, command
        assert "--output" in text
        assert "--quiet" in text
        assert "--verbose" in text


def test_help_loads_nothing_heavy() -> None:
    heavy = ("rdflib", "pyoxigraph", "networkx", "pyvis", "rich")
    code = f"import sys, kg.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_is_in_the_readme() -> None:
    for command in main.commands:
        assert f"kg {command}" in README


def test_the_readme_shows_what_the_first_command_prints(tmp_path: Path) -> None:
    shown = README.partition("ends like this:\n\n```\n")[2].partition("```")[0].partition("Try next")[0]
    (tmp_path / "data").symlink_to(ROOT / "data")
    assert shown in kg("build", cwd=tmp_path).stdout


def test_the_readme_shows_a_piece_of_the_graph(sample: Path) -> None:
    names = [
        line for line in (sample / "graph.ttl").read_text(encoding="utf-8").splitlines() if line.startswith("@prefix")
    ]
    excerpt = README.partition("```turtle\n")[2].partition("```")[0]
    shown = {str(q) for q in ox.parse("\n".join(names) + excerpt, format=ox.RdfFormat.TURTLE)}
    assert shown
    assert shown <= {str(q) for q in ox.parse(path=str(sample / "graph.ttl"), format=ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize("line", re.findall(r"^kg (query [^#\n]*)", README, re.MULTILINE))
def test_the_questions_in_the_readme_have_answers(sample: Path, line: str) -> None:
    if "--sparql" not in line:
        done = kg(*shlex.split(line), "-o", sample)
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) > 1


def test_build_says_what_it_made_where_it_is_and_what_to_try(tmp_path: Path) -> None:
    done = kg("build", ARTICLES, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "11 found = 9 articles + 2 merged into them + 0 left out + 0 failed" in done.stdout
    assert f"Turtle   {tmp_path / 'out' / 'graph.ttl'}" in done.stdout
    assert f"Graph    {tmp_path / 'out' / 'graph.html'}" in done.stdout
    assert re.search(r"9 articles +\d+ topics +\d+ roles +\d+ principles +9 sources", done.stdout)
    tries = [line.strip() for line in done.stdout.partition("Try next:")[2].splitlines() if line.strip()]
    assert len(tries) == 3
    for line in tries:
        suggested = kg(*shlex.split(line)[1:])
        assert suggested.returncode == 0, line
        assert suggested.stdout.strip()


def test_build_reads_the_sample_data_by_default(tmp_path: Path) -> None:
    done = kg("build", "-q", "-o", tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["counts"]["article"] == 9


def test_a_bad_file_is_named_and_the_rest_is_built(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "good.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    (inputs / "bad.txt").write_bytes(b"\x00")
    (inputs / "photo.png").write_bytes(b"x")
    done = kg("build", inputs, "-o", tmp_path / "out", "--verbose")
    assert done.returncode == 1
    assert re.search(r"^bad\.txt +is binary, not text +save the article as text", done.stderr, re.MULTILINE)
    assert "kg: photo.png: left out, .png files are not read" in done.stderr
    assert "3 found = 1 article + 0 merged into them + 1 left out + 1 failed" in done.stdout
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["failed"] == [
        {"path": "bad.txt", "reason": "is binary, not text", "hint": "save the article as text, Markdown or HTML"}
    ]


def test_bad_input_is_one_line_and_loses_nothing(sample: Path, tmp_path: Path) -> None:
    before = (sample / "graph.ttl").read_bytes()
    empty = tmp_path / "empty"
    empty.mkdir()
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\x00\x01")
    missing = refused("build", tmp_path / "nowhere", "-o", sample)
    assert missing == f"kg: {tmp_path / 'nowhere'}: no such file or folder; check the path"
    assert (
        refused("build", empty, "-o", sample)
        == f"kg: {empty}: holds no article; put articles there: .txt, .md, .html, .pdf, .docx, .jsonl, ..."
    )
    assert "binary.txt: is binary, not text; save the article" in refused("build", binary, "-o", sample)
    assert (sample / "graph.ttl").read_bytes() == before


def test_bad_questions_are_one_line(sample: Path) -> None:
    syntax = refused("query", "--sparql", "SELECT * WHERE {\n ?s ?p }", "-o", sample)
    assert re.match(r"kg: query: line 2, column \d+: expected .*; in: \?s \?p }", syntax)
    assert "no question named 'rolls'; try one of: roles" in refused("query", "rolls", "-o", sample)
    assert "stands for" in refused("why", "VP", "-o", sample)
    assert "no thing of that name here; try: coding agent" in refused("why", "codin agent", "-o", sample)
    assert "no role of that name here" in refused("query", "reading", "-p", "role=Wizard", "-o", sample)
    assert "has no parameter 'x'; it has: role, level" in refused("query", "reading", "-p", "x=y", "-o", sample)


def test_a_folder_that_is_no_build_is_one_line(tmp_path: Path) -> None:
    for command in (
        ["query", "reading"],
        ["why", "CTO"],
        ["show", "--no-open"],
        ["check"],
        ["export", tmp_path / "x.ttl"],
    ):
        line = refused(*command, "-o", tmp_path)
        assert line == f"kg: {tmp_path}: holds no build; make one: kg build PATH -o {tmp_path}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["query"],
        ["query", "reading", "--sparql", "ASK {}"],
        ["query", "--sparql", "ASK {}", "-p", "role=CTO"],
        ["query", "reading", "-p", "role"],
        ["query", "reading", "-p", "role=CTO", "-p", "role=Editor"],
        ["query", "reading", "--format", "pdf"],
        ["build", "--base", "javascript:alert(1)"],
        ["build", "--base", "https://example.org"],
        ["build", "--base", "https:///"],
        ["build", "--base", "https://exa%zz.org/"],
        ["build", "--workers", "-1"],
        ["why"],
        ["frobnicate"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert "Usage: " in refused(*arguments, code=2)


def test_query_prints_results_to_stdout_and_the_rest_to_stderr(sample: Path, tmp_path: Path) -> None:
    done = kg("query", "reading", "-p", "role=CTO", "-o", sample)
    assert done.stdout.count("CTO") == 7
    assert done.stderr == "7 rows\n"
    table = kg("query", "reading", "-p", "role=CTO", "--format", "csv", "-o", sample)
    assert table.stdout.splitlines()[0] == "for,title,levelName,publishedBy,article"
    assert len(table.stdout.splitlines()) == 8
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?t { article:x ?p ?t }")
    assert kg("query", "--file", file, "-o", sample).returncode == 0
    file.write_text("SELECT oops")
    assert f"kg: {file}: line 1" in refused("query", "--file", file, "-o", sample)


def test_why_shows_the_sentence_and_where_it_stands(sample: Path) -> None:
    done = kg("why", "job market", "-o", sample)
    assert '"The current job market in AI, particularly for Large Language Models' in done.stdout
    assert re.search(r"Summary, thoughts-on-the-job-market-in-the-age-of-llms\.txt:\d+-\d+", done.stdout)
    found = json.loads(kg("why", "job market", "--format", "json", "-o", sample).stdout)
    for e in found["evidence"]:
        text = (ARTICLES / e["path"]).read_text(encoding="utf-8-sig")
        assert text[e["start"] : e["end"]] == e["exact"]


def test_questions_lists_them_in_english() -> None:
    assert "What should a role read?" in kg("questions").stdout


def test_export_writes_the_format_of_the_suffix(sample: Path, tmp_path: Path) -> None:
    for suffix in (".ttl", ".trig", ".nq", ".nt", ".jsonld", ".rdf"):
        file = tmp_path / f"graph{suffix}"
        assert kg("export", file, "-o", sample).stdout == f"{file}\n"
        assert file.stat().st_size > 100_000
    assert "no format has the suffix '.doc'" in refused("export", tmp_path / "graph.doc", "-o", sample)


def test_show_prints_the_path_and_writes_what_is_missing(tmp_path: Path) -> None:
    kg("build", SEED, "-q", "-o", tmp_path / "out")
    page = tmp_path / "out" / "graph.html"
    before = page.read_bytes()
    page.resolve().unlink()
    assert kg("show", "--no-open", "-o", tmp_path / "out").stdout == f"{page}\n"
    assert page.read_bytes() == before


def test_show_writes_a_page_that_answers_sparql(tmp_path: Path) -> None:
    kg("build", SEED, "-q", "-o", tmp_path / "out")
    page = Path(kg("show", "--sparql", "--no-open", "-o", tmp_path / "out").stdout.strip())
    assert "What should a role read?" in str(block(page.read_text("utf-8"), "graph")["questions"])
    assert "'wasm-unsafe-eval'" not in (tmp_path / "out" / "graph.html").read_text("utf-8")


def test_check_finds_a_changed_file(tmp_path: Path) -> None:
    page = tmp_path / "in" / "page.txt"
    page.parent.mkdir()
    page.write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    kg("build", page.parent, "-q", "-o", tmp_path / "out")
    good = kg("check", "-o", tmp_path / "out")
    assert good.returncode == 0
    assert re.match(r"1 articles?, \d+ passages: each cuts its own words", good.stdout)
    page.write_text(page.read_text(encoding="utf-8").replace("significant", "manageable"), encoding="utf-8")
    bad = kg("check", "--format", "json", "-o", tmp_path / "out")
    assert bad.returncode == 1
    assert len(json.loads(bad.stdout)["problems"]) >= 2
    page.unlink()
    gone = kg("check", "-o", tmp_path / "out")
    assert "page.txt: cannot be read" in gone.stdout


def test_a_reader_that_stops_early_is_no_error(sample: Path) -> None:
    command = f"{sys.executable} -m kg query principles -o {sample} | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.count("\n") == 1


def test_a_reader_that_reads_nothing_is_no_error(sample: Path) -> None:
    command = f"{sys.executable} -m kg why CTO -o {sample} | true"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_odd_names_are_one_line(sample: Path) -> None:
    for name in ("topic:coding agent", "topic:<x>", "https://w3id.org/article-kg/topic/%zz", "\x1b[31m", "x" * 5000):
        line = refused("why", name, "-o", sample)
        assert "no thing of that name here" in line
        assert "\x1b" not in line


def test_a_modality_is_asked_for_by_its_name_or_its_verb(sample: Path) -> None:
    must = kg("query", "duties", "-p", "modality=must", "--format", "csv", "-o", sample).stdout
    assert must == kg("query", "duties", "-p", "modality=kg:Obligation", "--format", "csv", "-o", sample).stdout
    assert must.count("Obligation") >= 2
    assert "no modality 'Obsession'" in refused("query", "duties", "-p", "modality=Obsession", "-o", sample)


def test_articles_of_a_top_field_are_those_of_its_sub_fields(sample: Path) -> None:
    rows = kg("query", "articles", "-p", "field=Business & Management", "--format", "csv", "-o", sample).stdout
    assert len(rows.splitlines()) == 3


def test_what_a_build_writes_is_no_target_of_an_export(sample: Path) -> None:
    before = (sample / "graph.ttl").read_bytes()
    assert "is there already" in refused("export", sample / "graph.ttl", "-o", sample)
    assert (sample / "graph.ttl").read_bytes() == before


def test_show_puts_back_a_link_that_is_gone(tmp_path: Path) -> None:
    kg("build", SEED, "-q", "-o", tmp_path / "out")
    (tmp_path / "out" / "graph.html").unlink()
    assert kg("show", "--no-open", "-o", tmp_path / "out").returncode == 0
    assert (tmp_path / "out" / "graph.html").exists()


def test_a_terminal_that_knows_only_ascii_is_no_error(sample: Path) -> None:
    done = kg("query", "articles", "-o", sample, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "you\\u2019re" in done.stdout


def test_nothing_in_an_article_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    page = tmp_path / "in" / "a\x1b[31mb.txt"
    page.parent.mkdir()
    page.write_text(
        SEED.read_text(encoding="utf-8").replace("Interconnects AI", "Inter\u202econnects\x9b2J"), encoding="utf-8"
    )
    kg("build", page.parent, "-q", "-o", tmp_path / "out")
    for command in (["why", "CTO"], ["query", "articles"], ["query", "sources"], ["check"]):
        done = kg(*command, "-o", tmp_path / "out")
        assert done.returncode == 0
        assert not set(done.stdout + done.stderr) & {"\x1b", "\x9b", "\u202e"}
