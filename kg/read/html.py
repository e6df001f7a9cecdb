"""HTML: the text is what a reader sees of the page's article, without menus, scripts and forms."""

from __future__ import annotations

import re
from typing import Final

import lxml.html
from lxml.etree import ParserError

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.blocks import BlockWriter

_HEADINGS: Final = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ITEMS: Final = {"li"}
_BLOCKS: Final = _HEADINGS | _ITEMS | {
    "address", "article", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer",
    "header", "hr", "main", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_CHIPS: Final = {"a", "span"}
_LABELS: Final = {"b", "em", "strong"}
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")
_DROPPED: Final = (
    "//script | //style | //noscript | //template | //nav | //button | //svg | //iframe | //select | //textarea"
    " | //aside[not(.//h1 or .//h2)] | //form[not(.//h1 or .//h2)]"
    " | //*[@hidden] | //*[@aria-hidden='true'] | //*[@role='navigation' or @role='dialog' or @role='banner'"
    " or @role='contentinfo' or @role='search' or @role='complementary']"
    " | //body/header[not(.//h1)] | //body/footer[.//ul or .//nav or .//a] | //comment() | //processing-instruction()"
)


def write_html(markup: str, path: str) -> tuple[BlockWriter, str]:
    """Return the visible text of a page's article as blocks, and the language that the page declares.

    Raises InputError when there is no element in the file.

    >>> write_html("<html lang=en><nav>Home</nav><h1>On  review</h1></html>", "a.html")[0].text
    'On review'
    """
    try:
        root = lxml.html.document_fromstring(markup.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError) as error:
        raise InputError(path, f"is not HTML that can be read ({error})", "check the file") from error
    declared = _LANGUAGE.match(str(root.get("lang", "")))
    language = declared[1].lower() if declared else ""
    for element in root.xpath(_DROPPED):
        _drop(element)
    page = BlockWriter()
    _write(_article_of(root), page, BlockKind.LINE, "")
    page.close(BlockKind.LINE)
    return page, language


def _drop(element: lxml.html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _article_of(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the element that holds the article: the only <article>, else the only <main>, else the body."""
    for name in ("article", "main", "body"):
        found = list(root.iter(name))
        if len(found) == 1:
            return found[0]
    return root


def _write(element: lxml.html.HtmlElement, page: BlockWriter, kind: BlockKind, target: str) -> None:
    """Write an element and all below it; a block element ends the open block before and after itself."""
    tag = str(element.tag)
    block = tag in _BLOCKS
    inner = BlockKind.HEADING if tag in _HEADINGS else BlockKind.ITEM if tag in _ITEMS else kind
    if tag == "br" and kind is BlockKind.HEADING:
        page.write(" ")
        return
    if block:
        page.close(kind)
    inner_target = str(element.get("href", target)) if tag == "a" else target
    page.write(element.text or "", inner_target)
    apart = inner is not BlockKind.HEADING and _are_chips(element)
    for child in element:
        _write(child, page, inner, inner_target)
        page.write(child.tail or "", inner_target)
        if apart:
            page.close(inner)
    if block:
        page.close(inner)


def _are_chips(element: lxml.html.HtmlElement) -> bool:
    """Tell whether an element holds nothing but labels side by side (tags, chips), each of which is a thing."""
    own = (element.text, *(child.tail for child in element))
    tags = [str(child.tag) for child in element]
    chips = [tag for tag in tags if tag in _CHIPS]
    beside = set(tags) - _CHIPS
    return (
        len(chips) > 1 and beside <= _LABELS and len(tags) - len(chips) <= 1 and not any(t and t.strip() for t in own)
    )
