"""Cut text into sentences without changing a character of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Span

_END: Final = re.compile(r"[.!?…]++[\"'”’)\]]*+(?=\s+[\"'“‘(\[]*[A-Z0-9À-ÖØ-Þ])|(?<=[。！？])|\n[^\S\n]*+\n")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|Fig|Vol|Inc|Ltd|Co|Corp|approx|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sep|Sept|Oct|Nov|Dec)|(?:^|[^a-z]\s|\b[A-Z]\.)[A-Z]|\b[A-Z][\w’'-]*\s[A-Z])$"
)
"""What may stand before a full stop that ends no sentence: common abbreviations, "U.S", and initials among names."""

_LONGEST_ABBREVIATION: Final = 16


def sentences(text: str, span: Span | None = None) -> Iterator[Span]:
    """Yield the sentences of `text` (or of a span of it) in order, without the space around them.

    >>> text = "It works, e.g. Here. Does it?  Yes."
    >>> [s.cut(text) for s in sentences(text)]
    ['It works, e.g. Here.', 'Does it?', 'Yes.']
    """
    whole = span or Span(0, len(text))
    start = whole.start
    for found in _END.finditer(text, whole.start, whole.end):
        before = text[max(start, found.start() - _LONGEST_ABBREVIATION) : found.start()]
        if not (found.group() == "." and _ABBREVIATION.search(before)):
            yield from _trimmed(text, start, found.end())
            start = found.end()
    yield from _trimmed(text, start, whole.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
