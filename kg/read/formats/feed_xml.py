"""The XML of feeds: its elements by name, whatever namespace they are in, and the text and HTML in them.

What stands above the root element is dropped before a feed is parsed: no entity is ever declared, so none expands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from html import escape
from html.entities import html5
from typing import Final

from lxml import etree

from kg.errors import InputError
from kg.read.decode import text_of
from kg.read.inputs import Input

Element = etree._Element  # noqa: SLF001 - the only name that lxml has for the class of its elements

_ROOTS: Final = {"rss", "feed", "rdf", "channel"}
_ROOT: Final = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?>\[.*?\]\s*)?>)*+(?P<root><(?:[\w.-]+:)?(?P<name>[\w.-]+))",
    re.IGNORECASE | re.DOTALL,
)
_REFERENCE: Final = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*\Z)|&(?P<xml>(?:#\d{1,7}|#x[\da-f]{1,6}|lt|gt|amp|quot|apos);)?(?P<html>\w{2,31};)?",
    re.IGNORECASE | re.DOTALL,
)
_PREFIXES: Final = {
    "": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    **{f"http://wordpress.org/export/1.{minor}/": "wp:" for minor in range(3)},
}
"""The vocabularies that say what an entry is; a title in any other is that of a picture or a sound."""

_XHTML: Final = "{http://www.w3.org/1999/xhtml}*"
_WINDOWS: Final = re.compile("[\x80-\x9f]+")


def root_of(input_: Input) -> Element:
    """Return the root of a feed, read as XML or, where it is ill-formed, as far as its elements can be told.

    Raises InputError when this is no feed.
    """
    text = text_of(input_)
    found = _ROOT.match(text)
    if not found or found["name"].lower() not in _ROOTS:
        what = "is XML, but no feed" if found else "is no feed"
        raise InputError(input_.path, what, "give an RSS or Atom feed, or the pages themselves")
    text = text[found.start("root") :]
    root = _parsed(text, recover=False)
    if root is None:
        root = _parsed(_REFERENCE.sub(_mended, text), recover=True)
    if root is None:
        raise InputError(input_.path, "is no feed that can be read", "save it again, or give its pages")
    for element in root.iter(_XHTML):
        with suppress(ValueError):  # the parser lets pass more names, where it has to recover, than may be set
            element.tag = str(element.tag).rpartition("}")[2]
    return root


def _parsed(text: str, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _mended(found: re.Match[str]) -> str:
    """Return a reference as XML has it: those of HTML are not declared in a feed, and many an "&" is none."""
    if not found[0].startswith("&") or found["xml"]:
        return found[0]
    name = found["html"] or ""
    return escape(html5[name]) if name in html5 else f"&amp;{name}"


def children(element: Element, *names: str) -> list[Element]:
    """Return the child elements of these names, in their order."""
    return [child for child in element if _name(child) in names]


def first(element: Element, names: Iterable[str]) -> Element | None:
    """Return the first child with anything in it, of the first name that one has."""
    found = (child for name in names for child in children(element, name) if markup(child))
    return next(found, None)


def _name(element: Element) -> str:
    """Return the name of an element in lower case, with the prefix that its vocabulary usually has."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, local = element.tag.lower().removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(namespace, 'other:')}{local}"


def words(element: Element) -> str:
    """Return the text in an element."""
    return _repaired("".join(element.itertext())).strip()


def markup(element: Element) -> str:
    """Return the HTML in an element: its text, or the elements in it written out."""
    if not len(element):
        return _repaired(element.text or "").strip()
    written = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return _repaired("".join((escape(element.text or "", quote=False), *written))).strip()


def _repaired(text: str) -> str:
    """Undo what is often done to text on its way into a feed: encoded twice, or with characters of Windows."""
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return _WINDOWS.sub(lambda found: found[0].encode("latin-1").decode("cp1252", errors="ignore"), text)
