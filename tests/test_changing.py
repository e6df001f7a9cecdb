"""A collection that was changed, in whatever order, is byte for byte the collection that is built from nothing."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.derive import Derivation
from kg.errors import BuildError, InputError, UnknownNameError
from kg.model import Article
from kg.pipeline import Options, articles
from kg.pipeline.articles import Job, vocabulary
from kg.pipeline.revision import Revision
from kg.read import File, Piece, Where
from kg.store import Build, Store, open_build
from kg.vocab import BASE
from tests.conftest import ARTICLES, SEED, build
from tests.pages import Digest, rendering_a, rendering_b
from tests.test_laws import exports

TOLD = {"Summary": ("A team wrote.",), "Key takeaway": ("Teams should keep an owner for each pull request.",)}
LISTS = {"Topics": ("LLMs", "Startup Engineering"), "Principles": ("Every change must name an owner.",)}
REVIEW = Digest("On review", "The Quiet Deploy", prose=TOLD, lists=LISTS)
MADE_UP = {
    "a/full.txt": (rendering_a(REVIEW), rendering_a(Digest("On review", "Signal & Sediment", prose=TOLD, lists=LISTS))),
    "a/copy.txt": (rendering_b(REVIEW), "Another text.\n\nIt says that startup engineering is hard.\n"),
    "a/short.txt": ("On review\nSummary\nA team wrote.\nTopics\n- Hiring\n", "On review\nSummary\nNobody wrote.\n"),
    "b/twin.md": (
        "# On review\n\nA team wrote.\n",
        "# Review\n\nTeams should review code. Ask Large Language Models.\n",
    ),
    "b/same.md": ("# On review\n\nA team wrote.\n", "# Hiring\n\nCTOs must hire for judgement.\n"),
    "b/hard.md": ("---\nlang: de\n---\n# Startup engineering\n\nWir lernen Startup Engineering.\n", "# Empty\n"),
}
"""Files that show one article together, or have one name with others, each with what it may become."""

SAMPLE = {path.name: (path.read_text(encoding="utf-8"), "Moved.\n") for path in sorted(ARTICLES.iterdir())}
POOL = {**MADE_UP, **SAMPLE}

steps = st.lists(
    st.tuples(st.sampled_from(("add", "replace", "remove", "forget")), st.sampled_from(sorted(POOL))),
    min_size=12,
    max_size=30,
)


class Collected(Store):
    """A store in memory with what follows from its articles."""

    def __init__(self) -> None:
        super().__init__(BASE)
        self.derivation = Derivation(BASE)


def change(store: Collected, folder: Path) -> Revision:
    """Return a change of a store of files in a folder."""
    known = vocabulary(BASE)
    return Revision(store, store.derivation, (), known, Options(), Where(folder), lambda *_: None)


def read(store: Collected, folder: Path, names: Sequence[str]) -> None:
    """Read files into a store."""
    revision = change(store, folder)
    revision.read([Job(File(name, folder / name, name)) for name in names])
    revision.settle()


def take(store: Collected, folder: Path, verb: str, name: str) -> None:
    """Take one step: a file is added, is replaced by another of its name, or goes, alone or with its whole article."""
    (folder / name).parent.mkdir(exist_ok=True)
    if verb in {"add", "replace"}:
        (folder / name).write_text(POOL[name][verb == "replace"], encoding="utf-8")
        read(store, folder, [name])
        return
    revision = change(store, folder)
    pages = store.ledger.pages(path=name)
    if verb == "forget":
        revision.forget_file(name)
    elif pages:
        revision.forget_article(pages[0].article)
    revision.settle()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(taken=steps)
def test_any_way_to_the_same_set_gives_the_same_bytes(taken: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        store, fresh = Collected(), Collected()
        read(store, Path(folder), _written(Path(folder)))
        for verb, name in taken:
            take(store, Path(folder), verb, name)
        read(fresh, Path(folder), [page.path for page in store.ledger.pages()])
        assert exports(store) == exports(fresh)
        assert store.ledger.counts() == fresh.ledger.counts()
        assert [page.article for page in store.ledger.pages()] == [page.article for page in fresh.ledger.pages()]


def _written(folder: Path) -> list[str]:
    """Write every file of the pool, and return their names."""
    for name, (text, _) in POOL.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(POOL)


# The same with real folders and builds


def calls(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Return a list that fills with the paths of all that a function of the pipeline is called for from now on."""
    seen: list[str] = []
    real = getattr(articles, name)

    def noted(what: Piece | Article, *rest: object) -> object:
        seen.append(what.path)
        return real(what, *rest)

    monkeypatch.setattr(articles, name, noted)
    return seen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the sample articles and their build into one folder: a build can be copied with what it was made of."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(ARTICLES, folder / "in")
    build(folder / "in", output=folder / "out")
    return folder


