"""A page of text as it was read, and places in it.

All offsets are counted in code points of `Page.text` and are half-open: `text[start:end]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

_SPACE: Final = " \t\n\r\u00a0"


class BlockKind(StrEnum):
    """What a stretch of a page is to its reader."""

    HEADING = "heading"
    LINE = "line"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"


class Span(NamedTuple):
    """A stretch of text: half-open [start, end), in code points.

    >>> Span(4, 9).cut("The quick fox")
    'quick'
    """

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        """Return the span as it stands in a text that has so many code points more before it.

        >>> Span(0, 3).moved(10)
        Span(start=10, end=13)
        """
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str, before: str = "", behind: str = "") -> Span:
        """Return the span without white space at its ends, nor any of the marks `before` and `behind` it.

        >>> Span(0, 9).trimmed("· Hiring.", "·", ".")
        Span(start=2, end=8)
        """
        words = self.cut(text)
        start = self.start + len(words) - len(words.lstrip(_SPACE + before))
        return Span(start, max(start, self.start + len(words.rstrip(_SPACE + behind))))

    def pieces(self, text: str, separator: re.Pattern[str], behind: str = "") -> Iterator[Span]:
        """Yield what stands between separators, trimmed, without the marks `behind` it; nothing for what is empty.

        >>> [s.cut("CTO, Editor.") for s in Span(0, 12).pieces("CTO, Editor.", re.compile(","), ".")]
        ['CTO', 'Editor']
        """
        cuts = [self.start, *(i for m in separator.finditer(text, self.start, self.end) for i in m.span()), self.end]
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            piece = Span(start, end).trimmed(text, behind=behind)
            if piece.start < piece.end:
                yield piece


class Place(NamedTuple):
    """A span in one of the pages of an article (`page` counts from 0)."""

    page: int
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A heading, a line (or paragraph), list item, quotation or line of code, markup and bullet left outside the span.

    `level` is the depth of a marked heading, 1 for the outermost; 0 for a heading of unknown depth and all else.
    """

    span: Span
    kind: BlockKind
    level: int = 0

    def moved(self, by: int) -> Block:
        """Return the block as it stands in a text that has so many code points more before it."""
        return Block(self.span.moved(by), self.kind, self.level)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Words of a page that lead somewhere."""

    span: Span
    target: str

    def moved(self, by: int) -> Link:
        """Return the link as it stands in a text that has so many code points more before it."""
        return Link(self.span.moved(by), self.target)


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """What a file states about its article beside the text: in front matter, meta elements, a feed, its own path.

    `value` stands inside the words of `context`; `meaning` is the value in normal form (a date as YYYY-MM-DD);
    `origin` says where it was found ("front matter", "JSON-LD", "path").
    """

    name: str
    value: Span
    context: Span
    meaning: str
    origin: str


@dataclass(frozen=True, slots=True, order=True)
class Page:
    r"""One file as read: its path below the folder that is built, its text, and the blocks of that text in order.

    `text` is what a person reads in the file: for plain text the decoded file itself (byte order mark dropped, line
    ends as "\n"), for other formats the visible words. What the file states beside its text stands above it, one line
    for each thing ("author: Ann Oduya"), outside all blocks. Reading the same bytes again gives the same page.
    `is_set` tells that the blocks are lines as a file has them set, of which several may make a paragraph; `code` are
    the words within blocks that are set as code, in order.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    sha256: str = ""
    language: str = ""
    statements: tuple[Statement, ...] = ()
    is_set: bool = False
    code: tuple[Span, ...] = ()
