"""An article as its pages show it: its sections, and what is stated outside them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.text import Page, Place


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that stands in a section: its words, and the line that lists it ("Best for: CTO, Editor")."""

    words: Place
    line: Place


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """What stands under one heading of an article, or above its first section (then there is no heading).

    `name` is the section's key in ontology/sections.ttl, such as "takeaway", or "" for a heading that the table does
    not know. In a listed section each entry is a thing (a topic, role, repository, ...); elsewhere it is a paragraph.
    """

    name: str
    heading: Place | None
    entries: tuple[Entry, ...]
    listed: bool = False

    @property
    def blocks(self) -> tuple[Place, ...]:
        """The words of the entries."""
        return tuple(entry.words for entry in self.entries)


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """A value that a page states about its article outside any section: `value` inside the words of `context`.

    `meaning` is the value in normal form where the words alone are not ("2026-01-31"); `origin` says where a value was
    found that the text itself does not state.
    """

    name: str
    value: Place
    context: Place
    meaning: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """One article: the pages that it was read from (ordered by path) and the parts found on them.

    Of a digest, a page with headings for all that is to be known of an article, what it does not state is not known.
    """

    pages: tuple[Page, ...]
    title: Place | None = None
    details: tuple[Detail, ...] = ()
    sections: tuple[Section, ...] = ()
    is_digest: bool = False

    @property
    def path(self) -> str:
        """The path of the article's first file."""
        return self.pages[0].path

    def cut(self, place: Place) -> str:
        """Return the exact words at `place`."""
        return place.span.cut(self.pages[place.page].text)

    def line(self, place: Place) -> str:
        """Return the words at `place` on one line, each run of white space as one space."""
        return " ".join(self.cut(place).split())

    @property
    def prose(self) -> tuple[Place, ...]:
        """The paragraphs of the sections that are no lists, in order."""
        return tuple(block for section in self.sections if not section.listed for block in section.blocks)

    def detail(self, name: str) -> str:
        """Return the first value stated for `name` ("publisher", "curator", ...), or ""."""
        return next((self.cut(d.value) for d in self.details if d.name == name), "")
