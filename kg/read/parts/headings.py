"""The headings and labels that people put over the parts of an article, as ontology/sections.ttl lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from kg.model import Kind, Span
from kg.vocab import Concept, load, normal_form

_INLINE: Final = re.compile(r"([^:\n]{2,40}):[ \t\u00a0]*(?=\S)")
_LONGEST_FURNITURE: Final = 8
_LONGEST_LABEL: Final = 200
"""Characters; what is longer is text."""

_BESIDE: Final = re.compile(r"^(?:\d{1,2}[.)]\s+|[\W_]+)|\s*\{#[\w-]+\}\s*$|[^\w)…]+$|[\u200b-\u200f\u2060\ufeff]")
"""What may stand about the words of a heading: a number, a picture, an anchor, a colon, marks that nobody sees."""

ELSEWHERE: Final = "…"
"""A label that ends so is the beginning of a line."""


@cache
def table() -> Headings:
    """Return the table of ontology/sections.ttl, loaded once in each process."""
    return Headings.of(load(files=("sections.ttl",)).of(Kind.SECTION))


@dataclass(frozen=True)
class Headings:
    """The table of section names: which words head which section, and how what stands below them is to be taken.

    >>> from kg.model import Kind
    >>> from kg.vocab import load
    >>> Headings.of(load().of(Kind.SECTION)).heading("TL;DR")
    'takeaway'
    """

    groups: dict[str, str]
    whole: dict[str, str]
    openings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Headings:
        """Make the table from the concepts of the section vocabulary."""
        groups: dict[str, str] = {}
        whole: dict[str, str] = {}
        openings: list[tuple[str, str]] = []
        for concept in (c for c in concepts if c.broader):
            key = concept.iri.rpartition("/")[2]
            groups[key] = concept.broader[0].rpartition("/")[2]
            for label in concept.labels:
                if label.endswith(ELSEWHERE):
                    openings.append((label.removesuffix(ELSEWHERE).rstrip().casefold(), key))
                else:
                    whole[_form(label)] = key
        return cls(groups, whole, tuple(sorted(openings, key=lambda o: (-len(o[0]), o))))

    def is_in(self, key: str, *groups: str) -> bool:
        """Tell whether a section belongs to one of the groups ("prose", "list", "names", "detail", ...)."""
        return self.groups.get(key, "") in groups

    def is_section(self, key: str) -> bool:
        """Tell whether a key names a part of an article, not a detail, a credit or furniture."""
        return self.is_in(key, "prose", "list", "names")

    def key(self, label: str) -> str:
        """Return the key of what a whole label names, however it is written, or ""."""
        return self.whole.get(_form(label), "")

    def heading(self, line: str) -> str:
        """Return the key of the section that a line heads, or "".

        A line that goes on behind the label is a heading only for labels that ask for it ("Related on Lectern").
        """
        key = self.key(line)
        if self.is_section(key):
            return key
        return next((k for k in self._opened(line) if self.is_section(k)), "")

    def inline(self, line: str) -> tuple[str, int]:
        """Return the key of the section that a line opens with "label:", and where its content begins, or ("", 0)."""
        found = _INLINE.match(line)
        key = self.key(found.group(1)) if found else ""
        return (key, found.end()) if found and self.is_section(key) else ("", 0)

    def is_furniture(self, line: str, group: str) -> bool:
        """Tell whether a line is the page's own: "Open in Lectern →"."""
        if len(line.split()) > _LONGEST_FURNITURE:
            return False
        keys = [self.key(line), *self._opened(line)]
        return any(self.is_in(key, group) for key in keys)

    def _opened(self, line: str) -> list[str]:
        folded = " ".join(_BESIDE.sub("", line[:_LONGEST_LABEL]).split()).casefold()
        return [key for opening, key in self.openings if folded.startswith(opening + " ")]

    def labels(self, group: str) -> list[str]:
        """Return the normal forms of all labels of the sections in a group."""
        return sorted(form for form, key in self.whole.items() if self.is_in(key, group))

    @cached_property
    def cues(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The words before a credited name, as patterns, with the key of what they credit; the longest first."""
        found = [(o, k) for o, k in self.openings if self.is_in(k, "credit")]
        return tuple((re.compile(rf"(?i:\b{_spaced(o)}\s*:?)\s+(?=[^\W_a-z]|[a-z]+\.\w)"), k) for o, k in found)


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _form(line: str) -> str:
    """Return the form under which two spellings of a heading are one, however loud: "KEY INSIGHTS:", "Key insight"."""
    return normal_form(_BESIDE.sub("", line).casefold()) if len(line) <= _LONGEST_LABEL else ""


def heading_span(span: Span, text: str) -> Span:
    """Return a heading's span without the colon behind it."""
    return span.trimmed(text, behind=":")
