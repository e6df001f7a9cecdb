"""Markdown: the text is what a reader sees, without the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import BlockKind
from kg.read.blocks import BULLET, BlockWriter

_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_OTHER_HEADING: Final = re.compile(r"^\*\*[^*\n]+\*\*:?[ \t]*$|^\S.*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_FRONT_MATTER: Final = re.compile(r"(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKUP: Final = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_LAZY: Final = re.compile(r"^([ \t]*(?:[-*+]|\d{1,2}[.)])[ \t].*\n)(?=\*\*)", re.MULTILINE)
"""A list item with a line in bold right below it, which CommonMark would take into the item."""


def looks_like_markdown(text: str, *, named: bool) -> bool:
    r"""Tell whether a text has Markdown headings; without one, its lines say more than its paragraphs.

    Bold lines and underlined ones are headings only in a file that is `named` as Markdown: plain text has them too.

    >>> looks_like_markdown("# Title\n", named=False), looks_like_markdown("Title\n=====\n", named=False)
    (True, False)
    """
    return bool(_HEADING.search(text) or (named and _OTHER_HEADING.search(text)))


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
    if front := _FRONT_MATTER.match(text):
        _write_lines(front[2], page)
        text = text[front.end() :]
    for token in _parser().parse(_LAZY.sub(r"\1\n", text)):
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
    elif token.type in {"fence", "code_block", "html_block"}:
        _write_lines(_MARKUP.sub(" ", token.content) if token.type == "html_block" else token.content, page)


def _write_lines(text: str, page: BlockWriter) -> None:
    """Write code, or what markup leaves, line by line: not prose, but words of the author that must not be lost."""
    for line in text.splitlines():
        page.write(line)
        page.close(BlockKind.LINE)


def _write_inline(children: Sequence[Token], kind: BlockKind, page: BlockWriter) -> None:
    """Write the words of a block; a line break in it ends the block where its author broke the line on purpose."""
    kind = BlockKind.HEADING if kind is BlockKind.LINE and _is_bold(children) else kind
    own_lines = any(t.type == "text" and BULLET.match(t.content) for t in children)
    target = ""
    for token in children:
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            target = ""
        elif kind is not BlockKind.HEADING and (token.type == "hardbreak" or (own_lines and token.type == "softbreak")):
            page.close(kind)
        else:
            page.write(_visible(token), target)
    page.close(kind)


def _is_bold(children: Sequence[Token]) -> bool:
    """Tell whether a paragraph is bold as a whole, which is how many people write a heading."""
    marks = [t.type for t in children if t.content or t.type.startswith("strong")]
    return marks[:1] == ["strong_open"] and marks[-1:] == ["strong_close"] and marks.count("strong_open") == 1


def _visible(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    return " " if token.type in {"softbreak", "hardbreak", "html_inline"} else ""
