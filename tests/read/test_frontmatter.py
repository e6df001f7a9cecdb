"""Front matter in every shape that people write it, sound or broken, and texts that only look as if they had some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.formats.frontmatter import prose, split

BODY = "\n# Heading\n\nText.\n"

SOUND = [
    ("---\ntitle: A\ndate: true\n---\n", {"title": "A", "date": "true"}),
    ("\n---  \ntitle: 2024-01-31\nn: 1_000\n--- \t\n", {"title": "2024-01-31", "n": "1_000"}),
    ("------\ntitle: A\n...\n", {"title": "A"}),
    ("---\n# a comment\nauthors:\n  - name: Ann\n    url: /ann\n---\n", {"authors": [{"name": "Ann", "url": "/ann"}]}),
    ("---\ntitle: >\n  One\n  two\nempty:\n---\n", {"title": "One two\n", "empty": ""}),
    ("---\n---\n", {}),
    ('+++\ntitle = "A"\ndate = 2024-02-29\nat = 2024-02-29T10:00:00Z\n[extra]\nn = 1.50\n+++\n',
     {"title": "A", "date": "2024-02-29", "at": "2024-02-29T10:00:00Z", "extra": {"n": "1.50"}}),
    ('{"title": "A", "tags": ["x"], "draft": false, "n": 1.0, "none": null}\n',
     {"title": "A", "tags": ["x"], "draft": "false", "n": "1.0", "none": ""}),
    ("Title: A: b\nDate: 2014-11-17\nSummary: One\n    two.\n\n",
     {"Title": "A: b", "Date": "2014-11-17", "Summary": "One two."}),
]  # fmt: skip

BROKEN = [
    ("---\ntags:\n- one\t\t\n\tb: c\ntitle: A\n---\n", {"title": "A"}),
    ("---\ntitle: A: the b\ndate: 2024-01-31\n---\n", {"title": "A: the b", "date": "2024-01-31"}),
    ("---\nauthor: @ann\nrate: %5\n---\n", {"author": "@ann", "rate": "%5"}),
    ('---\ntitle: "A "quoted" word"\nname: "never closed\ndate: x\n---\n', {"title": 'A "quoted" word', "date": "x"}),
    ("---\nurl: {{ site.url }}\ntitle: {% x %}\n---\n", {"url": "{{ site.url }}", "title": "{% x %}"}),
    ("---\ntags:\n- a: b: c\n- d\nn: [1\n---\n", {"tags": ["a: b: c", "d"], "n": "[1"}),
    ("---\ntitle: A\ntitle: B\n---\n", {"title": "B"}),
    ('+++\ntitle = "A"\ndate = yesterday\n+++\n', {"title": "A", "date": "yesterday"}),
    ("---\ntitle: never closed\n\n", {"title": "never closed"}),
]

NONE = [
    "Note: this is prose.\n",
    "Title: with a line below it\nthat is prose.\n",
    "{{< figure >}}\n",
    '{"a": 1} is JSON.\n',
    "---\nA rule, and prose below it.\n\n---\n",
    "---\nNote: a rule, and prose.\n\nMore of it here.\n\n---\n",
    "---",
]


@pytest.mark.parametrize(("header", "fields"), SOUND)
def test_each_way_to_write_it(header: str, fields: dict[str, object]) -> None:
    assert split(header + BODY) == (fields, BODY)


@pytest.mark.parametrize(("header", "fields"), BROKEN)
def test_what_does_not_parse_is_recovered_field_by_field(header: str, fields: dict[str, object]) -> None:
    found, body = split(header + BODY)
    assert found | fields == found
    assert body == BODY


@pytest.mark.parametrize("text", NONE)
def test_text_without_front_matter_comes_back_whole(text: str) -> None:
    assert split(text + BODY) == ({}, text + BODY)


def _bomb() -> str:
    lines = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    return "\n".join(["title: A", "a0: &a0 [x, x]", *lines])


HOSTILE = {
    "aliases": f"---\n{_bomb()}\n---\n",
    "recursion": "---\na: &a [*a]\ntitle: A\n---\n",
    "depth": f"---\ntitle: A\nb: {'[' * 50_000}\n---\n",
    "depth in TOML": f'+++\ntitle = "A"\nb = {"[" * 50_000}\n+++\n',
    "depth in JSON": '{"title": ' + "[" * 50_000,
    "a long key": f"+++\n{'a.' * 30_000}a = 1\n+++\n",
    "a long spaced key": f"+++\nx = {{{'a . ' * 30_000}a = 1}}\n+++\n",
    "many fields": "---\ntitle: A\n" + "x: @\n" * 100_000 + "---\n",
    "much": "---\ntitle: A\nb: " + "long " * 1_000_000 + "\n---\n",
    "white space": "---\ntitle:" + " " * 100_000 + "\n" + "a" * 100_000 + "\n" + "\n" * 100_000 + "---\n",
    "blank keys": "---\n" + "a " * 200_000 + "\n---\n",
}


@pytest.mark.untraced
@pytest.mark.parametrize("name", HOSTILE)
def test_an_attack_ends(name: str) -> None:
    fields, _ = split(HOSTILE[name] + BODY)
    assert len(str(fields)) < 20_000_000


@given(st.sampled_from([h for h, _ in SOUND + BROKEN]), st.data())
def test_a_damaged_header_never_loses_the_body(header: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(header)))
    text = header[:at] + data.draw(st.text(max_size=3)) + header[at + data.draw(st.integers(0, 5)) :]
    assert split(text + BODY)[1].endswith("Text.\n")


def test_an_article_that_stands_in_a_field_is_found() -> None:
    fields = {"title": "x" * 400, "content": "y" * 400, "text": "teaser", "links": [{"url": "/"}, "z"]}
    assert prose(fields) == "y" * 400
    assert prose({"transcript": [{"heading": "One"}, {"text": "Yes."}, {"speaker": "Ann", "line": "No."}]}) == (
        "## One\n\nYes.\n\nAnn: No."
    )
