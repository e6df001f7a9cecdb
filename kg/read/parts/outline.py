"""The outline of any article: its title, and the sections that its headings mark, known ones by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.model import Article, Block, BlockKind, Detail, Entry, Page, Place, Section, Span
from kg.read.parts.headings import Headings, heading_span
from kg.read.parts.lines import BETWEEN_NAMES, SENTENCE_END, paragraphs, rejoined, stands_apart

_LONGEST_HEADING: Final = 9
"""Words of a heading that nothing marks but the blank lines about it."""

_LONGEST_TITLE: Final = 25
"""Words of a first line that can be a title."""

_TITLE_AMONG: Final = 3
"""The first blocks among which a heading that is no top heading can still be the title."""

_BESIDE: Final = frozenset({"takeaway", "summary", "audience", "topics"})
"""The sections that an article may open on their own line ("TL;DR: ..."); other labels with a colon are too common."""


@dataclass
class _Draft:
    """A section while its blocks are collected; `level` is the depth of its heading, 0 where that is not known."""

    name: str = ""
    heading: Span | None = None
    level: int = 0
    is_part: bool = False
    blocks: list[Block] = field(default_factory=list)


def outline(page: Page, headings: Headings) -> Article:
    """Return the article on a page: what the page states beside its text, its title, and its sections."""
    return _Outliner(page, headings).article()


class _Outliner:
    """Walks the blocks of one page once."""

    def __init__(self, page: Page, headings: Headings) -> None:
        self._page, self._text, self._headings = page, page.text, headings
        self._blocks = rejoined(page, _goes_on) if page.is_set else page.blocks
        self._marked = any(b.kind is BlockKind.HEADING for b in self._blocks)
        self._title_at = self._find_title()

    def article(self) -> Article:
        """Return the article."""
        title = None if self._title_at is None else Place(0, self._blocks[self._title_at].span)
        return Article((self._page,), title, (), tuple(self._sections()))

    def _words(self, block: Block) -> str:
        return block.span.cut(self._text)

    def _find_title(self) -> int | None:
        """Return which block is the title: what the file states again, a top heading, one that stands first, a line."""
        stated = next((s.meaning for s in self._page.statements if s.name == "title"), "")
        marked = [i for i, b in enumerate(self._blocks) if b.kind is BlockKind.HEADING]
        if stated:
            again = _same(stated)
            return next((i for i in marked if _same(self._words(self._blocks[i])) == again), None)
        top = next((i for i in marked if self._blocks[i].level <= 1), None)
        early = next((i for i in marked if i < _TITLE_AMONG), None)
        return next((i for i in (top, early) if i is not None), None if self._marked else self._first_line())

    def _first_line(self) -> int | None:
        """Return the first line of a text without headings, where that is no sentence and something follows it."""
        if len(self._blocks) < 2 or self._blocks[0].kind is not BlockKind.LINE:  # noqa: PLR2004 - itself and a text
            return None
        words = self._words(self._blocks[0])
        short = len(words.split()) <= _LONGEST_TITLE and not words.endswith((".", ",", ";", ":"))
        return 0 if short and not self._headings.heading(words) else None

    def _sections(self) -> Iterator[Section]:
        """Yield the sections in page order; one that only has sections below it is no section of its own."""
        drafts = self._drafts()
        for draft, following in zip(drafts, [*drafts[1:], None], strict=True):
            has_parts = following is not None and following.is_part
            entries, listed = self._entries(draft)
            is_empty = bool(draft.name and draft.heading) and not draft.blocks and not has_parts
            if entries or is_empty:
                heading = Place(0, draft.heading) if draft.heading else None
                yield Section(draft.name, heading, entries, listed)

    def _drafts(self) -> list[_Draft]:
        drafts = [_Draft()]
        for index, block in enumerate(self._blocks):
            if index == self._title_at:
                continue
            if self._is_heading(index):
                drafts.append(self._headed(block, drafts[-1]))
            elif beside := self._beside(block, drafts[-1]):
                drafts += beside
            else:
                drafts[-1].blocks.append(block)
        return drafts

    def _headed(self, block: Block, last: _Draft) -> _Draft:
        """Return the section that a heading opens; one below a known section is part of that."""
        key = self._headings.heading(self._words(block))
        is_part = block.level > last.level > 0
        inherits = is_part and bool(last.name) and not key
        level = last.level if inherits else block.level
        return _Draft(last.name if inherits else key, heading_span(block.span, self._text), level, is_part)

    def _beside(self, block: Block, last: _Draft) -> list[_Draft]:
        """Return the section that a line opens and fills ("TL;DR: ..."), and the one that then goes on."""
        words = self._words(block)
        key, at = self._headings.inline(words) if block.kind in {BlockKind.LINE, BlockKind.QUOTE} else ("", 0)
        if key not in _BESIDE:
            return []
        heading = Span(block.span.start, block.span.start + words.index(":")).trimmed(self._text)
        content = Block(Span(block.span.start + at, block.span.end), BlockKind.LINE)
        return [_Draft(key, heading, blocks=[content]), _Draft(last.name, last.heading, last.level)]

    def _is_heading(self, index: int) -> bool:
        """Tell whether a block is a heading; where none is marked, a short line between blank ones can be."""
        block = self._blocks[index]
        if self._marked or block.kind is not BlockKind.LINE:
            return block.kind is BlockKind.HEADING
        words = self._words(block)
        if self._headings.heading(words):
            return True
        if not 0 < index < len(self._blocks) - 1 or not words[0].isupper() or words[-1] in ".,;!:":
            return False
        apart = len(words.split()) <= _LONGEST_HEADING and stands_apart(self._blocks, index, self._text)
        return apart and bool(SENTENCE_END.search(self._words(self._blocks[index + 1])))

    def _entries(self, draft: _Draft) -> tuple[tuple[Entry, ...], bool]:
        """Return what stands in a section, code apart, and whether it is a list of things."""
        told = [b for b in draft.blocks if b.kind is not BlockKind.CODE]
        if told and self._headings.is_in(draft.name, "list", "names") and all(map(self._is_thing, told)):
            named = self._headings.is_in(draft.name, "names")
            return tuple(e for b in told for e in self._things(b, named=named)), True
        spans = paragraphs(told, self._text) if self._page.is_set else [b.span for b in told]
        return tuple(Entry(Place(0, span), Place(0, span)) for span in spans), False

    def _is_thing(self, block: Block) -> bool:
        """Tell whether a block can be an entry of a list: a bullet opens it, or it is no sentence."""
        return block.kind is BlockKind.ITEM or not SENTENCE_END.search(self._words(block))

    def _things(self, block: Block, *, named: bool) -> Iterator[Entry]:
        several = named and block.kind is not BlockKind.ITEM
        spans = block.span.pieces(self._text, BETWEEN_NAMES, ".") if several else [block.span]
        return (Entry(Place(0, span), Place(0, block.span)) for span in spans)


def _goes_on(kind: BlockKind, _words: str, below: str) -> bool:
    """Tell whether an item goes on in the line below it."""
    return kind is BlockKind.ITEM and below[0].islower()


def _same(words: str) -> str:
    """Return the form under which a title and its repetition are one."""
    return "".join(c for c in words.casefold() if c.isalnum())


def stated_details(page: Page) -> tuple[Detail, ...]:
    """Return what a page states beside its text as details of its article; the title and the abstract are none."""
    return tuple(
        Detail(
            "publisher" if s.name == "source" else s.name, Place(0, s.value), Place(0, s.context), s.meaning, s.origin
        )
        for s in page.statements
        if s.name not in {"title", "abstract"}
    )


def stated_summary(page: Page) -> tuple[Section, ...]:
    """Return the abstract that a page states beside its text as a summary, headed by the file's own word for it."""
    found: Sequence[Section] = [
        Section("summary", Place(0, _label(s.context, s.value)), (Entry(Place(0, s.value), Place(0, s.value)),))
        for s in page.statements
        if s.name == "abstract"
    ]
    return tuple(found[:1])


def _label(context: Span, value: Span) -> Span:
    """Return the label in front of a value: "description" of "description: What this is"."""
    return Span(context.start, value.start - len(": "))
