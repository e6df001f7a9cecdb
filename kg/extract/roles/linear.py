"""The two linear models of this package, as weights.json has them: which roles count, and who would read an article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from kg.extract.logistic import logistic

_FILE: Final = Path(__file__).with_name("weights.json")
_PRIORS: Final = Path(__file__).with_name("priors.json")
BIAS: Final = "bias"

Features = Mapping[str, float]
"""What is measured of one candidate, by name; what is not named is 0."""


@cache
def weights(model: str) -> dict[str, float]:
    """Return the weights of a model ("spoken", "readers"), by name."""
    found: dict[str, dict[str, float]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return dict(sorted(found[model].items()))


@cache
def by_field() -> Mapping[str, Mapping[str, float]]:
    """Return for each field how likely each group of readers is, 0 to 1; "" is any that was never seen."""
    found: Mapping[str, Mapping[str, float]] = json.loads(_PRIORS.read_text(encoding="utf-8"))
    return found


def chance(model: str, features: Features) -> float:
    """Return the probability that a model gives to a candidate: over 0, under 1.

    >>> chance("spoken", {"kind person": 1.0, "count": 1.6}) > chance("spoken", {"kind group": 1.0, "count": 1.6})
    True
    """
    known = weights(model)
    return logistic(known[BIAS] + sum(weight * features.get(name, 0.0) for name, weight in known.items()))
