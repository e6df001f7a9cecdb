"""PDF: pages put together again as text, what is stated about them, and what is locked, empty, damaged or hostile."""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Sequence
from typing import Final

import pytest
from pypdfium2 import PdfiumError

from kg.errors import InputError
from kg.read.formats import pdfium
from kg.read.formats.pdf import documents
from kg.read.formats.pdf_layout import typeset
from kg.read.formats.pdf_lines import Line
from kg.read.inputs import Document, Input, Limits

Row = tuple[str, float, float, float, str]
"""A font (R, B or C for plain, bold and fixed), its size, where a line begins and stands, and its words."""

FONTS = {"R": "Times-Roman", "B": "Times-Bold", "C": "Courier"}


def pdf(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Make a PDF of its objects, the first of which is its root."""
    file, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = f"trailer <</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{len(file)}\n%%EOF"
    return file + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + end.encode()


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(data)} {entries}>>stream\n".encode() + data + b"\nendstream"


def printed(*pages: Sequence[Row], info: str = "<<>>", packed: bool = False) -> bytes:
    """Make a PDF of lines of text."""
    fonts = "".join(
        f"/{key} <</Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding>> "
        for key, name in FONTS.items()
    )
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Count {len(pages)} /Kids [{kids}] /MediaBox [0 0 612 792] "
        f"/Resources <</Font <<{fonts}>>>>>>".encode(),
    ]
    for number, rows in enumerate(pages):
        content = "".join(f"BT /{f} {size} Tf {x} {y} Td ({words}) Tj ET\n" for f, size, x, y, words in rows).encode()
        objects.append(f"<</Type /Page /Parent 2 0 R /Contents {4 + 2 * number} 0 R>>".encode())
        objects.append(stream(zlib.compress(content), "/Filter /FlateDecode") if packed else stream(content))
    return pdf([*objects, info.encode()], f"/Info {len(objects) + 1} 0 R")


def read(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = documents(Input.of_bytes("a.pdf", data, limits))
    return document


def seen(document: Document) -> list[tuple[str, str]]:
    return [(f"{b.kind.value}{b.level or ''}", b.span.cut(document.text)) for b in document.blocks]


FIRST: list[Row] = [
    ("R", 9, 72, 770, "The Journal of Review"),
    ("B", 20, 72, 720, "On review"),
    ("R", 11, 72, 690, "Read the whole change before you write it. Doc-"),
    ("R", 11, 72, 677, "umentation is read more often than it is written."),
    ("R", 11, 84, 664, "A second paragraph is set in. Documentation"),
    ("R", 11, 72, 651, "again, and it is not a well-known re-"),
    ("R", 11, 72, 638, "view of it."),
    ("B", 11, 72, 610, "What to look for"),
    ("R", 11, 72, 590, "\\225 Names that say what a thing is, even where that"),
    ("R", 11, 80, 577, "is hard to do"),
    ("R", 11, 72, 564, "\\225 Tests"),
    ("C", 11, 72, 540, "if x:"),
    ("C", 11, 85.2, 527, "y = 1"),
    ("R", 11, 72, 500, "This paragraph goes on and on until"),
    ("R", 9, 300, 30, "1"),
]
NEXT: list[Row] = [
    ("R", 9, 72, 770, "The Journal of Review"),
    ("R", 11, 72, 720, "the next page."),
    ("R", 9, 300, 30, "2"),
]
LAST: list[Row] = [
    ("R", 9, 72, 770, "The Journal of Review"),
    ("R", 11, 72, 720, "An end."),
    ("R", 9, 300, 30, "3"),
]
INFO = "<</Title (On review of code) /Author (Ann Oduya and Ben Li) /Keywords (review) /CreationDate (D:20260131)>>"


def test_pages_become_the_text_that_their_author_wrote() -> None:
    assert seen(read(printed(FIRST, NEXT, LAST))) == [
        ("heading1", "On review"),
        ("line", "Read the whole change before you write it. Documentation is read more often than it is written."),
        ("line", "A second paragraph is set in. Documentation again, and it is not a well-known review of it."),
        ("heading2", "What to look for"),
        ("item", "Names that say what a thing is, even where that is hard to do"),
        ("item", "Tests"),
        ("code", "if x:\n  y = 1"),
        ("line", "This paragraph goes on and on until the next page."),
        ("line", "An end."),
    ]


def test_reading_twice_gives_the_same() -> None:
    data = printed(FIRST, NEXT, LAST, info=INFO, packed=True)
    assert read(data) == read(data)


@pytest.mark.parametrize(
    ("title", "stated"),
    [
        ("On review of code", ["On review of code"]),
        ("Microsoft Word - draft.doc", []),
        ("untitled", []),
        ("review_final_2.docx", []),
        ("", []),
    ],
)
def test_a_title_is_one_only_when_a_person_wrote_it(title: str, stated: list[str]) -> None:
    document = read(printed(LAST, info=f"<</Title ({title})>>"))
    assert [s.value for s in document.stated if s.name == "title"] == stated


def test_document_information_is_stated_but_for_the_day_that_it_was_made() -> None:
    assert [(s.name, s.value, s.label) for s in read(printed(LAST, info=INFO)).stated] == [
        ("title", "On review of code", "Title"),
        ("author", "Ann Oduya and Ben Li", "Author"),
        ("tag", "review", "Keywords"),
    ]


def test_a_hyphen_stays_where_nothing_shows_that_the_word_is_one() -> None:
    rows = [
        Line("It is a truth that is known to all and a well\x02", 0, 72, 400, 700, 11),
        Line("known one.", 0, 72, 130, 687, 11),
    ]
    assert typeset(rows).text == "It is a truth that is known to all and a well-known one."


SMALL: Final = 7


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [
                ("R", 11, 72, 700, "It became a company."),
                ("R", SMALL, 168, 704, "[11]"),
                ("R", 11, 185, 700, "It grew"),
            ],
            "It became a company. It grew",
        ),
        (
            [("R", 11, 72, 700, "It grew by 10"), ("R", SMALL, 131, 704, "3"), ("R", 11, 138, 700, "each year.")],
            "It grew by 10³ each year.",
        ),
        (
            [("R", 11, 72, 700, "On the 5"), ("R", SMALL, 109.7, 704, "th"), ("R", 11, 119, 700, "of March")],
            "On the 5th of March",
        ),
        (
            [("R", 11, 72, 700, "Emissions of CO"), ("R", SMALL, 147, 698, "2"), ("R", 11, 156, 700, "fell.")],
            "Emissions of CO2 fell.",
        ),
        (
            [("R", SMALL, 72, 704, "1"), ("R", 11, 79, 700, "See the report")],
            "1 See the report",
        ),
        (
            [
                ("R", 11, 72, 700, "Ann Oduya"),
                ("R", SMALL, 123, 704, "1"),
                ("R", 11, 133, 700, "Bo Lind"),
                ("R", SMALL, 169.6, 704, "2"),
            ],
            "Ann Oduya 1 Bo Lind",
        ),
    ],
)
def test_what_stands_above_the_line_is_read_as_a_person_would(rows: list[Row], text: str) -> None:
    assert read(printed([*rows, ("R", 11, 72, 600, "The end.")])).text == f"{text}\nThe end."


def test_a_superscript_that_moves_lines_apart_does_not_end_the_paragraph() -> None:
    rows = [Line("A paragraph that is so long that it takes", 0, 72, 300, 700 - 13 * n, 11) for n in range(5)]
    below = Line("two lines.", 0, 72, 130, 700 - 13 * 5 - 5, 11)
    assert typeset([*rows, below]).text.endswith("that it takes two lines.")


def test_rows_of_a_table_stay_rows_and_the_bold_one_is_no_heading() -> None:
    cells = ("Year", "Staff", "Cost"), ("1924", "12", "3.5"), ("1925", "18 people", "4.1")
    table: list[Row] = [
        ("R" if y else "B", 11, 72 + 100 * x, 600 - 20 * y, words)
        for y, row in enumerate(cells)
        for x, words in enumerate(row)
    ]
    assert seen(read(printed([*FIRST[1:5], *table])))[-3:] == [
        ("line", "Year | Staff | Cost"),
        ("line", "1924 | 12 | 3.5"),
        ("line", "1925 | 18 people | 4.1"),
    ]


def test_a_gap_makes_no_cells_behind_a_number_or_in_a_line_that_is_spread() -> None:
    rows: list[Row] = [
        ("B", 11, 72, 700, "1"), ("B", 11, 102, 700, "What to look for"),
        ("R", 11, 72, 680, "The"), ("R", 11, 130, 680, "words"), ("R", 11, 200, 680, "of a"),
        ("R", 11, 72, 667, "narrow"), ("R", 11, 140, 667, "column"), ("R", 11, 200, 667, "are"),
        ("R", 11, 72, 654, "spread so that it ends evenly."),
    ]  # fmt: skip
    assert seen(read(printed(rows))) == [
        ("heading1", "1 What to look for"),
        ("line", "The words of a narrow column are spread so that it ends evenly."),
    ]


def test_names_that_end_together_stay_lines() -> None:
    names = ["Dr. Anna Oduya, Head of Print", "Mr. Boris Lind, Head of House", "Prof. Cy Reed, Head of Staff"]
    rows = [Line(words, 0, 72, 250 + n, 700 - 13 * n, 11) for n, words in enumerate(names)]
    assert typeset([*rows, Line("What they said is below. " * 4, 0, 72, 540, 640, 11)]).text.split("\n")[:3] == names


def test_lines_beside_a_picture_are_one_paragraph() -> None:
    beside = [Line("a line beside a picture, which takes", 0, 72, 250, 700 - 13 * n, 11) for n in range(4)]
    below = [Line("the other half of the page, but for the lines below it that go on", 0, 72, 540, 648, 11)]
    assert "\n" not in typeset([*beside, *below]).text


def test_running_heads_that_take_turns_go_and_headings_of_chapters_stay() -> None:
    pages: list[list[Row]] = [
        [
            ("R", 9, 72, 770, f"{'Oduya and Lind' if n % 2 else 'Journal of Print'} {101 + n}"),
            ("B", 16, 72, 720, f"Part {n + 1}"),
            ("R", 11, 72, 690, f"This is what {('one', 'two', 'three', 'four')[n]} says."),
        ]
        for n in range(4)
    ]
    assert [words for _, words in seen(read(printed(*pages)))] == [
        line
        for n, name in enumerate(("one", "two", "three", "four"), 1)
        for line in (f"Part {n}", f"This is what {name} says.")
    ]


def test_lines_that_had_room_for_the_next_word_stay_lines() -> None:
    rows = [
        Line(words, 0, 72, 72 + 5 * len(words), 700 - 13 * n, 11)
        for n, words in enumerate(("Ann Oduya.", "Ben Li.", "All of the board of Plain Press."))
    ]
    assert typeset(rows).text == "Ann Oduya.\nBen Li.\nAll of the board of Plain Press."


CMAP = b"""begincmap 1 begincodespacerange <00> <FF> endcodespacerange
8 beginbfchar <C1> <05E9> <C2> <05DC> <C3> <05D5> <C4> <05DD> <C5> <06440627> <C6> <0645> <C7> <0633> <C8> <064F>
endbfchar endcmap"""


@pytest.mark.parametrize(
    ("drawn", "typed"),
    [
        ("Python 3.11 (\\304\\303\\302\\301 \\304\\303\\302\\301)", "(שלום שלום) Python 3.11"),
        ("\\306\\305\\307", "سلام"),
        ("\\306\\305\\307 \\306\\305\\307", "سلام سلام"),
        ("Read \\304\\303\\302\\301 aloud, and often", "Read שלום aloud, and often"),
    ],
)
def test_what_is_written_leftwards_is_read_leftwards(drawn: str, typed: str) -> None:
    content = f"BT /F 12 Tf 100 700 Td ({drawn}) Tj ET".encode()
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>"
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R>>"
    tree = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 1 /Kids [3 0 R]>>"]
    assert read(pdf([*tree, page, stream(content), font, stream(CMAP)])).text == typed


def _form_in_form(levels: int, times: int) -> bytes:
    """Make a PDF in which a form draws another one several times, and that one the next."""
    page = b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>>"
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", page, stream(b"/X Do")]
    for level in range(levels):
        inner = f"/Resources <</XObject <</X {6 + level} 0 R>>>>" if level + 1 < levels else ""
        objects.append(stream(b"/X Do " * times, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {inner}"))
    return pdf(objects)


LOCKED = f"/Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <{'28BF4E5E' * 8}> /U <{'00112233' * 8}>>> /ID [<00><00>]"


@pytest.mark.parametrize(
    ("data", "limits", "what"),
    [
        (printed([], []), Limits(), "holds 2 pages of pictures and no text; run text recognition"),
        (printed(FIRST, NEXT, LAST), Limits(pages=2), "has 3 pages; the limit is 2; raise --max-pages"),
        (
            pdf([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 0 /Kids []>>"], LOCKED),
            Limits(),
            "is locked",
        ),
        (b"%PDF-1.4\nnothing more", Limits(), "is not a PDF that can be read"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, limits: Limits, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(data, limits)


def test_a_file_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.formats.pdf._SECONDS", 1)
    with pytest.raises(InputError, match=r"took more than (?:1 seconds|1 GB of memory) to read"):
        read(_form_in_form(30, 30))


def test_numbers_without_sense_do_no_harm() -> None:
    rows: list[Row] = [("C", 0, 72, 9e30, "if x:"), ("C", 1e9, -9e30, 5, "y = 1"), ("R", -11, 1e38, 1e38, "." * 30_000)]
    assert "y = 1" in read(printed(rows)).text


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputError, match=r"needs an extra that is not installed; pip install pypdfium2"):
        read(printed(LAST))


def test_a_damaged_file_gives_lines_or_the_error_of_the_library() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    samples = [printed(FIRST, NEXT, info=INFO), printed(FIRST, info=INFO, packed=True)]
    for _ in range(300):
        data = bytearray(chance.choice(samples))
        for _ in range(chance.choice([0, 1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        at = chance.randrange(len(data))
        data[at : at + chance.choice([0, 0, 1, 99])] = data[: chance.choice([0, 0, 99])]
        try:
            found = pdfium.read(bytes(data[: chance.choice([None, None, at])]), 100)
        except PdfiumError:
            continue
        typeset(Line(*line) for line in found["lines"])
