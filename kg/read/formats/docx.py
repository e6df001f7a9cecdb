"""Word: the text of a .docx file, with what its styles say about each paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.blocks import BlockWriter
from kg.read.formats.docx_styles import Style, Styles, is_set
from kg.read.formats.package import Package
from kg.read.formats.tree import attribute, fields, label, local, words
from kg.read.inputs import Document, Input, Stated

_UNREAD: Final = frozenset(
    {"del", "moveFrom", "Fallback", "rt", "pPr", "rPr", "sdtPr", "fldData", "instrText", "delText", "txbxContent"}
)
"""What was deleted, what is said twice for older programs, readings of Chinese characters, and properties."""

_STATED: Final = {
    "title": "title", "creator": "author", "language": "language", "keywords": "tag", "description": "abstract",
}  # fmt: skip


def documents(input_: Input) -> Iterator[Document]:
    """Yield the one article of a Word file.

    Raises InputError when the file is damaged, too large, or holds no text.
    """
    package = Package(input_)
    reader = _Reader(Styles(package.optional("word/styles.xml")), _targets(package))
    reader.read(package.xml("word/document.xml"))
    for notes in ("footnotes", "endnotes"):
        reader.read(package.optional(f"word/{notes}.xml"))
    page = reader.page
    if not page.blocks:
        raise InputError(input_.path, "holds no text", "check the file, or leave it out")
    yield Document(page.text, tuple(page.blocks), tuple(page.links), tuple(_stated(package)))


def _stated(package: Package) -> Iterator[Stated]:
    """Yield what the properties say; when it was made or saved is not when it was published."""
    for called, value, field in fields(package.optional("docProps/core.xml")):
        if name := _STATED.get(called):
            yield Stated(name, value, label(field), "document properties")


def _targets(package: Package) -> dict[str, str]:
    """Return where the links of the document lead."""
    relations = package.optional("word/_rels/document.xml.rels")
    return {
        attribute(relation, "Id"): attribute(relation, "Target")
        for relation in relations
        if attribute(relation, "TargetMode") == "External"
    }


class _Reader:
    """Writes the paragraphs of a document one after the other."""

    def __init__(self, styles: Styles, targets: Mapping[str, str]) -> None:
        self.page = BlockWriter()
        self._styles = styles
        self._targets = targets
        self._code: list[str] = []

    def read(self, element: etree._Element) -> None:
        """Write the paragraphs in an element, in order."""
        if local(element) == "p":
            self._paragraph(element)
        elif local(element) == "tbl" and self._is_of_data(element):
            for row in element.iterchildren("{*}tr"):
                self._row(list(row.iterchildren("{*}tc")))
        elif local(element) not in _UNREAD and not attribute(element, "type").endswith("eparator"):
            self._within(element)
        if local(element) in {"document", "footnotes", "endnotes"}:
            self._end_code()

    def _paragraph(self, paragraph: etree._Element) -> None:
        if not len(paragraph):
            return
        style = self._styles.style(paragraph)
        if style.code:
            self._code.append("".join(text for text, _ in self._pieces(paragraph, "")))
        elif not style.dropped:
            self._end_code()
            self._write(paragraph, style.kind, style.level)
        for box in paragraph.iter("{*}txbxContent"):
            if not any(local(above) in {"Fallback", "txbxContent"} for above in box.iterancestors()):
                self._within(box)

    def _is_of_data(self, table: etree._Element) -> bool:
        """Tell whether each cell of a table is a plain paragraph at most; other tables place text on the page."""
        if next(table.iterdescendants("{*}tbl", "{*}sdt", "{*}txbxContent"), None) is not None:
            return False
        for cell in table.iter("{*}tc"):
            paragraphs = [p for p in cell.iterchildren("{*}p") if words(p)]
            if len(paragraphs) > 1 or any(self._styles.style(p) != Style() for p in paragraphs):
                return False
        return True

    def _row(self, cells: Sequence[etree._Element]) -> None:
        """Write a row of a table as one line, its cells beside each other as Markdown has them."""
        self._end_code()
        filled = [n for n, cell in enumerate(cells) if words(cell)]
        for number, cell in enumerate(cells[: filled[-1] + 1] if filled else ()):
            self.page.write(" | " if number > filled[0] else "")
            for paragraph in cell.iterchildren("{*}p"):
                for text, target in self._pieces(paragraph, ""):
                    self.page.write(text, target)
        self.page.close(BlockKind.LINE)

    def _within(self, element: etree._Element) -> None:
        for child in element:
            self.read(child)

    def _end_code(self) -> None:
        if self._code:
            self.page.code("\n".join(self._code))
            self._code = []

    def _write(self, paragraph: etree._Element, kind: BlockKind, level: int) -> None:
        for text, target in self._pieces(paragraph, ""):
            for number, line in enumerate(text.split("\n")):
                if number and kind is not BlockKind.HEADING:
                    self.page.close(kind, level)
                self.page.write(f" {line}" if number else line, target)
        self.page.close(kind, level)

    def _pieces(self, element: etree._Element, target: str) -> Iterator[tuple[str, str]]:
        """Yield the words in an element, with where they lead."""
        for child in element:
            name = local(child)
            if name == "hyperlink":
                yield from self._pieces(child, self._targets.get(attribute(child, "id"), target))
            elif name == "t":
                yield child.text or "", target
            elif text := _SIGNS.get(name):
                yield text if attribute(child, "type") != "page" else " ", target
            elif name not in _UNREAD and not (name == "r" and is_set(child, "vanish")):
                yield from self._pieces(child, target)


_SIGNS: Final = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
