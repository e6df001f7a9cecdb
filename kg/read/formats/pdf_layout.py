"""From the lines of printed pages back to what their author wrote: headings, paragraphs, list items, code.

A page says only where its lines stand and how large they are set. What belongs together is told by the space between
the lines, by where they begin and end, and by what most of the document looks like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.model import BlockKind
from kg.read.blocks import BULLET, BlockWriter
from kg.read.formats.pdf_columns import Columns, goes_on
from kg.read.formats.pdf_lines import HYPHEN, Hyphens, Line, of_the_text
from kg.read.formats.pdf_rows import CELL, is_row, whole

_SENTENCE_END: Final = re.compile(r"[.!?:;…。？！؟۔][\"'”’»)\]]*$")
_MAX_HEADING: Final = 200
_MAX_BOLD_HEADING: Final = 120
_MAX_HEADING_LINES: Final = 4
_LARGER: Final = 1.12
"""How many times the size of the body a heading is set in, at least."""
_SAME_SIZE: Final = 0.6
_INDENT: Final = 0.8
"""What sets the first line of a paragraph in, in widths of an "m"."""
_LOOSE: Final = 1.25
"""How many times the usual space lies between two paragraphs, at least."""
_LOOSER: Final = 1.6
"""The same where a sentence goes on: a superscript moves lines apart."""
_MONO_WIDTH: Final = 0.6
_DEEPEST_CODE: Final = 80
_DEEPEST: Final = 6


Paragraph = list[Line]


@dataclass(frozen=True)
class _Style:
    """What most of a document looks like."""

    size: float
    bold: bool
    mono: bool
    leading: float
    """From one line to the next, in sizes of the type."""

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Style:
        faces: Counter[tuple[float, bool, bool]] = Counter()
        for line in lines:
            faces[line.size, line.bold, line.mono] += len(line.words)
        steps = Counter(
            round((a.base - b.base) / a.size, 1) for a, b in pairwise(lines) if _are_alike(a, b) and a.base > b.base
        )
        leading = max(steps, key=lambda step: (steps[step], -step), default=1.2)
        return cls(*max(faces, key=lambda face: (faces[face], face)), min(max(leading, 1.0), 2.5))

    def is_code(self, paragraph: Paragraph) -> bool:
        return not self.mono and all(line.mono for line in paragraph)

    def is_heading(self, paragraph: Paragraph) -> bool:
        first, length = paragraph[0], sum(len(line.words) for line in paragraph)
        if len(paragraph) > _MAX_HEADING_LINES or length > _MAX_HEADING or is_row(first):
            return False
        if not any(c.isalpha() for c in first.words):
            return False
        if first.size >= self.size * _LARGER:
            return True
        bold = first.bold and not self.bold and first.size > self.size - _SAME_SIZE
        return (
            bold and length <= _MAX_BOLD_HEADING and first.words[0].isalnum() and paragraph[-1].words[-1] not in ".,;"
        )


def typeset(lines: Iterable[Line]) -> BlockWriter:
    r"""Return the text of printed pages as blocks.

    >>> page = typeset([
    ...     Line("On review", 0, 70, 190, 700, 24),
    ...     Line("Read the whole change before you", 0, 70, 260, 660, 12),
    ...     Line("write a word.", 0, 70, 130, 646, 12),
    ... ])
    >>> page.text, [block.kind.value for block in page.blocks]
    ('On review\nRead the whole change before you write a word.', ['heading', 'line'])
    """
    rows = of_the_text(whole(list(lines)))
    page = BlockWriter()
    if rows:
        style = _Style.of(rows)
        _write(list(_flowing(_paragraphs(rows, style), style)), style, Hyphens.of(rows), page)
    return page


def _are_alike(a: Line, b: Line) -> bool:
    return a.page == b.page and abs(a.size - b.size) < _SAME_SIZE and a.mono == b.mono


def _paragraphs(lines: Sequence[Line], style: _Style) -> Iterator[Paragraph]:
    columns = Columns(lines)
    for run in _runs(lines, style):
        if style.is_code(run) or style.is_heading(run):
            yield run
        else:
            yield from _cut(run, columns.ended(run))


def _runs(lines: Sequence[Line], style: _Style) -> Iterator[Paragraph]:
    """Yield lines that follow each other as closely as the lines of a paragraph do."""
    run = [lines[0]]
    for line in lines[1:]:
        if not _is_below(run[-1], line, style):
            yield run
            run = []
        run.append(line)
    yield run


def _is_below(a: Line, b: Line, style: _Style) -> bool:
    apart = _LOOSER if a.bold == b.bold and goes_on(b) and not _is_ended(a) else _LOOSE
    near = 0 < a.base - b.base <= a.size * style.leading * apart and (a.mono or not (is_row(a) or is_row(b)))
    return near and _are_alike(a, b) and (a.bold == b.bold or b.words[0].islower())


def _cut(run: Paragraph, room: Sequence[bool]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a run: a line that had room for the next word was ended on purpose.

    Where most lines were, it is a list of lines, and the few that happen to be full end with their sentence.
    """
    listed = 2 * sum(room) > len(room)
    paragraph = [run[0]]
    for ended, line in zip(room, run[1:], strict=True):
        last = paragraph[-1]
        if ended or (listed and _SENTENCE_END.search(last.words)) or _begins(paragraph, line):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _begins(paragraph: Paragraph, line: Line) -> bool:
    """Tell whether a line begins a paragraph: with a bullet, or further in, or further out than the one before."""
    last, indent = paragraph[-1], _INDENT * line.size
    if BULLET.match(line.words):
        return not line.words[0].isalnum() or bool(BULLET.match(paragraph[0].words)) or _is_ended(last)
    if line.left > last.left + indent:
        return not (BULLET.match(last.words) or abs(last.left + last.right - line.left - line.right) < line.size)
    return line.left < last.left - indent and len(paragraph) > 1


