"""Find the code that an article refers to: what it lists as such, else where its links lead and what is set as code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.code.addresses import is_owner, is_site_of, leads_to_code, owner
from kg.extract.code.names import is_name
from kg.extract.links import Linked, Shelf
from kg.extract.listing import listed
from kg.extract.text import Text
from kg.model import Article, Kind, Mention, Page, Passage, Place, Relation, Span

_REFERENCE: Final = re.compile(r"(https?://[^\s<>\"]+|[\w.-]+/[\w.-]+)(?=\s*(?:[:–—(-]\s|[:,;.)]?$)|\s)")
"""An address or "owner/name" that opens an entry; what may follow is a description."""

_MARKDOWN_LINK: Final = re.compile(r"\[([^\]]+)\]\((https?://[^\s)]+)\)")
_TICKS: Final = re.compile(r"(?<![\w`])(`{1,2})(?![\s`])([^`\n]+)(?<!\s)\1(?![\w`])")
"""Code in plain text, which keeps the marks that people set it apart with."""

_OF_REPOSITORIES: Final = re.compile(
    r"\b(?:bitbucket|codeberg|github|gitlab|organi[sz]ation|repo(?:s|sitor(?:y|ies))?)\b", re.IGNORECASE
)
_MOST_NAMES: Final = 20
"""Different pieces of code in the sentences; where there are more, the article explains code, and points to none."""


def code_references(text: Text) -> Iterator[Mention]:
    """Yield the repositories, packages and names of code that an article points to, by address or by name.

    A section of code references decides alone, be it that it says "none", and a digest has nothing besides; in any
    other article links and code in sentences do.
    """
    if text.article.is_digest or any(s.name == "code" and s.listed and s.entries for s in text.article.sections):
        yield from _listed(text)
        return
    led = list(_linked(text))
    yield from (_mention(link.passage, link.surface, link.address) for link in led)
    yield from _named(text, led)


def _mention(passage: Passage, surface: Place, label: str) -> Mention:
    return Mention(passage, Kind.CODE, Relation.REFERS_TO, label, surface)


def _listed(text: Text) -> Iterator[Mention]:
    for passage, thing in listed(text.article, text.passages, "code"):
        surface, label = _reference(text.article, thing)
        yield _mention(passage, surface, label)


def _reference(article: Article, thing: Place) -> tuple[Place, str]:
    """Return which words of an entry name the code, and the address or name itself."""
    words = article.cut(thing)
    if address := _target(article, thing):
        return thing, address
    if link := _MARKDOWN_LINK.match(words):
        return thing, link[2]
    found = _REFERENCE.match(words.strip("`"))
    span = Span(thing.span.start, thing.span.start + (found.end(1) if found else len(words)))
    return Place(thing.page, span), (found.group(1) if found else words).strip("`")


def _target(article: Article, thing: Place) -> str:
    """Return where the words of an entry lead when they are a link."""
    found = article.pages[thing.page].links
    inside = (link.target for link in found if thing.span.covers(link.span))
    return next((target for target in inside if target.startswith(("http://", "https://"))), "")


def _linked(text: Text) -> Iterator[Linked]:
    """Yield the links to code; to all code of somebody only where the article speaks of that and not of the person."""
    owners = {owner(link.address) for link in text.links if leads_to_code(link.address)}
    for link in text.links:
        if is_owner(link.address):
            if owner(link.address) in owners or _OF_REPOSITORIES.search(link.words):
                yield link
        elif leads_to_code(link.address) or is_site_of(link.words, link.address):
            yield link


def _named(text: Text, led: Iterable[Linked]) -> Iterator[Mention]:
    """Yield what the sentences set as code and name by it, unless it is a link to the thing itself."""
    found = [one for number, page in enumerate(text.article.pages) for one in _set_as_code(text, page, number)]
    if len({text.article.line(place) for _, place in found}) > _MOST_NAMES:
        return
    linked: defaultdict[Passage, list[Span]] = defaultdict(list)
    for link in led:
        linked[link.passage].append(link.surface.span)
    for passage, place in found:
        name = text.article.line(place)
        if is_name(name) and not any(span.covers(place.span) for span in linked[passage]):
            yield _mention(passage, place, name)


def _set_as_code(text: Text, page: Page, number: int) -> Iterator[tuple[Passage, Place]]:
    shelf = Shelf.of(text.passages, number)
    yield from (found for span in _code_in(page) if (found := shelf.put(span)))


def _code_in(page: Page) -> Iterator[Span]:
    """Yield the stretches of a page that are set as code, or stand between ticks where its text keeps them."""
    yield from page.code
    if page.is_set:
        yield from (Span(*found.span(2)) for found in _TICKS.finditer(page.text))
