"""The headings that people put over the parts of an article, as ontology/sections.ttl lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.model import Span
from kg.vocab import Concept, normal_form

_INLINE: Final = re.compile(r"([^:\n]{2,40}):[ \t]*(?=\S)")
_LONGEST_FURNITURE: Final = 8


@dataclass(frozen=True)
class Headings:
    """The table of section names: which words head which section, and how what stands below them is to be taken.

    >>> from kg.model import Kind
    >>> from kg.vocab import load
    >>> Headings.of(load().of(Kind.SECTION)).heading("TL;DR")
    'takeaway'
    """

    groups: dict[str, str] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    openings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Headings:
        """Make the table from the concepts of the section vocabulary."""
        groups: dict[str, str] = {}
        whole: dict[str, str] = {}
        openings: list[tuple[str, str]] = []
        for concept in concepts:
            if not concept.broader:
                continue
            key = concept.iri.rpartition("/")[2]
            groups[key] = concept.broader[0].rpartition("/")[2]
            for label in concept.labels:
                if label.endswith("…"):
                    openings.append((label.removesuffix("…").rstrip().casefold(), key))
                else:
                    whole[normal_form(label)] = key
        return cls(groups, whole, tuple(sorted(openings, key=lambda o: (-len(o[0]), o))))

    def is_in(self, key: str, *groups: str) -> bool:
        """Tell whether a section belongs to one of the groups ("prose", "list", "detail", "credit", "furniture")."""
        return self.groups.get(key, "") in groups

    def heading(self, line: str) -> str:
        """Return the key of the section that a line heads, or "".

        A line that continues after the label is a heading only for labels that ask for it ("Related on Lectern").
        """
        key = self.whole.get(normal_form(line), "")
        if key and self.is_in(key, "prose", "list"):
            return key
        return next((k for k in self._opened(line) if self.is_in(k, "list", "prose")), "")

    def inline(self, line: str) -> tuple[str, int]:
        """Return the key of the section or detail that a line opens with "label:", and where its content begins.

        The content may follow on the line or be missing: ("", 0) when the line opens with no label.
        """
        found = _INLINE.match(line)
        key = self.whole.get(normal_form(found.group(1)), "") if found else ""
        return (key, found.end()) if key and found else ("", 0)

    def is_furniture(self, line: str) -> bool:
        """Tell whether a line is the page's own: "Open in Lectern →"."""
        return len(line.split()) <= _LONGEST_FURNITURE and any(self.is_in(k, "furniture") for k in self._opened(line))

    def credits(self, line: str) -> list[tuple[str, Span]]:
        """Return the names that a closing line credits, as (key, span in the line).

        >>> table = Headings({"curator": "credit"}, {}, (("curation by", "curator"),))
        >>> table.credits("Summary and curation by Lectern.")
        [('curator', Span(start=24, end=31))]
        """
        cues = sorted((at, k, o) for o, k in self.openings if self.is_in(k, "credit") for at in _all(line, o))
        ends = [line.rfind(". ", 0, at) for at, _, _ in cues[1:]] + [len(line)]
        found = []
        for (at, key, opening), end in zip(cues, ends, strict=False):
            name = _trimmed(line, at + len(opening), max(end, at + len(opening)))
            if name.start < name.end:
                found.append((key, name))
        return found

    def _opened(self, line: str) -> list[str]:
        folded = line.casefold()
        return [key for opening, key in self.openings if folded.startswith(opening + " ")]

    def detail_labels(self) -> re.Pattern[str]:
        """Return a pattern for the labels of details ("Source:", "Field:") with the dot or bar before them."""
        labels = sorted(form for form, key in self.whole.items() if self.is_in(key, "detail"))
        words = "|".join(re.escape(label).replace(r"\ ", r"\s+") + "s?" for label in labels)
        return re.compile(rf"(?:^|[·•|]\s*|\s[-–]\s)\s*({words})\s*:\s*", re.IGNORECASE)


def _all(line: str, words: str) -> list[int]:
    return [m.start() for m in re.finditer(rf"\b{re.escape(words)}\s", line, re.IGNORECASE)]


def _trimmed(line: str, start: int, end: int) -> Span:
    text = line[start:end]
    left = len(text) - len(text.lstrip())
    return Span(start + left, start + max(left, len(text.rstrip(" .·|\t"))))
