"""Takeaways and abstract are chosen from the article's own sentences, and only where it states none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.gist import gist_of
from kg.extract.gist.abstract import stands_alone
from kg.extract.gist.cues import cues
from kg.extract.text import Text
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load

POST = """# Caching the build

We are happy to announce that our build now caches every step. The office had a new kettle last week.
It was raining on that day, as it often is in spring.

## How we got there

The first attempt kept files by name. Names change more often than their contents do.
For example, see the list below of what was renamed.

## Results

In short, caching the build by content made it four times as fast for every team. Thanks to everyone who helped us!
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def read(folder: Path, vocabulary: Vocabulary, page: str) -> Text:
    (folder / "page.md").write_text(page, encoding="utf-8")
    return Text(read_article(folder, "page.md"), vocabulary)


def told(folder: Path, vocabulary: Vocabulary, page: str) -> tuple[list[str], list[str]]:
    text = read(folder, vocabulary, page)
    found = gist_of(text)
    return [text.article.cut(p.place) for p in found.takeaways], [text.article.cut(p.place) for p in found.abstract]


def test_what_is_announced_and_what_is_concluded_is_the_gist(tmp_path: Path, vocabulary: Vocabulary) -> None:
    takeaways, _ = told(tmp_path, vocabulary, POST)
    assert takeaways[0] == "We are happy to announce that our build now caches every step."
    assert "In short, caching the build by content made it four times as fast for every team." in takeaways
    assert len(takeaways) == 3


def test_an_abstract_is_short_and_points_to_nothing_outside_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    _, abstract = told(tmp_path, vocabulary, POST)
    assert 2 <= len(abstract) <= 4
    assert len(" ".join(abstract)) <= 600
    assert "It was raining on that day, as it often is in spring." not in abstract


@pytest.mark.parametrize("heading", ["Key takeaways", "TL;DR"])
def test_stated_takeaways_are_left_alone(tmp_path: Path, heading: str, vocabulary: Vocabulary) -> None:
    takeaways, abstract = told(tmp_path, vocabulary, f"{POST}\n## {heading}\n\nCache by content.\n")
    assert takeaways == []
    assert abstract


def test_a_stated_summary_is_the_abstract(tmp_path: Path, vocabulary: Vocabulary) -> None:
    takeaways, abstract = told(
        tmp_path, vocabulary, f"{POST}\n## Summary\n\nThe build is cached by what is in its files.\n"
    )
    assert takeaways
    assert abstract == []


def test_nothing_is_chosen_from_a_text_that_is_not_english(tmp_path: Path, vocabulary: Vocabulary) -> None:
    german = "# Der Bau\n\n" + "Wir haben den Bau der Anwendung mit einem Zwischenspeicher schneller gemacht. " * 5
    assert told(tmp_path, vocabulary, german) == ([], [])


def test_a_sentence_is_not_chosen_twice(tmp_path: Path, vocabulary: Vocabulary) -> None:
    again = "We are happy to announce that our build now caches every single step of it.\n\n"
    takeaways, _ = told(
        tmp_path, vocabulary, f"# Caching\n\n{again * 4}The kettle of the office is very loud on most days.\n"
    )
    assert takeaways == [again.strip(), "The kettle of the office is very loud on most days."]


def test_what_hangs_on_a_sentence_before_does_not_stand_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = read(tmp_path, vocabulary, POST)
    alone = [s.text for s in text.sentences if stands_alone(s)]
    assert "Names change more often than their contents do." in alone
    assert not any(s.startswith("It was raining") for s in alone)


@given(st.lists(st.sampled_from(["we", "are", "happy", "to", "announce", "in", "short", "the", "key", "idea"])))
def test_a_cue_that_opens_a_sentence_is_in_it(lowers: list[str]) -> None:
    found = cues(tuple(lowers))
    assert {name.removesuffix("^") for name in found} <= found
