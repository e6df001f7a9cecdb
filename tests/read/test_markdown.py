"""Markdown as people write it for the sites that they write for, and the words that a reader of those sites sees."""

from __future__ import annotations

import random

import pytest

from kg.errors import InputError
from kg.read.formats.markdown import documents, write
from kg.read.inputs import Document, Input


def lines(markdown: str, *, mdx: bool = False) -> list[str]:
    """Return what kind of block each is, with the depth of a heading, and its words."""
    page = write(markdown, mdx=mdx)
    text = page.text
    return [f"{b.kind.value}{b.level or ''}: {b.span.cut(text)}" for b in page.blocks]


def read(text: str | bytes, name: str = "a.md") -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    (document,) = documents(Input.of_bytes(name, data))
    assert isinstance(document, Document)
    return document


SEEN = {
    "headings": (
        "# One {#one}\n\nTwo {: .x}\n---\n\n#### Three ####",
        ["heading1: One", "heading2: Two", "heading4: Three"],
    ),
    "a paragraph": ("one *two*\n__three__ `four`\n", ["line: one two three four"]),
    "a paragraph without spaces": ("一致概率采样。\n这也\nRAG\n", ["line: 一致概率采样。这也 RAG"]),
    "hard breaks": ("one  \ntwo\\\nthree\n", ["line: one", "line: two", "line: three"]),
    "a bold paragraph": ("**One**\n\n**Best for:** CTO\n", ["heading: One", "line: Best for: CTO"]),
    "a long bold paragraph": (f"**{'word ' * 40}end**", [f"line: {'word ' * 40}end"]),
    "lists": (
        "- one\n  more\n- [x] two\n  1. three\n\n     four\n",
        ["item: one more", "item: two", "item: three", "item: four"],
    ),
    "a quotation": (
        "> one\n> two\n>\n> - three\n\n> [!NOTE]\n> four\n",
        ["quote: one two", "item: three", "quote: four"],
    ),
    "code": (
        "```{r, echo=FALSE}\n#| label: x\nif x:\n\n  {{ y }}\n```\n\n    <b>\n",
        ["code: if x:\n\n  {{ y }}", "code: <b>"],
    ),
    "a table": (
        "| a | b |\n|---|---|\n| c `x|y` | |\n| [d](/d) | e |\n",
        ["line: a | b", "line: c `x | y`", "line: d | e"],
    ),
    "links": (
        '[one](/1) <https://x.y> [two][t] [three][] [four] [five]( {{ u }} "t") [six](mailto: a@b)\n\n[t]: /2\n',
        ["line: one https://x.y two three [four] five six"],
    ),
    "a link to a template": (
        "see [the\npost]({{ '/2015/' | url }}) and [it]({% post_url 1 %})",
        ["line: see the post and it"],
    ),
    "pictures": ("[![badge](/b.svg)](/ci) ![alt](/x.png)\n*A caption.*\n\n![](/y y.png)\n", ["line: A caption."]),
    "footnotes": (
        "One.[^1] Two[^none].\n\n[^1]: A note\n    goes on.\n\n    And on.\n",
        ["line: One. Two.", "line: A note goes on.", "line: And on."],
    ),
    "entities": ("Q&amp;A &#8217;s &lt;b&gt;\n\n<p>A&nbsp;&mdash;&nbsp;b</p>\n", ["line: Q&A ’s <b>", "line: A — b"]),
    "definitions": ("Term\n: What it is.\n", ["line: Term", "line: What it is."]),
    "math": (
        "so $a_1 * b_1$ is *x*, for $5 or $6\n\n$$\nx_1 * y_1\n$$\n",
        ["line: so $a_1 * b_1$ is x, for $5 or $6", "line: $$ x_1 * y_1 $$"],
    ),
    "templates": (
        '{% include x.html %}\none {{ y }}two `{{ x }}`\n\n{{< figure\n  src="x"\n>}}\n\n{{% a %}}three{{% /a %}}\n',
        ["line: one two `{{ x }}`".replace("`", ""), "line: three"],
    ),
    "code of templates": ("{% highlight ruby %}\na = 1\n\nb < 2\n{% endhighlight %}\n", ["code: a = 1\n\nb < 2"]),
    "callouts": (
        '::: {.callout-note}\none\n:::\n\n!!! note "Two"\n    three\n\n    four\n',
        ["line: one", "line: Two", "line: three", "line: four"],
    ),
    "attributes": ("one\n{: .lead}\n\n* TOC\n{:toc}\n\n[[_TOC_]]\n\ntwo{: #x} {.y}\n", ["line: one", "line: two"]),
    "html": (
        "<h2>One</h2>\n<blockquote><p>two <a href='/2'>2</a></p></blockquote>\n<ul><li>three<li>H<sub>2</sub>O</ul>\n",
        ["heading2: One", "quote: two 2", "item: three", "item: H2O"],
    ),
    "html with marks in it": ("<div class=x>\n<p>one **two** [three](/3)</p>\n</div>\n", ["line: one two three"]),
    "a table of html": (
        "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td>d</td></tr></table>\n",
        ["line: a | b", "line: c | d"],
    ),
    "what html hides": (
        "one <!-- no\n\nno --> two<script>\nno()\n\nno()</script>\n\n<style>p {}</style>\n\n`<script>`\n",
        ["line: one two", "line: <script>"],
    ),
    "code of html": ("<div><pre><code>a &lt; b\n\n  __c__</code></pre></div>\n", ["code: a < b\n\n  __c__"]),
    "details": ("<details>\n<summary>One</summary>\n\n- two\n\n</details>\n", ["line: One", "item: two"]),
    "emoji": ("one :tada:\n", ["line: one"]),
    "emoji and what looks like them": (
        ":package: one :eyes::tada: `:eyes:` 10:30:15 :memory:\n",
        ["line: one `:eyes:` 10:30:15 :memory:".replace("`", "")],
    ),
    "a paragraph that is wrapped before a dash": (
        "one *two* - three\nfour [five](/5) - six\nseven\n\none:\n• two\nthree\n• four\n",
        ["line: one two - three four five - six seven", "line: one:", "item: two three", "item: four"],
    ),
    "a list in Chinese": (
        "一、准备\n二、开始\n（三）结束\n1、一\n",
        ["item: 准备", "item: 开始", "item: 结束", "item: 一"],
    ),
    "Markdown right below HTML": (
        "<div>\n</div>\n### One\n<p>two</p>\n- three\n\n```\n<p>\n# four\n```\n",
        ["heading3: One", "line: two", "item: three", "code: <p>\n# four"],
    ),
    "cells of several lines": (
        "<table><tr><td>a<br>b</td><td><p>c</p>d</td></tr></table>\n\n| | a | b |\n|-|-|-|\n| | c<br>d | e |\n",
        ["line: a b | c d", "line: a | b", "line: c d | e"],
    ),
    "titles of callouts": (
        (
            "> [!info]+ About *this*\n> It was\n> written\n\n:::tip[My title]\none\n:::\n\ntwo\n:::info Old title\n"
            '\nthree\n\n:::\n\n::: {.callout-note title="Four"}\n\n:::image type="content" source="x.png":::\n'
        ),
        [
            "quote: About this",
            "quote: It was written",
            "line: My title",
            "line: one",
            "line: two",
            "line: Old title",
            "line: three",
            "line: Four",
        ],
    ),
    "what is struck": (
        "one ~~two `three`~~ four ~5\n\n<del>six</del> seven <s>eight\n\nnine\n",
        ["line: one four ~5", "line: seven", "line: nine"],
    ),
    "notes of Obsidian": (
        (
            "[[Ann Oduya]] [[a|b]] [[c#d]] ![[diagram.png]]==high== %%no%% x^[A note.] [[1]](/1) `[[x]] ==y==` ^id-1\n"
            "\n%%\nnot\n\nthis\n%%\n\nkey:: value a == b\n\n^id-2\n"
        ),
        ["line: Ann Oduya b c high x (A note.) [1] [[x]] ==y==", "line: key:: value a == b"],
    ),
    "attributes of names and values": (
        '![](x.png){fig-align="center"} [one](/1){target=_blank} `two`{=html} f {x=1}\n\n{width=50%}\n',
        ["line: one two f {x=1}"],
    ),
    "captions of templates": (
        (
            '{{< figure src="x.png" title="no" caption="One *x*" >}}\n\ntwo\n{% include x.html title="Three" %}\nfour\n'
            '\n{% assign title="x" %}\n'
        ),
        ["line: One x", "line: two", "line: Three", "line: four"],
    ),
    "what nobody sees in a word": ("soft\u00adware\n\n    so\u00adft\ufeff\n", ["line: software", "code: soft"]),
    "numbers of sources": ("one [13][14][15] [two]() [three][3]\n", ["line: one [13][14][15] two three"]),
    "ends of elements": ("one\n\n    </div>\n    {% endraw %}\n", ["line: one"]),
}


