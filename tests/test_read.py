"""The pages that people really have: formats, renderings, merging, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Article, Kind, Page
from kg.pipeline import read_article
from kg.read import File, Headings, Limits, article_on, find, merge, read_page
from kg.vocab import load
from tests.pages import RENDERINGS, Digest, digests, rendering_a, rendering_b

PAGE = Digest(
    "On review",
    "The Quiet Deploy",
    prose={"Summary": ("A team wrote.", "It worked."), "Key takeaway": ("Keep it small.",), "Method": ("They asked.",)},
    lists={"Principles": ("Small is safe.", "Ask early."), "Topics": ("Code Review", "Hiring")},
    audience=("CTO", "AI Engineer"),
    related=("Another title",),
)


def read(folder: Path, text: str | bytes, name: str = "page.txt") -> Article:
    """Return the article on a page with that text."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_article(folder, name)


def sections(article: Article) -> dict[str, list[str]]:
    """Return the text of each section of an article by its printed heading."""
    headed = ((article.cut(s.heading) if s.heading else "", s) for s in article.sections)
    return {heading: [article.cut(b) for b in section.blocks] for heading, section in headed}


def refused(folder: Path, text: str | bytes, name: str = "page.txt") -> str:
    with pytest.raises(InputError) as caught:
        read(folder, text, name)
    return str(caught.value)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=digests, rendering=st.sampled_from(sorted(RENDERINGS)), data=st.data())
def test_a_page_says_the_same_in_every_rendering(
    tmp_path_factory: pytest.TempPathFactory, page: Digest, rendering: str, data: st.DataObject
) -> None:
    text = RENDERINGS[rendering](page)
    encodings = {"utf-8": text.encode(), "bom": b"\xef\xbb\xbf" + text.encode(), "utf-16": text.encode("utf-16")}
    chosen = data.draw(st.sampled_from(sorted(encodings)))
    if rendering.endswith("txt") and chosen != "utf-16":
        end = data.draw(st.sampled_from([b"\n", b"\r\n", b"\r"]))
        encodings = {k: v.replace(b"\n", end) for k, v in encodings.items()}
    article = read(tmp_path_factory.mktemp("page"), encodings[chosen], f"page{rendering}")
    found = sections(article)
    assert article.title
    assert article.cut(article.title) == page.title
    assert article.detail("publisher") == page.publisher
    assert article.detail("curator") == page.curator
    assert article.detail("field") == ("" if rendering == "b.txt" else page.filed)
    for heading, told in page.prose.items():
        assert " ".join(found[heading]) == " ".join(told)
    for heading, items in page.lists.items():
        assert found[heading] == ([] if rendering == "a.txt" else list(items))
    assert found["Best for"] == list(page.audience)
    assert found[f"Related on {page.curator}"] == ([] if rendering == "a.txt" else list(page.related))


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "‣ ", "  - ", "1. ", "2) "])
def test_any_bullet(tmp_path: Path, bullet: str) -> None:
    found = sections(read(tmp_path, rendering_b(PAGE, bullet)))
    assert found["Principles"] == ["Small is safe.", "Ask early."]
    assert found["Topics"] == ["Code Review", "Hiring"]


def test_a_wrapped_paragraph_is_one_and_a_wrapped_item_too(tmp_path: Path) -> None:
    text = (
        rendering_b(PAGE).replace("A team wrote.", "A team\nwrote.").replace("- Small is safe.", "- Small\n  is safe.")
    )
    found = sections(read(tmp_path, text))
    assert found["Summary"] == ["A team\nwrote. It worked."]
    assert found["Principles"][0] == "Small\n  is safe."


ALIASES = [
    ("Key takeaway", "TL;DR", "takeaway"),
    ("Key takeaway", "Takeaways", "takeaway"),
    ("Key takeaway", "KEY TAKEAWAY:", "takeaway"),
    ("Summary", "Abstract", "summary"),
    ("Topics", "Tags", "topics"),
    ("Best for:", "Who is it for:", "audience"),
    ("Best for:", "Audience:", "audience"),
]


@pytest.mark.parametrize(("heading", "alias", "name"), ALIASES)
def test_other_names_of_a_section(tmp_path: Path, heading: str, alias: str, name: str) -> None:
    article = read(tmp_path, rendering_b(PAGE).replace(heading, alias))
    assert name in {s.name for s in article.sections}


@pytest.mark.parametrize("rendering", [rendering_a, rendering_b])
def test_an_unknown_section_is_kept_under_its_heading(tmp_path: Path, rendering: Callable[[Digest], str]) -> None:
    text = rendering(PAGE).replace("Method\n", "Why it matters\n\nIt costs a small company most of a year.\n\nMethod\n")
    found = sections(read(tmp_path, text))
    assert found["Why it matters"] == ["It costs a small company most of a year."]
    assert found["Key takeaway"] == ["Keep it small."]


