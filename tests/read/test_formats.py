"""The laws of reading, over one article in every format: found whole, the same each time, and never anything worse."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article, Page
from kg.read import File, Skipped, Unread, article_on, read_pages, table
from tests.formats import ADVICE, AUTHORS, DAY, FILES, OPENING, TAGS, TITLE, spoilt

_BARE = frozenset({"a.txt", "a.ipynb"})
"""Formats that state nothing beside their text."""
_SAYS_DAY = FILES.keys() - _BARE - {"a.mdx", "a.pdf", "a.docx"}


def read(folder: Path, name: str, data: bytes) -> list[Article | Skipped | Unread]:
    (folder / name).write_bytes(data)
    found = read_pages(File(name, folder / name, name))
    return [article_on(f, table()) if isinstance(f, Page) else f for f in found]


def first(folder: Path, name: str) -> Article:
    article = read(folder, name, FILES[name])[0]
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_format_gives_the_article(tmp_path: Path, name: str) -> None:
    article = first(tmp_path, name)
    assert article.title
    assert article.cut(article.title) == TITLE
    text = " ".join(article.pages[0].text.split())
    assert OPENING in text
    assert ADVICE in text
    assert not set("<>{}") & set(text.replace("<!", ""))
    told = [article.line(place) for section in article.sections for place in section.blocks]
    assert any(OPENING in line for line in told)
    assert not any("git log" in line or "print(1)" in line for line in told)
    assert article.pages[0].language in {"en", ""}


@pytest.mark.parametrize("name", sorted(FILES.keys() - _BARE - {"a.mdx"}))
def test_every_format_says_who_wrote_it(tmp_path: Path, name: str) -> None:
    article = first(tmp_path, name)
    assert {d.meaning for d in article.details if d.name == "author"} <= set(AUTHORS)
    assert article.detail("author") == AUTHORS[0]


@pytest.mark.parametrize("name", sorted(_SAYS_DAY))
def test_every_format_says_when_it_was_published(tmp_path: Path, name: str) -> None:
    article = first(tmp_path, name)
    assert [d.meaning for d in article.details if d.name == "date"] == [DAY]


@pytest.mark.parametrize("name", ["a.md", "toml.md", "lines.md", "a.html", "a.json", "a.jsonl.gz", "a.zip"])
def test_tags_are_told_apart(tmp_path: Path, name: str) -> None:
    assert tuple(d.meaning for d in first(tmp_path, name).details if d.name == "tag") == TAGS


@pytest.mark.parametrize("name", sorted(FILES))
def test_reading_again_gives_the_same_and_every_part_is_cut_from_the_text(tmp_path: Path, name: str) -> None:
    articles = read(tmp_path, name, FILES[name])
    assert articles == read(tmp_path, name, FILES[name])
    for article in (a for a in articles if isinstance(a, Article)):
        page = article.pages[0]
        for block in page.blocks:
            assert block.span.cut(page.text).strip() == block.span.cut(page.text) != ""
        for statement in page.statements:
            assert statement.context.covers(statement.value)
            assert statement.value.cut(page.text)
            assert statement.origin


CONTAINERS = {
    "a.rss": ["a.rss/small", "a.rss/b"],
    "a.eml": ["a.eml", "a.eml/note.md"],
    "a.json": ["a.json/posts/1", "a.json/posts/2"],
    "a.jsonl.gz": ["a.jsonl.gz/posts/1", "a.jsonl.gz/posts/2", "a.jsonl.gz/posts/3"],
    "a.csv": ["a.csv/1"],
    "a.zip": ["a.zip/a.md", "a.zip/deep/b.html", "a.zip/deep/c.png"],
    "a.tar.gz": ["a.tar.gz/a.md", "a.tar.gz/b.jsonl/posts/1", "a.tar.gz/b.jsonl/posts/2", "a.tar.gz/b.jsonl/posts/3"],
    "a.md.gz": ["a.md.gz"],
}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_each_part_of_a_file_has_a_path_of_its_own(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, name, FILES[name])
    assert [f.path for f in found] == CONTAINERS[name]


def test_the_content_decides_what_a_file_is(tmp_path: Path) -> None:
    for name, real in (("page.txt", "a.html"), ("saved", "a.pdf"), ("feed.html", "a.rss"), ("text.md", "a.docx")):
        article = read(tmp_path, name, FILES[real])[0]
        assert isinstance(article, Article), name
        assert article.title
        assert article.cut(article.title) == TITLE


def test_a_part_of_another_part_is_the_same_wherever_it_stands(tmp_path: Path) -> None:
    """Law 3 below the file: a record is what it is, whichever records stand before it."""
    lines = FILES["a.jsonl"].splitlines(keepends=True)
    whole = {a.path: a for a in read(tmp_path, "x.jsonl", b"".join(lines)) if isinstance(a, Article)}
    fewer = {a.path: a for a in read(tmp_path, "x.jsonl", b"".join(lines[1:])) if isinstance(a, Article)}
    assert fewer.items() < whole.items()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(FILES.keys() - {"a.pdf"})), seed=st.integers(0, 10**9))
def test_a_spoilt_file_gives_articles_or_says_why_not(tmp_path: Path, name: str, seed: int) -> None:
    data = spoilt(FILES[name], random.Random(seed))  # noqa: S311 - no secret
    try:
        found = read(tmp_path, name, data)
    except InputError:
        return
    for one in found:
        if isinstance(one, Article):
            one.pages[0].text.encode()
            for section in one.sections:
                assert all(one.cut(place).strip() for place in section.blocks)
