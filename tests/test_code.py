"""Which code an article refers to, by its links and by what it sets as code."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.code import code_references
from kg.extract.sources import citations
from kg.extract.text import Text
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load

FILLER: Final = "That is all there is to say about it on this page, and it is said in a sentence."


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def told(folder: Path, vocabulary: Vocabulary, words: str, name: str = "page.md") -> list[str]:
    """Return the code that an article of these words refers to."""
    (folder / name).write_text(words, encoding="utf-8")
    return [m.label for m in code_references(Text(read_article(folder, name), vocabulary))]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Read [the linter](https://github.com/org/lint).", ["https://github.com/org/lint"]),
        (
            "[A fix](https://gitlab.example.org/team/lint/-/issues/7) is due.",
            ["https://gitlab.example.org/team/lint/-/issues/7"],
        ),
        ("It is [on PyPI](https://pypi.org/project/lint/).", ["https://pypi.org/project/lint/"]),
        ("See <https://crates.io/crates/lint>.", ["https://crates.io/crates/lint"]),
        ("See https://codeberg.org/org/lint, or write.", ["https://codeberg.org/org/lint"]),
        ("[Lint's rules](https://org.github.io/lint/rules) are few.", ["https://org.github.io/lint/rules"]),
        ("[Our GitHub page](https://github.com/org) has more.", ["https://github.com/org"]),
        ("[Ann](https://github.com/ann) wrote it.", []),
        ("[GitHub's manual](https://docs.github.com/en/actions) helps.", []),
        ("[Pricing](https://github.com/features/copilot) is public.", []),
        ("[A report](https://example.org/report.pdf) says more.", []),
    ],
)
def test_links_to_code(tmp_path: Path, vocabulary: Vocabulary, words: str, labels: list[str]) -> None:
    assert told(tmp_path, vocabulary, f"# On linting\n\n{words}\n") == labels


def test_the_page_of_an_owner_counts_beside_a_repository_of_theirs(tmp_path: Path, vocabulary: Vocabulary) -> None:
    words = (
        "[Ours](https://github.com/org) has [lint](https://github.com/org/lint); [Ann](https://github.com/ann) made it."
    )
    assert told(tmp_path, vocabulary, words) == ["https://github.com/org", "https://github.com/org/lint"]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Run `cargo clippy` and set `--deny-warnings`.", ["cargo clippy", "--deny-warnings"]),
        ("The file `lint.toml` sets `MAX_LINES`.", ["lint.toml", "MAX_LINES"]),
        ("Install `lint-all` and call `lint_file()`.", ["lint-all", "lint_file()"]),
        ('It is `true`, `3.9`, `"quoted"` or `a user`.', []),
        ("Teams use Lint and Deploy.", []),
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.txt", "page.html"])
def test_names_that_are_set_as_code(
    tmp_path: Path, vocabulary: Vocabulary, name: str, words: str, labels: list[str]
) -> None:
    if name == "page.html":
        inner = "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(words.split("`")))
        words = f"<html><body><article><h1>On linting</h1><p>{inner} {FILLER}</p></article></body></html>"
    assert told(tmp_path, vocabulary, words, name) == labels


def test_a_name_that_leads_to_the_thing_is_said_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    words = "Use [the `lint-all` package](https://github.com/org/lint-all)."
    assert told(tmp_path, vocabulary, words) == ["https://github.com/org/lint-all"]


def test_an_article_that_explains_much_code_points_to_none_of_it(tmp_path: Path, vocabulary: Vocabulary) -> None:
    few, many = ("\n\n".join(f"Call `step_{n}`." for n in range(count)) for count in (5, 30))
    assert len(told(tmp_path, vocabulary, few)) == 5
    assert told(tmp_path, vocabulary, many) == []


def test_a_list_of_code_references_decides_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = "# On linting\n\n[Lint](https://github.com/org/lint) is new.\n\n## Code references\n\n- {}\n"
    assert told(tmp_path, vocabulary, page.format("org/other: its rules")) == ["org/other"]
    assert told(tmp_path, vocabulary, page.format("none")) == []


PIECES: Final = (
    *("`a_b`", "[x](https://github.com/a/b)", "https://pypi.org/project/x.", "**[y `z`](https://github.com/a/b)**"),
    *("Words.", "\n# H\n", "\n- ", "\n\n", "\n> ", "Ann Oduya (2024)", "[Ann Oduya's Report](https://example.org/)"),
    "“so” — Ann Oduya",
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_the_words_of_a_mention_stand_in_its_passage(vocabulary: Vocabulary, pieces: list[str]) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "page.md").write_text(f"Some words. {' '.join(pieces)}", encoding="utf-8")
        article = read_article(Path(folder), "page.md")
    text = Text(article, vocabulary)
    for mention in (*code_references(text), *citations(text)):
        assert mention.passage.place.span.covers(mention.surface.span)
        assert article.cut(mention.surface).strip()
        assert mention.label
