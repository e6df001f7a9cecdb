"""What curators decide is kept in a file, held to at once and by every build, and leaves no trace when it is undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.derive import Verdict, read_decisions
from kg.errors import UnknownNameError
from kg.pipeline import Options, decision, remove, usual_decisions
from kg.pipeline import build as rebuild
from kg.store import open_build
from kg.vocab import BASE, term, value_of
from tests.conftest import build
from tests.test_changing import calls, products
from tests.test_cli import kg

PARAGRAPHS = (
    "The ferry company kept its timetable in a spreadsheet that one clerk in the harbour office understood.",
    "When she retired, nobody could say why the last boat on Thursdays left eleven minutes before all the others.",
    "Three engineers spent a winter reading the cells, and wrote down what each of them was there to prevent.",
    "Every rule in a schedule must have an owner who can say what would go wrong without it.",
    "Their list was longer than the program that replaced the spreadsheet, and it is still read in the harbour.",
)
FERRY, AGAIN = ("What the timetable knew", "Harbour Notes"), ("A schedule and its rules", "The Slow Boat")
CACHES = ("Caches", "Tuning Weekly")


def post(of: tuple[str, str], *paragraphs: str) -> str:
    """Return an article with its title and publisher."""
    title, publisher = of
    return "\n\n".join((f"---\npublisher: {publisher}\n---\n# {title}", *paragraphs)) + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build one text that two publishers brought, and another text."""
    home = tmp_path_factory.mktemp("deciding")
    (home / "in").mkdir()
    (home / "in" / "ferry.md").write_text(post(FERRY, *PARAGRAPHS))
    (home / "in" / "again.md").write_text(post(AGAIN, *PARAGRAPHS))
    (home / "in" / "cache.md").write_text(post(CACHES, "You should measure latency before you tune a cache."))
    build(home / "in", output=home / "out")
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """Give a copy of these articles with their build."""
    return shutil.copytree(built, tmp_path / "home", symlinks=True)


def copies(output: Path) -> set[str]:
    """Return the titles of the articles of which a build says that they are one work with another."""
    engine = open_build(output).store.engine
    works = list(engine.quads_for_pattern(None, _named("kg:sameWorkAs"), None))
    titles = (engine.quads_for_pattern(quad.subject, _named("schema:headline"), None) for quad in works)
    return {value_of(quad.object) for found in titles for quad in found}


def _named(name: str) -> ox.NamedNode:
    return ox.NamedNode(term(name))


def test_what_is_decided_holds_at_once_and_is_gone_when_it_is_undone(home: Path) -> None:
    output, before = home / "out", products(home / "out")
    assert copies(output) == {FERRY[0], AGAIN[0]}
    done = kg("decide", "apart", "ferry.md", AGAIN[0].upper(), "-o", "out", cwd=home)
    assert done.stdout.startswith("out.decisions: says from now on: apart article:a-schedule-and-its-rules-")
    assert not copies(output)
    assert "says already" in kg("decide", "apart", "again.md", "ferry.md", "-o", "out", cwd=home).stdout
    assert "no longer says" in kg("decide", "apart", "again.md", "ferry.md", "--undo", "-o", "out", cwd=home).stdout
    assert products(output) == before
    assert "did not say" in kg("decide", "apart", "again.md", "ferry.md", "--undo", "-o", "out", cwd=home).stdout


def test_a_build_holds_to_what_was_decided_and_reads_nothing_for_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = usual_decisions(home / "out")
    kg("decide", "same", "ferry.md", "cache.md", "-o", "out", cwd=home)
    assert copies(home / "out") == {FERRY[0], AGAIN[0], CACHES[0]}
    held = products(home / "out")
    seen = calls(monkeypatch, "pages_of")
    rebuild([home / "in"], home / "out", Options(), lambda *_: None)
    assert copies(home / "out") == {FERRY[0], AGAIN[0]}
    rebuild([home / "in"], home / "out", Options(decisions=file), lambda *_: None)
    assert (products(home / "out"), seen) == (held, [])
    rebuild([home / "in"], home / "fresh", Options(decisions=file), lambda *_: None)
    assert products(home / "fresh") == held


def test_the_usual_file_is_found_by_a_build_and_is_no_article(home: Path) -> None:
    kg("decide", "apart", "ferry.md", "again.md", "-o", "out", cwd=home)
    done = kg("build", ".", "-o", "out", cwd=home)
    assert done.stdout.startswith("Built 3 articles from . and out.decisions  (4 found = 3 articles + 0 merged")
    assert not copies(home / "out")


def test_decisions_can_stand_elsewhere(home: Path) -> None:
    kg("decide", "apart", "ferry.md", "again.md", "--decisions", "house.txt", "-o", "out", cwd=home)
    kg("decide", "same", "ferry.md", "cache.md", "-o", "out", cwd=home)
    assert [one.verdict for one in read_decisions(home / "house.txt", BASE)] == [Verdict.APART, Verdict.SAME]
    assert kg("build", "in", "--decisions", "house.txt", "-o", "out", cwd=home).returncode == 0
    assert copies(home / "out") == {FERRY[0], CACHES[0]}
    assert kg("build", "in", "--decisions", "home.txt", "-o", "out", cwd=home).returncode == 2


def test_a_decision_about_what_is_gone_can_be_undone(home: Path) -> None:
    kg("decide", "apart", "ferry.md", "again.md", "-o", "out", cwd=home)
    (found,) = read_decisions(usual_decisions(home / "out"), BASE)
    remove(["ferry.md"], home / "out", lambda *_: None)
    done = kg("decide", "apart", found.one, found.other, "--undo", "-o", "out", cwd=home)
    assert (done.returncode, usual_decisions(home / "out").read_text()) == (0, "")


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("ferry.md", FERRY[0], "are one thing"),
        ("ferry.md", "You should measure latency before you tune a cache.", "are of two kinds: article and principle"),
        ("ferry.md", "Nothing", "no thing of that name here"),
    ],
)
def test_what_cannot_be_decided_is_refused(home: Path, one: str, other: str, what: str) -> None:
    with pytest.raises(UnknownNameError, match=what):
        decision(open_build(home / "out"), Verdict.SAME, one, other)


def test_the_contrary_of_what_was_decided_is_refused_and_changes_nothing(home: Path) -> None:
    kg("decide", "same", "ferry.md", "cache.md", "-o", "out", cwd=home)
    before = products(home / "out")
    done = kg("decide", "apart", "cache.md", "ferry.md", "-o", "out", cwd=home)
    assert (done.returncode, "undo that first" in done.stderr) == (1, True)
    assert products(home / "out") == before
