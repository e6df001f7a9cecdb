"""Markdown: the text is what a reader sees, without the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import BlockKind
from kg.read.blocks import BlockWriter

_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_BULLET_LINE: Final = re.compile(r"^\s*[•‣◦·]\s")


def looks_like_markdown(text: str) -> bool:
    r"""Tell whether a text has a Markdown heading; without one, its lines say more than its paragraphs.

    >>> looks_like_markdown("# Title\n"), looks_like_markdown("Title\n\nSummary\n")
    (True, False)
    """
    return bool(_HEADING.search(text))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def write_markdown(text: str) -> BlockWriter:
    r"""Return the visible text of a Markdown document as blocks.

    >>> write_markdown("# Title\n\n**Best for:** `CTO`\n").text
    'Title\nBest for: CTO'
    """
    page = BlockWriter()
    context = [BlockKind.LINE]
    for token in _parser().parse(text):
        _walk(token, context, page)
    return page


_OPENS: Final = {"heading_open": BlockKind.HEADING, "list_item_open": BlockKind.ITEM}
_CLOSES: Final = {"heading_close", "list_item_close"}


def _walk(token: Token, context: list[BlockKind], page: BlockWriter) -> None:
    if token.type in _OPENS:
        context.append(_OPENS[token.type])
    elif token.type in _CLOSES:
        context.pop()
    elif token.type == "inline":
        _write_inline(token.children or [], context[-1], page)


def _write_inline(children: Sequence[Token], kind: BlockKind, page: BlockWriter) -> None:
    own_lines = any(t.type == "text" and _BULLET_LINE.match(t.content) for t in children)
    target = ""
    for token in children:
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            target = ""
        elif token.type in {"softbreak", "hardbreak"} and own_lines:
            page.close(kind)
        else:
            page.write(_visible(token), target)
    page.close(kind)


def _visible(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    return " " if token.type in {"softbreak", "hardbreak"} else ""
