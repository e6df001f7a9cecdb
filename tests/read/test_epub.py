"""Books: chapters in reading order, what the package file says, and what is locked, broken or hostile."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.formats.epub import documents
from kg.read.inputs import Document, Input, Limits, Outcome, Unread
from tests.formats import zipped

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

OPF = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
 xmlns:opf="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>On Review</dc:title>
<dc:creator id="a">Ann Oduya</dc:creator><meta refines="#a" property="role">aut</meta>
<dc:creator opf:role="ill">Ben Li</dc:creator>
<dc:date opf:event="modification">2026-02-02</dc:date><dc:date>2026-01-31</dc:date>
<dc:language>en</dc:language><dc:publisher>Plain Press</dc:publisher>
<dc:identifier id="id">urn:uuid:1</dc:identifier><dc:identifier>https://example.org/review</dc:identifier>
<dc:subject>code review</dc:subject>
<meta property="dcterms:modified">2026-02-02T00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="rights" href="rights.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="ad" href="ad.xhtml" media-type="application/xhtml+xml"/>
<item id="out" href="../../../etc/passwd" media-type="application/xhtml+xml"/>
</manifest>
<spine><itemref idref="nav"/><itemref idref="rights"/><itemref idref="two"/><itemref idref="one"/>
<itemref idref="ad" linear="no"/><itemref idref="out"/></spine>
</package>"""

CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>
<body{type}><h1><a id="x"/>{heading}</h1><p>Read all&nbsp;of it<a epub:type="noteref" href="#n">1</a>, then
<a href="https://example.org/write">write</a>.</p></body></html>"""

MEMBERS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/content.opf": OPF,
    "OEBPS/nav.xhtml": CHAPTER.format(type="", heading="Contents"),
    "OEBPS/rights.xhtml": CHAPTER.format(type=' epub:type="copyright-page"', heading="All rights reserved"),
    "OEBPS/text/one a.xhtml": CHAPTER.format(type="", heading="One"),
    "OEBPS/text/two.xhtml": CHAPTER.format(type="", heading="Two"),
    "OEBPS/ad.xhtml": CHAPTER.format(type="", heading="Buy more"),
}


def read(members: Mapping[str, str], limits: Limits | None = None) -> list[Outcome]:
    return list(documents(Input.of_bytes("book.epub", zipped(members), limits)))


def test_a_book_is_one_article_with_its_chapters_in_reading_order() -> None:
    missing, book = read(MEMBERS)
    assert isinstance(book, Document)
    assert book.text == "Two\nRead all of it, then write.\nOne\nRead all of it, then write."
    assert [(b.kind, b.span.cut(book.text)) for b in book.blocks if b.level] == [
        (BlockKind.HEADING, "Two"),
        (BlockKind.HEADING, "One"),
    ]
    assert [(link.span.cut(book.text), link.target) for link in book.links] == [
        ("write", "https://example.org/write")
    ] * 2
    assert isinstance(missing, Unread)
    assert "missing from the book" in missing.reason


def test_the_package_file_says_who_wrote_it_and_when() -> None:
    book = read(MEMBERS)[-1]
    assert isinstance(book, Document)
    assert [(s.name, s.value) for s in book.stated] == [
        ("title", "On Review"),
        ("author", "Ann Oduya"),
        ("date", "2026-01-31"),
        ("language", "en"),
        ("source", "Plain Press"),
        ("url", "https://example.org/review"),
        ("tag", "code review"),
    ]
    assert book.stated[1].label == "dc:creator"


ENCRYPTED = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>"""


def test_a_locked_book_is_told_from_one_with_scrambled_fonts() -> None:
    fonts = {**MEMBERS, "META-INF/encryption.xml": ENCRYPTED.format("http://www.idpf.org/2008/embedding")}
    assert isinstance(read(fonts)[-1], Document)
    locked = {**MEMBERS, "META-INF/encryption.xml": ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    with pytest.raises(InputError, match="is locked"):
        read(locked)


@pytest.mark.parametrize(
    ("members", "limits", "what"),
    [
        (MEMBERS, Limits(pages=2), "has 4 chapters; the limit is 2"),
        ({**MEMBERS, "big": "0" * 5_000_000}, Limits(), "expands to more than 200 times its size"),
        ({**MEMBERS, "big": "0" * 5_000_000}, Limits(expanded_bytes=1_000_000), "expands to more than 1 MB"),
        ({**MEMBERS, "OEBPS/content.opf": "<package"}, Limits(), "is damaged: OEBPS/content.opf is no XML"),
        ({"META-INF/container.xml": CONTAINER}, Limits(), "is damaged: OEBPS/content.opf cannot be read"),
        ({**MEMBERS, "OEBPS/content.opf": "<package/>"}, Limits(), "holds no chapter with text"),
    ],
)
def test_what_cannot_be_read_says_why(members: Mapping[str, str], limits: Limits, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(members, limits)


def test_entities_are_not_expanded() -> None:
    laughs = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    chapter = MEMBERS["OEBPS/text/two.xhtml"].replace("<html", laughs + "<html").replace("Two", "Two &b;")
    book = read({**MEMBERS, "OEBPS/text/two.xhtml": chapter})[-1]
    assert isinstance(book, Document)
    assert "haha" not in book.text


def test_a_damaged_book_gives_a_document_or_an_input_error() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    for _ in range(150):
        members = dict(MEMBERS)
        name = chance.choice(list(members))
        at = chance.randrange(len(members[name]))
        members[name] = (
            members[name][:at] + chance.choice(["", "<", "\0", "&#0;", "\ud800"[:0]]) + members[name][at + 9 :]
        )
        data = bytearray(zipped(members))
        for _ in range(chance.choice([0, 0, 1, 9])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            outcomes = list(documents(Input.of_bytes("book.epub", bytes(data))))
        except InputError:
            continue
        assert any(isinstance(outcome, Document) for outcome in outcomes)
