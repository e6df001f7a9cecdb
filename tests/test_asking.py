"""Questions on the command line: of the graph, of one's own, explained, and completed by the shell."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import QuestionError
from kg.query import beginning, bind, find_question, questions
from kg.store import Build
from tests.test_cli import kg, refused

GRAPH_QUESTIONS = {
    "path": ["CTO", "incident response"],
    "related": ["coding agent"],
    "central": ["--kind", "role"],
    "communities": [],
    "reading-path": ["CTO"],
}


@pytest.mark.parametrize("command", sorted(GRAPH_QUESTIONS))
def test_a_graph_question_is_answered_as_table_csv_and_json(sample: Path, command: str) -> None:
    shown, rows, whole = (
        kg(command, *GRAPH_QUESTIONS[command], "--format", format_, "-o", sample)
        for format_ in ("table", "csv", "json")
    )
    assert (shown.returncode, rows.returncode, whole.returncode) == (0, 0, 0)
    header, *cells = csv.reader(io.StringIO(rows.stdout))
    assert cells
    assert all(len(row) == len(header) for row in cells)
    assert all(" ".join(name.split()) in shown.stdout for name in header)
    assert "https://w3id.org/article-kg/" in json.dumps(json.loads(whole.stdout))


def test_a_path_shows_the_words_of_each_step(sample: Path) -> None:
    steps = json.loads(kg("path", "CTO", "incident response", "--format", "json", "-o", sample).stdout)["steps"]
    assert len(steps) == 2
    assert all(step["evidence"][0]["exact"] for step in steps)


def test_a_reading_path_tells_what_it_covers(sample: Path) -> None:
    assert kg("reading-path", "CTO", "-o", sample).stderr == "2 articles: 4 of 4 topics covered\n"
    assert kg("reading-path", "CTO", "-q", "-o", sample).stderr == ""


def test_too_small_a_collection_has_no_gaps_and_says_why(sample: Path) -> None:
    done = kg("gaps", "-o", sample)
    assert done.returncode == 0
    assert "no gaps: that takes two topics" in done.stderr


def test_things_that_are_not_linked_are_named(sample: Path) -> None:
    told = refused("path", "CTO", "level:beginner", "-o", sample)
    assert told == "kg: 'CTO': has no links that lead to 'level:beginner'; see kg related, kg why"


def test_a_question_is_explained_by_its_sparql(sample: Path) -> None:
    shown = kg("query", "principles", "-p", "topic=LLMs", "-p", "role=CTO", "--explain", "-o", sample).stdout
    assert "VALUES ?topic { <https://w3id.org/article-kg/topic/large-language-model> }" in shown
    assert "\n      GRAPH ?article { ?principle kg:appliesTo ?role }" in shown  # asked for
    assert "\n      # given source: ?article schema:publisher ?source ." in shown  # not asked for
    asked = kg("query", "principles", "-p", "topic=LLMs", "-p", "role=CTO", "-o", sample)
    assert kg("query", "--sparql", shown, "-o", sample).stdout == asked.stdout
    assert kg("query", "--sparql", "ASK {}", "--explain", "-o", sample).returncode == 2


def test_people_are_shown_the_first_rows_and_programs_get_all(sample: Path) -> None:
    whole = kg("query", "wording", "--format", "tsv", "-o", sample).stdout.splitlines()[1:]
    assert kg("query", "wording", "-p", "most=all", "-o", sample).stderr == f"{len(whole)} rows\n"
    assert kg("query", "wording", "-o", sample).stderr == "100 rows, and there are more: -p most=all\n"
    assert len(kg("query", "wording", "-p", "most=3", "--format", "tsv", "-o", sample).stdout.splitlines()) == 4


def test_json_lines_are_plain_objects(sample: Path) -> None:
    done = kg("query", "roles", "-p", "role=CTO", "--format", "jsonl", "-o", sample)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"label": "CTO", "articles": 7, "principles": 3}]


MINE = """# Which articles say this word, so many times or more?
# param word: text = review
# param day: date
# param least: number = 1
SELECT ?title (COUNT(?passage) AS ?n) WHERE {
  # given day: ?article schema:datePublished ?day .
  ?article schema:headline ?title . ?passage schema:isPartOf ?article ; kg:exact ?exact .
  FILTER(CONTAINS(LCASE(?exact), ?word))
}
GROUP BY ?title ?least HAVING(COUNT(?passage) >= ?least)
"""


def test_questions_of_ones_own_join_the_list(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "output").symlink_to(sample)
    own = tmp_path / "queries"
    own.mkdir()
    (own / "mine.rq").write_text(MINE, encoding="utf-8")
    (own / "roles.rq").write_text("# Which role?\nSELECT ?r { ?r a kg:Role }", encoding="utf-8")
    listed = kg("questions", "-o", tmp_path / "output").stdout
    assert "Which articles say this word, so many times or more?" in listed
    assert "-p word=review -p day= -p least=1" in listed
    assert "Whom does the collection speak to" not in listed  # replaced by one's own
    ask: list[str | Path] = ["query", "mine", "--format", "csv", "-o", tmp_path / "output"]
    many, few = kg(*ask).stdout.splitlines(), kg(*ask, "-p", "least=3").stdout.splitlines()
    assert 1 < len(few) < len(many)
    assert kg(*ask, "-p", 'word=agents\' "names"').stdout.splitlines() == ["title,n"]
    assert kg("query", "mine", "--queries", own, "-o", sample).returncode == 0
    assert "'many' is none; give a whole number" in refused(*ask, "-p", "least=many")
    assert "'soon' is none; give a day" in refused(*ask, "-p", "day=soon")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { ?s ?p ?o }", r"mine\.rq: line 1: is no comment; begin with the question"),
        ("# Which?\n# param x\nASK {}", r"mine\.rq: line 2: is no parameter; write: # param NAME: KIND"),
        ("# Which?\n# param x: wizard\nASK { ?x ?y ?z }", r"mine\.rq: line 2: no kind 'wizard'; use one of: article"),
        ("# Which?\n\n# param x: role\nASK { ?s ?p ?o }", r"mine\.rq: line 3: the query has no \?x; use it"),
        ("# Wéich?\n".encode("latin-1").decode("latin-1"), None),
    ],
)
def test_what_is_no_question_is_told_with_its_line(tmp_path: Path, text: str, told: str | None) -> None:
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8" if told else "latin-1")
    with pytest.raises(QuestionError, match=told or "is not UTF-8 text"):
        find_question("mine", tmp_path)
    with pytest.raises(QuestionError):
        questions(tmp_path)
    assert find_question("roles", tmp_path).name == "roles"  # one bad file is in nobody's way


def test_what_is_asked_for_cannot_break_out_of_its_place(sample_build: Build, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(MINE, encoding="utf-8")
    hostile = 'x" } } # \\" \n SERVICE <http://127.0.0.1:9/>'
    sparql = bind(find_question("mine", tmp_path), {"word": hostile}, sample_build.store.engine, sample_build.base)
    assert 'VALUES ?word { "x\\" } } # \\\\\\" \\n SERVICE <http://127.0.0.1:9/>" }' in sparql


BASH = shutil.which("bash")
COMPLETIONS = {
    "kg re": ["reading-path", "related", "remove"],
    "kg query rea": ["readers", "reading"],
    "kg query reading -p ": ["role=", "level=", "most="],
    "kg query reading -p role = vp": ["vp-of-data", "vp-of-engineering"],
    "kg query reading -p role = VP-of-D": ["vp-of-data"],
    "kg query duties -p modality = pr": ["prohibition", "preference"],
    "kg why coding": ["coding-agent"],
    "kg reading-path product-m": ["product-manager"],
    "kg completion z": ["zsh"],
    "kg query nothing -p ": [],
    "kg query reading -p wizard = ": [],
}


@pytest.mark.skipif(BASH is None, reason="there is no bash here")
@pytest.mark.parametrize("line", sorted(COMPLETIONS))
def test_bash_completes(sample: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "output").symlink_to(sample)
    command = tmp_path / "kg"
    command.write_text(f"#!{sys.executable}\nfrom kg.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    script = (
        'source <(kg completion bash); compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '_kg_completion kg; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    words = [*line.split(), *([""] if line.endswith(" ") else [])]
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        [str(BASH), "-c", script, "bash", *words],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert (done.stdout.split(), done.stderr) == (COMPLETIONS[line], "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_is_printed(shell: str) -> None:
    assert f"_KG_COMPLETE={shell}_complete" in kg("completion", shell).stdout


def test_nothing_is_completed_where_there_is_no_build(tmp_path: Path) -> None:
    environment = {"COMP_WORDS": f"kg\nwhy\n-o\n{tmp_path}\nx", "COMP_CWORD": "4", "_KG_COMPLETE": "zsh_complete"}
    code = "import sys; sys.argv[0] = 'kg'; from kg.cli import main; main()"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_a_name_is_offered_once_with_its_label(sample_build: Build) -> None:
    engine, base = sample_build.store.engine, sample_build.base
    assert beginning(engine, base, "Vp of E", "role") == [("vp-of-engineering", "VP of Engineering")]
    offered = beginning(engine, base, "", "topic", "role", "source", "article")
    assert offered == sorted(set(offered))
    assert len(offered) == 50