@pytest.mark.parametrize("name", SEEN)
def test_the_text_is_what_a_reader_sees(name: str) -> None:
    text, seen = SEEN[name]
    assert lines(text) == seen


def test_mdx_is_read_without_its_modules_components_and_expressions() -> None:
    text = (
        "import {Card} from 'x'\nimport A from \"../a.png\"\n\n"
        "export const meta = {\n  a: 1,\n\n  b: 2,\n}\n\n# One\n\n"
        '<Card src={A} style={{a: {b: 1}}}\n  title="no > no"\n/>\n\n'
        "<Tabs items={['x', 'y']}>\n    <Tab>\n        ```python\n        import {x}\n        ```\n"
        "    two <b>three</b> {/* no */}{props.x}`{x}` $\\frac{a}{b}$\n    </Tab>\n</Tabs>\n"
    )
    assert lines(text) == ["heading1: One", "code: import {x}", "line: two three {x} $\\frac{a}{b}$"]
    assert lines("a {x}", mdx=True) == ["line: a"]
    assert lines("a {x}\n\nimport this\n") == ["line: a {x}", "line: import this"]


@pytest.mark.untraced
def test_a_long_text_is_read_as_one() -> None:
    text = "# One\n\n```\n# a\n\n# b\n```\n\n- two\n" * 30_000
    assert lines(text) == ["heading1: One", "code: # a\n\n# b", "item: two"] * 30_000
    assert len(lines("word " * 300_000)) == 3


