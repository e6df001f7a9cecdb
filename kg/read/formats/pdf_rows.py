"""The pieces of printed lines put together: what a superscript cuts in two, notes, powers, the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.read.blocks import BULLET
from kg.read.formats.pdf_lines import HYPHEN, Line

RAISED, LOWERED, CELL = "\x0e", "\x0f", "\t"
"""Around letters that stand above the line, and in a gap as wide as between the cells of a table."""

_SAME_ROW: Final = 0.6
_OVERLAP: Final = -1.0
_NEAR: Final = 1.5
"""How far to the right a piece of the same line goes on at most, in sizes of the type."""
_SPACE: Final = 0.2
_ABOVE: Final = 0.2
_TABLE_LEADING: Final = 4.0
"""How far apart the rows of a table stand at most, in sizes of the type."""
_HEAD: Final = 1.8
"""How far above them the names of the columns stand at most."""

_RAISED: Final = re.compile(rf"{RAISED}([^{LOWERED}]*?)([ \t]*){LOWERED}(?=([ \t]*)(.?))")
_NOTE: Final = re.compile(r"(?=.*[\d*†‡§¶#∗⁎])[\[(]?[\d*†‡§¶#∗⁎,;\s–-]+[\])]?")
_BASE: Final = re.compile(r"(?:\d|(?<![^\W_])(?:[^\W\d_]|[cdkm]m|ft))$")
"""What has an exponent above it, not a note: a number, a letter that stands for one, a unit of length."""
_POWER: Final = re.compile(r"[-−+]?\d+")
_POWERS: Final = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_NUMBERED: Final = re.compile(r"(?:\(?(?:[\dA-Z]{1,3}(?:\.\d{1,3})*|[ivxlcIVXLC]+)[.):]?|[•‣◦▪●○■□–—·*-])$")
"""What stands before a heading or an item, however wide the space behind it is."""


def whole(pieces: Sequence[Line]) -> list[Line]:
    r"""Return lines that a superscript had cut in pieces, without marks of notes; cells stay apart only in a table.

    >>> [line.words for line in whole([
    ...     Line("a holding company.", 0, 70, 180, 700, 11),
    ...     Line("[11]", 0, 182, 190, 704, 9),
    ...     Line("It grew by 10\x0e3\x0f a year", 0, 194, 290, 700, 11),
    ... ])]
    ['a holding company. It grew by 10³ a year']
    """
    rows: list[Line] = []
    for piece in pieces:
        if rows and _is_beside(rows[-1], piece):
            rows[-1] = _joined(rows[-1], piece)
        else:
            rows.append(piece)
    return list(_with_cells([row._replace(words=_spoken(row.words)) for row in rows]))


def is_row(line: Line) -> bool:
    """Tell whether a line is a row of a table."""
    return CELL in line.words


def _is_beside(a: Line, b: Line) -> bool:
    size = max(a.size, b.size)
    near = _OVERLAP <= b.left - a.right <= _NEAR * size and not a.words.endswith(HYPHEN)
    return near and a.page == b.page and abs(a.base - b.base) < _SAME_ROW * size


def _joined(a: Line, b: Line) -> Line:
    """Return a line with the piece behind it; the longer of the two tells how it is set."""
    first, last = (_raised(line, other) for line, other in ((a, b), (b, a)))
    gap = " " if b.left - a.right > _SPACE * max(a.size, b.size) else ""
    main = a if len(a.words) >= len(b.words) else b
    return main._replace(words=f"{first}{gap}{last}", left=a.left, right=b.right)


def _raised(line: Line, other: Line) -> str:
    """Return the words of a line, marked where all of it stands above another."""
    above = line.size < other.size and line.base - other.base > _ABOVE * other.size and RAISED not in line.words
    return f"{RAISED}{line.words}{LOWERED}" if above else line.words


def _spoken(words: str) -> str:
    """Return the words of a line as they are read aloud: powers as powers, and no marks of notes."""
    return _RAISED.sub(_as_spoken, words).replace(RAISED, "").replace(LOWERED, "").rstrip()


def _as_spoken(raised: re.Match[str]) -> str:
    inner, space, more, behind = raised.groups()
    before = raised.string[: raised.start()].rpartition(LOWERED)[2]
    if not _NOTE.fullmatch(inner):
        return inner + space
    if not before or before[-1].isspace():
        return inner + (space or ("" if more else " "))
    if _POWER.fullmatch(inner) and _BASE.search(before):
        return inner.translate(_POWERS) + space
    names = before[-1].isalpha() and behind.isupper() and before.split()[-1][0].isupper()
    return f" {inner}{space}" if names else space


def _with_cells(rows: Sequence[Line]) -> Iterator[Line]:
    """Yield the rows with their cells apart where several such rows follow each other; elsewhere a gap is but a space.

    What is bold in a table, or right above its rows, is no heading, and so not told as bold.
    """
    rows = [row._replace(words=_without_gap_behind_number(row.words)) for row in rows]
    for number, row in enumerate(rows):
        above, below = rows[max(number - 1, 0) : number], rows[number + 1 : number + 2]
        if is_row(row):
            table = _has_cells(row) and any(
                _has_cells(other) and _is_near(row, other, _TABLE_LEADING) for other in above + below
            )
            yield row._replace(words=row.words if table else row.words.replace(CELL, " "), bold=False)
        else:
            heads = any(_has_cells(other) and other.size == row.size and _is_near(row, other, _HEAD) for other in below)
            yield row._replace(bold=row.bold and not heads)


def _has_cells(row: Line) -> bool:
    """Tell whether what stands apart are cells, not the words of a narrow line that was spread to its full width."""
    cells = row.words.split(CELL)
    spread = 2 * sum(cell[:1].islower() for cell in cells) >= len(cells) or any(cell.endswith(",") for cell in cells)
    return len(cells) > 1 and not spread


def _without_gap_behind_number(words: str) -> str:
    first, gap, rest = words.partition(CELL)
    return f"{first} {rest}" if gap and (_NUMBERED.match(first) or BULLET.fullmatch(f"{first} ")) else words


def _is_near(a: Line, b: Line, sizes: float) -> bool:
    return a.page == b.page and 0 < abs(a.base - b.base) < sizes * max(a.size, b.size)
