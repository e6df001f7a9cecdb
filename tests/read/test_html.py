"""Of a page its article is read, with what the page states beside it; a fragment is read whole."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.formats.html import documents, fragment
from kg.read.inputs import Document, Input

PARAGRAPHS = [
    f"In part {n} the team writes down what it has learned, so that those who come later can build upon it."
    for n in range(8)
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset=utf-8><title>On review | The Post</title>
<meta property="og:site_name" content="The Post"><link rel=canonical href="https://post.example/review">
<script type="application/ld+json">//<![CDATA[
{{"@graph": [{{"@type": "Organization", "@id": "#o", "name": "The Post"}}, {{"@type": "NewsArticle",
"headline": "On review", "author": [{{"name": "Ann Oduya"}}, {{"name": "Li Wei"}}], "datePublished": "2026-01-31",
"dateModified": "2026-02-02", "publisher": {{"@id": "#o"}}, "keywords": ["review", "teams"]}}]}}
//]]></script></head><body>
<div class=menu><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></div>
<div class=content><h1>On review</h1><div class=share><a href=x>Tweet this article now</a></div>
{BODY}<h2>Why <a href="#why">#</a></h2>
<ul><li>It is quick, and finds most mistakes that matter<sup><a href="#f1">1</a></sup></li></ul>
<pre><code>def review():
    return True
</code></pre><blockquote>Two pairs of eyes see more than one pair ever will, said the editor.</blockquote>
<p>The end of it all is a <a href="/guide">guide</a> that everyone in the team has read before they begin.</p>
</div><div class=related><h3>Read next</h3><a href=a>One story</a> <a href=b>Other story</a></div>
<div id=cookie-banner>We use cookies to make your stay with us as pleasant as it can be.</div></body></html>"""


def read(markup: str | bytes, kind: str = "") -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    return next(documents(replace(Input.of_bytes("a.html", data), kind=kind)))


def said(document: Document, name: str) -> list[str]:
    values = [(s.value, s.origin) for s in document.stated if s.name == name]
    return [value for value, origin in values if origin == values[0][1]]


def test_the_article_of_a_page_with_its_structure() -> None:
    page = read(PAGE)
    kinds = [(b.kind, b.level, b.span.cut(page.text)) for b in page.blocks]
    assert kinds == [
        (BlockKind.HEADING, 1, "On review"),
        *((BlockKind.LINE, 0, p) for p in PARAGRAPHS),
        (BlockKind.HEADING, 2, "Why"),
        (BlockKind.ITEM, 0, "It is quick, and finds most mistakes that matter"),
        (BlockKind.CODE, 0, "def review():\n    return True"),
        (BlockKind.QUOTE, 0, "Two pairs of eyes see more than one pair ever will, said the editor."),
        (BlockKind.LINE, 0, "The end of it all is a guide that everyone in the team has read before they begin."),
    ]
    assert [(link.span.cut(page.text), link.target) for link in page.links] == [("guide", "/guide")]


def test_what_a_page_states() -> None:
    page = read(PAGE)
    stated = {name: said(page, name) for name in ("title", "author", "date", "source", "url", "tag", "language")}
    assert stated == {
        "title": ["On review"],
        "author": ["Ann Oduya", "Li Wei"],
        "date": ["2026-01-31"],
        "source": ["The Post"],
        "url": ["https://post.example/review"],
        "tag": ["review", "teams"],
        "language": ["en"],
    }
    assert not any("2026-02" in s.value for s in page.stated)


@pytest.mark.parametrize(
    ("head", "name", "values"),
    [
        ("<meta name=citation_author content=Ann><meta name=citation_author content=Li>", "author", ["Ann", "Li"]),
        (
            "<meta property=article:author content='https://x.example/a'><meta name=author content=Ann>",
            "author",
            ["Ann"],
        ),
        ("<meta name=DCTERMS.issued content=2026-01-31>", "date", ["2026-01-31"]),
        ("<meta property=article:modified_time content=2026-01-31>", "date", []),
        ("<title>On review - The Post</title><meta property=og:site_name content='the post'>", "title", ["On review"]),
        ("<title>On review - a memoir</title>", "title", ["On review - a memoir"]),
        ("<div itemscope itemtype=http://schema.org/Comment><b itemprop=author>Troll</b></div>", "author", []),
        ("<div itemscope itemtype=http://schema.org/Article><b itemprop=author>Ann</b></div>", "author", ["Ann"]),
        ("<p class=post-byline>By Ann Oduya</p>", "author", ["By Ann Oduya"]),
        ("<script type=application/ld+json>{broken</script><meta name=author content=Ann>", "author", ["Ann"]),
        (f"<script type=application/ld+json>{'[' * 9999}</script><meta name=author content=Ann>", "author", ["Ann"]),
    ],
)
def test_where_things_are_stated(head: str, name: str, values: list[str]) -> None:
    assert said(read(f"<html>{head}{BODY}"), name) == values


