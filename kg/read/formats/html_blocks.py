"""Turn markup into a tree, take out of it what nobody reads, and write what is left as blocks of text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import lxml.html
from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement

from kg.model import BlockKind
from kg.read.blocks import BlockWriter

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: Final = {
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    "li": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
}
BLOCKS: Final = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "td", "th", "tr", "ul",
}  # fmt: skip
CODE: Final = frozenset({"pre", "listing", "xmp", "d-code", "dt-code"})
_CHIPS: Final = {"a", "span"}
_LABELS: Final = {"b", "em", "strong"}

_MOST_NODES: Final = 400_000
"""Elements and attributes; a tree of more takes too much memory and time, and is no article."""

_HUGE_TAG: Final = re.compile(r"(<[a-z][\w-]{0,50})[^<>]{20000,}>?", re.IGNORECASE)
"""An element with pictures or data in its attributes."""

_EMPTY_TAG: Final = re.compile(r"<(?!(?:br|hr|img|input|link|meta)\b)([a-zA-Z]\w{0,20})((?:\s[^<>]{0,9999})?)/>")
"""An element that XHTML opens and closes at once, which HTML would leave open."""

_XHTML: Final = 'xmlns="http://www.w3.org/1999/xhtml"'
_XHTML_WITHIN: Final = 2000

_NO_TARGETS: Final = ("javascript:", "data:")


_UNSEEN: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button", "title",
    "annotation", "annotation-xml", "d-front-matter", "dt-front-matter", "d-footnote", "d-cite", "dt-fn", "dt-cite",
})  # fmt: skip
"""Elements that show nothing, or no text of the article: with the formulas of MathML a second form of the same."""

_MARKS: Final = frozenset({
    "MathJax_Preview", "mw-editsection", "mw-cite-backlink", "gutter", "rouge-gutter", "linenos", "lineno",
    "footnote-ref", "footnote-backref",
})  # fmt: skip
_MARK_ROLES: Final = frozenset({"doc-noteref", "doc-backlink"})
"""Classes and roles of marks beside the text: of footnotes, for editing, numbers of lines."""

_FURNITURE_ROLES: Final = frozenset({"navigation", "dialog", "banner", "contentinfo", "search", "complementary"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def parse(markup: str) -> HtmlElement | None:
    """Return the tree of some markup, or None when there is nothing in it, or more than any article has.

    >>> parse("<p>Hello").findtext(".//p")
    'Hello'
    """
    markup = _HUGE_TAG.sub(r"\1>", markup.replace("\0", " "))
    if _XHTML in markup[:_XHTML_WITHIN]:
        markup = _EMPTY_TAG.sub(r"<\1\2></\1>", markup)
    if markup.count("<") - markup.count("</") + markup.count("=") > _MOST_NODES:
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(markup.encode(errors="replace"), parser=parser)
    except (LxmlError, ValueError):
        return None


def prune(root: HtmlElement, *, furniture: bool) -> None:
    """Take out of a tree what nobody reads, and the page's own `furniture` too where it is a whole page."""
    for element in [e for e in root.iter() if _is_unseen(e) or (furniture and _is_furniture(e))]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    """Tell whether an element is no text for a reader: scripts, what is hidden, marks of footnotes, anchors."""
    if element.tag in _UNSEEN:
        return True
    if element.tag == "sup" or (element.tag == "a" and element.get("href", "").startswith("#")):
        return _is_mark(element)
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(attributes.get("style", "")):
        return element.find(".//math") is None
    return not _MARKS.isdisjoint(attributes.get("class", "").split())


def _is_mark(element: HtmlElement) -> bool:
    """Tell whether a superscript is but a link to a footnote, or a link an anchor of the heading that it is in."""
    if element.tag == "sup":
        links = [child for child in element if child.tag == "a" and child.get("href", "").startswith("#")]
        return bool(links) and not (element.text or "").strip()
    if element.get("role") in _MARK_ROLES or not _MARKS.isdisjoint(element.get("class", "").split()):
        return True
    parent = element.getparent()
    return parent is not None and parent.tag in HEADINGS and len((element.text or "").strip()) < 2  # noqa: PLR2004


def _is_furniture(element: HtmlElement) -> bool:
    """Tell whether an element belongs to the page and not to its article."""
    tag, parent = element.tag, element.getparent()
    if tag == "nav" or element.get("role") in _FURNITURE_ROLES:
        return True
    if tag in {"aside", "form"}:
        return not _holds(element, "h1", "h2")
    if parent is None or parent.tag != "body":
        return False
    return (tag == "header" and not _holds(element, "h1")) or (tag == "footer" and _holds(element, "ul", "nav", "a"))


def _holds(element: HtmlElement, *tags: str) -> bool:
    return next(element.iter(*tags), None) is not None


class _Frame(NamedTuple):
    """What holds inside an element: its kind of block, where its words lead, and whether its children stand apart."""

    kind: BlockKind
    level: int = 0
    target: str = ""
    block: bool = False
    apart: bool = False


def write(root: HtmlElement, page: BlockWriter) -> None:
    """Write an element and all below it; a block element ends the open block before and after itself.

    It walks and does not recurse: pages are found in which elements are a thousand deep.
    """
    frames = [_Frame(BlockKind.LINE)]
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            _leave(frames, element, page, is_root=element is root)
        elif _enter(frames, element, page):
            walk.skip_subtree()
    page.close(BlockKind.LINE)


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
    page.write(element.text or "", inner.target)
    return False


def _frame(element: HtmlElement, tag: str, outer: _Frame) -> _Frame:
    kind = _KINDS.get(tag, outer.kind)
    level = int(tag[1]) if tag in HEADINGS else outer.level if kind is BlockKind.HEADING else 0
    target = outer.target
    if tag == "a" and (href := element.get("href", "").strip()):
        target = "" if href.lower().startswith(_NO_TARGETS) else href
    apart = kind is not BlockKind.HEADING and _are_chips(element)
    return _Frame(kind, level, target, tag in BLOCKS or tag in CODE, apart)


def _leave(frames: list[_Frame], element: HtmlElement, page: BlockWriter, *, is_root: bool) -> None:
    """Write the end of an element, and the words behind it, which belong to the one around it."""
    inner, outer = frames.pop(), frames[-1]
    if inner.block:
        page.close(inner.kind, inner.level)
    if not is_root:
        page.write(element.tail or "", outer.target)
    if outer.apart:
        page.close(outer.kind, outer.level)


def _code(element: HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.text = "\n"
    return "".join(str(part) for part in element.itertext())


def _are_chips(element: HtmlElement) -> bool:
    """Tell whether an element holds nothing but labels side by side (tags, chips), each of which is a thing."""
    tags = [str(child.tag) for child in element]
    chips = [tag for tag in tags if tag in _CHIPS]
    if len(chips) < 2 or len(tags) - len(chips) > 1 or set(tags) - _CHIPS - _LABELS:  # noqa: PLR2004 - a pair
        return False
    return not any(t and t.strip() for t in (element.text, *(child.tail for child in element)))
