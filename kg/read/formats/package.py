"""A zip file that is one document, as Word files and books are: its members, and the XML in them."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from kg.errors import InputError
from kg.read.formats.unpack import DAMAGE, budget_of
from kg.read.inputs import Input

XML: Final = "{http://www.w3.org/XML/1998/namespace}"

_HINT: Final = "open it, and save it anew"
MOST_TAGS: Final = 1_000_000
"""A tree of more takes too much memory and time; long novels have a tenth of them."""


class Package:
    """The members of a packed document. All that they expand to is checked before any of it is unpacked.

    Raises InputError when the file is damaged or expands to more than the limits allow.
    """

    def __init__(self, input_: Input) -> None:
        self.path = input_.path
        self._limit = input_.limits.file_bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(input_.data))
        except DAMAGE as error:
            raise InputError(input_.path, f"is damaged ({error})", _HINT) from error
        members = self._zip.infolist()
        budget_of(input_).spend(sum(member.file_size for member in members))
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises InputError when it is not there, damaged or too large.
        """
        try:
            if self._zip.getinfo(name).file_size > self._limit:
                what = f"holds a part ({name}) that is larger than {self._limit / 1e6:g} MB"
                raise InputError(self.path, what, "split it, or raise --max-file-size")
            return self._zip.read(name)
        except (KeyError, *DAMAGE) as error:
            raise InputError(self.path, f"is damaged: {name} cannot be read ({error})", _HINT) from error

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a member that holds XML; entities in it are left alone.

        Raises InputError when it is not there, damaged or too large.
        """
        data = self.read(name)
        if data.count(b"<") > MOST_TAGS:
            raise InputError(self.path, f"holds more markup than can be read ({name})", "split it")
        try:
            return etree.fromstring(
                data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            )
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputError(self.path, f"is damaged: {name} is no XML ({error})", _HINT) from error

    def optional(self, name: str) -> etree._Element:
        """Return the root element of a member, or an empty one where there is none."""
        return self.xml(name) if name in self.names else etree.Element("none")


def resolved(base: str, link: str) -> str:
    """Return the name of the member that a link in another one leads to.

    >>> resolved("OEBPS/content.opf", "text/one%20a.xhtml#top"), resolved("a/b.opf", "../../../etc/passwd")
    ('OEBPS/text/one a.xhtml', '../../etc/passwd')
    """
    try:
        path = urlsplit(link).path
    except ValueError:
        path = link
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
