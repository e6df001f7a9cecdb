"""Look up topics and roles of the vocabulary in the sentences of an article, both at once: the longer label wins.

"Hiring manager" is a role and not the topic "hiring"; "coding agent" is a topic and nobody's role. A label of several
concepts means the one of whose neighbours the article speaks too, and is left out where that decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.extract.passages import PROSE
from kg.model import Article, Iri, Kind, Passage, Place
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
    find = vocabulary.matcher(language, Kind.TOPIC, Kind.ROLE).find
    said = ((p, article.cut(p.place)) for p in told if p.name in PROSE)
    found = [(p, words, match) for p, words in said for match in find(words)]
    names = frozenset(match.span.cut(words) for _, words, match in found if match.is_name and _is_meant(words, match))
    meant = [(p, match) for p, words, match in found if _is_meant(words, match, names)]
    present = Counter(match.concepts[0] for _, match in meant if len(match.concepts) == 1)
    return tuple(s for p, match in meant for s in _spots(p, match, present, vocabulary))


def _is_meant(words: str, match: Match, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a match is one here: what is a name and a word too may be the word, but not if among `names`."""
    if not match.is_name:
        return True
    opens = not any(c.isalnum() for c in words[: match.span.start])
    surface = match.span.cut(words)
    return is_name_meant(surface, opens=opens, elsewhere=surface in names)


def _spots(passage: Passage, match: Match, present: Mapping[Iri, int], vocabulary: Vocabulary) -> Iterator[Spot]:
    several = len(match.concepts) > 1
    concept = decide(match.concepts, present, vocabulary.near) if several else match.concepts[0]
    if concept:
        surface = Place(passage.place.page, match.span.moved(passage.place.span.start))
        yield Spot(passage, surface, concept, vocabulary.concepts[concept].kind)
