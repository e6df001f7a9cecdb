"""Find the article on a page, whichever kind of page it is: an editorial digest, or an article as it was published."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Article, Page, Place
from kg.read.digest import digest_on, is_digest
from kg.read.headings import Headings
from kg.read.outline import outline, stated_details, stated_summary


def article_on(page: Page, headings: Headings) -> Article:
    """Return the article on a page.

    What the page states beside its text (front matter, meta elements) adds to what its text says; the title and the
    summary that a reader sees in a digest come before those.
    """
    found = (digest_on if is_digest(page.text, page.blocks, headings) else outline)(page, headings)
    title = next((Place(0, s.value) for s in page.statements if s.name == "title"), None)
    has_summary = any(s.name == "summary" and s.entries for s in found.sections)
    return replace(
        found,
        title=found.title or title,
        details=(*found.details, *(d for d in stated_details(page) if not found.detail(d.name))),
        sections=found.sections if has_summary else (*stated_summary(page), *found.sections),
    )