def test_links_lead_where_they_say_and_no_further() -> None:
    page = write("[one *two*](/a) three <a href='/b'>four</a> five\n")
    assert [(link.span.cut(page.text), link.target) for link in page.links] == [
        ("one", "/a"), ("two", "/a"), ("four", "/b"),
    ]  # fmt: skip


def test_front_matter_is_stated_and_is_no_text() -> None:
    document = read("---\ntitle: A\n---\n# B\n\nText.\n")
    assert document.text == "B\nText."
    assert [(s.name, s.value, s.origin) for s in document.stated] == [("title", "A", "front matter")]


def test_an_article_in_its_front_matter_is_the_text() -> None:
    said = "This is what was said. " * 5
    text = f"---\ntitle: A\ntranscript:\n- header: One\n- line: {said}\n  who: Ann\n---\nLinks:\n\n* [x](/x)\n"
    assert [b.kind.value for b in read(text).blocks] == ["heading", "line", "line", "item"]
    assert read(text).text == f"One\nAnn: {said.strip()}\nLinks:\nx"


def test_an_abstract_stands_for_a_text_that_is_elsewhere() -> None:
    assert read("---\ntitle: A\nsummary: What *it* says.\n---\n").text == "What it says."


NOTION = "# One\n\nCreated: May 9, 2014 10:30 AM\nCreated by: Ann Oduya\nStatus: Done\nTags: a, b\n\nText.\n"


def test_the_properties_of_an_exported_note_are_stated_and_are_no_text() -> None:
    document = read(NOTION)
    assert document.text == "One\nText."
    assert [(s.name, s.value, s.origin) for s in document.stated] == [
        ("author", "Ann Oduya", "properties"),
        ("date", "May 9, 2014 10:30 AM", "properties"),
        ("tag", "a, b", "properties"),
    ]
    assert read(NOTION.replace("Status: Done", "This is prose.")).stated == ()
    assert read("# One\n\nStatus: Done\nAuthor: Ann\n\nText.\n").text == "One\nStatus: Done Author: Ann\nText."


EMPTY = {"": "is empty", " \n": "is empty", "---\nredirect: /x\n---\n": "has no text, only front matter"}


@pytest.mark.parametrize("text", [*EMPTY, "<!-- nothing -->\n", "![](x.png)"])
def test_what_has_no_text_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.what == EMPTY.get(text, "has no text that a reader would see")
    assert caught.value.hint


@pytest.mark.untraced
def test_a_damaged_file_is_read_or_refused() -> None:
    dice = random.Random(7)  # noqa: S311 - the same damage each time
    samples = [
        "---\ntitle: A\n---\n" + "\n".join(text for text, _ in SEEN.values()),
        *(text for text, _ in SEEN.values()),
    ]
    for _ in range(400):
        data = bytearray(dice.choice(samples).encode())
        for _ in range(dice.randint(1, 4)):
            at, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
            data[at : at + 1] = dice.choice([b"", b"\x00", bytes([dice.randrange(256)]), b"\n\n", data[at:end] * 2])
        try:
            document = read(bytes(data))
        except InputError:
            continue
        assert document == read(bytes(data))
        assert all(b.span.cut(document.text).strip() for b in document.blocks)


HOSTILE = [
    "[",
    "![",
    "*a",
    "`",
    '<a "',
    "> ",
    "- ",
    "- a\n",
    "{{",
    "{%",
    "{",
    "<!--",
    "<pre>",
    "$a",
    "|",
    "~~~\n",
    "[^1]",
    "<A b={",
    "import {\n",
    "<li>",
    "</li>",
    "a\n: b\n",
    "!!! a\n    ",
    "~~~~~~~~~~~~\n<pre>",
    "[[a",
    "==a ",
    "a^[b ",
    "%%",
    "~~a",
    "<del>",
    ":a",
    ":a:",
    "</p>\n- ",
    "a\n— ",
    "# a\nb: c\n",
    '{{< x title="',
    '{% include title="',
]


@pytest.mark.untraced
@pytest.mark.parametrize("mark", HOSTILE)
def test_an_attack_ends(mark: str) -> None:
    assert write("a " + mark * (60_000 // len(mark))).text
