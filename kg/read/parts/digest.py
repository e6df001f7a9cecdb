"""Take apart an editorial digest: its title, the details above its sections, the sections, and the closing credits.

The page may be copied text in any of its renderings, Markdown or HTML: by now all of them are blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kg.model import Article, Block, BlockKind, Detail, Entry, Page, Place, Section, Span
from kg.read.parts.details import DetailReader, Labelled
from kg.read.parts.headings import Headings, heading_span
from kg.read.parts.lines import BETWEEN_NAMES, SENTENCE_END, fills_a_line, flow, paragraphs, rejoined, stands_apart

_LONGEST_HEADING: Final = 9
"""Words."""

_SHORTEST_SENTENCE: Final = 6
"""Words; below that a line is not told from a heading by its length."""

_CREDIT_LINES: Final = 3
"""A line with one credit alone is one only at the end of a page; elsewhere it is part of a sentence."""

_ADDRESS: Final = re.compile(r"https?://\S+")


def digest_on(page: Page, headings: Headings) -> Article:
    """Return the article that a page is a digest of."""
    parser = _Parser(page, headings)
    for index in range(len(parser.blocks)):
        parser.take(index)
    return Article((page,), parser.title, tuple(parser.details), parser.sections(), is_digest=True)


@dataclass
class _Draft:
    """A section while its blocks are collected; `line` is the line of one that stands beside its heading."""

    name: str
    heading: Span | None
    blocks: list[Block] = field(default_factory=list)
    line: Span | None = None


class _Parser:
    """Takes the blocks of a page one by one and keeps what each turned out to be."""

    def __init__(self, page: Page, headings: Headings) -> None:
        self.text, self.headings = page.text, headings
        self._reader = DetailReader(headings)
        self.blocks = rejoined(page, self._goes_on)
        self.details: list[Detail] = []
        self._drafts: list[_Draft] = []
        self._awaited: Labelled | None = None
        self._credited = False
        self._title_at = self._find_title()
        self.title = None if self._title_at is None else Place(0, self.blocks[self._title_at].span)

    def take(self, index: int) -> None:
        """Decide what block `index` is; the first reading that fits wins."""
        block = self.blocks[index]
        if not any(reading(index, block) for reading in self._readings(index)):
            self._keep(block)

    def _readings(self, index: int) -> tuple[Callable[[int, Block], bool], ...]:
        """Return the readings that can fit a block where it stands: above the title, between, or below the credits."""
        if self._title_at is not None and index < self._title_at:
            return (self._as_detail,)
        if self._credited:
            return (self._as_credit,)
        return (
            self._as_title,
            self._as_awaited,
            self._as_credit,
            self._as_furniture,
            self._as_detail,
            self._as_inline,
            self._as_heading,
        )

    def _words(self, block: Block) -> str:
        return block.span.cut(self.text)

    def _goes_on(self, kind: BlockKind, words: str, below: str) -> bool:
        """Tell whether an item, or a line of details, credits or names ("Best for: ..."), goes on in the line below."""
        table, reader = self.headings, self._reader
        new = table.heading(below) or table.inline(below)[0] or table.is_furniture(below, "furniture")
        if new or reader.credits(below):
            return False
        unfinished = below[0].islower() or words[-1] in ",—&"
        if reader.details(words):
            return fills_a_line(words) and (unfinished or reader.has_label(below))
        if reader.credits(words) or table.inline(words)[0]:
            return fills_a_line(words) and (unfinished or "," in below or below.endswith("."))
        return kind is BlockKind.ITEM and below[0].islower()

    # the title

    def _find_title(self) -> int | None:
        """Return which block is the title: the first marked heading, else the first line that is text."""
        marked = next((i for i, b in enumerate(self.blocks) if b.kind is BlockKind.HEADING), None)
        if marked is not None and not self.headings.heading(self._words(self.blocks[marked])):
            return marked
        for index, block in enumerate(self.blocks):
            words = self._words(block)
            if self.headings.heading(words) or self._opens_inline(index):
                return None
            if block.kind is BlockKind.LINE and not self._reader.details(words) and not self._is_chrome(words):
                return index
        return None

    def _opens_inline(self, index: int) -> bool:
        """Tell whether a block opens a section on its own line; right above details it is a title that looks so."""
        if not self.headings.inline(self._words(self.blocks[index]))[0]:
            return False
        following = self.blocks[index + 1 : index + 2]
        return not any(self._reader.details(self._words(b)) for b in following)

    def _is_chrome(self, words: str) -> bool:
        return bool(_ADDRESS.fullmatch(words)) or self.headings.is_furniture(words, "chrome")

    def _as_title(self, index: int, _block: Block) -> bool:
        return index == self._title_at

    # details and credits

    def _as_awaited(self, _index: int, block: Block) -> bool:
        """Take the line below a label that stood alone as the value of that label."""
        stated, self._awaited = self._awaited, None
        if stated is None or block.kind is BlockKind.HEADING or self.headings.heading(self._words(block)):
            return False
        if self._reader.details(self._words(block)):
            return False
        self._add_detail(stated.key, block.span, Span(stated.context.start, block.span.end))
        return True

    def _as_credit(self, index: int, block: Block) -> bool:
        if block.kind is BlockKind.HEADING or not any(d.name for d in self._drafts):
            return False
        found = self._reader.credits(self._words(block))
        if len(found) < 2 and index < len(self.blocks) - _CREDIT_LINES:  # noqa: PLR2004 - curator and publisher
            return False
        for stated in found:
            self._add_detail(stated.key, stated.value.moved(block.span.start), block.span)
        self._credited = self._credited or bool(found)
        return bool(found)

    def _as_furniture(self, _index: int, block: Block) -> bool:
        """Leave out the page's own words; what follows them belongs to no section."""
        if block.kind is not BlockKind.LINE or not self.headings.is_furniture(self._words(block), "furniture"):
            return False
        self._drafts.append(_Draft("", None))
        return True

    def _as_detail(self, _index: int, block: Block) -> bool:
        """Read "Source: X · Field: Y", all on one line or one on each; below a heading only several at once."""
        found = self._reader.details(self._words(block))
        before = self._prefix(block, found[0].context.moved(block.span.start).start) if found else None
        inside = any(d.name for d in self._drafts)
        if not found or (inside and (before or len(found) == 1)):
            return False
        if before:
            self._keep(before)
        for stated in found:
            self._add_detail(stated.key, stated.value.moved(block.span.start), stated.context.moved(block.span.start))
        last = found[-1]
        if last.value.start == last.value.end:
            self._awaited = Labelled(last.key, last.value, last.context.moved(block.span.start))
        return True

    def _prefix(self, block: Block, end: int) -> Block | None:
        """Return the words before the first label of a line of details."""
        span = Span(block.span.start, end).trimmed(self.text, "·•|;,/—–-*", "·•|;,/—–-*")
        return Block(span, BlockKind.LINE) if span.start < span.end else None

    def _add_detail(self, key: str, value: Span, context: Span) -> None:
        if value.start < value.end:
            name = "publisher" if key == "source" else key
            self.details.append(Detail(name, Place(0, value), Place(0, context)))

    # sections

    def _as_inline(self, _index: int, block: Block) -> bool:
        """Read a heading with its content on the same line: "Best for: CTO, AI Engineer"."""
        key, at = self.headings.inline(self._words(block))
        if not key or block.kind is BlockKind.ITEM:
            return False
        heading = Span(block.span.start, block.span.start + self._words(block).index(":")).trimmed(self.text)
        content = Block(Span(block.span.start + at, block.span.end), BlockKind.LINE)
        beside = block.span if self.headings.is_in(key, "list", "names") else None
        self._drafts.append(_Draft(key, heading, [content], beside))
        return True

    def _as_heading(self, index: int, block: Block) -> bool:
        if block.kind is BlockKind.ITEM:
            return False
        key = self.headings.heading(self._words(block))
        if not key and block.kind is not BlockKind.HEADING and not self._looks_like_heading(index):
            return False
        self._drafts.append(_Draft(key, heading_span(block.span, self.text)))
        return True

    def _looks_like_heading(self, index: int) -> bool:
        """Tell whether an unmarked line heads a section that the table does not know.

        It is short, begins with a capital, ends without a mark, comes after something finished, and a sentence or an
        item follows. Between blank lines in a prose section, a short sentence is enough.
        """
        above = self._title_at is None and not any(d.name for d in self._drafts)
        if above or index + 1 >= len(self.blocks):
            return False
        words, after = self._words(self.blocks[index]), self.blocks[index + 1]
        if not (words[0].isupper() and len(words.split()) <= _LONGEST_HEADING and words[-1] not in ".,;!"):
            return False
        if self._reader.details(self._words(after)) or self.headings.heading(self._words(after)):
            return False
        if after.kind is BlockKind.ITEM:
            return self._is_finished(index - 1)
        below = flow(self.blocks, index + 1, self.text)
        if below[0].islower() or self._reader.credits(below):
            return False
        apart = not self._in_list() and stands_apart(self.blocks, index, self.text)
        long = len(below.split()) >= _SHORTEST_SENTENCE
        return bool(SENTENCE_END.search(below)) and self._is_finished(index - 1) and (long or apart)

    def _is_finished(self, index: int) -> bool:
        """Tell whether a block can be the last of its section."""
        before = self.blocks[index]
        if before.kind is not BlockKind.LINE or self._in_list() or index == self._title_at:
            return True
        empty = bool(self._drafts) and not self._drafts[-1].blocks
        return empty or not self._drafts or bool(SENTENCE_END.search(self._words(before)))

    def _in_list(self) -> bool:
        return bool(self._drafts) and self.headings.is_in(self._drafts[-1].name, "list", "names")

    def _keep(self, block: Block) -> None:
        """Keep a block in its section; above the first, after a full line or below the credits in one of its own."""
        last = self._drafts[-1] if self._drafts else None
        beside = last is not None and last.line is not None and block.kind is not BlockKind.ITEM
        if last is None or (self._credited and last.name) or beside:
            self._drafts.append(_Draft("", None))
        self._drafts[-1].blocks.append(block)

    def sections(self) -> tuple[Section, ...]:
        """Return the sections in page order."""
        drafts = (draft for draft in self._drafts if draft.heading or draft.blocks)
        return tuple(self._finished(draft) for draft in drafts)

    def _finished(self, draft: _Draft) -> Section:
        listed = self.headings.is_in(draft.name, "list", "names")
        heading = Place(0, draft.heading) if draft.heading else None
        return Section(draft.name, heading, tuple(self._entries(draft, listed=listed)), listed)

    def _entries(self, draft: _Draft, *, listed: bool) -> list[Entry]:
        if not listed:
            return [_entry(span) for span in paragraphs(draft.blocks, self.text)]
        named = self.headings.is_in(draft.name, "names")
        return [entry for block in draft.blocks for entry in self._things(draft, block, named=named)]

    def _things(self, draft: _Draft, block: Block, *, named: bool) -> list[Entry]:
        """Return the things on one line of a list: several where names stand on a line that no bullet opens."""
        line = draft.line if draft.line and block is draft.blocks[0] else block.span
        if not named or block.kind is BlockKind.ITEM:
            return [_entry(block.span, line)]
        return [_entry(span, line) for span in block.span.pieces(self.text, BETWEEN_NAMES, ".")]


def _entry(words: Span, line: Span | None = None) -> Entry:
    return Entry(Place(0, words), Place(0, line or words))