def _is_ended(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.words))


def _flowing(paragraphs: Iterable[Paragraph], style: _Style) -> Iterator[Paragraph]:
    """Join what a new page or column cut in two, and the parts of code between which there is room."""
    held: Paragraph = []
    for paragraph in paragraphs:
        if held and _flows(held[-1], paragraph[0], style):
            held += paragraph
            continue
        if held:
            yield held
        held = list(paragraph)
    if held:
        yield held


def _flows(a: Line, b: Line, style: _Style) -> bool:
    """Tell whether a line goes on where another ended: without a stop, and with a small letter."""
    if a.mono and not style.mono:
        return b.mono
    elsewhere = a.page != b.page or b.base > a.base
    alike = _are_alike(a._replace(page=b.page), b) and a.bold == b.bold and not is_row(b)
    return elsewhere and alike and not _is_ended(a) and b.words[0].islower()


def _write(paragraphs: Sequence[Paragraph], style: _Style, hyphens: Hyphens, page: BlockWriter) -> None:
    levels = _levels(paragraphs, style)
    for paragraph, level in zip(paragraphs, levels, strict=True):
        if style.is_code(paragraph):
            page.code("\n".join(_as_set(paragraph)))
        else:
            page.write(hyphens.joined([line.words.replace(CELL, " | ") for line in paragraph]))
            page.close(BlockKind.HEADING if level else BlockKind.LINE, level)


def _levels(paragraphs: Sequence[Paragraph], style: _Style) -> list[int]:
    """Return the level of each paragraph that is a heading, by its size; 0 for the others.

    What stands above the title is none: the name of a journal, a label.
    """
    sizes = [round(p[0].size) if not style.is_code(p) and style.is_heading(p) else 0 for p in paragraphs]
    first = paragraphs[0][0].page
    title = max((size for size, p in zip(sizes, paragraphs, strict=True) if p[0].page == first), default=0)
    start = sizes.index(title)
    ranks = {size: min(rank, _DEEPEST) for rank, size in enumerate(sorted({*sizes} - {0}, reverse=True), 1)}
    return [ranks.get(size, 0) if at >= start else 0 for at, size in enumerate(sizes)]


def _as_set(paragraph: Paragraph) -> Iterator[str]:
    """Yield the lines of code, set in as they are printed."""
    margin = min(line.left for line in paragraph)
    for line in paragraph:
        indent = min(round((line.left - margin) / (line.size * _MONO_WIDTH)), _DEEPEST_CODE)
        yield " " * indent + line.words.rstrip(HYPHEN)
