"""Write what is seen of a tree of HTML as blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from kg.model import BlockKind
from kg.read.blocks import CODE_ELEMENTS, TEXT, BlockWriter
from kg.read.formats.html_blocks import BLOCKS, CODE, HEADINGS

_KINDS: Final = {
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    "li": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
}
_CHIPS: Final = {"a", "span"}
_LABELS: Final = {"b", "em", "strong"}
_OF_PROSE: Final = frozenset({"p", "li", "dd", "td", "th", "tr", "blockquote", "a"})
"""Elements whose spans are stretches of one sentence, as programs set them that export text."""

_JOINED: Final = re.compile(r"^[\s,.;:!?…)\]}»”’%/–—-]|[\s(\[{«„/–—-]$")
"""How a stretch of text begins or ends that is part of a sentence."""

_MOST_PARTS: Final = 50
"""Stretches of text in a label; what has more is none."""

_CELLS: Final = ("td", "th")
_OF_LAYOUT: Final = (*sorted(HEADINGS | CODE), "table", "ul", "ol", "dl", "blockquote", "hr")
_PARAGRAPHS: Final = tuple(sorted(BLOCKS.difference(_CELLS, _OF_LAYOUT, ("tr", "br"))))
_MOST_BREAKS: Final = 2
"""Line breaks in a cell of a table; more make it a text of its own."""

_NO_TARGETS: Final = ("javascript:", "data:")
_REDIRECT: Final = re.compile(r"https?://www\.google\.com/url\?", re.IGNORECASE)


class _Frame(NamedTuple):
    """What holds inside an element: its kind of block, where its words lead, and whether its children stand apart."""

    kind: BlockKind
    level: int = 0
    target: str = ""
    block: bool = False
    apart: bool = False
    prose: bool = False
    code: bool = False


def write(root: HtmlElement, page: BlockWriter) -> None:
    """Write an element and all below it; a block element ends the open block before and after itself.

    It walks and does not recurse: pages are found in which elements are a thousand deep.
    """
    for table in list(root.iter("table")):
        if not _is_layout(table):
            _set_in_rows(table)
    frames = [_Frame(BlockKind.LINE)]
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            _leave(frames, element, page, is_root=element is root)
        elif _enter(frames, element, page):
            walk.skip_subtree()
    page.close(BlockKind.LINE)


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a table only places things on the page: a cell holds blocks, or more than one paragraph."""
    if next(table.iterdescendants(*_OF_LAYOUT), None) is not None:
        return True
    paragraphs = breaks = 0
    for element in table.iter(*_CELLS, *_PARAGRAPHS, "br"):
        if element.tag in _CELLS:
            paragraphs = breaks = 0
        breaks += element.tag == "br"
        paragraphs += element.tag in _PARAGRAPHS and _is_paragraph(element)
        if paragraphs > 1 or breaks > _MOST_BREAKS:
            return True
    return False


def _is_paragraph(element: HtmlElement) -> bool:
    """Tell whether an element has text and no other paragraph in it."""
    inner = element.iterdescendants(*_PARAGRAPHS)
    return next(inner, None) is None and any(TEXT.search(str(part)) for part in element.itertext())


def _set_in_rows(table: HtmlElement) -> None:
    """Make each row of a table one line, its cells beside each other as Markdown has them."""
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in _CELLS]
        filled = [n for n, cell in enumerate(cells) if any(TEXT.search(str(part)) for part in cell.itertext())]
        for number, cell in enumerate(cells):
            if filled and filled[0] < number <= filled[-1]:
                cell.text = f" | {cell.text or ''}"
            for block in cell.iter(*_CELLS, *_PARAGRAPHS, "br"):
                block.tag, block.tail = "span", f" {block.tail or ''}"


def _enter(frames: list[_Frame], element: HtmlElement, page: BlockWriter) -> bool:
    """Write the beginning of an element; return whether that is all of it."""
    outer, tag = frames[-1], str(element.tag)
    if tag == "br" and outer.kind is BlockKind.HEADING:
        page.write(" ")
        frames.append(outer._replace(block=False, apart=False))
        return True
    inner = _frame(element, tag, outer)
    frames.append(inner)
    if inner.block:
        page.close(outer.kind, outer.level)
    if tag in CODE:
        page.code(_code(element))
        return True
    page.write(element.text or "", inner.target, is_code=inner.code)
    return False


def _frame(element: HtmlElement, tag: str, outer: _Frame) -> _Frame:
    kind = _KINDS.get(tag, outer.kind)
    level = int(tag[1]) if tag in HEADINGS else outer.level if kind is BlockKind.HEADING else 0
    target = outer.target
    if tag == "a" and (href := element.get("href", "").strip()):
        target = "" if href.lower().startswith(_NO_TARGETS) else _led_to(href)
    block = tag in BLOCKS or tag in CODE
    prose = tag in _OF_PROSE or (outer.prose and not block)
    apart = kind is not BlockKind.HEADING and _are_chips(element, labelled=prose)
    if apart and tag == "figcaption":
        for part in element:  # what is shown and who made it
            part.tail = " "
        apart = False
    return _Frame(kind, level, target, block, apart, prose, code=outer.code or tag in CODE_ELEMENTS)


def _led_to(href: str) -> str:
    """Return where a link leads in the end: Google Docs sends every reader through a page of its own."""
    if not _REDIRECT.match(href):
        return href
    try:
        return parse_qs(urlsplit(href).query).get("q", [href])[0]
    except ValueError:
        return href


def _leave(frames: list[_Frame], element: HtmlElement, page: BlockWriter, *, is_root: bool) -> None:
    """Write the end of an element, and the words behind it, which belong to the one around it."""
    inner, outer = frames.pop(), frames[-1]
    if inner.block:
        page.close(inner.kind, inner.level)
    if not is_root:
        page.write(element.tail or "", outer.target, is_code=outer.code)
    if outer.apart:
        page.close(outer.kind, outer.level)


def _code(element: HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.text = "\n"
    return "".join(str(part) for part in element.itertext())


def _are_chips(element: HtmlElement, *, labelled: bool) -> bool:
    """Tell whether an element holds nothing but labels side by side (tags, chips), each of which is a thing.

    Where they have to be `labelled`, a bold word with a colon stands in front of them.
    """
    tags = [str(child.tag) for child in element]
    chips = [tag for tag in tags if tag in _CHIPS]
    if len(chips) < 2 or len(tags) - len(chips) > 1 or set(tags) - _CHIPS - _LABELS:  # noqa: PLR2004 - a pair
        return False
    if labelled and not (tags[0] in _LABELS and "".join(element[0].itertext()).rstrip().endswith(":")):
        return False
    if any(t and t.strip() for t in (element.text, *(child.tail for child in element))):
        return False
    words = _words(element)
    return not any(_JOINED.search(chip) for tag, chip in zip(tags, words, strict=True) if tag in _CHIPS)


def _words(element: HtmlElement) -> Iterator[str]:
    """Yield the words in each child of an element."""
    for child in element:
        yield "".join(str(part) for part in islice(child.itertext(), _MOST_PARTS))