def test_sections_in_any_order_and_missing_ones(tmp_path: Path) -> None:
    text = "On review\nTopics\n- Hiring\nSummary\nA team wrote.\n"
    assert sections(read(tmp_path, text)) == {"Topics": ["Hiring"], "Summary": ["A team wrote."]}


def test_details_on_lines_of_their_own(tmp_path: Path) -> None:
    text = rendering_a(PAGE).replace(PAGE.meta, PAGE.meta.replace(" · ", "\n\n"))
    article = read(tmp_path, text)
    assert [article.detail(n) for n in ("publisher", "field", "depth")] == [PAGE.publisher, PAGE.filed, PAGE.depth]


def test_a_list_on_the_line_of_its_heading(tmp_path: Path) -> None:
    article = read(
        tmp_path, rendering_b(PAGE).replace("Topics\n- Code Review\n- Hiring", "Topics: Code Review, Hiring")
    )
    (topics,) = (s for s in article.sections if s.name == "topics")
    assert [article.cut(e.words) for e in topics.entries] == ["Code Review", "Hiring"]
    assert {article.cut(e.line) for e in topics.entries} == {"Topics: Code Review, Hiring"}


def test_a_list_of_names_on_the_line_below_its_heading(tmp_path: Path) -> None:
    text = "T\nSummary\nA team wrote.\nBest for\nCTO, Tech Lead, and Editor\nTopics\nHiring | Code Review\n"
    found = sections(read(tmp_path, text))
    assert found["Best for"] == ["CTO", "Tech Lead", "Editor"]
    assert found["Topics"] == ["Hiring", "Code Review"]


def test_headings_in_capitals_with_numbers_colons_and_pictures(tmp_path: Path) -> None:
    text = "T\n\nSUMMARY\n\nA team wrote.\n\n🔑 KEY TAKEAWAYS:\n\nKeep it small.\n\nPRINCIPLES\n- Ask.\n"
    article = read(tmp_path, text)
    assert [s.name for s in article.sections] == ["summary", "takeaway", "principles"]
    assert [article.cut(s.heading) for s in article.sections if s.heading][1] == "🔑 KEY TAKEAWAYS"


STRAY = [
    ("Home > Articles\nOn review\nSummary\nA team wrote.\nTopics\n- Hiring\n", "page.txt"),
    ("https://example.org/a\nShare\nOn review\nSummary\nA team wrote.\nTopics\n- Hiring\n", "page.txt"),
    ("[Home](/)\n\n# On review\n\n## Summary\n\nA team wrote.\n\n## Topics\n\n- Hiring\n", "page.md"),
    ("---\ntitle: x\n---\n\n# On review\n\n## Summary\n\nA team wrote.\n\n## Topics\n\n- Hiring\n", "page.md"),
    ("**On review**\n\n**Summary**\n\nA team wrote.\n\n**Topics**\n\n- Hiring\n", "page.md"),
    ("On review\n=========\n\nSummary\n-------\n\nA team wrote.\n\nTopics\n------\n\n- Hiring\n", "page.md"),
    (
        "<p>Daily digest</p><li>Topics</li><h1>On<br>review</h1><h2>Summary</h2><p>A team wrote.<h2>Topics</h2>Hiring",
        "page.html",
    ),
]


@pytest.mark.parametrize(("text", "name"), STRAY)
def test_stray_lines_are_not_the_title(tmp_path: Path, text: str, name: str) -> None:
    article = read(tmp_path, text, name)
    assert article.title
    assert article.cut(article.title) == "On review"
    assert sections(article)["Summary"] == ["A team wrote."]
    assert sections(article)["Topics"] == ["Hiring"]


def test_details_credits_and_names_that_were_wrapped(tmp_path: Path) -> None:
    text = (
        "T\n· Source: The Quiet Deploy · Field: Technology & Digital — Cybersecurity &\n"
        "Privacy · Depth: Advanced, long\nSummary\nA team wrote.\n"
        "Best for: Chief Technology Officer, Vice President of Engineering, Data\nEngineer, CTO\n"
        "Editorial summary, takeaway, and curation by Lectern. Original article\npublished by The Quiet Deploy.\n"
    )
    article = read(tmp_path, text)
    flat = {name: " ".join(article.detail(name).split()) for name in ("field", "depth", "publisher", "curator")}
    assert flat == {
        "field": "Technology & Digital — Cybersecurity & Privacy",
        "depth": "Advanced, long",
        "publisher": "The Quiet Deploy",
        "curator": "Lectern",
    }
    names = [" ".join(name.split()) for name in sections(article)["Best for"]]
    assert names == ["Chief Technology Officer", "Vice President of Engineering", "Data Engineer", "CTO"]


