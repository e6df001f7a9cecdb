"""Where the page of each thing is, and how one page leads to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kg.vocab import digest, slug

_LONGEST: Final = 200
"""Bytes of a name: what every file system takes, with room for a suffix."""


def path_of(base: str, iri: str, kind: str) -> str:
    """Return the path of a thing's page: what follows the base in its IRI, else a name made of the IRI.

    >>> path_of("https://example.org/", "https://example.org/role/cto", "role")
    'role/cto'
    >>> path_of("https://example.org/", "http://id.example/tea#1", "topic")
    'topic/1-f64e96ac'
    """
    folder, _, name = iri.removeprefix(base).partition("/")
    if iri.startswith(base) and name and len(name.encode()) <= _LONGEST:
        return f"{folder}/{name}"
    return f"{kind}/{slug(iri.rstrip('/').replace('#', '/').rpartition('/')[2])[:40]}-{digest(iri)}"


@dataclass(frozen=True, slots=True)
class Links:
    """Writes links: from the root of a server, or from one file of a static site to another.

    >>> Links("/").page("topic/café"), Links("../", ".html").page("topic/tea", "words"), Links("../", ".html").page("")
    ('/topic/caf%C3%A9', '../topic/tea.html#words', '../index.html')
    """

    root: str
    suffix: str = ""

    def page(self, path: str, fragment: str = "") -> str:
        """Return the link to the page at a path, or to a place on it."""
        name = quote(path) if path or not self.suffix else "index"
        return f"{self.root}{name}{self.suffix}{'#' if fragment else ''}{quote(fragment)}"

    def file(self, name: str) -> str:
        """Return the link to a file that is no page."""
        return f"{self.root}{quote(name)}"
