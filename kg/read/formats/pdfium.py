"""The lines of a PDF as PDFium finds them.

Run as a process of its own, because PDFium cannot be stopped from within: a few bytes of forms inside forms keep it
busy for years, and a stream packed twice fills the memory. It imports nothing of this package, so that it starts fast.
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw

PASSWORD: Final = 4
"""PDFium's number for a file that is locked."""

_STATED: Final = ("Title", "Author", "Subject", "Keywords")
_LINE_END: Final = "\n\r"
_BROKEN: Final = "\x02"
"""What PDFium gives for the hyphen of a word that the end of a line cuts in two."""
_RAISED, _LOWERED, _GAP = "\x0e", "\x0f", "\t"
"""What goes around letters that stand above the line, and into a gap as wide as between the cells of a table."""
_ABOVE: Final = (0.2, 0.8)
"""How far above the base line a superscript stands, in sizes of the type."""
_WIDE: Final = 1.5
"""How wide such a gap is at least, in sizes of the type."""
_BOLD: Final = re.compile(r"bold|black|heavy|demi|CMBX|SFBX", re.IGNORECASE)
_MONOSPACED: Final = re.compile(r"mono|courier|consol|menlo|CMTT|SFTT", re.IGNORECASE)
_BOLD_WEIGHT: Final = 650
_FIXED_PITCH: Final = 1
_SAMPLES: Final = 12
_SMALLEST: Final = 0.1
_FARTHEST: Final = 100_000.0
_UPRIGHT: Final = 0.3
"""How far, in radians, the letters of a page may lean: a stamp up the margin is no part of the text."""

_NOT_PLAIN: Final = re.compile(r"[\u0300-\u036f\u0590-\u08ff\ud800-\udfff\ufb00-\ufdff\ufe70-\ufefc]")
_PRESENTED: Final = re.compile(r"[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
"""Letters in the shape that they have beside others, such as "ﬁ": not what anyone types."""
_MARKS: Final = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
_HAIR: Final = 1.0
"""Less than any letter is wide, in points."""
_ALEFS: Final = frozenset("\u0622\u0623\u0625\u0627")
_RIGHTWARDS: Final = re.compile(r"[A-Za-z0-9](?:[^\u0590-\u08ff]*[A-Za-z])?(?:[^\s\u0590-\u08ff]*[A-Za-z0-9])?")
_JOINED: Final = re.compile(r"(?<=[A-Za-z])(?=[\u0590-\u06ff])")
_TURNED: Final = re.compile(r"^[^(]*\)[^(]*\([^)]*$")
_MIRRORED: Final = str.maketrans("()[]", ")(][")

_Line = tuple[str, int, float, float, float, float, bool, bool]
"""Words, page, beginning, end, base line, size, bold, monospaced."""
_Row = list[tuple[int, str]]
_Style = tuple[float, bool, bool]


def read(data: bytes, most: int) -> dict[str, Any]:
    """Return the number of pages of a PDF, what it states and its lines; no lines of one of more than `most` pages.

    Raises pypdfium2.PdfiumError when it cannot be opened.
    """
    pdf = pypdfium2.PdfDocument(data)
    try:
        pages = len(pdf)
        lines = [line for number in range(pages if pages <= most else 0) for line in _page(pdf, number)]
        return {"pages": pages, "stated": {name: _stated(pdf, name) for name in _STATED}, "lines": lines}
    finally:
        pdf.close()


def _stated(pdf: pypdfium2.PdfDocument, name: str) -> str:
    """Return a field of the document information, or "" where it holds no text."""
    try:
        return " ".join(pdf.get_metadata_value(name).replace("\0", " ").split())
    except UnicodeDecodeError:
        return ""


def _page(pdf: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    """Return the lines of a page in the order that they are set in; a broken page has none."""
    try:
        text = pdf[number].get_textpage()
    except pypdfium2.PdfiumError:
        return []
    rows = [(row, _leans(text, row[0][0])) for row in _rows(text)]
    leaning = 2 * sum(leans for _, leans in rows) > len(rows)
    return [_line(text, row, number) for row, leans in rows if leans is leaning]


def _rows(text: pypdfium2.PdfTextPage) -> Iterator[_Row]:
    """Yield the letters of each line, with where they stand."""
    row: _Row = []
    for at in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if letter not in _LINE_END and (row or not letter.isspace()):
            row.append((at, letter))
        if row and letter in _LINE_END + _BROKEN:
            yield row
            row = []
    if row:
        yield row


def _leans(text: pypdfium2.PdfTextPage, at: int) -> bool:
    return math.sin(abs(raw.FPDFText_GetCharAngle(text, at))) ** 2 > math.sin(_UPRIGHT) ** 2


def _line(text: pypdfium2.PdfTextPage, row: _Row, number: int) -> _Line:
    places = {at: _origin(text, at) for at, letter in row if letter != " "}
    drawn = list(places)
    ends = [text.get_charbox(at) for at in (drawn[0], drawn[-1])]
    left, right = min(box[0] for box in ends), max(box[2] for box in ends)
    base = Counter(_points(y) for _, y in places.values()).most_common(1)[0][0]
    size, bold, mono = _style(text, [at for at in drawn if _points(places[at][1]) == base])
    words = "".join(letter for _, letter in row)
    if _reads_leftwards(words):
        words, left, right = _leftwards(text, row), -right, -left
    else:
        words = "".join(_marked(text, row, places, (base, size)))
    if _NOT_PLAIN.search(words):
        words = _as_typed(words)
    return words, number, _points(left), _points(right), base, max(size, _SMALLEST), bold, mono


def _marked(
    text: pypdfium2.PdfTextPage, row: _Row, places: Mapping[int, tuple[float, float]], line: tuple[float, float]
) -> Iterator[str]:
    """Yield the letters of a line of some base and size, marked where they stand above it or far apart."""
    (base, size), raised = line, False
    for number, (at, letter) in enumerate(row):
        if letter == " ":
            beside = [at for at, _ in row[number - 1 : number + 2 : 2] if at in places]
            yield _GAP if _are_apart(text, beside, places, size) else " "
            continue
        above = _ABOVE[0] * size < places[at][1] - base < _ABOVE[1] * size
        if above is not raised:
            yield _RAISED if above else _LOWERED
        raised = above
        yield letter
    if raised:
        yield _LOWERED


def _are_apart(
    text: pypdfium2.PdfTextPage, beside: Sequence[int], places: Mapping[int, tuple[float, float]], size: float
) -> bool:
    """Tell whether the letters on both sides of a space are far from each other; most are plainly not."""
    if len(beside) < 2 or places[beside[1]][0] - places[beside[0]][0] < _WIDE * size:  # noqa: PLR2004 - both sides
        return False
    return bool(text.get_charbox(beside[1])[0] - text.get_charbox(beside[0])[2] > _WIDE * size)


def _points(value: float) -> float:
    """Return a length to a tenth of a point; a broken file may have any number there."""
    return round(min(max(value, -_FARTHEST), _FARTHEST), 1) if math.isfinite(value) else 0.0


def _as_typed(words: str) -> str:
    """Return the letters of a line in the shape that they are typed in."""
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _PRESENTED.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]), words)


