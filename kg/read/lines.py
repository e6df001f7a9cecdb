"""Undo what wrapping does to text: paragraphs and long lines that were broken to fit a width."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from kg.model import Block, BlockKind, Page, Span

SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$")
_NARROWEST: Final = 60
"""Characters; a line shorter than this was not broken because it was too long."""


def paragraphs(blocks: Sequence[Block], text: str) -> list[Span]:
    """Join the lines of a wrapped paragraph: lines with no blank line between, the first not ended as a sentence."""
    spans: list[Span] = []
    previous: Block | None = None
    for block in blocks:
        if previous and _adjoins(previous, block, text) and _is_open(previous.span.cut(text), block.span.cut(text)):
            spans[-1] = Span(spans[-1].start, block.span.end)
        else:
            spans.append(block.span)
        previous = block
    return spans


def _is_open(words: str, below: str) -> bool:
    """Tell whether a sentence that was begun goes on in the line below."""
    return below[0].islower() or not SENTENCE_END.search(words)


def rejoined(page: Page, goes_on: Callable[[str, str], bool]) -> tuple[Block, ...]:
    """Return the blocks of a page, each long line that was broken at some width made whole again.

    `goes_on` tells of two lines, of which the first fills a width, whether the second continues it.
    """
    blocks: list[Block] = []
    for block in page.blocks:
        if blocks and _adjoins(blocks[-1], block, page.text) and _breaks(blocks[-1], block, page.text, goes_on):
            blocks[-1] = Block(Span(blocks[-1].span.start, block.span.end), BlockKind.LINE)
        else:
            blocks.append(block)
    return tuple(blocks)


def _breaks(first: Block, second: Block, text: str, goes_on: Callable[[str, str], bool]) -> bool:
    """Tell whether a line fills a width, does not end as a sentence does, and goes on below."""
    words = first.span.cut(text)
    full = len(words.rpartition("\n")[2]) >= _NARROWEST or words.endswith(",")
    return full and not words.endswith(".") and goes_on(words, second.span.cut(text))


def _adjoins(first: Block, second: Block, text: str) -> bool:
    if BlockKind.LINE is not first.kind or BlockKind.LINE is not second.kind:
        return False
    return text[first.span.end : second.span.start].count("\n") == 1


def stands_apart(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Tell whether a blank line stands before and behind a block."""
    before, block, after = blocks[index - 1], blocks[index], blocks[index + 1]
    gaps = text[before.span.end : block.span.start], text[block.span.end : after.span.start]
    return all("\n\n" in re.sub(r"[^\S\n]", "", gap) for gap in gaps)
