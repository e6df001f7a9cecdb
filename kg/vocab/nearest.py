"""The concept whose label is most like a term: only a suggestion, for people to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kg.model import Iri
from kg.vocab.forms import normal_form

_STEM: Final = 5
"""Letters that two words must begin with alike for their labels to be compared: "programmer", "programming"."""

_OPENING: Final = 3
_LEAST: Final = 0.35
"""Likeness; below that, what two labels share is mostly one common word."""


_SMALL: Final = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on",
    "or", "over", "per", "the", "to", "with",
))  # fmt: skip
"""Words that say nothing of what a label is about."""


class Nearest(NamedTuple):
    """A concept, its label that is like a term, and how like: the share of three letters that both have (Dice)."""

    iri: Iri
    label: str
    score: float


def nearest(terms: Sequence[str], labels: Iterable[tuple[str, Iri]]) -> dict[str, Nearest]:
    """Return for each term the concept with the label most like it, nothing for a term that no label is like.

    Only labels that share a word with the term are looked at.

    >>> labels = [("data pipeline", Iri("urn:pipe")), ("data model", Iri("urn:model")), ("tea", Iri("urn:tea"))]
    >>> nearest(["retrieval pipelines", "tax"], labels)
    {'retrieval pipelines': Nearest(iri='urn:pipe', label='data pipeline', score=0.48)}
    """
    forms = {term: normal_form(term) for term in terms}
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for term, form in forms.items():
        for stem in _stems(form):
            by_stem[stem].append(term)
    pieces = {term: _pieces(form) for term, form in forms.items()}
    openings = {stem[:_OPENING] for stem in by_stem}
    best: dict[str, Nearest] = {}
    for label, iri in labels:
        if openings.isdisjoint(word[:_OPENING] for word in label.casefold().replace("-", " ").split()):
            continue  # a quick look, as there may be a million
        form = normal_form(label)
        alike = {term for stem in _stems(form) for term in by_stem.get(stem, ())}
        own = _pieces(form) if alike else frozenset()
        for term in alike:
            found = Nearest(iri, label, _dice(own, pieces[term]))
            if found.score >= _LEAST and (term not in best or _order(found) < _order(best[term])):
                best[term] = found
    return {term: best[term] for term in terms if term in best}


def _order(found: Nearest) -> tuple[float, str, str]:
    return -found.score, found.label, found.iri


def _stems(form: str) -> set[str]:
    return {word[:_STEM] for word in form.split() if word not in _SMALL}


def _pieces(form: str) -> frozenset[str]:
    padded = f"  {form} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return round(2 * len(one & other) / (len(one) + len(other)), 2)