def _leftwards(text: pypdfium2.PdfTextPage, row: _Row) -> str:
    """Read a line from its right end, and what is Latin in it from the left, as people do.

    PDFium guesses which letters are stored the other way round, and guesses wrong in the letters of one glyph.
    """
    drawn = sorted(row, key=lambda point: _place(text, *point))
    words = "".join(_spaced(text, drawn))
    words = _RIGHTWARDS.sub(lambda latin: latin[0][::-1], words)
    words = _JOINED.sub(" ", words)
    return words.translate(_MIRRORED) if _TURNED.search(words) else words


def _place(text: pypdfium2.PdfTextPage, at: int, letter: str) -> tuple[float, bool]:
    """Return where a letter comes in a line read leftwards: a mark after what it stands on, an alef after its lam."""
    return _HAIR * (letter in _MARKS) - _origin(text, at)[0], letter in _ALEFS


def _spaced(text: pypdfium2.PdfTextPage, drawn: _Row) -> Iterator[str]:
    """Yield letters without the spaces that lie within one, which come of a mark that is drawn by itself."""
    for number, (at, letter) in enumerate(drawn):
        beside = drawn[number + 1 : number + 3]
        marked = letter == " " and any(mark in _MARKS for _, mark in beside)
        if not marked or text.get_charbox(beside[0][0])[2] < _origin(text, at)[0] + _HAIR:
            yield letter


def _reads_leftwards(words: str) -> bool:
    """Tell whether most letters of a line belong to a script that is written from right to left."""
    if not _NOT_PLAIN.search(words):
        return False
    sides = Counter(unicodedata.bidirectional(letter) for letter in words)
    return sides["R"] + sides["AL"] + sides["NSM"] > sides["L"]


def _origin(text: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    return x.value, y.value


def _style(text: pypdfium2.PdfTextPage, drawn: Sequence[int]) -> _Style:
    """Return the size of most letters of a line, and whether all are bold, and all as wide as each other."""
    samples = [_letter(text, at) for at in drawn[:: max(1, len(drawn) // _SAMPLES)]]
    size = Counter(size for size, _, _ in samples).most_common(1)[0][0]
    return size, all(bold for _, bold, _ in samples), all(mono for _, _, mono in samples)


def _letter(text: pypdfium2.PdfTextPage, at: int) -> _Style:
    matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(100)
    raw.FPDFText_GetMatrix(text, at, matrix)
    raw.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    font = name.value.decode("utf-8", "replace")
    scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
    bold = bool(_BOLD.search(font)) or raw.FPDFText_GetFontWeight(text, at) >= _BOLD_WEIGHT
    mono = bool(_MONOSPACED.search(font)) or bool(flags.value & _FIXED_PITCH)
    return _points(raw.FPDFText_GetFontSize(text, at) * scale), bold, mono


def main() -> None:
    """Read a PDF from standard input, and write what `read` returns to standard output."""
    pages, memory = (int(limit) for limit in sys.argv[1:])
    _limit_memory(memory)
    try:
        answer = read(sys.stdin.buffer.read(), pages)
    except pypdfium2.PdfiumError as error:
        answer = {"locked": error.err_code == PASSWORD}
    except MemoryError:
        answer = {"memory": True}
    json.dump(answer, sys.stdout)


def _limit_memory(limit: int) -> None:
    """Hold the process to some bytes of memory, on systems that have the means."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
