"""What the visible text of a page states about its article, by the classes and elements that mark it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from kg.read.inputs import Stated

_ENTRY: Final = {
    "p-name": "title", "p-author": "author", "dt-published": "date", "p-summary": "abstract", "p-category": "tag",
    "p-canonical": "url", "u-url": "url",
}  # fmt: skip
"""The properties of an h-entry, which microformats put into classes."""

_BYLINE: Final = re.compile(r"(?:^|[\s_-])by-?line(?![\w-]*date)(?:[\s_-]|$)", re.IGNORECASE)
_CHANGED: Final = re.compile(r"updat|modif|revis|chang", re.IGNORECASE)
_LONGEST_BYLINE: Final = 100
_MOST_PARTS: Final = 100
"""Stretches of text in an element; a title or a name of more is none."""


def words(element: HtmlElement) -> str:
    """Return the words in an element on one line."""
    return " ".join("".join(str(part) for part in islice(element.itertext(), _MOST_PARTS)).split())


def entry(root: HtmlElement) -> Iterator[Stated]:
    """Yield what the only h-entry of a page states; a page with several is a list of them.

    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring('<article class=h-entry><h1 class=p-name>On review</h1></article>')
    >>> next(entry(page)).value
    'On review'
    """
    entries = [e for e in root.xpath("//*[contains(@class, 'h-entry')]") if "h-entry" in _classes(e)]
    if len(entries) != 1:
        return
    marked = (e for e in entries[0].iterdescendants() if not _ENTRY.keys().isdisjoint(_classes(e)))
    for element in islice(marked, _MOST_PARTS):
        labels = (label for label in _classes(element) if label in _ENTRY and _holder(element) is entries[0])
        yield from (Stated(_ENTRY[x], v, x, "h-entry") for x in labels if (v := _value(element, _ENTRY[x])))


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class", "")).split()


def _holder(element: HtmlElement) -> HtmlElement | None:
    """Return the thing that a property is one of: an address in the card of a person is not the article's."""
    return next((e for e in element.iterancestors() if any(c.startswith("h-") for c in _classes(e))), None)


def _value(element: HtmlElement, name: str) -> str:
    if name == "url":
        href = element.get("href", "")
        return href if href.startswith(("http://", "https://")) else ""
    inner = islice(element.iterdescendants(), _MOST_PARTS) if name == "author" else ()
    named = next((e for e in inner if "p-name" in _classes(e)), element)
    return (element.get("datetime") if name == "date" else "") or words(named)


def stated(root: HtmlElement) -> Iterator[Stated]:
    """Yield what nothing but the text itself says: its only heading, its byline, its time, its tags."""
    headings = [words(h) for h in root.iter("h1")]
    if len(headings) == 1 and headings[0]:
        yield Stated("title", headings[0], "h1", "heading")
    shorter = (line for line in _bylines(root) if 0 < len(line) <= _LONGEST_BYLINE)
    yield from (Stated("author", line, "byline", "byline") for line in islice(shorter, 1))
    times = root.xpath("//time[@pubdate]/@datetime") or [
        time.get("datetime") for time in root.xpath("//article//time[@datetime]") if not _is_of_a_change(time)
    ]
    if len({str(time) for time in times}) == 1:
        yield Stated("date", str(times[0]).strip(), "time", "time element")
    yield from _tags(root)


def _tags(root: HtmlElement) -> Iterator[Stated]:
    """Yield what is linked as a tag; a page of several articles shows the tags of others too."""
    articles = list(root.iter("article")) or [root]
    for link in articles[0].iter("a") if len(articles) == 1 else ():
        if "tag" in link.get("rel", "").lower().split() and (tag := words(link)):
            yield Stated("tag", tag, "tag", "link")


def _bylines(root: HtmlElement) -> Iterator[str]:
    """Yield what is marked as the author: by a link, as the card of a person, by name."""
    yield from (words(a) for a in root.xpath("//a[contains(concat(' ', @rel, ' '), ' author ')]"))
    for card in root.xpath("//*[contains(@class, 'vcard')]"):
        if {"author", "vcard"} <= set(_classes(card)):
            yield words(next((e for e in card.iterdescendants() if "fn" in _classes(e)), card))
    yield from (words(e) for e in root.xpath("//*[contains(@class, 'line')]") if _BYLINE.search(e.get("class", "")))


def _is_of_a_change(time: HtmlElement) -> bool:
    """Tell whether a time, or what stands about it, says when an article was changed."""
    around = time.getparent()
    named = " ".join(f"{e.get('class', '')} {e.get('itemprop', '')}" for e in (time, around) if e is not None)
    return bool(_CHANGED.search(f"{named} {'' if around is None else around.text or ''}"))
