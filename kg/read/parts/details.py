"""Read what a page states outside its sections: the line of details above them, and the credits below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Span
from kg.read.parts.headings import Headings

_MARKS: Final = " \t·•|;,/—–-●*"
"""What separates one detail from the next on a line."""

_NAME_ENDS: Final = re.compile(
    r"\s*[|·;]\s|,\s+(?=[a-z])|(?<!\b[A-Z])(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMs)\.\s+(?=[A-Z])"
)
"""What ends a credited name: a separator, a clause that goes on in lower case, or a new sentence."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A detail found in a line: its key, its value (empty when the next line has it), and the words that say it."""

    key: str
    value: Span
    context: Span


class DetailReader:
    """Reads the details and credits of a line, by the labels that the table of headings has for them.

    >>> from kg.model import Kind
    >>> from kg.vocab import load
    >>> reader = DetailReader(Headings.of(load().of(Kind.SECTION)))
    >>> line = "· Source: Signal & Sediment · Depth: Advanced, long"
    >>> [(d.key, d.value.cut(line)) for d in reader.details(line)]
    [('source', 'Signal & Sediment'), ('depth', 'Advanced, long')]
    """

    def __init__(self, headings: Headings) -> None:
        self._headings = headings
        words = "|".join(r"\s+".join(re.escape(w) for w in form.split()) + "s?" for form in headings.labels("detail"))
        self._label = re.compile(rf"(?<![\w&'’])({words})\s*:(?!//)", re.IGNORECASE)
        self._bare = re.compile(rf"[{re.escape(_MARKS)}]*({words})\s*:?\s*", re.IGNORECASE)

    def details(self, line: str) -> list[Labelled]:
        """Return what a line states, in order; the first label must open it, unless there are several."""
        found = list(self._label.finditer(line))
        if not found and (bare := self._bare.fullmatch(line)):
            found = [bare]
        if not found or (len(found) == 1 and line[: found[0].start(1)].strip(_MARKS)):
            return []
        ends = [following.start() for following in found[1:]] + [len(line)]
        return [self._stated(line, label, end) for label, end in zip(found, ends, strict=True)]

    def has_label(self, line: str) -> bool:
        """Tell whether a line holds the label of a detail, wherever."""
        return bool(self._label.search(line))

    def _stated(self, line: str, label: re.Match[str], end: int) -> Labelled:
        value = Span(min(label.end(), end), end).trimmed(line, _MARKS, _MARKS)
        return Labelled(self._headings.key(label.group(1)), value, Span(label.start(1), max(value.end, label.end(1))))

    def credits(self, line: str) -> list[Labelled]:
        """Return whom a line credits, each kind once: "… curation by Lectern. Original article published by …"."""
        found: dict[str, Labelled] = {}
        for cue, key in self._headings.cues:
            match = cue.search(line)
            if match and key not in found:
                ending = _NAME_ENDS.search(line, match.end())
                name = Span(match.end(), ending.start() if ending else len(line)).trimmed(line, "*_", "*_.)|·")
                found[key] = Labelled(key, name, Span(0, len(line)))
        return sorted((s for s in found.values() if s.value.start < s.value.end), key=lambda s: s.value)
