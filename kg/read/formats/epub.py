"""EPUB: a book is one article, its chapters in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

import lxml.html
from lxml import etree

from kg.errors import InputError
from kg.read.blocks import BlockWriter
from kg.read.decode import text_of
from kg.read.formats.epub_package import Book
from kg.read.formats.html import fragment
from kg.read.formats.package import MOST_TAGS, Package
from kg.read.inputs import Document, Input, Outcome, Unread

_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,31};)")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_AWAY: Final = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_FURNITURE: Final = re.compile(
    r"\b(?:toc|landmarks|page-list|loi|lot|cover|(?:half)?titlepage|copyright-page|imprint|index|colophon|noteref|pagebreak)\b"
)
"""What EPUB calls the parts of a book that only lead through it, or are not its text."""


def documents(input_: Input) -> Iterator[Outcome]:
    """Yield a book as one article, and the chapters of it that cannot be read.

    Raises InputError when the file is damaged, locked or too large, or no chapter can be read.
    """
    package = Package(input_)
    book = Book.of(package)
    if len(book.chapters) > input_.limits.pages:
        what = f"has {len(book.chapters):,} chapters; the limit is {input_.limits.pages:,}"
        raise InputError(input_.path, what, "raise --max-pages")
    pages: list[BlockWriter] = []
    for name in book.chapters:
        try:
            pages.append(_chapter(input_, package, name))
        except InputError as error:
            yield Unread(f"{input_.path}/{name}", error.what, error.hint)
    yield _bound(input_, book, pages)


def _bound(input_: Input, book: Book, pages: list[BlockWriter]) -> Document:
    """Put the chapters one behind the other."""
    whole = BlockWriter()
    for page in pages:
        whole.append(page)
    if not whole.blocks:
        raise InputError(input_.path, "holds no chapter with text", "check the file, or leave it out")
    return Document(whole.text, tuple(whole.blocks), tuple(whole.links), book.stated, code=tuple(whole.code_spans))


def _chapter(input_: Input, package: Package, name: str) -> BlockWriter:
    """Return the text of a chapter, without the parts of it that only lead through the book."""
    if name not in package.names:
        raise InputError(name, "is missing from the book", "get a whole copy")
    root = _parsed(name, text_of(input_.part(name, package.read(name))))
    for element in list(root.iter(etree.Element)):
        if _is_furniture(element):
            element.clear(keep_tail=True)
        elif "href" in element.attrib and not _AWAY.match(str(element.attrib["href"])):
            del element.attrib["href"]
    return fragment(etree.tostring(root, method="html", encoding="unicode"))


def _parsed(name: str, markup: str) -> etree._Element:
    """Return the tree of a chapter: it is XML, in which elements may close themselves; what is broken is HTML."""
    if markup.count("<") > MOST_TAGS:
        raise InputError(name, "holds more markup than can be read", "split it")
    markup = _DECLARATION.sub("", _ENTITY.sub(_character, markup))
    try:
        return etree.fromstring(markup, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return lxml.html.document_fromstring(markup)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(name, f"is no chapter that can be read ({error})", "check the file") from error


def _character(entity: re.Match[str]) -> str:
    """Return what a named entity of HTML stands for: XML knows but five of them."""
    return html5.get(entity[1], entity[0])


def _is_furniture(element: etree._Element) -> bool:
    kind = str(element.get(_TYPE) or element.get("epub:type") or "")
    return bool(_FURNITURE.search(kind)) and element.getparent() is not None
