"""Topics: those that the page lists, else those that its sentences speak of most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.listing import listed
from kg.extract.passages import TITLE
from kg.extract.spotting import Spot
from kg.model import Article, Iri, Kind, Mention, Passage, Relation
from kg.vocab import Vocabulary

MOST: Final = 14
"""An index entry lists 6 to 14 topics (the graph contract); fewer where an article is short."""

_WEIGHTS: Final = {TITLE: 4, "takeaway": 3, "insight": 3, "principles": 2, "method": 2}
"""What a mention counts in each part; 1 elsewhere. Set by hand: a title names the subject, a takeaway the point."""


def topics(
    article: Article, told: Iterable[Passage], spots: Iterable[Spot], vocabulary: Vocabulary
) -> Iterator[Mention]:
    """Yield every topic spoken of, and those that the article is about.

    A Topics section decides what the article is about; only where it is missing or empty do the sentences.
    """
    spoken = [s for s in spots if s.kind is Kind.TOPIC]
    for s in spoken:
        yield _mention(article, s, Relation.MENTIONS, vocabulary)
    stated = [
        Mention(
            passage,
            Kind.TOPIC,
            Relation.ABOUT,
            article.cut(thing),
            thing,
            vocabulary.only(article.cut(thing), Kind.TOPIC),
        )
        for passage, thing in listed(article, told, "topics")
    ]
    yield from stated or (_mention(article, s, Relation.ABOUT, vocabulary) for s in _weightiest(spoken))


def _mention(article: Article, found: Spot, relation: Relation, vocabulary: Vocabulary) -> Mention:
    label = vocabulary.concepts[found.concept].label or article.cut(found.surface)
    return Mention(found.passage, Kind.TOPIC, relation, label, found.surface, found.concept)


def _weightiest(spoken: Iterable[Spot]) -> Iterator[Spot]:
    """Yield the spots of the topics that carry the most weight; among equals the one met first."""
    by_topic: defaultdict[Iri, list[Spot]] = defaultdict(list)
    for s in spoken:
        by_topic[s.concept].append(s)
    ranked = sorted(by_topic.values(), key=lambda found: (-_weight(found), found[0]))
    for found in ranked[:MOST]:
        yield from found


def _weight(found: Iterable[Spot]) -> int:
    return sum(_WEIGHTS.get(s.passage.name, 1) for s in found)
