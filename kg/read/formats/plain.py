"""Plain text: the text is the decoded file itself; every line that is not blank is a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Block, BlockKind, Span
from kg.read.blocks import TEXT, without_bullet
from kg.read.decode import text_of
from kg.read.formats import plain_marks, plain_rst, plain_spoken
from kg.read.inputs import Document, Input, Outcome

_LINE: Final = re.compile(r"[^\n]+")
_FENCES: Final = ("---\n", "+++\n")
"""What opens front matter."""
_MARKDOWN: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
"""A heading of Markdown; bold lines and underlined ones stand in plain text too."""
_MAIL: Final = re.compile(
    r"(?=(?:.+\n)*?from:[ \t])(?=(?:.+\n)*?subject:[ \t])(?=(?:.+\n)*?date:[ \t])"
    r"(?:[\w-]{2,40}:.*\n(?:[ \t].*\n)*+)++\n",
    re.IGNORECASE,
)
"""A text that begins as a mail does, with nothing but fields."""
_HEADER: Final = 20_000
_MARKUPS: Final = (plain_spoken.marked, plain_rst.marked, plain_marks.marked)
"""They are asked before Markdown is: a comment in their code looks like a heading of it."""


def documents(input_: Input) -> Iterator[Outcome]:
    r"""Yield the text of a file as the one document in it; in a markup where that is what it turns out to be.

    Raises InputError when the file is empty, or no text.

    >>> [getattr(found, "kind", "text") for found in documents(Input.of_bytes("a.txt", b"# Title\n"))]
    ['markdown']
    >>> [getattr(found, "kind", "text") for found in documents(Input.of_bytes("a.txt", b"Title\n=====\n"))]
    ['text']
    """
    text = text_of(input_)
    if _MAIL.match(text, 0, _HEADER) and b"\0" not in input_.head:
        yield input_.taken_as("mail")
        return
    document = next(filter(None, (marked(text) for marked in _MARKUPS)), None)
    if document:
        yield document
    elif text.startswith(_FENCES) or _MARKDOWN.search(text):
        yield input_.taken_as("markdown")
    else:
        yield Document(text, blocks_of(text), is_set=True)


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
