"""What loosely named fields state, and what their values mean."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.stated.fields import stated
from kg.read.stated.meaning import meanings, visible

_FIELD_NAMES = ("title", "author", "date", "language", "source", "url", "tag", "abstract")


def _values(fields: dict[str, object]) -> list[tuple[str, str]]:
    return [(s.name, s.value) for s in stated(fields, "front matter")]


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ({"Author": "Ann", "AUTHORS": ["Bob"]}, [("author", "Ann")]),
        ({"authors": ["Ann", {"name": "Bob", "url": "/bob"}]}, [("author", "Ann"), ("author", "Bob")]),
        ({"author": {"given": "Ann", "family": "Lee"}}, [("author", "Ann Lee")]),
        ({"authors": {"1": {"name": "Ann"}, "2": {"first": "Bo", "last": "C"}}},
         [("author", "Ann"), ("author", "Bo C")]),
        ({"author": "admin", "byline": "By Ann Lee"}, [("author", "By Ann Lee")]),
        ({"author": {"twitter": "ann"}}, []),
        ({"created": "2014-01-01", "pubDate": "2014-05-09", "lastmod": "2020-01-01"}, [("date", "2014-05-09")]),
        ({"date": "", "created_at": 1399629600}, [("date", "1399629600")]),
        ({"date": date(2014, 5, 9)}, [("date", "2014-05-09")]),
        ({"updated": "2020-01-01", "last_reviewed": "2020-01-01"}, []),
        ({"path": "2022/08/11/Rust-1.63.0"}, [("date", "2022/08/11/Rust-1.63.0")]),
        ({"headline": "B", "title": "A"}, [("title", "A"), ("abstract", "B")]),
        ({"url": "/about/", "canonical_url": "https://a.org/b"}, [("url", "https://a.org/b")]),
        ({"source": "https://a.org/b"}, [("url", "https://a.org/b")]),
        ({"source": "The Times", "publisher": {"name": "News Co"}}, [("source", "News Co")]),
        ({"categories": "a", "tags": ["b", "A"]}, [("tag", "b"), ("tag", "A")]),
        ({"taxonomies": {"tags": ["a"]}, "extra": {"lang": "en-GB"}}, [("language", "en-GB"), ("tag", "a")]),
        ({"tags": "a, b"}, [("tag", "a, b")]),
        ({"dc:creator": "Ann", "og:title": "T"}, [("title", "T"), ("author", "Ann")]),
        ({"title": True, "author": None, "date": "null", "tags": [[], {}, float("nan"), ""]}, []),
        ({"author": "{'name': 'Dr. Ann Lee', 'url': None}"}, [("author", "Dr. Ann Lee")]),
        ({"authors": "['Ann Lee', \"Bo O'Hara\"]"}, [("author", "Ann Lee"), ("author", "Bo O'Hara")]),
        ({"authors": '["Ann Lee"; "Bo Chan"]'}, [("author", "Ann Lee"), ("author", "Bo Chan")]),
        ({"authors": ['{"name": "Ann Lee"}', r"['\d']"]}, [("author", "Ann Lee"), ("author", r"\d")]),
        ({"title": "[1]", "author": "{'a', 'b'}", "tags": "[" * 300 + "]" * 300},
         [("title", "[1]"), ("author", "{'a', 'b'}")]),
        ({"last_update": {"date": "2020-01-01", "author": "Ann"}}, []),
        ({"Abstract Note": "What it says."}, [("abstract", "What it says.")]),
        ({"title": 1984}, [("title", "1984")]),
    ],
)  # fmt: skip
def test_fields_state(fields: dict[str, object], values: list[tuple[str, str]]) -> None:
    assert _values(fields) == values


def test_a_statement_keeps_the_word_of_the_file() -> None:
    assert [(s.label, s.origin) for s in stated({"pub_date": "2014-05-09"}, "record")] == [("pub_date", "record")]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.just("name"), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(
    st.dictionaries(st.sampled_from(["title", "authors", "date", "tags", "url", "extra", "source"]), _json, max_size=4)
)
def test_any_fields_state_what_has_a_meaning(fields: dict[str, object]) -> None:
    assert all(meanings(s.name, visible(s.value)) for s in stated(fields, "record"))


def test_a_field_inside_itself_ends() -> None:
    endless: list[object] = ["Ann"]
    endless.append(endless)
    assert _values({"author": endless}) == [("author", "Ann")]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("<a href='https://a.org'>Yuan Tang</a> (Ant&nbsp;Group)", "Yuan Tang (Ant Group)"),
        ("[Name](https://a.org/b_(c)) of **[Co](u)**", "Name of Co"),
        ("`__init__` and *args, **kwargs", "__init__ and *args, **kwargs"),
        ("_Crime_ and snake_case_name, 2 * 3 * 4", "Crime and snake_case_name, 2 * 3 * 4"),
        ("Vec<T> &lt;div&gt; Ann <ann@a.org>", "Vec<T> <div> Ann <ann@a.org>"),
        ("so\u00adft [[a|Ann Oduya]] [[1]]\ufeff", "soft Ann Oduya [[1]]"),
        ("one<br/>two ![alt](x.png)\n three", "one two three"),
        (" https://a.org/x_y_z?a=1&copy=2 ", "https://a.org/x_y_z?a=1&copy=2"),
    ],
)
def test_visible_is_what_a_reader_sees(value: str, seen: str) -> None:
    assert visible(value) == seen


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("date", "٩ مايو، ٢٠١٤", ["2014-05-09"]),
        ("date", "١ أغسطس ٢٠٢٤", ["2024-08-01"]),
        ("date", "۲۰۱۴/۰۵/۰۹", ["2014-05-09"]),
        ("tag", "a, b; a", ["a", "b"]),
        ("tag", "machine learning", ["machine learning"]),
        ("tag", '"a, b", [c]', ["a, b", "c"]),
        ("tag", "#a #b", ["a", "b"]),
        ("tag", "issue #5, C#", ["issue #5", "C#"]),
        ("url", "https://[::1", []),
        ("url", "see https://a.org", []),
        ("language", "pt_BR", ["pt"]),
        ("source", "https://a.org", []),
        ("title", "  The   title ", ["The title"]),
        ("title", "---", []),
    ],
)
def test_a_value_means(name: str, value: str, found: list[str]) -> None:
    assert [meaning for _, meaning in meanings(name, value)] == found


_WORDS = [
    "Ann", "Lee", ", ", " and ", "(", ")", "<a>", "</a>", "**", "_", "`", "[x](u)", "&amp;", "2014-05-09", "May 9, ",
    "2014", "#", '"', ";", "@", "By ", " ", "\u3001", "https://a.org", "<!--", "\x00", "\ud800", "et al.",
]  # fmt: skip


@given(
    st.sampled_from(_FIELD_NAMES), st.text(max_size=80) | st.lists(st.sampled_from(_WORDS), max_size=12).map("".join)
)
def test_every_meaning_has_a_place_in_its_value(name: str, value: str) -> None:
    seen = visible(value)
    for text in (value, seen):
        for span, meaning in meanings(name, text):
            assert 0 <= span.start < span.end <= len(text)
            assert meaning.strip()


@pytest.mark.parametrize(
    "mark", ["(", "<!--", "[", " ", "`", "*", "_", "Ann ", "Ann-", "a, ", "and ", "&", "9 ", "<a ", "\t/"]
)
def test_no_value_takes_long(mark: str) -> None:
    for name, times in product(_FIELD_NAMES, (3_000, 30_000)):
        meanings(name, visible(mark * times))
