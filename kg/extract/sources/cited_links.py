"""Links whose words name a source: a title, an organisation, a report, authors and a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.extract.code.addresses import host, is_owner, is_site_of, leads_to_code
from kg.extract.datafile import rows
from kg.extract.language.words import letters
from kg.extract.links import Linked
from kg.extract.sources.names import bare, capitals, is_cited_work, is_headline
from kg.extract.text import Text
from kg.model import Place, Span

_FILE: Final = Path(__file__).with_name("sites.txt")
_SECOND_LEVEL: Final = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_WORK: Final = re.compile(
    r"\b(?:announcement|article|blog|book|charter|docs|documentation|faq|guidance|guide|guidelines|handbook|interview"
    r"|manual|newsletter|page|paper|playbook|policy|post|release notes|report|slides|specification|standard|study"
    r"|survey|talk|tutorial|video|website|wiki)\b",
    re.IGNORECASE,
)
"""What a source is called that is a work."""

_LEADS_IN: Final = re.compile(
    r"\b(?:according|announced|argues?|article|based on|blog|book|cites?|credit|described|describes?|docs|documentation"
    r"|explains?|finds?|found|guidance|guide|guidelines|inspired|interview|learn|paper|policy|post|presented|published"
    r"|quoted?|read|recommend\w*|reported|reports?|research|said|says?|see|shows?|showed|specification|standard|studies"
    r"|study|survey|talk|thanks?|via|writes?|written by|wrote)\b",
    re.IGNORECASE,
)
"""Words right before a link that say that something is drawn from it."""

_LED_FROM: Final = 30
"""Code points before a link in which such a word counts."""

_TITLE_WORDS: Final = 4
"""A name of so many words is a title, or as good as one."""

_NAME_WORDS: Final = 2
_SHORTEST_SITE: Final = 4
"""Letters of a site that tell that a publisher is named by it."""


def cited_links(text: Text) -> Iterator[tuple[Linked, Place]]:
    """Yield the links that name a source, each with the name within its words; none to the article's own publisher."""
    home = host(text.article.detail("url"))
    publisher = letters(text.article.detail("publisher"))
    for link in text.links:
        site = host(link.address)
        if site == home or letters(_site(site)) in publisher or not _may_be_source(link, site):
            continue
        words = text.article.cut(link.surface)
        name = bare(words)
        if _names_source(name.cut(words), link, _before(text, link)):
            yield link, Place(link.surface.page, name.moved(link.surface.span.start))


def _may_be_source(link: Linked, site: str) -> bool:
    """Tell whether an address is neither code, nor somebody's, nor a place where people talk."""
    code = leads_to_code(link.address) or is_owner(link.address) or is_site_of(link.words, link.address)
    parts = site.split(".")
    return not code and not any(".".join(parts[-n:]) in _places_to_talk() for n in (2, 3))


def _names_source(name: str, link: Linked, before: str) -> bool:
    """Tell whether a link is by name, and something says that it is a source: its length, a word, or where it leads."""
    capital = capitals(name)
    if is_cited_work(name) or capital >= _TITLE_WORDS:
        return True
    if _WORK.search(name) and (capital >= _NAME_WORDS or is_headline(name)):
        return True
    if _LEADS_IN.search(before) and (capital or is_headline(name)):
        return True
    return capital >= _NAME_WORDS and urlsplit(link.address).path in {"", "/"}


def _before(text: Text, link: Linked) -> str:
    """Return the words of the passage right before a link."""
    start, passage = link.surface.span.start, link.passage.place.span
    return text.article.cut(Place(link.surface.page, Span(max(passage.start, start - _LED_FROM), start)))


def _site(name: str) -> str:
    """Return the part of a host by which people know it: "example" of "docs.example.co.uk"."""
    parts = [part for part in name.split(".")[:-1] if part not in _SECOND_LEVEL] or [name]
    return parts[-1] if len(parts[-1]) >= _SHORTEST_SITE else name


@cache
def _places_to_talk() -> frozenset[str]:
    return frozenset(name for row in rows(_FILE) for name in row.split())
