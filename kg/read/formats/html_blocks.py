"""Turn markup into a tree, and take out of it what nobody reads."""

from __future__ import annotations

import re
from typing import Final

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS: Final = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "td", "th", "tr", "ul",
}  # fmt: skip
CODE: Final = frozenset({"pre", "listing", "xmp", "d-code", "dt-code"})

_MOST_NODES: Final = 400_000
"""Elements and attributes; a tree of more takes too much memory and time, and is no article."""

_HUGE_TAG: Final = re.compile(r"(<[a-z][\w-]{0,50})[^<>]{20000,}>?", re.IGNORECASE)
"""An element with pictures or data in its attributes."""

_EMPTY_TAG: Final = re.compile(r"<(?!(?:br|hr|img|input|link|meta)\b)([a-zA-Z]\w{0,20})((?:\s[^<>]{0,9999})?)/>")
"""An element that XHTML opens and closes at once, which HTML would leave open."""

_XHTML: Final = 'xmlns="http://www.w3.org/1999/xhtml"'
_XHTML_WITHIN: Final = 2000

_UNSEEN: Final = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button", "title",
    "annotation", "annotation-xml", "del", "s", "strike", "d-front-matter", "dt-front-matter", "d-footnote", "d-cite",
    "dt-fn", "dt-cite",
})  # fmt: skip
"""Elements that show nothing, or no text of the article: what was struck out, a formula said once more for machines."""

_MARKS: Final = re.compile(
    r"(?:^|\s)(?:MathJax_Preview|mw-editsection|mw-cite-backlink|gutter|rouge-gutter|linenos|lineno|"
    r"footnote-(?:ref|backref|anchor|number)|button-wrapper|captioned-button-wrap|subscription-widget[\w-]*|"
    r"image-link-expand)(?:\s|$)"
)
_MARK_ROLES: Final = frozenset({"doc-noteref", "doc-backlink"})
"""Classes and roles of marks beside the text: of footnotes, for editing, numbers of lines, buttons."""

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
    if element.tag in _UNSEEN or (element.tag == "footer" and element.find(".//a[@class='p-canonical']") is not None):
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
    return bool(_MARKS.search(attributes.get("class", "")))


def _is_mark(element: HtmlElement) -> bool:
    """Tell whether a superscript is but a link to a footnote, or a link an anchor of the heading that it is in."""
    if element.tag == "sup":
        links = [child for child in element if child.tag == "a" and child.get("href", "").startswith("#")]
        return bool(links) and not (element.text or "").strip()
    if element.get("role") in _MARK_ROLES or _MARKS.search(element.get("class", "")):
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
