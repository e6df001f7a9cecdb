"""Word files: what their styles say, what their properties state, and what is damaged or hostile."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from kg.errors import InputError
from kg.read.formats.docx import documents
from kg.read.inputs import Document, Input, Limits
from tests.formats import zipped

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

STYLES = """<w:styles xmlns:w="{w}">
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""

BODY = """
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>On review</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Verzeichnis1"/></w:pPr><w:r><w:t>What to look for 1</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r><w:t>What to </w:t></w:r><w:r><w:t>look for</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Read </w:t></w:r><w:del><w:r><w:delText>some</w:delText></w:r></w:del>
<w:ins><w:r><w:t>all</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>
<w:r><w:t xml:space="preserve"> of </w:t><w:footnoteReference w:id="2"/></w:r>
<w:hyperlink r:id="r1"><w:r><w:t>it</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>
<w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Names</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Zitat"/></w:pPr><w:r><w:t>Be kind.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Code"/></w:pPr><w:r><w:t xml:space="preserve">if x:</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Code"/></w:pPr><w:r><w:t xml:space="preserve">  y</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Best for</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>First line</w:t><w:br/><w:t>second line</w:t></w:r></w:p>
"""

FOOTNOTES = """<w:footnotes xmlns:w="{w}">
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>no text</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>See the guide.</w:t></w:r></w:p></w:footnote></w:footnotes>"""

CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>Review</dc:title><dc:creator>Ann Oduya; Ben Li</dc:creator><cp:keywords>review, code</cp:keywords>
<dc:description/><dcterms:created>2026-01-31T00:00:00Z</dcterms:created></cp:coreProperties>"""

RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="x" Target="https://example.org/it" TargetMode="External"/></Relationships>"""


def members(namespace: str, body: str = BODY) -> dict[str, str]:
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return {
        "word/document.xml": f'<w:document xmlns:w="{namespace}" {relation}><w:body>{body}</w:body></w:document>',
        "word/styles.xml": STYLES.replace("{w}", namespace),
        "word/footnotes.xml": FOOTNOTES.replace("{w}", namespace),
        "word/_rels/document.xml.rels": RELATIONS,
        "docProps/core.xml": CORE,
    }


def read(files: Mapping[str, str], limits: Limits | None = None) -> Document:
    (document,) = documents(Input.of_bytes("a.docx", zipped(files), limits))
    return document


@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
def test_paragraphs_are_what_their_styles_say(namespace: str) -> None:
    document = read(members(namespace))
    assert [(b.kind.value, b.level, b.span.cut(document.text)) for b in document.blocks] == [
        ("heading", 1, "On review"),
        ("heading", 2, "What to look for"),
        ("line", 0, "Read all of it."),
        ("item", 0, "Names"),
        ("quote", 0, "Be kind."),
        ("code", 0, "if x:\n  y"),
        ("heading", 0, "Best for"),
        ("line", 0, "Cell"),
        ("line", 0, "First line"),
        ("line", 0, "second line"),
        ("line", 0, "See the guide."),
    ]
    (link,) = document.links
    assert (link.span.cut(document.text), link.target) == ("it", "https://example.org/it")


def test_properties_are_stated_but_for_when_the_file_was_made() -> None:
    stated = read(members(TRANSITIONAL)).stated
    assert [(s.name, s.value, s.label) for s in stated] == [
        ("title", "Review", "dc:title"),
        ("author", "Ann Oduya; Ben Li", "dc:creator"),
        ("tag", "review, code", "cp:keywords"),
    ]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    both = (
        f"<m:AlternateContent xmlns:m='m'><m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback></m:AlternateContent>"
    )
    assert read(members(TRANSITIONAL, f"<w:p><w:r><w:t>Text</w:t>{both}</w:r></w:p>")).text.split("\n")[:2] == [
        "Text",
        "Boxed",
    ]


def cell(*texts: str) -> str:
    return "<w:tc>" + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts) + "</w:tc>"


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (cell("") + cell("Small") + cell("") + cell("2 days") + cell(""), ["Small | | 2 days"]),
        (cell("Small", "changes") + cell("2 days"), ["Small", "changes", "2 days"]),
    ],
)
def test_a_row_of_a_table_is_a_line_unless_it_places_text_on_the_page(cells: str, lines: list[str]) -> None:
    document = read(members(TRANSITIONAL, f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert document.text.split("\n")[:-1] == lines


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("files", "limits", "what"),
    [
        ({"word/document.xml": "<w:document"}, Limits(), "is damaged: word/document.xml is no XML"),
        ({"word/document.xml": "<a>" * 999}, Limits(), "is damaged: word/document.xml is no XML"),
        ({"word/document.xml": LAUGHS + "<d>&b;</d>"}, Limits(), "holds no text"),
        ({"word/document.xml": "<d/>" + " " * 5_000_000}, Limits(), "expands to more than 200 times"),
        ({"word/document.xml": "<d>" + "<p/>" * 9 + "</d>"}, Limits(file_bytes=30), "is larger than"),
        ({"[Content_Types].xml": "<d/>"}, Limits(), "word/document.xml cannot be read"),
    ],
)
def test_what_cannot_be_read_says_why(files: Mapping[str, str], limits: Limits, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(files, limits)


def test_a_damaged_file_gives_a_document_or_an_input_error() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    for _ in range(200):
        files = members(TRANSITIONAL)
        name = chance.choice(list(files))
        at = chance.randrange(len(files[name]))
        files[name] = files[name][:at] + chance.choice(["", "<", "\0", "&x;", "</w:p>"]) + files[name][at + 9 :]
        data = bytearray(zipped(files))
        for _ in range(chance.choice([0, 0, 1, 9])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            (document,) = documents(Input.of_bytes("a.docx", bytes(data)))
        except InputError:
            continue
        assert document.blocks
