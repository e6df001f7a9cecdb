"""Markdown: the text is what a reader sees, without the marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from markdown_it.token import Token

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.blocks import BULLET, CODE_ELEMENTS, BlockWriter
from kg.read.decode import text_of
from kg.read.formats import dialects, frontmatter
from kg.read.formats.markdown_parser import parsed
from kg.read.formats.noise import unlinked
from kg.read.inputs import Document, Input, Outcome, Stated
from kg.read.stated.fields import stated

_LAZY: Final = re.compile(r"^([ \t]*(?:[-*+]|\d{1,2}[.)])[ \t].*\n)(?=\*\*)", re.MULTILINE)
"""A list item with a line in bold right below it, which CommonMark would take into the item."""

_DASH: Final = re.compile(r"\s*[–—]\s+[a-zß-ÿа-я]")
"""A dash that goes on with a sentence."""

_OPTION: Final = re.compile(r"^\s*(?:#|//|--|%)\|.*\n?", re.MULTILINE)
"""A line of a code chunk that tells the tool how to run it."""

_LONGEST_HEADING: Final = 150
"""Characters; a longer paragraph in bold is prose that matters to its author."""


def documents(input_: Input) -> Iterator[Outcome]:
    """Yield the article of a Markdown file; what its front matter says about it is stated.

    Raises InputError when there is nothing to read.
    """
    text = text_of(input_)
    fields, body = frontmatter.split(text)
    told = stated(fields, "front matter")
    if not fields:
        told, body = _properties(body)
    page = _page(fields, body, mdx=input_.suffix == ".mdx")
    if not page.blocks:
        page = write(_abstract(told))
    if not page.blocks:
        what = "has no text, only front matter" if fields else "has no text that a reader would see"
        raise InputError(input_.path, what, "put the article's text into it, or leave it out")
    yield Document(page.text, tuple(page.blocks), tuple(page.links), tuple(told), code=tuple(page.code_spans))


def _page(fields: Mapping[str, object], body: str, *, mdx: bool) -> BlockWriter:
    """Write the body, below what the front matter holds of the article where that is the most of it."""
    above = frontmatter.prose(fields)
    return write(f"{above}\n\n{body}" if len(above) > len(body) else body, mdx=mdx)


def _properties(body: str) -> tuple[list[Stated], str]:
    """Return what the lines below the title state, and the text without them, where they say two things or more."""
    fields, below = frontmatter.properties(body)
    told = stated(fields, "properties")
    return (told, below) if len({s.label for s in told}) > 1 else ([], body)


def _abstract(told: Sequence[Stated]) -> str:
    """Return the abstract of an article whose text is elsewhere, when it has a title too."""
    values = {s.name: s.value for s in reversed(told) if s.value.strip()}
    return values.get("abstract", "") if "title" in values else ""


def write(text: str, *, mdx: bool = False) -> BlockWriter:
    r"""Return the visible text of Markdown, without front matter, as blocks.

    >>> write("# Title\n\n**Best for:** `CTO`\n").text
    'Title\nBest for: CTO'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    mdx = mdx or dialects.is_mdx(text)
    text = _LAZY.sub(r"\1\n", dialects.prepared(text, mdx=mdx))
    writer = _Writer()
    for token in parsed(text, mdx=mdx):
        writer.block(token)
    return writer.page


_KINDS: Final = {
    "heading": BlockKind.HEADING,
    "list_item": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "li": BlockKind.ITEM,
}
"""What a token of Markdown, or an element of HTML, makes of the blocks in it."""

_BLOCKS: Final = _KINDS.keys() | {
    "address", "article", "aside", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer",
    "header", "hr", "main", "nav", "ol", "p", "section", "summary", "table", "tbody", "thead", "tr", "ul", "video",
}  # fmt: skip
_CELLS: Final = {"td", "th"}
_STRIKES: Final = {"s_open", "s_close"}
_STRUCK: Final = {"del", "s", "strike"}
_ELEMENT: Final = re.compile(r"<(/?)([\w.:-]*)")
_TARGET: Final = re.compile(r"\shref\s*=\s*[\"']?([^\"'\s>{}]+)", re.IGNORECASE)


