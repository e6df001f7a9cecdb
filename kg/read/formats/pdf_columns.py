"""Where the lines of each column of a page end, which tells a line that was full from one that was ended on purpose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.read.formats.pdf_lines import BROKEN, Line

_NEAR: Final = 20
"""Lines begin together that begin this near to each other, in points."""
_FULL_LINES: Final = 0.75
_NARROW: Final = 0.45
"""The part of the widest line of a page that lines of names, or of an address, are at most as wide as."""
_RAGGED: Final = 3
"""How far, in sizes of the type, full lines end from each other."""
_FEW: Final = 3
_LABEL: Final = re.compile(r"[^:]{1,30}:\s")

_Column = tuple[int, float, int]


class Columns:
    """The columns of a document: lines of one page and size that begin together, and where they end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._ends: defaultdict[_Column, list[float]] = defaultdict(list)
        self._widest: defaultdict[int, float] = defaultdict(float)
        for line in lines:
            self._ends[_column(line)].append(line.right)
            self._widest[line.page] = max(self._widest[line.page], line.right - line.left)
        for rights in self._ends.values():
            rights.sort()

    def ended(self, run: Sequence[Line]) -> list[bool]:
        """Tell of each line of a run but the last whether it was ended though there was room for the next word."""
        edge = max(self._edge(run[-1]), *(line.right for line in run))
        if self._is_list(run, edge):
            return [not BROKEN.search(a.words) for a in run[:-1]]
        room = [not BROKEN.search(a.words) and a.right + _room_for(b) < edge for a, b in pairwise(run)]
        return [ended and not _is_wrapped(run, at) for at, ended in enumerate(room)]

    def _edge(self, line: Line) -> float:
        """Return where the lines end that begin where this does, or a little further out, but for the longest ones."""
        return max([line.right, *(ends[int(_FULL_LINES * (len(ends) - 1))] for ends in self._around(line))])

    def _around(self, line: Line) -> Iterator[list[float]]:
        page, size, at = _column(line)
        yield from filter(None, (self._ends.get((page, size, at - step)) for step in range(3)))

    def _is_list(self, run: Sequence[Line], edge: float) -> bool:
        """Tell whether narrow lines, each with a capital, end where nothing else does: names, an address."""
        narrow = max(line.right - line.left for line in run) < _NARROW * self._widest[run[0].page]
        if not narrow or any(line.words[0].islower() for line in run):
            return False
        full = sum(edge - _RAGGED * run[0].size < end for ends in self._around(run[0]) for end in ends)
        return full < len(run) + _FEW


def _column(line: Line) -> _Column:
    return line.page, line.size, round(line.left / _NEAR)


def goes_on(line: Line) -> bool:
    """Tell whether a line opens as the rest of a sentence does: with a small letter, and with no label.

    >>> [goes_on(Line(words, 0, 70, 190, 700, 12)) for words in ("of the change", "name: what it is called")]
    [True, False]
    """
    return line.words[0].islower() and not _LABEL.match(line.words)


def _is_wrapped(run: Sequence[Line], at: int) -> bool:
    """Tell whether a line goes on in the next one though others are wider: beside a picture, several end together."""
    line, below = run[at : at + 2]
    around = run[max(at - 2, 0) : at + 3]
    together = sum(abs(other.right - line.right) < _RAGGED * line.size for other in around) >= _FEW
    return together and line.words[-1] not in ".!?:;" and goes_on(below)


def _room_for(line: Line) -> float:
    """Return about how wide the first word of a line is, with the space before it."""
    word = line.words.split(maxsplit=1)[0]
    return len(word) * (line.right - line.left) / len(line.words) + line.size
