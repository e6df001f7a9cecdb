"""Read what a principle advises: the words that say something, what it is for and what it is against.

All is told by the words alone, so that two principles can be compared without their articles. What is known of English
is handed in as a `Lexicon`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.model import Iri


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is to be known of words in lower case.

    `stem` gives what the forms of a word share, "" for one that says nothing by itself; `rarity` how rare it is, from 0
    for the most common to 1.
    """

    stem: Callable[[str], str]
    rarity: Callable[[str], float]


class Stance(StrEnum):
    """How a sentence stands to what it speaks of."""

    AFFIRMS = "affirms"
    FORBIDS = "forbids"
    DENIES = "denies"
    PREFERS = "prefers"


@dataclass(frozen=True, slots=True)
class Advice:
    """What a principle advises.

    `words` are what its words share with their other forms, in order, each with its weight; `figures` the numbers and
    addresses, which mean nothing else than themselves. `bound` tells that it holds under a condition, or for something
    that only its context names. Of a preference, `favoured` and `rejected` are the words of both sides.
    """

    iri: Iri
    modality: str
    words: tuple[tuple[str, float], ...]
    stance: Stance = Stance.AFFIRMS
    bound: bool = False
    figures: tuple[str, ...] = ()
    favoured: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the advice as one line that `from_json` reads."""
        told = (self.iri, self.modality, self.words, self.stance, self.bound)
        return to_line((*told, self.figures, self.favoured, self.rejected))

    @classmethod
    def from_json(cls, line: str) -> Advice:
        """Return the advice that `to_json` wrote."""
        iri, modality, words, stance, bound, *others = json.loads(line)
        return cls(iri, modality, tuple(map(tuple, words)), Stance(stance), bound, *map(tuple, others))


def to_line(values: Sequence[object]) -> str:
    """Return values as one line of JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


_WORD: Final = re.compile(r"[^\W\d_]+")
_FIGURE: Final = re.compile(r"\S*[\d@#]\S*\w")
_SHORTENED: Final = re.compile(r"n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b")
_NEGATION: Final = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|avoid\w*|stop|beware|refrain|against)\b|n[’']t\b",
    re.IGNORECASE,
)
_FORBIDS: Final = re.compile(
    r"^(?:[\w\s]{0,40},\s)?(?:please\s)?(?:do not|don[’']t|never|avoid|stop|beware of|refrain from)\b"
    r"|\b(?:must|should|shall|may)(?:\s(?:not|never|avoid)\b|n[’']t\b)",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"\b(?:if|when\w*|unless|until|where\w*|while|except|outside|only|solely|just|than|this|these|those)\b",
    re.IGNORECASE,
)
_FRAGMENT: Final = re.compile(r"^\W*[a-z]|[:?]\W*$")
"""One item of a list, whose opening line may say not to do it; or a line of which the rest stands below."""

_PREFERENCES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bprefer\w*\s(?P<for>[^.;]+?)\s(?:over|to|rather than|instead of)\s(?P<against>[^.;,]+)",
        r"\b(?:choose|favou?r|pick|prioriti[sz]e|put|value)s?\s(?P<for>[^.;,]+?)\sover\s(?P<against>[^.;,]+)",
        r"^(?:rather than|instead of)\s(?P<against>[^.;,]+),\s(?P<for>[^.;]+)",
        r"^(?P<for>[^.;]+?),?\s(?:rather than|instead of)\s(?P<against>[^.;,]+)",
        r"\bnot\s(?P<against>[^.;,]+),\sbut\s(?P<for>[^.;,]+)",
        r"^(?P<for>[^.;]+),\snot\s(?P<against>[^.;,]+)\W*$",
    )
)
_HELPERS: Final = frozenset(
    [
        "additionally", "also", "always", "avoid", "beware", "choose", "consider", "ensure", "favor", "favour",
        "finally", "generally", "good", "important", "just", "key", "let", "lot", "make", "need", "never", "pick",
        "please", "prefer", "put", "really", "refrain", "remember", "stop", "sure", "thing", "try", "value", "very",
        "want", "way",
    ]
)  # fmt: skip
"""Words that give advice its form: whatever it is about, they may stand in it."""

_LEAST: Final = 0.05
"""The weight of the most common word: that two sentences share it still says a little."""


def advice(iri: Iri, text: str, modality: str, lexicon: Lexicon) -> Advice:
    """Return what a principle of some words and modality advises."""
    sides = next((found for pattern in _PREFERENCES if (found := pattern.search(text))), None)
    favoured, rejected = (_stems(sides[name], lexicon) for name in ("for", "against")) if sides else ((), ())
    return Advice(
        iri,
        modality,
        tuple(_weighed(text, lexicon)),
        Stance.PREFERS if favoured and rejected else _stance(text),
        bool(_BOUND.search(text) or _FRAGMENT.search(text)),
        tuple(sorted(set(_FIGURE.findall(text.casefold())))),
        favoured,
        rejected,
    )


def _stance(text: str) -> Stance:
    """Tell how a sentence that prefers nothing stands to what it speaks of.

    >>> [_stance(t).value for t in ("Test early.", "Never guess.", "Nobody reads it.", "Do not stop testing.")]
    ['affirms', 'forbids', 'denies', 'denies']
    """
    negations = len(_NEGATION.findall(text))
    if not negations:
        return Stance.AFFIRMS
    return Stance.FORBIDS if negations == 1 and _FORBIDS.search(text) else Stance.DENIES


def _weighed(text: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Yield what the words of a sentence share with their other forms, in order, each with its weight."""
    plain = _SHORTENED.sub(" ", _FIGURE.sub(" ", text.casefold()))
    for word in _WORD.findall(plain):
        if word not in _HELPERS and (stem := lexicon.stem(word)):
            yield stem, round(max(_LEAST, lexicon.rarity(word)), 2)


def _stems(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(sorted({stem for stem, _ in _weighed(text, lexicon)}))
