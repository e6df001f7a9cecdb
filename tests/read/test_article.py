"""Any article, not only digests: its title, sections, and what its file states beside the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Article
from kg.pipeline import read_article


def read(folder: Path, text: str, name: str = "page.md") -> Article:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return read_article(folder, name)


def sections(article: Article) -> list[tuple[str, str, list[str]]]:
    """Return the key, the heading and the entries of each section."""
    return [
        (s.name, article.cut(s.heading) if s.heading else "", [article.cut(b) for b in s.blocks])
        for s in article.sections
    ]


def title(article: Article) -> str:
    return article.cut(article.title) if article.title else ""


FRONT = "---\ntitle: On {x}\nauthor: Ann Lee\n---\n\n"

TITLES = [
    ("# Small things\n\nText here.\n", "page.md", "Small things"),
    ("---\ntitle: Small things\n---\n# Background\n\nText here.\n", "page.md", "Small things"),
    ("---\ntitle: Small things\n---\n# SMALL THINGS\n\nText here.\n", "page.md", "SMALL THINGS"),
    ("Badge\n\n# Small things\n\nText here.\n\n# Another\n\nMore.\n", "page.md", "Small things"),
    ("Some text comes first.\n\nAnd more.\n\nAnd more.\n\n## Details\n\nMore text here.\n", "page.md", ""),
    ("Small things\n\nText here is a sentence.\n", "page.txt", "Small things"),
    ("This text begins at once with a sentence.\n\nAnd goes on.\n", "page.txt", ""),
]


@pytest.mark.parametrize(("text", "name", "expected"), TITLES)
def test_the_title_is_what_the_file_states_or_what_stands_on_top(
    tmp_path: Path, text: str, name: str, expected: str
) -> None:
    assert title(read(tmp_path, text, name)) == expected


def test_known_sections_are_known_in_any_article(tmp_path: Path) -> None:
    text = (
        "# A post\n\nIt begins here.\n\n## Why it took long\n\nIt did.\n\n## TL;DR\n\nKeep it small.\n\n"
        "## Setting\n\nHere.\n\n"
        "## Results\n\nGood ones.\n\n## Wrapping up\n\nThat was it.\n\n## References\n\n- Lee (2020)\n- Roe (2021)\n"
    )
    assert sections(read(tmp_path, text)) == [
        ("", "", ["It begins here."]),
        ("", "Why it took long", ["It did."]),
        ("takeaway", "TL;DR", ["Keep it small."]),
        ("", "Setting", ["Here."]),
        ("", "Results", ["Good ones."]),
        ("conclusion", "Wrapping up", ["That was it."]),
        ("references", "References", ["Lee (2020)", "Roe (2021)"]),
    ]


def test_what_stands_below_a_part_of_a_known_section_belongs_to_it(tmp_path: Path) -> None:
    text = (
        "# A post\n\n## Why\n\nSo.\n\n## How\n\nSo.\n\n## Principles\n\n"
        "### Ship small\n\nSmall is safe.\n\n## Then\n\nDone.\n"
    )
    found = sections(read(tmp_path, text))
    assert ("principles", "Ship small", ["Small is safe."]) in found
    assert ("", "Then", ["Done."]) in found
    assert all(heading != "Principles" for _, heading, _ in found)


def test_a_section_that_a_line_opens_ends_with_it(tmp_path: Path) -> None:
    text = "# A post\n\nTL;DR: Keep it small.\n\nThen the story goes on.\n\nMethod: POST is used.\n"
    assert sections(read(tmp_path, text)) == [
        ("takeaway", "TL;DR", ["Keep it small."]),
        ("", "", ["Then the story goes on.", "Method: POST is used."]),
    ]


def test_prose_below_the_heading_of_a_list_stays_prose(tmp_path: Path) -> None:
    text = "# A post\n\n## Setting\n\nHere.\n\n## Audience\n\nWe speak to editors, readers, and others.\n"
    article = read(tmp_path, text)
    assert sections(article)[-1] == ("audience", "Audience", ["We speak to editors, readers, and others."])
    assert not article.sections[-1].listed


def test_code_is_no_prose_and_leaves_no_section_empty(tmp_path: Path) -> None:
    text = (
        "# A post\n\n## Setup\n\nFirst do this.\n\n```sh\nmust run this\n```\n\n"
        "## Best practices\n\n```sh\nonly code\n```\n"
    )
    article = read(tmp_path, text)
    assert "must run this" in article.pages[0].text
    assert sections(article) == [("", "Setup", ["First do this."])]


def test_headings_of_plain_text_stand_between_blank_lines(tmp_path: Path) -> None:
    text = (
        "A post\n\nIt begins with this sentence.\n\nWhy it matters\n\nIt costs a year of work.\n\n"
        "Not this\nas it goes on.\n"
    )
    assert sections(read(tmp_path, text, "page.txt")) == [
        ("", "", ["It begins with this sentence."]),
        ("", "Why it matters", ["It costs a year of work.", "Not this\nas it goes on."]),
    ]


def test_what_a_file_states_stands_above_its_text_with_where_it_was_found(tmp_path: Path) -> None:
    text = (
        "---\ntitle: A post\nauthors:\n  - name: Ann Lee\n    url: https://example.org/ann\n  - Jo Roe\n"
        "date: 31 January 2026\ntags: [hiring, teams]\ncanonical_url: https://example.org/a\n"
        "description: What it says.\nlastmod: 2026-02-02\n---\n"
        "It begins here.\n"
    )
    article = read(tmp_path, text, "quiet-deploy/page.md")
    assert article.pages[0].text == (
        "title: A post\nauthors: Ann Lee, Jo Roe\ndate: 31 January 2026\npath: quiet-deploy\n"
        "canonical_url: https://example.org/a\ntags: hiring, teams\ndescription: What it says.\n\nIt begins here."
    )
    assert [(d.name, article.cut(d.value), d.meaning, d.origin) for d in article.details] == [
        ("author", "Ann Lee", "Ann Lee", "front matter"),
        ("author", "Jo Roe", "Jo Roe", "front matter"),
        ("date", "31 January 2026", "2026-01-31", "front matter"),
        ("publisher", "quiet-deploy", "quiet-deploy", "path"),
        ("url", "https://example.org/a", "https://example.org/a", "front matter"),
        ("tag", "hiring", "hiring", "front matter"),
        ("tag", "teams", "teams", "front matter"),
    ]
    assert sections(article)[0] == ("summary", "description", ["What it says."])


def test_an_abstract_is_the_text_where_there_is_no_other(tmp_path: Path) -> None:
    article = read(tmp_path, "---\ntitle: A post\ndescription: Only this is said.\n---\n")
    assert title(article) == "A post"
    assert sections(article) == [("", "", ["Only this is said."])]


def test_the_text_tells_its_language_before_the_page_does(tmp_path: Path) -> None:
    german = "Die Kollegen haben uns gesagt, dass kleine Änderungen schneller gelesen werden als große. " * 4
    assert read(tmp_path, f"---\nlang: en\ntitle: Ein Text\n---\n{german}").pages[0].language == "de"
    assert read(tmp_path, "---\nlang: pt-BR\ntitle: X\n---\nOk.").pages[0].language == "pt"
    assert read(tmp_path, "# X\n\nOk.").pages[0].language == ""
