"""A build asked from Python: what its documentation shows, and what a notebook shows of hostile words."""

from __future__ import annotations

import doctest
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import kg
from kg.collection import Collection, Explorer, collection
from kg.errors import BuildError, QuestionError, UnknownNameError
from kg.query import Table
from tests.conftest import build


@pytest.fixture(scope="module")
def g(sample: Path) -> Collection:
    return kg.open(sample)


EXAMPLES = [example for example in doctest.DocTestFinder().find(collection) if example.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name.rpartition(".")[2])
def test_the_examples_of_the_documentation_hold(
    example: doctest.DocTest, sample: Path, g: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample.parent)  # where kg.open("output") finds the build
    example.globs.update(g=g)
    assert doctest.DocTestRunner().run(example).failed == 0


def test_all_that_can_be_asked_has_an_example() -> None:
    shown = {example.name.rpartition(".")[2] for example in EXAMPLES}
    assert {name for name in vars(Collection) if not name.startswith("_")} <= shown


def test_values_are_those_of_python(g: Collection) -> None:
    values = '(3 "2026-01-31"^^xsd:date true 0.5 "a"@en UNDEF role:cto)'
    sparql = f"SELECT * {{ VALUES (?i ?d ?b ?n ?s ?u ?r) {{ {values} }} }}"
    (row,) = g.query(sparql).records()
    assert row == {
        "i": 3, "d": date(2026, 1, 31), "b": True, "n": 0.5, "s": "a", "u": None, "r": g.find("CTO", "role"),
    }  # fmt: skip
    assert g.query('SELECT ?d { BIND("12026-01-31"^^xsd:date AS ?d) }').rows == (("12026-01-31",),)
    assert g.query("ASK { role:cto a kg:Role }").rows == ((True,),)
    graph = g.query("CONSTRUCT { ?s a kg:Role } WHERE { ?s a kg:Role }")
    assert graph.columns == ("subject", "predicate", "object")
    assert list(graph) == sorted(graph)


def test_what_is_no_question_or_no_thing_is_refused_as_on_the_command_line(g: Collection, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="line 1, column"):
        g.query("SELECT")
    with pytest.raises(QuestionError, match="try one of: roles"):
        g.ask("rolls")
    with pytest.raises(UnknownNameError, match="no role of that name"):
        g.reading_path("Wizard")
    with pytest.raises(UnknownNameError, match="has no links that lead to"):
        g.path("CTO", "level:beginner")
    with pytest.raises(BuildError, match="holds no build"):
        kg.open(tmp_path)


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)


def test_a_notebook_runs_nothing_that_an_article_says(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script> & "<img src=x onerror=alert(1)>"'
    (tmp_path / "a.md").write_text(f"# {hostile.replace('<', '&lt;')}\n\nTeams should review code.\n", encoding="utf-8")
    found = kg.open(build(tmp_path / "a.md", output=tmp_path / "out"))
    assert "alert(1)" in found.articles()[0].title
    for shown in (found, found.query("SELECT ?t { ?a schema:headline ?t }"), Table((hostile,), ((hostile,),))):
        assert _Tags(shown._repr_html_()).tags <= {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert _Tags(Explorer(f"{hostile}'\"", 9)._repr_html_()).tags == {"iframe"}


def test_a_long_table_says_how_much_of_it_is_shown() -> None:
    page = Table(("n",), tuple((n,) for n in range(101)))._repr_html_()
    assert page.count("<td>") == 100
    assert "100 of 101 rows" in page


def test_questions_of_ones_own_stand_beside_the_output(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "output").symlink_to(sample)
    own = tmp_path / "queries"
    own.mkdir()
    (own / "mine.rq").write_text("# Which titles are there?\nSELECT ?t { ?a schema:headline ?t }", encoding="utf-8")
    assert len(kg.open(tmp_path / "output").ask("mine")) == 9
    assert "mine" in {q.name for q in kg.open(sample, queries=own).questions()}
    assert "mine" not in {q.name for q in kg.open(sample).questions()}


def test_a_build_without_its_page_says_how_to_write_it(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "store").symlink_to((sample / "store").resolve())
    (tmp_path / "report.json").write_bytes((sample / "report.json").read_bytes())
    with pytest.raises(BuildError, match=r"graph\.html: is missing; write it: kg show"):
        kg.open(tmp_path).show()


def test_importing_kg_loads_nothing(sample: Path) -> None:
    code = (
        "import sys, kg; kg.__version__; print([m for m in ('pyoxigraph', 'networkx', 'rdflib') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
    code = "import sys, kg; kg.open(sys.argv[1]).ask('topics'); print('rdflib' in sys.modules, 'pyvis' in sys.modules)"
    command = [sys.executable, "-c", code, str(sample)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False False\n"