class _Writer:
    """Writes one token after the other, and knows in what kinds of block it stands."""

    def __init__(self) -> None:
        self.page = BlockWriter()
        self._kinds: list[tuple[BlockKind, int]] = [(BlockKind.LINE, 0)]
        self._outside = 1
        """How many kinds of block the words at hand stand in: what closes among them closes none of these."""
        self._target = ""
        self._row = self._html_row = False
        """Whether the words at hand are in a row of a table, or in one that HTML opened: nothing breaks it in two."""
        self._struck = 0
        """How many elements of struck text are open: its author took it back."""
        self._code_elements = 0
        """How many elements of HTML are open whose words are code."""

    def block(self, token: Token) -> None:
        """Write a token of the document."""
        name, _, edge = token.type.rpartition("_")
        if token.type == "inline":
            self._inline(token)
        elif token.type in {"fence", "code_block"}:
            self._code(token)
        elif token.type.startswith("math_block"):
            self._words(f"$${token.content}$$")
            self.page.close(BlockKind.LINE)
        elif name in _KINDS:
            self._enter(name, token.tag) if edge == "open" else self._kinds.pop()
        elif name in _CELLS | {"tr"}:
            self._cell(name, opens=edge == "open")

    def _code(self, token: Token) -> None:
        if token.type == "fence" or not dialects.is_debris(token.content):
            self.page.code(_OPTION.sub("", token.content) if token.info.startswith("{") else token.content)

    def _enter(self, name: str, tag: str) -> None:
        kind = _KINDS[name]
        self._kinds.append((kind, int(tag[1]) if kind is BlockKind.HEADING else 0))

    def _cell(self, name: str, *, opens: bool) -> None:
        """Set the cells of a row beside each other in one line."""
        if name == "tr":
            self._row = opens
            self.page.close(BlockKind.LINE)
        elif opens and self.page.is_open:
            self.page.write(" | ")

    def _inline(self, token: Token) -> None:
        """Write the words of a block; a line break in it ends the block where its author broke the line on purpose."""
        children, self._outside = token.children or [], len(self._kinds)
        kind = self._kinds[-1][0]
        html = "html" in token.meta
        if kind is BlockKind.LINE and not self._row and not html and _is_bold(children):
            self._kinds.append((BlockKind.HEADING, 0))
        breaks = set() if html else set(_before_bullets(children))
        for i, child in enumerate(children):
            self._break() if i in breaks or child.type == "hardbreak" else self._piece(child)
        self._target, self._struck, self._code_elements, self._html_row = "", 0, 0, False
        if not self._row:
            self._close()
        del self._kinds[self._outside :]

    def _break(self) -> None:
        if self._row or self._html_row or self._kinds[-1][0] is BlockKind.HEADING:
            self.page.write(" ")
        else:
            self._close()

    def _close(self) -> None:
        self.page.close(*self._kinds[-1])

    def _piece(self, token: Token) -> None:
        """Write a token within a block."""
        if token.type in _PIECES:
            self._words(_PIECES[token.type](token.content), is_code=token.type == "code_inline")
        elif token.type == "link_open":
            self._target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            self._target = ""
        elif token.type in _STRIKES:
            self._struck += token.nesting
        elif token.type == "html_inline":
            self._element(token.content)

    def _words(self, words: str, *, is_code: bool = False) -> None:
        if not self._struck:
            self.page.write(words, self._target, is_code=is_code or self._code_elements > 0)

    def _element(self, tag: str) -> None:
        """Follow an element of HTML; its name alone matters, and where it leads."""
        found = _ELEMENT.match(tag)
        closes, name = (bool(found[1]), found[2].lower()) if found else (False, "")
        if name == "a":
            target = None if closes else _TARGET.search(tag)
            self._target = target[1] if target else ""
        elif name in _STRUCK:
            self._struck = max(0, self._struck + (-1 if closes else 1))
        elif name in CODE_ELEMENTS:
            self._code_elements = max(0, self._code_elements + (-1 if closes else 1))
        elif name in _CELLS and not self._row:
            self._cell("td", opens=not closes)
        elif name in _BLOCKS:
            self._edge(name, closes=closes)

    def _edge(self, name: str, *, closes: bool) -> None:
        """End the open block at the edge of an element, and keep what kind of block the element is."""
        if name in {"tr", "table"}:
            self._html_row = False
        self._break()
        if name == "tr":
            self._html_row = not closes
        if name in _KINDS and not self._row:
            self._close()
            if not closes:
                self._enter(name, name)
            elif len(self._kinds) > self._outside:
                self._kinds.pop()


def _before_bullets(children: Sequence[Token]) -> Iterator[int]:
    """Yield which line breaks stand before a line that its author set apart with a bullet."""
    is_list = bool(children) and bool(BULLET.match(children[0].content))
    for i, child in enumerate(children):
        if child.type == "softbreak":
            below = next((t.content for t in children[i + 1 : i + 3] if t.type != "html_inline"), "")
            if BULLET.match(below) and (is_list or not _DASH.match(below)):
                yield i


def _is_bold(children: Sequence[Token]) -> bool:
    """Tell whether a paragraph is bold as a whole, which is how many people write a heading."""
    marks = [t.type for t in children if t.content or t.type.startswith("strong")]
    bold = marks[:1] == ["strong_open"] and marks[-1:] == ["strong_close"] and marks.count("strong_open") == 1
    return bold and sum(len(t.content) for t in children) <= _LONGEST_HEADING


_PIECES: Final[Mapping[str, Callable[[str], str]]] = {
    "text": unlinked,
    "code_inline": str,
    "softbreak": lambda _: " ",
    "math_inline": "${}$".format,
    "math_inline_double": "$${}$$".format,
}
"""How each kind of token within a block reads."""
