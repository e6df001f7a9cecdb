"""Look up topics and roles of the vocabulary in the sentences of an article, both at once: the longer label wins.

"Hiring manager" is a role and not the topic "hiring"; "coding agent" is a topic and nobody's role. A label of several
concepts means the one of whose neighbours the article speaks too, and is left out where that decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.extract.passages import PROSE
from kg.model import Article, Iri, Kind, Passage, Place, Span
from kg.vocab import Match, Vocabulary, decide, is_name_meant


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A concept of the vocabulary found in a passage."""

    passage: Passage
    surface: Place
    concept: Iri
    kind: Kind


def spot(article: Article, told: Iterable[Passage], vocabulary: Vocabulary, language: str) -> tuple[Spot, ...]:
    """Return the topics and roles that the sentences of an article name by their labels in its language."""
    matcher = vocabulary.matcher(language, Kind.TOPIC, Kind.ROLE)
    found = [(p, m) for p in told if p.name in PROSE for m in matcher.find(article.cut(p.place))]
    sure = [(p, m) for p, m in found if not m.is_name or _means_name(article, p, m, elsewhere=False)]
    names = {_words(article, p, m) for p, m in sure if m.is_name}
    meant = [
        (p, m)
        for p, m in found
        if not m.is_name or _means_name(article, p, m, elsewhere=_words(article, p, m) in names)
    ]
    present = Counter(m.concepts[0] for _, m in meant if len(m.concepts) == 1)
    return tuple(s for p, m in meant for s in _spots(p, m, present, vocabulary))


def _spots(passage: Passage, match: Match, present: Mapping[Iri, int], vocabulary: Vocabulary) -> Iterator[Spot]:
    several = len(match.concepts) > 1
    concept = decide(match.concepts, present, vocabulary.near) if several else match.concepts[0]
    if concept:
        surface = Place(passage.place.page, match.span.moved(passage.place.span.start))
        yield Spot(passage, surface, concept, vocabulary.concepts[concept].kind)


def _words(article: Article, passage: Passage, match: Match) -> str:
    return match.span.cut(article.cut(passage.place))


def _means_name(article: Article, passage: Passage, match: Match, *, elsewhere: bool) -> bool:
    """Tell whether a match that is a name and a word too means the name here."""
    before = Span(0, match.span.start).cut(article.cut(passage.place))
    return is_name_meant(
        _words(article, passage, match), opens=not any(c.isalnum() for c in before), elsewhere=elsewhere
    )
