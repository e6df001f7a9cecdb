"""Look up topics and roles of the vocabulary in the sentences of an article, both at once: the longer label wins.

"Hiring manager" is a role and not the topic "hiring"; "coding agent" is a topic and nobody's role.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.passages import PROSE
from kg.model import Article, Iri, Kind, Passage, Place, Span
from kg.vocab import Vocabulary, kind_of


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A concept of the vocabulary found in a passage."""

    passage: Passage
    surface: Place
    concept: Iri
    kind: Kind


def spot(article: Article, told: Iterable[Passage], vocabulary: Vocabulary) -> tuple[Spot, ...]:
    """Return the topics and roles of the vocabulary in the sentences of an article; ambiguous labels are left out."""
    matcher = vocabulary.matcher(Kind.TOPIC, Kind.ROLE)
    spots = []
    for passage in told:
        if passage.name not in PROSE:
            continue
        page, start = passage.place.page, passage.place.span.start
        for match in matcher.find(article.cut(passage.place)):
            kind = kind_of(vocabulary.base, match.concepts[0])
            if kind and len(match.concepts) == 1:
                surface = Place(page, Span(start + match.span.start, start + match.span.end))
                spots.append(Spot(passage, surface, match.concepts[0], kind))
    return tuple(spots)
