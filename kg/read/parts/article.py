"""Find the article on a page, whichever kind of page it is: an editorial digest, or an article as it was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.model import Article, Block, BlockKind, Page, Place
from kg.read.parts.digest import digest_on
from kg.read.parts.headings import Headings
from kg.read.parts.outline import outline, stated_details, stated_summary

_FEWEST_SECTIONS: Final = 2
"""Known headings that make a page a digest: one may stand in any text by chance."""

_TITLE_AMONG: Final = 6
"""The first blocks of a page, among which a heading is its title."""

_COMMON: Final = frozenset({"method", "conclusion", "references"})
"""Sections that articles of all kinds have: they make no digest."""


def article_on(page: Page, headings: Headings) -> Article:
    """Return the article on a page.

    What the page states beside its text (front matter, meta elements) adds to what its text says; the title and the
    summary that a reader sees in a digest come before those.
    """
    title = next((Place(0, s.value) for s in page.statements if s.name == "title"), None)
    titled = title is not None and not any(title.span == b.span for b in page.blocks)
    found = (digest_on if is_digest(page.text, page.blocks, headings, titled=titled) else outline)(page, headings)
    has_summary = any(s.name == "summary" and s.entries for s in found.sections)
    return replace(
        found,
        title=found.title or title,
        details=(*found.details, *(d for d in stated_details(page) if not found.detail(d.name))),
        sections=found.sections if has_summary else (*stated_summary(page), *found.sections),
    )


def is_digest(text: str, blocks: Sequence[Block], headings: Headings, *, titled: bool = False) -> bool:
    """Tell whether a page is an editorial digest: the headings that digests have outnumber others two to one.

    The title is no such other; where the page is `titled` elsewhere, no heading is the title.
    """
    known = [(b, key) for b in blocks if (key := _key(b, text, headings))]
    if len({key for _, key in known}) < _FEWEST_SECTIONS:
        return False
    marked = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING]
    others = len(marked) - sum(b.kind is BlockKind.HEADING for b, _ in known)
    has_title = not titled and bool(marked) and marked[0] < _TITLE_AMONG and not _key(blocks[marked[0]], text, headings)
    return 2 * (others - has_title) <= len(known)


def _key(block: Block, text: str, headings: Headings) -> str:
    """Return the key of the digest section that a block heads, or opens on its own line."""
    if block.kind not in {BlockKind.HEADING, BlockKind.LINE}:
        return ""
    words = block.span.cut(text)
    key = headings.heading(words) or headings.inline(words)[0]
    return "" if key in _COMMON else key
