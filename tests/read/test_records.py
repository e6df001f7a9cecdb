"""Records in JSON and in tables: which become articles, under what name, and what is said about the others."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read.formats.records import documents
from kg.read.inputs import Document, Input, Limits, Skipped, Unread

ROW = {"id": "x", "title": "On review", "body": "Ask early."}


def read(path: str, data: object, limits: Limits | None = None) -> list[Input | Skipped | Unread]:
    """Return what a file of records gives; what is no text is written as JSON."""
    text = data if isinstance(data, bytes | str) else json.dumps(data)
    outcomes = documents(Input.of_bytes(path, text if isinstance(text, bytes) else text.encode(), limits))
    return [outcome for outcome in outcomes if not isinstance(outcome, Document)]


def texts(path: str, data: object) -> dict[str, str]:
    """Return the text of each article by its path."""
    return {part.path: part.data.decode() for part in read(path, data) if isinstance(part, Input)}


def refused(path: str, data: object) -> str:
    with pytest.raises(InputError) as caught:
        read(path, data)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        ROW,
        [ROW],
        {"items": [ROW], "count": 1},
        {"response": {"docs": [ROW]}},
        {"took": 3, "hits": {"total": 1, "hits": [{"_id": "x", "_source": {"body": "Ask early."}}]}},
        {"data": [{"id": "x", "type": "post", "attributes": {"Content-Text": "Ask early."}}]},
        [{"slug": "x", "title": {"rendered": "On review"}, "content": {"rendered": "Ask early.", "protected": False}}],
        {"article": {"slug": "x", "articleBody": ["Ask early."]}},
        [{"id": "x", "headline": "On review", "summary": "Ask early."}],
    ],
)
def test_records_are_found_wherever_sites_keep_them(value: object) -> None:
    assert texts("a.json", value) == {"a.json/x": "Ask early."}


def test_a_json_feed_states_what_holds_for_its_items() -> None:
    item = {"id": "x", "content_html": "<p>Ask early.</p>", "title": "On review"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Quiet Deploy", "items": [item]}
    [part] = read("feed.json", feed)
    assert isinstance(part, Input)
    assert part.kind == "fragment"
    assert [(s.name, s.value) for s in part.stated] == [("title", "On review"), ("source", "The Quiet Deploy")]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"text": "Ask early, and say why."}, "text"),
        ({"text": "1 < 2 and a**b"}, "text"),
        ({"text": "# Review\n\nAsk early."}, "markdown"),
        ({"text": "+++\ntitle = 'On review'\n+++\nAsk early."}, "markdown"),
        ({"text": "See [how](https://example.org).<br>Ask early."}, "markdown"),
        ({"text": "<p>Ask early.</p><pre># no heading\n</pre>"}, "fragment"),
        ({"text": "<!doctype html><p>Ask early."}, "html"),
        ({"content_html": "Ask early &amp; often."}, "fragment"),
        ({"body_markdown": "Ask early."}, "markdown"),
        ({"text": "Ask early.", "format": "text/markdown"}, "markdown"),
        ({"text": "# comment", "content_type": "text/plain"}, "text"),
    ],
)
def test_the_markup_of_a_text_is_what_is_said_or_what_its_marks_are(record: dict[str, str], kind: str) -> None:
    [part] = read("a.json", record)
    assert isinstance(part, Input)
    assert part.kind == kind


def test_the_longest_text_of_a_record_is_read_and_the_rest_is_stated() -> None:
    [part] = read("a.json", {"Text": "Ask.", "fullText": "Ask early.", "Title": "On review", "author": "Ann Oduya"})
    assert isinstance(part, Input)
    assert part.data == b"Ask early."
    assert [(s.name, s.value, s.label) for s in part.stated] == [
        ("title", "On review", "Title"),
        ("author", "Ann Oduya", "author"),
    ]


def test_names_are_unique_and_stay_in_the_file() -> None:
    ids = ["a/b.md", "a/b.md", "/../c\nd", None, "", True, 7.5, "e" * 500]
    names = [path.removeprefix("a.json/") for path in texts("a.json", [{"id": i, "text": "Ask."} for i in ids])]
    assert names[:7] == ["a/b.md", "a/b.md~2", "c d", "4", "5", "6", "7.5"]
    assert len(names[7]) < 210


def test_lines_are_read_one_by_one_and_a_bad_one_is_named() -> None:
    lines = ["\ufeff" + json.dumps(ROW), "", '{"id": "y", "text": ', "null", '{"text": "a"}{"text": "b"}', "x" * 300]
    outcomes = read("a.jsonl", "\r\n".join(lines), Limits(file_bytes=200))
    unread = [(o.path, o.reason) for o in outcomes if isinstance(o, Unread)]
    assert [o.path for o in outcomes if isinstance(o, Input)] == ["a.jsonl/x", "a.jsonl/4", "a.jsonl/5"]
    assert unread == [
        ("a.jsonl/line 3", "is not JSON from column 20 on (Expecting value)"),
        ("a.jsonl/3", "has no text"),
        ("a.jsonl/line 6", "is larger than 0.0002 MB"),
    ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("indent", [None, 1])
def test_values_one_behind_the_other_are_read_under_either_name(name: str, indent: int | None) -> None:
    text = "\n".join(json.dumps(record, indent=indent) for record in (ROW, ROW | {"id": "y"}))
    assert list(texts(name, text)) == [f"{name}/x", f"{name}/y"]
    assert list(texts(name, text.encode("utf-16"))) == [f"{name}/x", f"{name}/y"]
    assert list(texts(name, json.dumps([ROW], indent=indent))) == [f"{name}/x"]


def test_json_may_hold_what_no_text_can() -> None:
    text = (
        '{"id": ' + "9" * 5000 + ', "n": NaN, "text": "one \\ud83d\\ude00 \\ud800 \\\\ud800 \\u0000", "text2": 1e999}'
    )
    assert list(texts("a.json", text).values()) == ["one \U0001f600 \ufffd \\ud800 \0"]
    [part] = read("a.json", '{"id": "x\\ud800y", "author\\udfff": "Ann \\udfff", "text": "Ask."}')
    assert isinstance(part, Input)
    assert part.path == "a.json/x y"
    assert [(s.value, s.label) for s in part.stated] == [("Ann \ufffd", "author\ufffd")]


@pytest.mark.parametrize("value", [[], {}, 5, {"name": "kg", "description": "A tool"}, [[]], [{"a": 1}]])
def test_json_without_articles_is_left_alone(value: object) -> None:
    [skipped] = read("a.json", value)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("holds no records with a text (text, ")


def test_broken_json_is_refused_in_one_line() -> None:
    assert refused("a.json", b"[" * 100_000) == "a.json: is nested too deeply; export it again as a list of records"
    assert "is not JSON from line 2, column " in refused("a.json", "[\n,")
    assert "holds more values than memory" in refused("a.json", b"[" + b"[]," * 5_000_000 + b"1]")


def test_a_table_is_read_row_by_row() -> None:
    table = 'ID,Title,Full text\n1,On review,"Ask early.\nSay, why."\n1,On tests,<p>Ask.</p>\n,,\n'
    table += "3,Ragged\n4,t,x,y\n5,t,x,\n"
    outcomes = read("a.csv", table)
    assert [o.path for o in outcomes] == ["a.csv/1", "a.csv/1~2", "a.csv/3", "a.csv/row 4", "a.csv/5"]
    assert outcomes[3] == Unread(
        "a.csv/row 4", "has more cells than there are columns", "set its text in quotation marks, or export it again"
    )
    assert texts("a.csv", table)["a.csv/1"] == "Ask early.\nSay, why."
    assert isinstance(outcomes[2], Unread)


def test_a_table_of_references_is_read_by_its_abstracts() -> None:
    table = 'Key,Author,Title,Abstract Note\nX1,"Lee, Ann; Chan, Bo",On review,Ask early.\n'
    assert list(texts("a.csv", table).values()) == ["Ask early."]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_any_dialect(delimiter: str, encoding: str) -> None:
    table = f"title{delimiter}text\r\nEins{delimiter}Größe zählt für “alle”\r\n"
    assert texts("a.csv", table.encode(encoding)) == {"a.csv/1": "Größe zählt für “alle”"}


def test_a_broken_quotation_is_named_and_takes_no_other_row_with_it_unseen() -> None:
    outcomes = read("a.csv", 'title,text\nOne,"Ask "early" and often."\nTwo,Ask.\n')
    assert isinstance(outcomes[0], Unread)
    assert "is no row of a table" in outcomes[0].reason


def test_all_lists_of_articles_in_an_object_are_read() -> None:
    years = {"2023": [{"id": "a", "text": "Ask."}], "2024": [{"id": "b", "text": "Tell."}], "tags": [{"name": "x"}]}
    assert [o.path for o in read("a.json", years)] == ["a.json/a", "a.json/b"]


def test_a_table_of_files_and_one_without_text_are_left_alone() -> None:
    table = "id,file,title,abstract\n1,a.md,On review,Ask early.\n"
    assert read("a.csv", table) == [Skipped("a.csv", "is a list of files, not of articles")]
    [skipped] = read("a.csv", "1,2\n3,4\n")
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("has no column of text (")
    assert skipped.reason.endswith("; its first row is: 1, 2")
    assert refused("a.csv", b"").startswith("a.csv: is empty")


def test_a_cell_over_the_limit_does_not_stop_the_others() -> None:
    outcomes = read("a.csv", "text\n" + "x" * 3000 + "\nAsk.\n", Limits(file_bytes=2000))
    assert [type(o) for o in outcomes] == [Unread, Input]


SAMPLES = {
    "a.json": json.dumps({"items": [ROW, {"id": 1, "text": "<p>\ud83d\ude00 größe</p>"}]}).encode(),
    "a.jsonl": b"\n".join(json.dumps(ROW | {"id": i}).encode() for i in range(4)),
    "a.csv": "id;title;text\n1;On review;“Ask early.”\n2;On tests;\"Ask\n'early'.\"\n".encode(),
}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with some flipped, cut off, or doubled."""
    start, end = sorted(rng.choices(range(len(data) + 1), k=2))
    some = bytearray(data)
    for _ in range(rng.randrange(6)):
        some[rng.randrange(len(some))] = rng.choice((rng.randrange(256), *b'{}[]",;\\\n\0u'))
    changed = bytes(some)
    return rng.choice((changed, changed[:end], changed[start:], changed[:end] + changed[start:], changed * 3))


def told(path: str, data: bytes) -> list[tuple[str, str, str]] | str:
    """Return what can be told of a file: path, kind and text of its articles, or what is wrong."""
    try:
        outcomes = read(path, data)
    except InputError as error:
        return str(error)
    return [(o.path, o.kind, o.data.decode()) if isinstance(o, Input) else (o.path, "", o.reason) for o in outcomes]


@pytest.mark.untraced
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_broken_files_give_records_or_one_error(name: str) -> None:
    rng = random.Random(7)  # noqa: S311 - no secret
    for _ in range(800):
        data = mutated(SAMPLES[name], rng)
        for read_as in (name, "b.json", "b.jsonl", "b.csv"):
            found = told(read_as, data)
            assert found
            assert found == told(read_as, data)
            str(found).encode()


def test_a_large_file_of_lines_is_never_held_as_a_whole(tmp_path: Path) -> None:
    import tracemalloc

    file = tmp_path / "a.jsonl"
    file.write_bytes((json.dumps(ROW | {"body": "Ask early. " * 10_000}).encode() + b"\n") * 100)
    tracemalloc.start()
    parts = sum(1 for _ in documents(Input("a.jsonl", lambda: file.open("rb"))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert parts == 100
    assert peak < 3_000_000