@pytest.fixture
def inputs(made: Path, tmp_path: Path) -> Path:
    """Give a folder with the sample articles, and their build in `out` beside it."""
    shutil.copytree(made, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / "in"


def test_what_is_removed_was_never_there(inputs: Path, tmp_path: Path) -> None:
    (inputs / "more.md").write_text("# Owners\n\nTeams should name an owner. Startup engineering needs that.\n")
    whole = build(inputs, output=tmp_path / "whole")
    pipeline.remove(["more.md"], whole, lambda *_: None)
    (inputs / "more.md").unlink()
    assert products(whole) == products(build(inputs, output=tmp_path / "without"))


def test_what_is_added_was_always_there(inputs: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (inputs / "more.md").write_text("# Owners\n\nTeams should name an owner. Startup engineering needs that.\n")
    pipeline.add([inputs / "more.md"], output, Options(), lambda *_: None)
    assert products(output) == products(build(inputs, output=tmp_path / "whole"))


def test_only_what_changed_is_read_again(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "out"
    seen = calls(monkeypatch, "pages_of")
    build(inputs, output=output)
    assert (seen, open_build(output).folder.name) == ([], "1")
    (inputs / SEED.name).write_text("Another text about hiring.\n")
    build(inputs, output=output)
    assert (seen, open_build(output).folder.name) == ([SEED.name], "2")
    assert products(output) == products(build(inputs, output=tmp_path / "fresh"))


def test_of_a_changed_container_only_the_changed_records_are_understood_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, records = tmp_path / "all.jsonl", [f'{{"title": "T{n}", "text": "Text {n} of hiring."}}' for n in range(4)]
    file.write_text("\n".join(records) + "\n")
    output = build(file, output=tmp_path / "out")
    seen = calls(monkeypatch, "extract")
    records[2] = '{"title": "T2", "text": "Another text."}'
    file.write_text("\n".join(records) + "\n")
    build(file, output=output)
    assert len(seen) == 1
    monkeypatch.undo()
    assert products(output) == products(build(file, output=tmp_path / "fresh"))


def test_a_changed_vocabulary_reads_all_again(inputs: Path, tmp_path: Path) -> None:
    house = tmp_path / "house.ttl"
    top = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    house.write_text(top + '<urn:x:own> a skos:Concept ; skos:prefLabel "job market"@en .\n')
    options = Options(vocabularies=(house,))
    output = tmp_path / "out"
    pipeline.build([inputs], output, options, lambda *_: None)
    assert b"urn:x:own" in (output / "graph.ttl").read_bytes()
    house.write_text(top + '<urn:x:other> a skos:Concept ; skos:prefLabel "job market"@en .\n')
    with pytest.raises(BuildError, match="vocabularies that changed since; build it again"):
        pipeline.remove([SEED.name], output, lambda *_: None)
    articles.vocabulary.cache_clear()
    pipeline.build([inputs], output, options, lambda *_: None)
    assert b"urn:x:own" not in (output / "graph.ttl").read_bytes()


@pytest.mark.usefixtures("inputs")
def test_an_unknown_article_removes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "out"
    with pytest.raises(UnknownNameError):
        pipeline.remove([SEED.name, "nothing of that name"], output, lambda *_: None)
    assert len(open_build(output).store.articles()) == 9


def test_an_article_that_needs_a_page_which_is_another_now_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a/full.txt", "a/copy.txt", "a/short.txt"):
        (tmp_path / "in" / Path(name).name).write_text(MADE_UP[name][0])
    output = build(tmp_path / "in", output=tmp_path / "out")
    (tmp_path / "in" / "copy.txt").write_text("Something else.\n")
    (tmp_path / "in" / "full.txt").write_text(MADE_UP["a/full.txt"][0].replace("A team", "Some team"))
    before = products(output)
    with pytest.raises(InputError, match=r"copy\.txt: is not what it was"):
        pipeline.add([tmp_path / "in" / "full.txt"], output, Options(), lambda *_: None)
    assert products(output) == before


@pytest.mark.usefixtures("inputs")
def test_a_file_from_elsewhere_is_known_by_its_way_from_the_folder(tmp_path: Path) -> None:
    output = tmp_path / "out"
    (tmp_path / "elsewhere.md").write_text("# Owners\n\nTeams should name an owner.\n")
    pipeline.add([tmp_path / "elsewhere.md"], output, Options(), lambda *_: None)
    assert '"../elsewhere.md"' in (output / "graph.ttl").read_text(encoding="utf-8")
    assert not pipeline.check_build(open_build(output), output).problems


def test_the_last_article_can_go(tmp_path: Path) -> None:
    output = build(SEED, output=tmp_path / "out")
    assert pipeline.remove([SEED.name], output, lambda *_: None).articles == 0
    assert not list(open_build(output).store.quads())


def products(output: Path) -> dict[str, str]:
    """Return the digest of all that a build wrote for people."""
    names = ("graph.ttl", "graph.trig", "graph.html")
    return {name: hashlib.sha256((output / name).read_bytes()).hexdigest() for name in names}


def test_a_reader_of_the_build_before_is_not_disturbed(inputs: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    old: Build = open_build(output)
    before = set(old.store.quads())
    pipeline.remove([SEED.name], output, lambda *_: None)
    (inputs / "more.md").write_text("# Owners\n\nTeams should name an owner.\n")
    pipeline.add([inputs / "more.md"], output, Options(), lambda *_: None)
    assert set(old.store.quads()) == before


@pytest.mark.usefixtures("inputs")
def test_what_was_left_to_be_made_is_made_when_it_is_asked_for(tmp_path: Path) -> None:
    output = tmp_path / "out"
    before = products(output)
    for name in before:
        (output / name).resolve().unlink()
    for command in (
        ["export", str(output / "graph.ttl")],
        ["show", "--no-open"],
        ["export", str(output / "graph.trig")],
    ):
        subprocess.run([sys.executable, "-m", "kg", *command, "-o", str(output)], check=True, capture_output=True)
    assert products(output) == before
