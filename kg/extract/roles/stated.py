"""Whom an article says it is for: in a section that lists its readers, or in a sentence that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.language.words import words
from kg.extract.listing import listed
from kg.extract.roles.phrases import phrases
from kg.extract.roles.shared import expand
from kg.extract.text import Sentence, Text
from kg.model import Kind, Mention, Passage, Place, Relation, Span

_IS_FOR: Final = re.compile(
    r"\bthis (?:article|book|chapter|course|document|guide|handbook|introduction|lesson|page|post|report|section|series"
    r"|talk|training|tutorial|workshop) (?:is|was) (?:\w+ly |written |intended |designed |meant |aimed )*(?:for|at) ",
    re.IGNORECASE,
)
_ENDS_NAMES: Final = frozenset("BZDGMXWJI")
"""The classes of words behind the names of readers: "who", "to", "with", any verb."""


def audience(text: Text) -> Iterator[Mention]:
    """Yield the roles that an article says it is for.

    A digest lists roles, whatever they are called. What another article lists under such a heading counts as far as it
    names people by what they do.
    """
    for passage, thing in listed(text.article, text.passages, "audience"):
        if text.article.is_digest or text.vocabulary.named(text.article.cut(thing), Kind.ROLE):
            yield from _listed(text, passage, thing)
        else:
            yield from _named(text, passage, thing)
    for sentence in text.sentences if text.is_english else ():
        yield from _told(text, sentence)


def _listed(text: Text, passage: Passage, thing: Place) -> Iterator[Mention]:
    for label in expand(text.article.cut(thing), text.vocabulary):
        concept = text.vocabulary.only(label, Kind.ROLE)
        yield Mention(passage, Kind.ROLE, Relation.AUDIENCE, label, thing, concept)


def _named(text: Text, passage: Passage, thing: Place) -> Iterator[Mention]:
    """Yield the roles named in some words before anything is said of them."""
    found = words(text.article.pages[thing.page].text, thing.span)
    end = next((n for n, word in enumerate(found) if word.tag in _ENDS_NAMES and word.lower != "of"), len(found))
    for phrase in phrases(found) if text.is_english else ():
        if phrase.last < end and not phrase.is_adjunct and phrase.head.kind != "group":
            surface = Place(thing.page, Span(found[phrase.first].start, found[phrase.last].end))
            concept = text.vocabulary.only(phrase.label, Kind.ROLE)
            label = text.vocabulary.concepts[concept].label if concept else phrase.label
            yield Mention(passage, Kind.ROLE, Relation.AUDIENCE, label, surface, concept)


def _told(text: Text, sentence: Sentence) -> Iterator[Mention]:
    """Yield the readers whom a sentence names: "This guide is for platform engineers who ..."."""
    if said := _IS_FOR.search(sentence.text):
        span = sentence.passage.place.span
        behind = Place(sentence.passage.place.page, Span(span.start + said.end(), span.end))
        yield from _named(text, sentence.passage, behind)
