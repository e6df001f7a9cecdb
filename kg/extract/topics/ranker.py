"""How likely each candidate is a topic: linear models over its features, one for single words and one for phrases.

A look at little sorts out most candidates; only the rest get all their features. So time is linear in the text, however
long it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul
from pathlib import Path
from typing import Final, NamedTuple

from kg.extract.logistic import logistic
from kg.extract.topics.candidates import Candidate
from kg.extract.topics.features import LOOKED, NAMES, features, look
from kg.extract.topics.setting import Setting

_FILE: Final = Path(__file__).with_name("weights.json")
LOOKED_AT: Final = 60
"""So many candidates get a second look. With 80, F1 for publishers not trained on is .001 higher, and the share of
central topics that is found .01 lower."""


class Model(NamedTuple):
    """A weight for each feature, further weights from a value of a feature on, and what is added to their sum."""

    weights: tuple[float, ...]
    bends: tuple[tuple[int, float, float], ...]
    bias: float

    def score(self, vector: Sequence[float]) -> float:
        """Return the logarithm of the odds for some features.

        >>> round(model({"bias": -2, "count": 0.5, "count>1": 1}, ("count",)).score([3]), 3)
        1.5
        """
        bent = sum([weight * (vector[at] - value) for at, value, weight in self.bends if vector[at] > value])
        straight: float = sum(map(mul, self.weights, vector))
        return self.bias + straight + bent


class Ranked(NamedTuple):
    """A candidate, and how likely it is a topic, 0 to 1."""

    candidate: Candidate
    likely: float


def model(weights: Mapping[str, float], names: Sequence[str]) -> Model:
    """Return the model of some weights by name; "count>1.5" weighs what the count is above 1.5."""
    bends = [(*name.split(">"), name) for name in sorted(weights) if ">" in name]
    return Model(
        tuple(float(weights.get(name, 0)) for name in names),
        tuple((names.index(name), float(value), weights[whole]) for name, value, whole in bends),
        float(weights["bias"]),
    )


class Models(NamedTuple):
    """The models for a first look, for single words and for phrases."""

    look: Model
    word: Model
    phrase: Model


@cache
def models() -> Models:
    """Return the models that come with the program."""
    return read(json.loads(_FILE.read_text(encoding="utf-8")))


def read(weights: Mapping[str, Mapping[str, float]]) -> Models:
    """Return the three models of some weights."""
    return Models(model(weights["look"], LOOKED), model(weights["word"], NAMES), model(weights["phrase"], NAMES))


def rank(found: Sequence[Candidate], home: Setting, using: Models | None = None) -> list[Ranked]:
    """Return the likeliest candidates of an article and how likely each is a topic, the likeliest first."""
    with_ = using or models()
    seen = worth(found, home, with_.look)
    made = [
        Ranked(c, logistic((with_.phrase if " " in c.key else with_.word).score(v)))
        for c, v in zip(seen, features(seen, home), strict=True)
    ]
    return sorted(made, key=lambda r: (-r.likely, r.candidate.key))


def worth(found: Sequence[Candidate], home: Setting, first: Model) -> Sequence[Candidate]:
    """Return the candidates that are worth a second look, ordered by key."""
    if len(found) <= LOOKED_AT:
        return found
    best = sorted(found, key=lambda c: (-first.score(look(c, home)), c.key))
    return sorted(best[:LOOKED_AT], key=lambda c: c.key)
