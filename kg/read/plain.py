"""Plain text: the text is the decoded file itself; every line that is not blank is a block."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Block, BlockKind, Span
from kg.read.blocks import TEXT, without_bullet

_LINE: Final = re.compile(r"[^\n]+")


def blocks_of(text: str) -> tuple[Block, ...]:
    r"""Return the lines of a text; those behind a bullet are items, and what goes on below an item belongs to it.

    Lines without a letter or digit, such as rules, are no blocks.

    >>> [b.kind.value for b in blocks_of("Topics\n- Hiring and\n  onboarding\n---\n")]
    ['line', 'item']
    """
    blocks: list[Block] = []
    indent = 0
    for found in _LINE.finditer(text):
        span, bullet = without_bullet(Span(*found.span()), text)
        if not TEXT.search(span.cut(text)):
            continue
        if not bullet and blocks and _continues(blocks[-1], found, indent, text):
            blocks[-1] = Block(Span(blocks[-1].span.start, span.end), BlockKind.ITEM)
            continue
        indent = _indent(found.group())
        blocks.append(Block(span, BlockKind.ITEM if bullet else BlockKind.LINE))
    return tuple(blocks)


def _continues(item: Block, line: re.Match[str], indent: int, text: str) -> bool:
    """Tell whether a line stands right below an item and further in than its bullet."""
    if item.kind is not BlockKind.ITEM or text[item.span.end : line.start()].count("\n") != 1:
        return False
    return _indent(line.group()) > indent


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
