"""Plain text: the text is the decoded file itself; every line that is not blank is a block."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Block, BlockKind, Span
from kg.read.blocks import without_bullet

_LINE: Final = re.compile(r"[^\n]+")


def blocks_of(text: str) -> tuple[Block, ...]:
    r"""Return the lines of a text; those behind a bullet are items, and indented lines below an item belong to it.

    >>> [b.kind.value for b in blocks_of("Topics\n- Hiring and\n  onboarding\n")]
    ['line', 'item']
    """
    blocks: list[Block] = []
    for found in _LINE.finditer(text):
        span, bullet = without_bullet(Span(*found.span()), text)
        if span.start == span.end:
            continue
        if _continues(blocks, found, text) and not bullet:
            blocks[-1] = Block(Span(blocks[-1].span.start, span.end), BlockKind.ITEM)
        else:
            blocks.append(Block(span, BlockKind.ITEM if bullet else BlockKind.LINE))
    return tuple(blocks)


def _continues(blocks: list[Block], line: re.Match[str], text: str) -> bool:
    if not blocks or blocks[-1].kind is not BlockKind.ITEM or not line.group().startswith(("  ", "\t")):
        return False
    return text[blocks[-1].span.end : line.start()].count("\n") == 1
