"""The lines of printed pages, and what of them is print alone: page numbers, running heads, words cut in two."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from kg.read.blocks import BULLET

HYPHEN: Final = "\x02"
"""Ends the words of a line that ends within a word."""

_LEADERS: Final = re.compile(r"(?:\s?\.){4,}\s*(?:\d+|[ivxlc]+)$")
"""Ends a line of a table of contents."""
_LEADERS_WITHIN: Final = 200
_WORD: Final = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
BROKEN: Final = re.compile(rf"(?<=[^\W\d_])[-\u2010{HYPHEN}]$")
"""Ends a line that ends within a word, or with a hyphen."""
_NUMBER: Final = re.compile(r"\d+|^[ivxlc]+$")
_EDGE: Final = 2
"""Lines at the top of a page, and at its foot, that may be the same on every page."""
_PAGE_NUMBER: Final = re.compile(r"^\d{1,4}(?!\S)|(?<!\S)\d{1,4}$")
_SHORT: Final = 60
_LARGER: Final = 1.12
_FEW: Final = 3
"""Pages that the same line runs over, at least; on two pages it may have been meant."""


class Line(NamedTuple):
    """A line of a page: its words, where it begins and ends and stands, in points, and how it is set.

    `left` and `right` are its beginning and its end, mirrored where a script is written leftwards.
    """

    words: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    mono: bool = False


def of_the_text(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without running heads, page numbers and tables of contents, each bullet before its words.

    >>> [line.words for line in of_the_text([Line("•", 0, 70, 74, 700, 12), Line("Hiring", 0, 84, 120, 700, 12)])]
    ['• Hiring']
    """
    return [
        line for line in _with_bullets(_without_running(lines)) if not _LEADERS.search(line.words[-_LEADERS_WITHIN:])
    ]


def _without_running(lines: Sequence[Line]) -> list[Line]:
    """Drop lines at the edges of pages that say the same on several pages but for the number.

    What is set larger than the text heads a chapter, and stays.
    """
    body = _body(lines)
    edges = [line for page in _pages(lines) for line in _outermost(page) if line.size <= body * _LARGER]
    seen = Counter(_key(line) for line in edges)
    pages = Counter(offset for line in edges for offset in _offsets(line))
    heights = {round(line.base) for line in edges if seen[_key(line)] >= _FEW}

    def runs(line: Line) -> bool:
        numbered = round(line.base) in heights and bool(_NUMBER.search(line.words))
        counted = any(pages[offset] >= _FEW for offset in _offsets(line))
        return numbered or counted or seen[_key(line)] >= _FEW

    running = {id(line) for line in edges if runs(line)}
    return [line for line in lines if id(line) not in running]


def _body(lines: Sequence[Line]) -> float:
    """Return the size that most letters are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.words)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _offsets(line: Line) -> set[int]:
    """Return by how much the numbers at the ends of a short line are ahead of its page: page numbers are by as much."""
    found = _PAGE_NUMBER.findall(line.words) if len(line.words) <= _SHORT else []
    return {int(number) - line.page for number in found}


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    pages = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    yield from pages.values()


def _outermost(page: list[Line]) -> list[Line]:
    page = sorted(page, key=lambda line: line.base)
    return page[:_EDGE] + page[-_EDGE:]


def _key(line: Line) -> tuple[str, int]:
    """Return what a running line has in common with itself on the next page."""
    return _NUMBER.sub("0", line.words), round(line.base / 4)


def _with_bullets(lines: Sequence[Line]) -> list[Line]:
    """Put a bullet that stands alone before the line beside it."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last and last.page == line.page and abs(last.base - line.base) < last.size and _is_bullet(last.words):
            line = line._replace(words=f"{last.words} {line.words}", left=last.left)  # noqa: PLW2901 - the same line
            rows.pop()
        rows.append(line)
    return rows


def _is_bullet(words: str) -> bool:
    return bool(BULLET.fullmatch(f"{words.strip()} "))


@dataclass(frozen=True)
class Hyphens:
    """Which of a document's words are written with a hyphen, and whether it breaks words at the end of lines."""

    words: frozenset[str]
    breaks: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Hyphens:
        """Learn from all lines of a document."""
        words = frozenset(word.casefold() for line in lines for word in _WORD.findall(BROKEN.sub(" -", line.words)))
        broken = [_halves(a.words, b.words) for a, b in pairwise(lines) if BROKEN.search(a.words)]
        whole, hyphened = (sum(sign.join(halves) in words for halves in broken) for sign in ("", "-"))
        return cls(words, whole > hyphened)

    def joined(self, lines: Sequence[str]) -> str:
        """Return lines as one; a hyphen at the end of one goes only where the document shows that it is none."""
        return "".join([*(self._before(a, b) for a, b in pairwise(lines)), lines[-1].rstrip(HYPHEN)])

    def _before(self, a: str, b: str) -> str:
        """Return a line as it stands before the next."""
        if not BROKEN.search(a):
            return f"{a} "
        halves = _halves(a, b)
        whole = "".join(halves) in self.words or (self.breaks and "-".join(halves) not in self.words)
        return a[:-1] if whole and b[0].islower() else f"{a[:-1]}-"


def _halves(a: str, b: str) -> tuple[str, str]:
    """Return the last word of one line, without its hyphen, and the first of the next."""
    first, last = _WORD.findall(a[:-1]), _WORD.findall(b)
    return first[-1].casefold() if first else "", last[0].casefold() if last else ""
