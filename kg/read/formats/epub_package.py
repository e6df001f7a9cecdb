"""What the package file of a book says: which files are its chapters, in what order, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kg.errors import InputError
from kg.read.formats.package import Package, resolved
from kg.read.formats.tree import attribute, fields, label, local
from kg.read.inputs import Stated

_FONTS: Final = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""How fonts are scrambled, which locks nothing that is read."""
_CHAPTER: Final = re.compile(r"application/xhtml\+xml|text/html|text/x-oeb1-document", re.IGNORECASE)
_BESIDE: Final = frozenset({"cover", "toc", "title-page", "copyright-page", "index", "loi", "lot", "colophon"})
"""What the guide of a book calls the pages that are not its text."""
_PUBLISHED: Final = frozenset({"", "publication", "original-publication", "issued"})
_STATED: Final = {
    "title": "title", "creator": "author", "date": "date", "language": "language", "publisher": "source",
    "identifier": "url", "subject": "tag", "description": "abstract",
}  # fmt: skip


@dataclass(frozen=True)
class Book:
    """A book: the names of its chapters in the order in which they are read, and what is stated about it."""

    chapters: tuple[str, ...]
    stated: tuple[Stated, ...]

    @classmethod
    def of(cls, package: Package) -> Book:
        """Read the package file of a book.

        Raises InputError when there is none, or the book is locked.
        """
        if any(not _is_open(encrypted) for encrypted in _all(package.optional(_ENCRYPTION), "EncryptedData")):
            raise InputError(package.path, "is locked (DRM)", "get a copy that is not")
        name = next(map(_full_path, _all(package.xml("META-INF/container.xml"), "rootfile")), "")
        root = package.xml(name)
        metadata = next(_all(root, "metadata"), root)
        return cls(tuple(dict.fromkeys(_chapters(root, name))), tuple(_stated(metadata)))


_ENCRYPTION: Final = "META-INF/encryption.xml"


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local(element) == name)


def _full_path(rootfile: etree._Element) -> str:
    return resolved("", attribute(rootfile, "full-path"))


def _is_open(encrypted: etree._Element) -> bool:
    return all(attribute(method, "Algorithm") in _FONTS for method in _all(encrypted, "EncryptionMethod"))


def _chapters(root: etree._Element, base: str) -> Iterator[str]:
    """Yield the names of the chapters; pages that are marked as beside the text are none."""
    items = {attribute(item, "id"): item for item in _all(root, "item")}
    beside = {
        resolved(base, attribute(page, "href"))
        for page in _all(root, "reference")
        if attribute(page, "type").lower() in _BESIDE
    }
    for place in _all(root, "itemref"):
        item = items.get(attribute(place, "idref"))
        if item is None or attribute(place, "linear") == "no" or not _is_chapter(item):
            continue
        name = resolved(base, attribute(item, "href"))
        if name not in beside:
            yield name


def _is_chapter(item: etree._Element) -> bool:
    navigates = "nav" in attribute(item, "properties").split()
    return bool(_CHAPTER.match(attribute(item, "media-type"))) and not navigates


def _stated(metadata: etree._Element) -> Iterator[Stated]:
    """Yield what the metadata say that helps to know the book; when it was changed does not."""
    roles = {attribute(meta, "refines")[1:]: value for _, value, meta in fields(metadata) if _says_role(meta)}
    for name, value, field in fields(metadata):
        role = attribute(field, "role") or roles.get(attribute(field, "id"), "")
        if name in _STATED and _counts(name, value, role, attribute(field, "event")):
            yield Stated(_STATED[name], value, label(field), "package file")


def _says_role(meta: etree._Element) -> bool:
    return attribute(meta, "property") == "role"


def _counts(name: str, value: str, role: str, event: str) -> bool:
    if name == "creator":
        return role in {"", "aut"}
    if name == "identifier":
        return value.startswith(("http://", "https://"))
    return name != "date" or event in _PUBLISHED
