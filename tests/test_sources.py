"""Which sources an article cites: by attribution, by links that name them, and in its references."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.sources import citations
from kg.extract.text import Text
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def told(folder: Path, vocabulary: Vocabulary, words: str) -> list[str]:
    """Return the sources that an article of these words cites, sorted."""
    (folder / "page.md").write_text(words, encoding="utf-8")
    return sorted({m.label for m in citations(Text(read_article(folder, "page.md"), vocabulary))})


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("According to the Halyard Review, juniors learn faster.", ["Halyard Review"]),
        ("Dr. Marit Oduya, who led the team, argues that rest helps.", ["Marit Oduya"]),
        ("“Rest helps,” says Marit Oduya.", ["Marit Oduya"]),
        ("“Rest helps.” — Marit Oduya", ["Marit Oduya"]),
        ("A study by Lindqvist Labs shows it.", ["Lindqvist Labs"]),
        ("Halyard’s annual survey shows it.", ["Halyard"]),
        ("Rest helps, as Oduya et al. (2023) have shown.", ["Oduya et al. (2023)"]),
        ("Rest helps (Oduya and Brandt, 2021).", ["Oduya and Brandt, 2021"]),
        ("The team says that it works.", []),
        ("Nobody has said so. Take notes of what others say.", []),
        ("Let's talk about a report.", []),
    ],
)
def test_attributions(tmp_path: Path, vocabulary: Vocabulary, sentence: str, cited: list[str]) -> None:
    assert told(tmp_path, vocabulary, f"# On rest\n\n{sentence}\n") == cited


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("It is in [The Long Road to Rest](https://example.org/rest).", ["Long Road to Rest"]),
        ("It is in [Oduya et al., 2023](https://example.org/1).", ["Oduya et al., 2023"]),
        ("It is in [the Halyard style guide](https://example.org/style).", ["Halyard style guide"]),
        ("As described in [Halyard](https://example.org/a).", ["Halyard"]),
        ("We thank [Lindqvist Labs](https://example.org/).", ["Lindqvist Labs"]),
        ("It is told [here](https://example.org/a) and [on this page](https://example.org/b).", []),
        ("See [Halyard Tools](https://github.com/halyard/tools).", []),
        ("Talk to us on [Halyard Slack](https://halyard.slack.com/).", []),
        ("See [The Rest of the Story](../rest.md).", []),
    ],
)
def test_links(tmp_path: Path, vocabulary: Vocabulary, sentence: str, cited: list[str]) -> None:
    assert told(tmp_path, vocabulary, f"# On rest\n\n{sentence}\n") == cited


def test_who_writes_or_publishes_an_article_is_no_source_of_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    header = "---\ntitle: On rest\nauthor: Marit Oduya\nurl: https://halyard.example/rest\n---\n"
    words = (
        "Marit Oduya says so. Read [All the Other Posts on Rest](https://halyard.example/all). Ole Brandt says more."
    )
    assert told(tmp_path, vocabulary, header + words) == ["Ole Brandt"]


def test_a_list_of_references_gives_titles(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = """# On rest

Rest helps those who work.

## References

- Oduya, M. (2021). Rest and its uses. Halyard Press.
- Brandt, O., "Sleep on it", in a journal.
- [Why teams rest](https://example.org/why)
"""
    assert told(tmp_path, vocabulary, page) == ["Rest and its uses", "Sleep on it", "Why teams rest"]


def test_only_links_count_in_a_language_whose_words_are_not_known(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = (
        "# Über die Ruhe\n\nMarit Oduya sagt, dass Ruhe allen hilft, die arbeiten und dabei nicht schlafen dürfen. "
        "Das steht in [Die Lange Reise Nach Hause](https://example.org/reise), und es ist wahr.\n"
    )
    assert told(tmp_path, vocabulary, page) == ["Die Lange Reise Nach Hause"]