def test_a_short_unknown_section_between_blank_lines(tmp_path: Path) -> None:
    text = "T\n\nSummary\n\nA team wrote.\n\nLimitations\n\nSmall sample.\n\nTopics\n\n- Hiring\n"
    assert sections(read(tmp_path, text))["Limitations"] == ["Small sample."]


def test_what_a_web_page_hides_is_not_read(tmp_path: Path) -> None:
    text = (
        "<h1>T</h1><h2>Summary</h2><p>A.</p><p hidden>Secret.</p><script>x()</script><h2>Topics</h2><ul><li>Hiring</ul>"
    )
    assert "Secret" not in read(tmp_path, text, "page.html").pages[0].text


def test_code_and_markup_in_markdown_are_kept(tmp_path: Path) -> None:
    text = "# T\n\n## Summary\n\nA team wrote.\n\n## Code references\n\n```\norg/tool\n```\n\n<p>org/other</p>\n"
    assert sections(read(tmp_path, text, "page.md"))["Code references"] == ["org/tool", "org/other"]


@pytest.mark.parametrize(
    "text",
    ["On review\n=====\nSummary\nA team wrote.\nTopics\n- Hiring\n", "**On** review\n**note**\nSummary\nA.\nTopics\n"],
)
def test_plain_text_with_rules_and_stars_is_plain_text(tmp_path: Path, text: str) -> None:
    assert {"Summary", "Topics"} <= sections(read(tmp_path, text)).keys()


def test_prose_that_begins_beside_its_heading_goes_on_below(tmp_path: Path) -> None:
    found = sections(read(tmp_path, "T\n\nSummary: First.\n\nSecond paragraph here.\n\nTopics\n\n- Hiring\n"))
    assert found["Summary"] == ["First.", "Second paragraph here."]


def test_front_matter_is_kept_and_may_name_the_publisher(tmp_path: Path) -> None:
    text = "---\nauthor: Jane\npublisher: The Quiet Deploy\n---\n# T\n\n## Summary\n\nA.\n\n## Topics\n\n- Hiring\n"
    article = read(tmp_path, text, "page.md")
    assert article.detail("publisher") == "The Quiet Deploy"
    assert article.detail("author") == "Jane"
    assert article.pages[0].text.startswith("author: Jane\npublisher: The Quiet Deploy\n\nT\n")


def test_what_follows_a_line_of_names_is_not_a_name(tmp_path: Path) -> None:
    text = "T\nSummary\nA team wrote.\nBest for: CTO\nCounterpoints\nOne reader disagrees with all of it here.\n"
    found = sections(read(tmp_path, text))
    assert found["Best for"] == ["CTO"]
    assert found["Counterpoints"] == ["One reader disagrees with all of it here."]


def test_what_follows_the_credits_is_kept_and_is_no_section(tmp_path: Path) -> None:
    article = read(tmp_path, rendering_b(PAGE) + "Topics\nAbout\nPrivacy\nContact us today\n")
    assert article.detail("curator") == "Lectern"
    found = sections(article)
    assert found["Topics"] == ["Code Review", "Hiring"]
    assert found[f"Related on {PAGE.curator}"] == ["Another title"]
    assert "Contact us today" in " ".join(found[""])


CREDITS = [
    "Curated by Lectern, originally published by The Quiet Deploy",
    "Digest by Lectern · Original article by The Quiet Deploy",
    "curation by: Lectern. Originally published in: The Quiet Deploy. Read it at example.org.",
]


@pytest.mark.parametrize("line", CREDITS)
def test_credits_in_other_words(tmp_path: Path, line: str) -> None:
    article = read(tmp_path, f"T\nSummary\nA team wrote.\nTopics\n- Hiring\n{line}\n")
    assert (article.detail("curator"), article.detail("publisher")) == ("Lectern", "The Quiet Deploy")


DETAILS = [
    "Source: The Quiet Deploy; Field: Crafts; Depth: Advanced",
    "Source: The Quiet Deploy | Field: Crafts | Depth: Advanced",
    "By Jane Roe · Source: The Quiet Deploy · Field: Crafts · Depth: Advanced",
    "Source:\nThe Quiet Deploy\nField:\nCrafts\nDepth:\nAdvanced",
    "Publisher: The Quiet Deploy\nCategory: Crafts\nLevel: Advanced",
]


@pytest.mark.parametrize("line", DETAILS)
def test_details_in_other_shapes(tmp_path: Path, line: str) -> None:
    article = read(tmp_path, f"T\n{line}\nSummary\nA team wrote.\nTopics\n- Hiring\n")
    assert [article.detail(n) for n in ("publisher", "field", "depth")] == ["The Quiet Deploy", "Crafts", "Advanced"]


