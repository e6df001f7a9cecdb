"""Roles: whom the page names as its readers, and whom its sentences speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.listing import listed
from kg.extract.spotting import Spot
from kg.model import Article, Kind, Mention, Passage, Place, Relation, Span
from kg.vocab import Vocabulary

_AND: Final = re.compile(r"\s+(?:and|or|&)\s+", re.IGNORECASE)
_OF: Final = re.compile(r"^(\S+)(\s+of\s+.*)$", re.IGNORECASE)
_SLASHED: Final = re.compile(r"\s*/\s*(\w+)")


def roles(
    article: Article, told: Iterable[Passage], spots: Iterable[Spot], vocabulary: Vocabulary
) -> Iterator[Mention]:
    """Yield the roles that the article is for, and those spoken of in its sentences."""
    for passage, thing in listed(article, told, "audience"):
        for label in expand(article.cut(thing), vocabulary):
            concept = vocabulary.only(label, Kind.ROLE)
            yield Mention(passage, Kind.ROLE, Relation.AUDIENCE, label, thing, concept)
    for found in spots:
        if found.kind is Kind.ROLE:
            label = vocabulary.concepts[found.concept].label
            yield Mention(found.passage, Kind.ROLE, Relation.MENTIONS, label, found.surface, found.concept)
            yield from _behind_slash(article, found, vocabulary)


def expand(phrase: str, vocabulary: Vocabulary) -> list[str]:
    """Return the single roles that a phrase names, each in the singular.

    What is taken apart at "and" or a slash must name roles that the vocabulary knows; "CI/CD Engineer" is one.

    >>> from kg.vocab import load
    >>> vocabulary = load()
    >>> expand("VPs of Engineering/Data", vocabulary)
    ['VP of Engineering', 'VP of Data']
    >>> expand("Head of Learning and Development", vocabulary)
    ['Head of Learning and Development']
    """
    phrase = " ".join(phrase.split())
    if vocabulary.named(phrase, Kind.ROLE):
        return [_singular(phrase)]
    for parts in (phrase.split("/"), _spread(phrase), _AND.split(phrase), _share_head(phrase)):
        if len(parts) > 1 and all(vocabulary.named(part, Kind.ROLE) for part in parts):
            return [_singular(part.strip()) for part in parts]
    parts = _spread(phrase)
    known = any(vocabulary.named(part, Kind.ROLE) for part in parts)
    return [_singular(part) for part in (parts if known else [phrase])]


def _spread(phrase: str) -> list[str]:
    """Return one phrase for each side of the first slashed word: "Director of AI/ML" names two."""
    words = phrase.split(" ")
    for at, word in enumerate(words):
        if "/" in word.strip("/"):
            return [" ".join([*words[:at], side, *words[at + 1 :]]) for side in word.split("/") if side]
    return [phrase]


def _share_head(phrase: str) -> list[str]:
    """Return the roles that share one last word: "Engineering and Product Managers"."""
    *first, last = _AND.split(phrase)
    head = last.rpartition(" ")[2]
    return [*(f"{part} {head}" for part in first), last]


def _singular(phrase: str) -> str:
    """Return a role's name in the singular, its capitals kept: "VPs of Data" -> "VP of Data".

    >>> _singular("Data Scientists"), _singular("Heads of Talent"), _singular("CTO")
    ('Data Scientist', 'Head of Talent', 'CTO')
    """
    found = _OF.match(phrase)
    head, rest = (found.group(1), found.group(2)) if found else (phrase, "")
    if head.endswith("s") and not head.endswith(("ss", "us", "is")) and head.rpartition(" ")[2][:1].isupper():
        head = head[:-1]
    return head + rest


def _behind_slash(article: Article, found: Spot, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Yield the role that a slash adds to one found in a sentence: "VPs of Engineering/Data"."""
    text, span = article.pages[found.surface.page].text, found.surface.span
    slash = _SLASHED.match(text, span.end, found.passage.place.span.end)
    if slash is None:
        return
    label = f"{span.cut(text).rpartition(' ')[0]} {slash.group(1)}".strip()
    if concept := vocabulary.only(label, Kind.ROLE):
        surface = Place(found.surface.page, Span(span.start, slash.end()))
        yield Mention(found.passage, Kind.ROLE, Relation.MENTIONS, vocabulary.concepts[concept].label, surface, concept)
