"""Who would act on an article that does not say whom it is for: the groups whose work its words are of."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kg.extract.datafile import rows
from kg.extract.language.frequency import rarity
from kg.extract.passages import TITLE
from kg.extract.roles.linear import Features, by_field, chance
from kg.extract.text import Text, most_telling
from kg.model import Inference, Iri, Kind, Mention, Passage, Relation
from kg.vocab import Vocabulary

RULE: Final = "words of their work"
_FILE: Final = Path(__file__).with_name("readers.txt")

LEAST: Final = 3
MOST: Final = 4
"""How many groups of readers an article has: those that are likelier than THRESHOLD, but no fewer and no more."""
THRESHOLD: Final = 0.25
"""Found with the weights, by cross-validation over publishers; readers have four groups for an article, on average."""

Terms = Sequence[Sequence[str]]

_IN_TITLE: Final = 4
_IN_HEADING: Final = 2
"""How many times a word counts there."""


def inferred_audience(text: Text, spoken: Iterable[Mention], shares: Mapping[str, float]) -> tuple[Inference, ...]:
    """Return the likeliest readers of an English article, likeliest first, each with the sentences that tell most.

    `spoken` are the mentions of roles in it: whoever is spoken of may be spoken to. `shares` are the probabilities of
    the fields that it may be of: each has readers of its own.
    """
    if not text.is_english:
        return ()
    told = terms(text)
    measured = features(text, told, spoken, shares)
    chances = {label: chance("readers", found) for label, found in measured.items()}
    likely = sorted(chances, key=lambda label: (-chances[label], label))
    chosen = [label for n, label in enumerate(likely[:MOST]) if n < LEAST or chances[label] > THRESHOLD]
    found = (_inference(text, label, told) for label in chosen)
    unique = {inference.concept or inference.label: inference for inference in found if inference.evidence}
    return tuple(unique.values())


def _inference(text: Text, label: str, told: Terms) -> Inference:
    concept = _concepts(text.vocabulary)[label]
    shown = text.vocabulary.concepts[concept].label if concept else label
    return Inference(Relation.AUDIENCE, Kind.ROLE, shown, concept, _evidence(text, label, told), RULE)


def _evidence(text: Text, label: str, told: Terms) -> tuple[Passage, ...]:
    """Return the sentences that have most of the words of a group's work, each counted once, rare ones more."""
    pairs = zip(told, text.sentences, strict=True)
    return most_telling(
        (sum(_weight(t) for t in dict.fromkeys(some) if label in readers_of(t)), s) for some, s in pairs
    )


def terms(text: Text) -> Terms:
    """Return for each sentence of an article its words, and two in a row, that are of somebody's work."""
    return [tuple(_terms(sentence.lowers)) for sentence in text.sentences]


def features(text: Text, told: Terms, spoken: Iterable[Mention], shares: Mapping[str, float]) -> dict[str, Features]:
    """Return what is measured of each group of readers; `told` are the telling words of the article's sentences.

    How likely it is beforehand, by the shares of the fields. Of its words: how many there are, rare ones counting more;
    how many of the group's cues they are; one in the title.
    """
    counted = _counted(text, told)
    title = {t for s, some in zip(text.sentences, told, strict=True) if s.passage.name == TITLE for t in some}
    mass: defaultdict[str, float] = defaultdict(float)
    cues: Counter[str] = Counter()
    titled: set[str] = set()
    for term, count in counted.items():
        for label in readers_of(term):
            mass[label] += _weight(term) * math.log1p(count)
            cues[label] += 1
            titled |= {label} if term in title else set()
    named, before = _named(spoken, text.vocabulary), priors(shares)
    return {
        label: {
            "prior": before[label],
            "words": math.log1p(mass[label]),
            "cues": cues[label] / count,
            "title": float(label in titled),
            "spoken of": math.log1p(named[label]),
        }
        for label, count in labels().items()
    }


def priors(shares: Mapping[str, float], known: Mapping[str, Mapping[str, float]] | None = None) -> dict[str, float]:
    """Return how likely each group of readers is beforehand, as log-odds, by the shares of the fields.

    `known` says for each field how likely each group is.
    """
    known = known or by_field()
    rows = [(share, known[field]) for field, share in shares.items()]
    likely = {label: math.fsum([share * row.get(label, row[""]) for share, row in rows]) for label in labels()}
    return {label: math.log(p / (1 - p)) for label, p in likely.items()}


def _counted(text: Text, told: Terms) -> Counter[str]:
    """Return how often each telling word, and two in a row, stand in an article; more in the title and headings."""
    counted: Counter[str] = Counter()
    for sentence, some in zip(text.sentences, told, strict=True):
        for term in some:
            counted[term] += _IN_TITLE if sentence.passage.name == TITLE else 1
    for _, heading in text.headings:
        for term in _terms([word.lower for word in heading]):
            counted[term] += _IN_HEADING
    return counted


def _terms(lowers: Sequence[str]) -> Iterator[str]:
    """Yield the words of a sentence, and two in a row, that are of somebody's work."""
    opening = _openings()
    for at, lower in enumerate(lowers):
        if readers_of(lower):
            yield lower
        if lower in opening and at + 1 < len(lowers) and readers_of(pair := f"{lower} {lowers[at + 1]}"):
            yield pair


def _weight(term: str) -> float:
    return 1.0 if " " in term else rarity(term)


def _named(spoken: Iterable[Mention], vocabulary: Vocabulary) -> Counter[str]:
    """Return how often each group of readers is spoken of."""
    uses = Counter(mention.concept or mention.label.lower() for mention in spoken)
    return Counter({label: uses[concept or label.lower()] for label, concept in _concepts(vocabulary).items()})


@lru_cache(4)
def _concepts(vocabulary: Vocabulary) -> dict[str, Iri]:
    """Return the concept of each group of readers, made once for a vocabulary."""
    return {label: vocabulary.only(label, Kind.ROLE) for label in labels()}


@cache
def labels() -> Mapping[str, int]:
    """Return the groups of readers, each with the number of its cues."""
    return {label: len(cues) for label, cues in _groups().items()}


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    parted = (row.partition(":") for row in rows(_FILE))
    return {label: tuple(cue.replace("_", " ") for cue in cues.split()) for label, _, cues in parted}


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """Return the groups that each cue is of; a cue with a star is the beginning of a word."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for label, cues in _groups().items():
        for cue in dict.fromkeys(cues):
            found[cue] = (*found[cue], label)
    return dict(found)


@cache
def _longest() -> int:
    """Return the length of the longest cue."""
    return max(map(len, _cues()))


@cache
def _openings() -> frozenset[str]:
    return frozenset(cue.partition(" ")[0] for cue in _cues() if " " in cue)


@lru_cache(50_000)
def readers_of(term: str) -> tuple[str, ...]:
    """Return the groups of whose work a word is, or two in a row.

    >>> "security engineer" in readers_of("vulnerabilities"), readers_of("tuesday")
    (True, ())
    """
    known = _cues()
    begun = (known.get(f"{term[:n]}*", ()) for n in range(1, min(len(term), _longest()) + 1))
    return tuple(sorted({*known.get(term, ()), *(label for labels_ in begun for label in labels_)}))