def test_chips_are_things_side_by_side(tmp_path: Path) -> None:
    text = (
        "<h1>T</h1><h2>Summary</h2><p>A team wrote.</p><h2>Topics</h2><div><span>Hiring</span><span>AI</span></div>"
        "<p><b>Best for:</b><a href='/r'>CTO</a><a href='/s'>Editor</a></p>"
    )
    found = sections(read(tmp_path, text, "page.html"))
    assert found["Topics"] == ["Hiring", "AI"]
    assert found["Best for"] == ["CTO", "Editor"]


def test_a_line_of_names_and_a_list_of_the_same_are_merged(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("T\nSummary\nIt’s here — at last.\nBest for: CTO\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("T\nSummary\nIt's here - at last.\nBest for: CTO, Editor\n", encoding="utf-8")
    merged = merge(read_article(tmp_path, name) for name in ("b.txt", "a.txt"))
    assert sections(merged)["Best for"] == ["CTO", "Editor"]
    assert len(sections(merged)["Summary"]) == 1


def test_characters_written_as_references_are_tamed_too(tmp_path: Path) -> None:
    text = "<html><h1>T&#27;[31m</h1><h2>Summary</h2><p>A&#7;team&#xFFFE;wrote.</p><h2>Topics</h2></html>"
    assert read(tmp_path, text, "page.html").pages[0].text == "T [31m\nSummary\nA team wrote.\nTopics"


def test_a_folder_that_may_not_be_opened_and_a_name_that_is_not_text_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text("x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text("x")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find([tmp_path])
    assert [f.path for f in found.files] == ["good.txt"]
    assert {b.path: b.reason for b in found.barred} == {
        "closed": "cannot be opened (Permission denied)",
        "bad\\xff.txt": "has a name that is not UTF-8",
    }


def test_control_characters_are_read_as_spaces_and_move_nothing(tmp_path: Path) -> None:
    article = read(tmp_path, rendering_b(PAGE).replace("A team wrote.", "A\x0cteam\x07wrote."))
    assert sections(article)["Summary"] == ["A team wrote. It worked."]


REFUSED = [
    ("empty.txt", b"  \n", "is empty"),
    ("zeros.txt", b"\x00\x01\x02", "is binary, not text"),
    ("none.html", b"<!doctype html><html><head><title>A page</title></head></html>", "has no text"),
]


@pytest.mark.parametrize(("name", "data", "message"), REFUSED)
def test_what_is_no_article_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    line = refused(tmp_path, data, name)
    assert line.startswith(f"{name}: ")
    assert message in line
    assert "; " in line


def test_a_file_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(b"a" * 1_000_001)
    with pytest.raises(InputError, match="is larger than 1 MB; split it, or raise --max-file-size"):
        read_page(File("huge.txt", tmp_path / "huge.txt", "huge.txt"), Limits(file_bytes=1_000_000))


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match=r"folder\.txt: cannot be read"):
        read_page(File("folder.txt", tmp_path / "folder.txt", "folder.txt"))


def test_finding_files_names_what_is_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "deep/b.md", "deep/c.png", ".secret.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "linked").symlink_to(tmp_path / "deep")
    found = find([tmp_path, tmp_path / "deep"])
    assert [f.path for f in found.files] == ["a.txt", "deep/b.md"]
    (tmp_path / "Makefile").write_text("x")
    assert find([tmp_path / "Makefile"]).files == (File("Makefile", tmp_path / "Makefile", "Makefile"),)
    reasons = {s.path: s.reason for s in found.skipped}
    assert reasons == {
        "deep/c.png": ".png files are not read",
        ".secret.txt": "a hidden file",
        ".git": "a hidden folder",
        "linked": "a link to a folder",
        "pipe.txt": "not a regular file",
    }


def test_a_missing_path_and_a_named_file_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        find([tmp_path / "nowhere"])
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(InputError, match=r"\.png files are not read"):
        find([tmp_path / "a.png"])


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=400), marks=st.lists(st.sampled_from(["Summary\n", "Topics\n", "- ", "Best for: ", "\n"])))
def test_no_text_breaks_the_reader(text: str, marks: list[str]) -> None:
    from kg.read.formats.plain import blocks_of

    headings = table()
    whole = text.join(["Title\n", *marks])
    page = Page("page.txt", whole, blocks_of(whole))
    try:
        article = article_on(page, headings)
    except InputError:
        return
    for section in article.sections:
        for block in section.blocks:
            assert article.cut(block).strip() == article.cut(block) != ""


@cache
def table() -> Headings:
    return Headings.of(load().of(Kind.SECTION))
