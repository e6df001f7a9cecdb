"""An article that names no field, level or length is filed by its words, and leads to the sentences that tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.filing import evidence, filed
from kg.extract.filing.length import label_of
from kg.extract.filing.shelving import SHELVES, shelf_of
from kg.extract.text import Text
from kg.model import Inference, Kind
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load

SECURITY = """# Rotate leaked credentials first

An attacker who finds a password in a repository will use it in minutes. Revoke the token before you rewrite history.
Our audit found a secret in one of forty projects, and a vulnerability in three.
"""
CAREERS = """# Welcome to our mentoring community

Please join us: every new employee meets a mentor in the first week. Mentors are managers and colleagues who volunteer.
People tell us that the meetings help them to find their place in the team.
"""
CLOUD = """# Draining nodes of a cluster

Kubernetes evicts each pod before `kubectl drain` returns. Set a disruption budget so that latency stays below 20 ms.
The controller retries with `--grace-period=30` until the namespace has no container left.
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def read(folder: Path, vocabulary: Vocabulary, page: str) -> Text:
    (folder / "page.md").write_text(page, encoding="utf-8")
    return Text(read_article(folder, "page.md"), vocabulary)


def by_kind(text: Text) -> dict[Kind, Inference]:
    return {one.kind: one for one in filed(text, evidence(text))}


@pytest.mark.parametrize(
    ("page", "field", "level"),
    [
        (SECURITY, "Security", "Intermediate"),
        (CAREERS, "Management & Careers", "Beginner"),
        (CLOUD, "Cloud & Infrastructure", "Intermediate"),
    ],
)
def test_field_and_level_are_told_by_the_words(
    page: str, field: str, level: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    found = by_kind(read(tmp_path, vocabulary, page))
    assert (found[Kind.FIELD].label, found[Kind.LEVEL].label, found[Kind.LENGTH].label) == (field, level, "short")
    assert all(one.concept and 1 <= len(one.evidence) <= 3 for one in found.values())


def test_the_evidence_of_a_field_holds_its_words(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = read(tmp_path, vocabulary, SECURITY)
    most = text.article.cut(by_kind(text)[Kind.FIELD].evidence[0].place)
    assert "vulnerability" in most or "attacker" in most


def test_a_text_that_says_nothing_of_any_field_is_filed_under_none(tmp_path: Path, vocabulary: Vocabulary) -> None:
    found = by_kind(read(tmp_path, vocabulary, "# Tuesday\n\nIt rained. The kettle was loud, and nobody minded.\n"))
    assert Kind.FIELD not in found


def test_only_the_length_is_told_of_a_text_that_is_not_english(tmp_path: Path, vocabulary: Vocabulary) -> None:
    german = "# Der Bau\n\n" + "Wir haben den Bau der Anwendung in Kubernetes sicherer und schneller gemacht. " * 5
    assert set(by_kind(read(tmp_path, vocabulary, german))) == {Kind.LENGTH}


def test_the_shares_of_the_shelves_add_up(tmp_path: Path, vocabulary: Vocabulary) -> None:
    shares = evidence(read(tmp_path, vocabulary, CLOUD)).shares
    assert set(shares) == set(SHELVES)
    assert sum(shares.values()) == pytest.approx(1)


def test_every_shelf_is_a_field_of_the_vocabulary(vocabulary: Vocabulary) -> None:
    assert all(vocabulary.only(shelf, Kind.FIELD) for shelf in SHELVES)


def test_a_topic_stands_on_the_shelf_of_its_nearest_ancestor(vocabulary: Vocabulary) -> None:
    assert shelf_of(vocabulary, vocabulary.only("Kubernetes", Kind.TOPIC)) == "Cloud & Infrastructure"


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_words_are_never_a_shorter_read(few: int, more: int) -> None:
    order = ("short", "medium", "long")
    assert order.index(label_of(few)) <= order.index(label_of(few + more))