def test_a_fragment_is_read_whole_without_what_is_no_text() -> None:
    markup = (
        "<nav>Kept</nav><p>Sum <math><semantics><mi>x</mi><annotation>\\x</annotation></semantics></math>"
        "<script type='math/tex'>x^2</script><span style='display: none'>gone</span> &amp; more"
        "<img src='data:image/png;base64,AAAA'> <a href='javascript:void(0)'>here</a></p>"
    )
    assert read(markup, "fragment").text == "Kept\nSum x & more here"
    assert fragment(markup).links == []
    assert fragment("").text == ""


def test_front_matter_above_a_page_is_read_as_such() -> None:
    page = read(f"---\ntitle: Your favourite\n---\n\n{BODY}")
    assert said(page, "title") == ["Your favourite"]
    assert page.text.startswith(PARAGRAPHS[0])


def test_a_digest_keeps_its_lists_of_links() -> None:
    names = "".join(f"<li><a href=/{n}>Topic {n}</a></li>" for n in range(5))
    page = read(f"<html><h1>T</h1><h2>Key takeaway</h2>{BODY}<h2>Topics</h2><ul>{names}</ul></html>")
    assert page.text.endswith("Topic 3\nTopic 4")


def test_xhtml_may_close_an_element_that_it_opens() -> None:
    page = read(f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>{BODY}</html>')
    assert page.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p><span>Teams </span><span>batch</span><span>, then ship</span></p>", ["Teams batch, then ship"]),
        ("<p><span><span>Teams</span><span>batch</span></span></p>", ["Teamsbatch"]),
        ("<li><a href=a>One</a><a href=b>\xa0two</a>", ["One two"]),
        ("<div><span>Teams </span><span>batch</span></div>", ["Teams batch"]),
        ("<div><span>Teams</span><span>, too</span></div>", ["Teams, too"]),
        ("<div><span>Hiring</span><span>AI</span></div>", ["Hiring", "AI"]),
        ("<p><b>Best for:</b><a href=/r>CTO</a><a href=/s>Editor</a></p>", ["Best for:", "CTO", "Editor"]),
        ("<figcaption><span>A team.</span><span>Photo: Ann</span></figcaption>", ["A team. Photo: Ann"]),
        ("<p>Two <del>days</del><s>weeks</s> <ins>hours</ins></p>", ["Two hours"]),
        ("<p class=button-wrapper><a href=x>Subscribe</a></p><p>On<a class=footnote-anchor href='#f1'>1</a>.", ["On."]),
        ("<div class='subscription-widget-wrap-editor'>Join us</div>Text", ["Text"]),
    ],
)
def test_what_is_one_line(markup: str, lines: list[str]) -> None:
    assert fragment(markup).text.split("\n") == lines


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("<tr><th>Size<th>Time<tr><td><p>Small</p><td><a href=t>2<br>days</a>", ["Size | Time", "Small | 2 days"]),
        ("<tr><td><td>A<td> <td>B<td>", ["A | | B"]),
        ("<tr><td><p>One.</p><p>Two.</p><td>Beside", ["One.", "Two.", "Beside"]),
        ("<tr><td><h2>Head</h2>Text<td>Beside", ["Head", "Text", "Beside"]),
        ("<tr><td><table><tr><td>A<td>B</table><td>Beside", ["A | B", "Beside"]),
        ("<caption>Sizes</caption><tr><td><figcaption>A</figcaption><td>B", ["Sizes", "A | B"]),
    ],
)
def test_a_row_of_a_table_is_a_line_unless_it_places_text_on_the_page(rows: str, lines: list[str]) -> None:
    assert fragment(f"<table>{rows}</table>").text.split("\n") == lines


def test_google_docs() -> None:
    redirect = "https://www.google.com/url?q=https://x.example/a%3Fb%3D1&amp;sa=D"
    page = read(
        "<html><body class='c7 doc-content'><p class='c1 title' id=h.1><span>On </span><span>review</span></p>"
        f"<p class='c2 subtitle'>Short</p>{BODY}"
        f"<p><a href='{redirect}'>Link</a> to more<sup><a href='#cmnt1' id=cmnt_ref1>[a]</a></sup></p>"
        "<div><p><a href='#cmnt_ref1' id=cmnt1>[a]</a><span>Really?</span></p></div>"
    )
    assert page.blocks[0].kind is BlockKind.HEADING
    assert page.text.split("\n") == ["On review", "Short", *PARAGRAPHS, "Link to more"]
    assert page.links[0].target == "https://x.example/a?b=1"
    assert said(page, "title") == ["On review"]


