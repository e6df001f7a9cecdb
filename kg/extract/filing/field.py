"""The broad field of an article that names none: the shelf for which its words, title and topics say most."""

from __future__ import annotations

from typing import Final

from kg.extract.filing.shelving import SHELVES, Evidence, telling
from kg.extract.text import Text, most_telling
from kg.model import Inference, Kind, Passage, Relation

RULE: Final = "words of the field"
_LEAST: Final = 0.25
"""The probability below which the field is not known; one of eight by chance has 0.125."""


def field(text: Text, said: Evidence) -> tuple[Inference, ...]:
    """Return the field that an English article is filed under, with the sentences that say most for it; else nothing.

    `said` is what the article says for each shelf.
    """
    shares = said.shares
    label = max(SHELVES, key=lambda shelf: shares[shelf])
    concept = text.vocabulary.only(label, Kind.FIELD)
    passages = _most_telling(text, label)
    if shares[label] < _LEAST or not concept or not passages:
        return ()
    return (Inference(Relation.FILED_UNDER, Kind.FIELD, label, concept, passages, RULE),)


def _most_telling(text: Text, label: str) -> tuple[Passage, ...]:
    lowers = set().union(*(sentence.lowers for sentence in text.sentences))
    says = {lower: weight for lower in lowers for shelf, weight in telling(lower) if shelf == label}
    return most_telling((sum(says[w] for w in dict.fromkeys(s.lowers) if w in says), s) for s in text.sentences)
