"""What differs between two builds: each change is told, none is made up, and the other way round is the mirror."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg.cli.comparing import plain
from kg.errors import BuildError, printable
from kg.pipeline import Difference, build_before, compare
from kg.pipeline.comparing import Turnover
from kg.store import Build, open_build
from tests.conftest import build
from tests.test_cli import kg, refused

OLD = {
    "stays.md": ("Acme", "Latency", "You should measure latency before you tune a cache."),
    "moves.md": ("Bolt", "Owners", "Every alert must have an owner."),
    "edited.md": ("Bolt", "Batches", "Prefer small batches over large batches."),
    "retitled.md": ("Cord", "On review", "Ask for a review early."),
    "leaves.md": (
        "Dune",
        "Runbooks",
        "This guide is for CTOs. CTOs must write a runbook for each alert. Startup engineering needs it.",
    ),
}
NEW = {
    "stays.md": OLD["stays.md"],
    "moved/moves.md": OLD["moves.md"],
    "edited.md": ("Bolt", "Batches", "Prefer small batches over large batches. Always measure latency first."),
    "retitled.md": ("Cord", "On early review", "Ask for a review early."),
    "comes.md": (
        "Ever",
        "Rules & habits_of_teams",
        "Always measure latency before tuning a cache. Prefer large batches over small batches.",
    ),
}


def written(folder: Path, articles: dict[str, tuple[str, str, str]]) -> Path:
    """Write articles into a folder."""
    for name, (publisher, title, text) in articles.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"---\npublisher: {publisher}\ntitle: '{title}'\n---\n\n{text}\n")
    return folder


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build articles, then what became of them, into one folder."""
    home = tmp_path_factory.mktemp("comparing")
    build(written(home / "in", OLD), output=home / "out")
    shutil.rmtree(home / "in")
    return build(written(home / "in", NEW), output=home / "out")


@pytest.fixture(scope="module")
def builds(output: Path) -> tuple[Build, Build]:
    """Open both builds."""
    return build_before(output), open_build(output)


def test_each_change_is_told_once(builds: tuple[Build, Build]) -> None:
    found = compare(*builds)
    assert found.is_same_program
    assert [article.label for article in found.articles.new] == ["Rules & habits_of_teams"]
    assert [article.label for article in found.articles.gone] == ["Runbooks"]
    assert [(c.before.label, c.now.label, c.files) for c in found.changed] == [
        ("Batches", "Batches", ("edited.md",)),
        ("On review", "On early review", ("retitled.md",)),
    ]
    assert "startup engineering" in {s.thing.label for s in found.topics.gone}
    assert [(s.thing.label, s.articles) for s in found.roles.gone] == [("CTO", 1)]
    assert ([s.thing.label for s in found.sources.new], [s.thing.label for s in found.sources.gone]) == (
        ["Ever"],
        ["Dune"],
    )
    assert [(c.principle.label, c.before, c.now) for c in found.confirmed.new] == [
        ("Always measure latency before tuning a cache.", 0, 2),
        ("You should measure latency before you tune a cache.", 1, 2),
    ]
    assert [(p.one.label, p.other.label) for p in found.restated.new] == [
        ("Always measure latency before tuning a cache.", "You should measure latency before you tune a cache.")
    ]
    assert [(p.one.label, p.other.label) for p in found.tensions.new] == [
        ("Prefer large batches over small batches.", "Prefer small batches over large batches.")
    ]


def test_the_other_way_round_is_the_mirror(builds: tuple[Build, Build]) -> None:
    there, back = compare(*builds), compare(*reversed(builds))
    for name in Difference.__slots__:
        one, other = getattr(there, name), getattr(back, name)
        if isinstance(one, Turnover) and name != "confirmed":
            assert (one.new, one.gone) == (other.gone, other.new), name
    assert {(c.before, c.now, c.files) for c in there.changed} == {(c.now, c.before, c.files) for c in back.changed}
    assert [(c.before, c.now) for c in there.confirmed.new] == [(c.now, c.before) for c in back.confirmed.gone]


def test_a_build_does_not_differ_from_itself(builds: tuple[Build, Build]) -> None:
    empty: Turnover[Any] = Turnover((), ())
    assert compare(builds[1], builds[1]) == Difference(True, empty, (), *(empty,) * 7)  # noqa: FBT003 - its first field
    assert kg("diff", builds[1].folder, builds[1].folder).stderr == "nothing changed\n"


def test_it_is_shown_as_a_table_json_and_markdown(output: Path) -> None:
    table = kg("diff", output)
    assert "tension     new       Prefer large batches over small batches." in table.stdout
    told = json.loads(kg("diff", "--format", "json", "-o", output).stdout)
    assert told["roles"]["gone"][0]["thing"]["label"] == "CTO"
    folders = [str(output / ".builds" / number) for number in "12"]
    markdown = kg("diff", *folders, "--format", "markdown", "-n", "1").stdout
    assert "### New articles (1)\n\n- Rules \\& habits\\_of\\_teams\n" in markdown
    assert "### Changed articles (2)\n\n- Batches — edited.md\n- … and 1 more\n" in markdown


def test_builds_that_were_made_otherwise_are_told_of(output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "out", symlinks=True)
    report = tmp_path / "out" / ".builds" / "1" / "report.json"
    report.write_text(report.read_text().replace('"key": "', '"key": "0'))
    assert "The two builds differ in program" in kg("diff", tmp_path / "out").stderr
    assert "The two builds differ in program" in kg("diff", tmp_path / "out", "--format", "markdown").stdout


def test_what_cannot_be_compared_is_refused(output: Path, tmp_path: Path) -> None:
    other = build(written(tmp_path / "in", OLD), output=tmp_path / "other", base="https://example.org/kg/")
    with pytest.raises(BuildError, match="build both with one --base"):
        compare(open_build(other), open_build(output))
    assert "does not hold the build before its newest; name two folders" in refused("diff", other)
    assert "two folders at most" in refused("diff", other, other, other, code=2)


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip()))
def test_a_line_of_markdown_shows_any_text_as_it_is(text: str) -> None:
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- {plain(text)}")
    assert [token.type for token in parsed] == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    ]
    shown = "".join(token.content for token in parsed[3].children or ())
    assert shown == printable(" ".join(text.split()))