MEDIUM = f"""<html><head><title>On review</title></head><body><article class=h-entry>
<header><h1 class=p-name>On review</h1></header><section class=p-summary data-field=subtitle>In short.</section>
<section class=e-content data-field=body><h3 class="graf graf--h3 graf--title">On review</h3>
<h4 class="graf graf--h4 graf--subtitle">In short.</h4>{BODY}</section>
<footer><p>By <a href="https://m.example/@ann" class="p-author h-card">Ann Oduya</a> on
<a href="https://m.example/p/1"><time class=dt-published datetime=2026-01-31T08:00:00Z>January 31</time></a>.</p>
<p><a href="https://m.example/review" class="p-canonical">Canonical link</a></p><p>Exported from Medium</p></footer>"""


def test_an_export_of_medium() -> None:
    page = read(MEDIUM)
    assert [b.span.cut(page.text) for b in page.blocks if b.kind is BlockKind.HEADING] == ["On review"]
    assert page.text.endswith(PARAGRAPHS[-1])
    assert said(page, "author") == ["Ann Oduya"]
    assert said(page, "date") == ["2026-01-31T08:00:00Z"]
    assert said(page, "url") == ["https://m.example/review"]
    assert said(page, "abstract") == ["In short."]


def test_a_page_saved_from_a_browser() -> None:
    page = read(
        "<!DOCTYPE html>\n<!-- saved from url=(0027)https://post.example/review -->\n<html><body><article>"
        f"<span class='author vcard'>by <a class='url fn n' href=x>Ann Oduya</a></span>{BODY}"
        "<a rel='category tag' href=t>Teams</a></article>"
        "<li class='comment-author vcard'><b class=fn>Troll</b></li>"
    )
    assert (said(page, "url"), said(page, "author")) == (["https://post.example/review"], ["Ann Oduya"])
    assert said(page, "tag") == ["Teams"]


def test_what_stands_behind_an_advertisement_is_of_the_article() -> None:
    shown = "<figure><img src=a><figcaption>The team at work</figcaption></figure><div><pre>git log</pre></div>"
    page = read(
        f"<html><div class=menu><a href=/>Home</a></div><div>{BODY}<aside>Buy now</aside>{shown}<p>Next</p></div>"
    )
    assert page.text.split("\n") == [*PARAGRAPHS, "The team at work", "git log"]


def test_footnotes_and_appendix_of_distill_stand_below() -> None:
    page = read(
        "<html><d-title><h1>On review</h1></d-title><d-byline>Ann</d-byline><d-article><p>Small<d-footnote>Below 200 "
        f"lines.</d-footnote> is safe.</p>{BODY}</d-article><d-appendix><h3>Thanks</h3><p>To all.</p></d-appendix>"
    )
    assert page.text.split("\n") == [
        "On review",
        "Small is safe.",
        *PARAGRAPHS,
        "Thanks",
        "To all.",
        "Below 200 lines.",
    ]


def test_a_fragment_without_text_says_so() -> None:
    with pytest.raises(InputError) as caught:
        read("<img src=a>", "fragment")
    assert (caught.value.what, caught.value.hint) == ("has no text", "leave it out")


@pytest.mark.untraced
def test_a_page_too_large_to_be_searched_has_no_menus_either() -> None:
    page = read(f"<html><nav>Home</nav><main>{BODY}{'<b></b>' * 40_000}</main><footer><a href=x>About</a></footer>")
    assert page.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("markup", ["<html></html>", "<script>x</script>", "<!-- -->", "<" * 1_000_000])
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(InputError):
        read(markup)


@pytest.mark.untraced
@pytest.mark.parametrize(
    "markup",
    [
        BODY + "<div>" * 10_000 + "deep",
        BODY + "<b>" * 100_000,
        "<p title='" + "x" * 12_000_000 + f"'>{BODY}",
        "<p>" + " ".join(f"a{n}" for n in range(300_000)),
        "<title>" + " | a" * 1_000_000 + f"</title>{BODY}",
        BODY + "<table><tr><td>deep" * 10_000,
        BODY + "<table>" + "<tr><td><div>wide" * 90_000,
    ],
    ids=["deep", "inline", "attribute", "attributes", "title", "tables", "rows"],
)
def test_hostile_pages_are_read(markup: str) -> None:
    assert read(markup).text


def test_no_bytes_break_it() -> None:
    chance = random.Random(7)  # noqa: S311 - nothing secret
    for _ in range(60):
        data = bytearray(PAGE.encode())
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.choice(b"<>&\"'/=-! \x00\xffa")
        start, end = sorted(chance.sample(range(len(data)), 2))
        data = data[:end] + data[start:end] if chance.random() < 0.5 else data[: end + 1]
        kind = chance.choice(["", "fragment"])
        try:
            page = read(bytes(data), kind)
        except InputError:
            continue
        assert page == read(bytes(data), kind)
        assert all(page.text[b.span.start : b.span.end].strip() for b in page.blocks)
