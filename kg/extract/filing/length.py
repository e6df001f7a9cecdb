"""How long a read an article is that does not say so, told by the number of its words."""

from __future__ import annotations

from typing import Final

from kg.extract.text import Text
from kg.model import Inference, Kind, Relation

RULE: Final = "number of words"
_A_MINUTE: Final = 238
"""Words that adults read silently in a minute of English non-fiction: the mean of 190 studies (Brysbaert 2019)."""

_SHORT: Final = 5 * _A_MINUTE
_MEDIUM: Final = 15 * _A_MINUTE
"""The most words of a short and a medium read: five minutes, a quarter of an hour, as ontology/fields.ttl says."""

_UNSPACED: Final = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages written without spaces, in which nothing here counts words."""


def label_of(words: int) -> str:
    """Return how long a read so many words are.

    >>> label_of(1190), label_of(1191), label_of(3571)
    ('short', 'medium', 'long')
    """
    return "short" if words <= _SHORT else "medium" if words <= _MEDIUM else "long"


def length(text: Text) -> tuple[Inference, ...]:
    """Return how long a read the prose of an article is; code and lists of things are not counted."""
    if not text.sentences or text.language in _UNSPACED:
        return ()
    label = label_of(sum(sentence.size for sentence in text.sentences))
    ends = tuple(dict.fromkeys((text.sentences[0].passage, text.sentences[-1].passage)))
    return (Inference(Relation.LENGTH, Kind.LENGTH, label, text.vocabulary.only(label, Kind.LENGTH), ends, RULE),)
