"""The roles that an article speaks of: what its sentences name, put together by name, and which of them count.

A name counts or not over the whole article: by how often and how it is used, and by the kind of noun it ends
in. The weights are learned from articles in which readers noted the professional and user groups spoken of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from kg.extract.roles.linear import chance
from kg.extract.roles.phrases import Phrase, phrases
from kg.extract.roles.shared import before_and, behind_slash
from kg.extract.roles.uses import Role, Use, features
from kg.extract.spotting import Spot
from kg.extract.text import Sentence, Text
from kg.model import Iri, Kind, Mention, Place, Relation, Span
from kg.vocab import Vocabulary

THRESHOLD: Final = 0.48
"""Found with the weights, by cross-validation over publishers."""


def spoken(text: Text) -> Iterator[Mention]:
    """Yield a mention for each use of the roles that an article speaks of.

    A digest was written for its roles, and its vocabulary is known: there all that is known counts. So does all that is
    known in a language of which no grammar is.
    """
    roles = named(text)
    takes_known = text.article.is_digest or not text.is_english
    for role, measured in zip(roles, features(text, roles), strict=True):
        if role.concept if takes_known else chance("spoken", measured) > THRESHOLD:
            for use in role.uses:
                yield Mention(use.sentence.passage, Kind.ROLE, Relation.MENTIONS, role.label, use.surface, role.concept)


def named(text: Text) -> tuple[Role, ...]:
    """Return the roles named in an article, those that count and others, in the order in which they are first named."""
    spots: defaultdict[Place, list[Spot]] = defaultdict(list)
    for spot in text.spots:
        if spot.kind is Kind.ROLE:
            spots[spot.passage.place].append(spot)
    groups: dict[str, list[Use]] = {}
    for sentence in text.sentences:
        for use in _uses(sentence, spots[sentence.passage.place], text):
            groups.setdefault(use.concept or use.label.lower(), []).append(use)
    return tuple(Role(_spelling(uses), uses[0].concept, tuple(uses)) for uses in groups.values())


def _spelling(uses: Sequence[Use]) -> str:
    """Return the spelling of a name that is used most; of two that are used as often, the one in smaller letters."""
    counted = Counter(use.label for use in uses)
    return max(counted, key=lambda label: (counted[label], label))


def _uses(sentence: Sentence, spots: Sequence[Spot], text: Text) -> Iterator[Use]:
    """Yield the roles named in a sentence; where the grammar and the vocabulary see the same words, once."""
    met: dict[Spot, Phrase] = {}
    if text.is_english and not text.article.is_digest:
        yield from _by_grammar(sentence, spots, text, met)
    for spot in spots:
        if spot not in met:
            yield _known(sentence, spot.surface.span, spot.concept, text.vocabulary, None)
        page = text.article.pages[spot.surface.page].text
        for span, concept in behind_slash(page, spot.surface.span, sentence.passage.place.span.end, text.vocabulary):
            yield _known(sentence, span, concept, text.vocabulary, met.get(spot))


def _by_grammar(sentence: Sentence, spots: Sequence[Spot], text: Text, met: dict[Spot, Phrase]) -> Iterator[Use]:
    """Yield the roles that the grammar finds in a sentence; note in `met` which of the vocabulary it met.

    In "user interface" it says that nobody is meant, unless the vocabulary knows more than the one word.
    """
    for phrase in phrases(sentence.words):
        span = Span(sentence.words[phrase.first].start, sentence.words[phrase.last].end)
        spot = next((s for s in _within(span, spots) if s not in met), None)
        if phrase.is_adjunct and spot and _is_more(spot, phrase):
            continue
        if spot:
            met[spot] = phrase
        if not phrase.is_adjunct:
            yield _use(sentence, phrase, span, spot, text.vocabulary)
            for wider, concept in before_and(sentence, phrase, text.vocabulary):
                yield _known(sentence, wider, concept, text.vocabulary, phrase)


def _within(span: Span, spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield those of some spots, in order and none of which overlaps another, that overlap a span."""
    at = bisect_right(spots, span.start, key=lambda s: s.surface.span.end)
    behind = (spots[n] for n in range(at, len(spots)))
    yield from takewhile(lambda s: s.surface.span.start < span.end, behind)


def _known(sentence: Sentence, span: Span, concept: Iri, vocabulary: Vocabulary, phrase: Phrase | None) -> Use:
    place = Place(sentence.passage.place.page, span)
    return Use(sentence, place, vocabulary.concepts[concept].label, concept, phrase)


def _is_more(spot: Spot, phrase: Phrase) -> bool:
    """Tell whether a label of the vocabulary has more words than the head of a phrase."""
    return spot.surface.span.start < phrase.at.start or phrase.at.end < spot.surface.span.end


def _use(sentence: Sentence, phrase: Phrase, span: Span, spot: Spot | None, vocabulary: Vocabulary) -> Use:
    """Return the use of a phrase: the vocabulary's role by all its words or the last, else one by its own words."""
    surface = Place(sentence.passage.place.page, span)
    concept = vocabulary.only(phrase.label, Kind.ROLE)
    if not concept and spot and _is_more(spot, phrase):
        surface, concept = spot.surface, spot.concept
    label = vocabulary.concepts[concept].label if concept else phrase.label
    return Use(sentence, surface, label, concept, phrase)
