"""Topics: those that the page lists, else those that a linear ranker finds among the noun phrases of its text.

A vocabulary names topics and tells which phrases are one, but decides nothing by itself: what an article is about are
the phrases that are most likely topics by how often, where and how they stand, whether a vocabulary knows them or not.
A topic that none knows gets the name that is printed, so that articles which speak of the same thing share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.language.words import words
from kg.extract.listing import listed
from kg.extract.text import Text
from kg.extract.topics.candidates import Candidate, Unit, candidates, units
from kg.extract.topics.choice import choose
from kg.extract.topics.keys import key_of
from kg.extract.topics.labels import label
from kg.extract.topics.ranker import Ranked, rank
from kg.extract.topics.setting import Setting, setting
from kg.extract.topics.standing import Standing, standing
from kg.model import Kind, Mention, Place, Relation, Span

__all__ = ["ranked", "topics"]


def topics(text: Text) -> Iterator[Mention]:
    """Yield every topic of the vocabulary that is spoken of, and each place of those that the article is about.

    A Topics section decides what the article is about; only where it is missing or empty does the text.
    """
    for spot in text.spots:
        if spot.kind is Kind.TOPIC:
            name = text.vocabulary.concepts[spot.concept].label or text.article.cut(spot.surface)
            yield Mention(spot.passage, Kind.TOPIC, Relation.MENTIONS, name, spot.surface, spot.concept)
    stated = tuple(_stated(text))
    yield from stated or _found(text)


def _stated(text: Text) -> Iterator[Mention]:
    for passage, thing in listed(text.article, text.passages, "topics"):
        name = text.article.cut(thing)
        concept = text.vocabulary.only(name, Kind.TOPIC, language=text.language)
        yield Mention(passage, Kind.TOPIC, Relation.ABOUT, name, thing, concept)


def _found(text: Text) -> Iterator[Mention]:
    told = units(text)
    for chosen in choose(_ranked(text, told), told):
        name = name_of(text, chosen.candidate, told)
        for place in sorted(f for c in (chosen.candidate, *chosen.variants) for f in c.found):
            unit = told[place.unit]
            if unit.sentence:
                surface = Place(unit.page, Span(unit.words[place.first].start, unit.words[place.end - 1].end))
                yield Mention(
                    unit.sentence.passage, Kind.TOPIC, Relation.ABOUT, name, surface, chosen.candidate.concept
                )


def name_of(text: Text, candidate: Candidate, told: Sequence[Unit]) -> str:
    """Return the label of a topic: the vocabulary's, else the one that the text prints."""
    if candidate.concept:
        return text.vocabulary.concepts[candidate.concept].label
    pages = text.article.pages
    return label(candidate, told, lambda page, start, end: pages[page].text[start:end])


def ranked(text: Text) -> tuple[tuple[str, float], ...]:
    """Return the label of each candidate and how likely it is a topic, 0 to 1, the likeliest first."""
    told = units(text)
    return tuple((name_of(text, r.candidate, told), r.likely) for r in _ranked(text, told))


def _ranked(text: Text, told: Sequence[Unit]) -> Sequence[Ranked]:
    return rank(candidates(text, told), setting_of(text, told))


def setting_of(text: Text, told: Sequence[Unit], known: Standing | None = None) -> Setting:
    """Return the setting of an article; `known` is how phrases fare elsewhere, if not by the table."""
    return setting(told, _tags(text), _links(text), known or standing())


def _tags(text: Text) -> Iterator[str]:
    """Yield the keys of what the file says that the article is tagged with."""
    for detail in text.article.details:
        if detail.name == "tag":
            said = detail.meaning or text.article.cut(detail.value)
            yield key_of(words(said, Span(0, len(said))))


def _links(text: Text) -> Iterator[str]:
    """Yield the keys of the words that lead somewhere."""
    for page in text.article.pages:
        yield from (key_of(words(page.text, link.span)) for link in page.links)
