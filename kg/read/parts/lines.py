"""Undo what wrapping does to text: paragraphs and long lines that were broken to fit a width."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from kg.model import Block, BlockKind, Page, Span

SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$")
BETWEEN_NAMES: Final = re.compile(r"[,;]\s*(?:(?:and|or|&)\s+)?|\s+[|/·•]\s+|\t")
"""What separates the names on one line."""

_SHORTEST_BROKEN: Final = 30
_NARROWEST: Final = 60
"""Characters; a shorter line was not broken because it was too long: in prose, in a line of details or names."""


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


def flow(blocks: Sequence[Block], index: int, text: str) -> str:
    """Return the words of a line and of those right below it, up to the end of the sentence."""
    last = index
    while last + 1 < len(blocks) and _adjoins(blocks[last], blocks[last + 1], text):
        words = blocks[last].span.cut(text)
        if len(words) < _SHORTEST_BROKEN or SENTENCE_END.search(words):
            break
        last += 1
    return Span(blocks[index].span.start, blocks[last].span.end).cut(text)


def rejoined(page: Page, goes_on: Callable[[BlockKind, str, str], bool]) -> tuple[Block, ...]:
    """Return the blocks of a page, each item or long line that was broken at some width made whole again.

    `goes_on` tells of a block that may be broken, and of the line below it, whether that line continues it.
    """
    blocks: list[Block] = []
    for block in page.blocks:
        if blocks and _may_break(blocks[-1], block, page.text) and _asked(goes_on, blocks[-1], block, page.text):
            blocks[-1] = Block(Span(blocks[-1].span.start, block.span.end), blocks[-1].kind)
        else:
            blocks.append(block)
    return tuple(blocks)


def _asked(goes_on: Callable[[BlockKind, str, str], bool], first: Block, second: Block, text: str) -> bool:
    return goes_on(first.kind, first.span.cut(text), second.span.cut(text))


def _may_break(first: Block, second: Block, text: str) -> bool:
    """Tell whether a line stands right below a block that does not end as a sentence does."""
    return _is_below(first, second, text) and not first.span.cut(text).endswith((".", "!", "?"))


def fills_a_line(words: str) -> bool:
    """Tell whether the last line of some words is so long, or ends so, that it was broken to fit a width."""
    return len(words.rpartition("\n")[2]) >= _NARROWEST or words.endswith(",")


def _is_below(first: Block, second: Block, text: str) -> bool:
    """Tell whether a line stands right below a block, with no blank line between."""
    kinds = first.kind is not BlockKind.HEADING and second.kind is BlockKind.LINE
    return kinds and text[first.span.end : second.span.start].count("\n") == 1


def _adjoins(first: Block, second: Block, text: str) -> bool:
    return first.kind is BlockKind.LINE and _is_below(first, second, text)


def stands_apart(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Tell whether a blank line stands before and behind a block."""
    before, block, after = blocks[index - 1], blocks[index], blocks[index + 1]
    gaps = text[before.span.end : block.span.start], text[block.span.end : after.span.start]
    return all("\n\n" in re.sub(r"[^\S\n]", "", gap) for gap in gaps)
