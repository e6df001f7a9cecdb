"""Find the article on a page: its title, the details above its sections, the sections, and the closing credits.

The page may be copied text in any of its renderings, Markdown or HTML: by now all of them are blocks. A heading is a
block that the format marks as one, a line that the table of headings knows, or a short line that a sentence or a list
follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kg.errors import InputError
from kg.model import Article, Block, BlockKind, Detail, Page, Place, Section, Span
from kg.read.headings import Headings

_FEWEST_SECTIONS: Final = 2
"""Known headings that make a page a digest: one may stand in any text by chance."""

_LONGEST_HEADING: Final = 9
"""Words."""

_SHORTEST_SENTENCE: Final = 6
"""Words; below that a line is not told from a heading by its length."""

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$")
_CREDIT_LINES: Final = 3
"""Credits stand in the last lines of a page; "originally published by" elsewhere is part of a sentence."""


def article_on(page: Page, headings: Headings) -> Article:
    """Return the article on a page.

    Raises InputError when the page is no digest: fewer than two headings of the table stand on it.
    """
    parser = _Parser(page, headings)
    for index in range(len(page.blocks)):
        parser.take(index)
    sections = parser.sections()
    if len({s.name for s in sections if s.name}) < _FEWEST_SECTIONS:
        raise InputError(
            page.path,
            "is no digest: fewer than two known headings (Summary, Key takeaway, Best for, ...)",
            "add the headings, or teach ontology/sections.ttl the page's own",
        )
    return Article((page,), parser.title, tuple(parser.details), sections)


@dataclass
class _Draft:
    """A section while its blocks are collected."""

    name: str
    heading: Span | None
    blocks: list[Block] = field(default_factory=list)
    inline: bool = False


class _Parser:
    """Takes the blocks of a page one by one and keeps what each turned out to be."""

    def __init__(self, page: Page, headings: Headings) -> None:
        self.page, self.headings = page, headings
        self.title: Place | None = None
        self.details: list[Detail] = []
        self._labels = headings.detail_labels()
        self._drafts: list[_Draft] = []
        self._ended = False

    def take(self, index: int) -> None:
        """Decide what block `index` is; the first reading that fits wins."""
        block = self.page.blocks[index]
        readings = (
            self._as_credit,
            self._as_furniture,
            self._as_detail,
            self._as_inline,
            self._as_heading,
            self._as_title,
        )
        if not any(reading(index, block) for reading in readings):
            self._keep(block)

    def sections(self) -> tuple[Section, ...]:
        """Return the sections in page order, those named alike (a heading met twice) side by side."""
        return tuple(self._finished(draft) for draft in self._drafts)

    def _finished(self, draft: _Draft) -> Section:
        listed = self.headings.is_in(draft.name, "list")
        spans = [b.span for b in draft.blocks] if listed else _paragraphs(draft.blocks, self.page.text)
        heading = Place(0, draft.heading) if draft.heading else None
        return Section(draft.name, heading, tuple(Place(0, s) for s in spans), listed, draft.inline)

    def _text(self, block: Block) -> str:
        return block.span.cut(self.page.text)

    def _as_credit(self, index: int, block: Block) -> bool:
        if block.kind is BlockKind.HEADING or index < len(self.page.blocks) - _CREDIT_LINES:
            return False
        credits_ = self.headings.credits(self._text(block))
        for key, name in credits_:
            self._add_detail(key, block, name)
        self._ended = self._ended or bool(credits_)
        return bool(credits_)

    def _as_furniture(self, _index: int, block: Block) -> bool:
        return block.kind is not BlockKind.HEADING and self.headings.is_furniture(self._text(block))

    def _as_detail(self, _index: int, block: Block) -> bool:
        """Read "Source: X · Field: Y · Depth: Z", all on one line or one on each, above the first section."""
        if any(d.name for d in self._drafts):
            return False
        line = self._text(block)
        labels = list(self._labels.finditer(line))
        ends = [following.start() for following in labels[1:]] + [len(line)]
        for label, end in zip(labels, ends, strict=False):
            key = self.headings.whole[_singular_key(label.group(1), self.headings)]
            value = _stripped(line, label.end(), end)
            if value.start < value.end:
                self._add_detail(key, block, value, Span(label.start(1), value.end))
        return bool(labels)

    def _add_detail(self, key: str, block: Block, value: Span, context: Span | None = None) -> None:
        start = block.span.start
        whole = Span(start + context.start, start + context.end) if context else block.span
        name = "publisher" if key == "source" else key
        detail = Detail(name, Place(0, Span(start + value.start, start + value.end)), Place(0, whole))
        self.details.append(detail)

    def _as_inline(self, _index: int, block: Block) -> bool:
        """Read a heading with its content on the same line: "Best for: CTO, AI Engineer"."""
        key, at = self.headings.inline(self._text(block))
        if block.kind is BlockKind.ITEM or not self.headings.is_in(key, "prose", "list"):
            return False
        heading = Span(block.span.start, block.span.start + self._text(block).index(":"))
        content = Block(Span(block.span.start + at, block.span.end), BlockKind.LINE)
        self._drafts.append(_Draft(key, heading, [content], inline=self.headings.is_in(key, "list")))
        self._ended = False
        return True

    def _as_heading(self, index: int, block: Block) -> bool:
        if block.kind is BlockKind.ITEM:
            return False
        key = self.headings.heading(self._text(block))
        marked = block.kind is BlockKind.HEADING and (self.title is not None or bool(self._drafts))
        if not key and not marked and not self._looks_like_heading(index):
            return False
        self._drafts.append(_Draft(key, block.span))
        self._ended = False
        return True

    def _looks_like_heading(self, index: int) -> bool:
        """Tell whether an unmarked line heads a section that the table does not know.

        It is short, begins with a capital, ends without a mark, comes after a finished sentence or an item, and a
        sentence or an item follows.
        """
        blocks = self.page.blocks
        if not any(d.name for d in self._drafts) or self._ended or index + 1 >= len(blocks):
            return False
        line, before, after = self._text(blocks[index]), blocks[index - 1], blocks[index + 1]
        if not (line[0].isupper() and len(line.split()) <= _LONGEST_HEADING and line[-1] not in ".,;:!"):
            return False
        if not (before.kind is not BlockKind.LINE or _SENTENCE_END.search(self._text(before)) or self._opens_list()):
            return False
        return after.kind is BlockKind.ITEM or self._is_sentence(after)

    def _opens_list(self) -> bool:
        return bool(self._drafts) and not self._drafts[-1].blocks

    def _is_sentence(self, block: Block) -> bool:
        line = self._text(block)
        words = len(line.split())
        return words >= _SHORTEST_SENTENCE and bool(_SENTENCE_END.search(line)) and not self.headings.credits(line)

    def _as_title(self, _index: int, block: Block) -> bool:
        if self.title is not None or self._drafts or block.kind is BlockKind.ITEM:
            return False
        self.title = Place(0, block.span)
        return True

    def _keep(self, block: Block) -> None:
        """Keep a block in its section; above the first section or behind the credits, in one with no heading."""
        if self._ended or not self._drafts:
            self._drafts.append(_Draft("", None))
            self._ended = False
        self._drafts[-1].blocks.append(block)


def _singular_key(label: str, headings: Headings) -> str:
    """Return the form under which the table lists a detail's label that its pattern matched."""
    form = " ".join(label.casefold().split())
    return form if form in headings.whole else form.removesuffix("s")


def _stripped(line: str, start: int, end: int) -> Span:
    """Return the span of a value without the space and dots around it."""
    text = line[start:end]
    left = len(text) - len(text.lstrip(" \t·•|"))
    return Span(start + left, start + max(left, len(text.rstrip(" \t·•|"))))


def _paragraphs(blocks: list[Block], text: str) -> list[Span]:
    """Join the lines of a wrapped paragraph: lines with no blank line between, the first not ended as a sentence."""
    spans: list[Span] = []
    previous: Block | None = None
    for block in blocks:
        if previous and _wraps(previous, block, text):
            spans[-1] = Span(spans[-1].start, block.span.end)
        else:
            spans.append(block.span)
        previous = block
    return spans


def _wraps(first: Block, second: Block, text: str) -> bool:
    if BlockKind.LINE is not first.kind or BlockKind.LINE is not second.kind:
        return False
    gap = text[first.span.end : second.span.start]
    return gap.count("\n") == 1 and not _SENTENCE_END.search(first.span.cut(text))
