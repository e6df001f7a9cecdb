"""How likely each sentence of an article states a principle, and from where on it is taken for one.

Logistic regression in two passes: the second also looks at how likely the sentences around one are, as principles stand
together. The weights are in weights.json; tests/quality/train/principles.py made them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from kg.extract.logistic import logistic
from kg.extract.principles.features import Features

WEIGHTS: Final = Path(__file__).with_name("weights.json")

BIAS: Final = "bias"
AROUND: Final = "around"
NEAR: Final = 4
"""So many sentences before and behind one stand around it."""

LEAST: Final = 0.25
"""How likely a sentence must be a principle to be taken for one. For publishers not trained on, F1 is the same from
here to .36, where precision is .08 higher and recall .06 lower; beyond .4 F1 falls."""

Weights = Mapping[str, float]


@cache
def weights() -> tuple[Weights, Weights]:
    """Return the weights of the first and the second pass, by the names of features."""
    first, second = json.loads(WEIGHTS.read_text(encoding="ascii"))
    return first, second


def likelihoods(rows: Sequence[Features]) -> list[float]:
    """Return for each sentence of an article how likely it states a principle, 0 to 1.

    >>> likelihoods([{"rule duty": 1.0, "length": 1.0}, {"asks": 1.0}])[0] > 0.1
    True
    """
    first, second = weights()
    near = around([likelihood(row, first) for row in rows])
    return [likelihood({**row, AROUND: value}, second) for row, value in zip(rows, near, strict=True)]


def likelihood(row: Features, weights: Weights) -> float:
    """Return the logistic function of a bias and the weighted sum of features."""
    weighted = math.fsum(value * weights.get(name, 0.0) for name, value in row.items())
    return logistic(weights.get(BIAS, 0.0) + weighted)


def around(likely: Sequence[float]) -> list[float]:
    """Return twice the mean of the values near each one, itself left out; 0 where there is no other.

    >>> around([0.5, 0.0, 0.25])
    [0.25, 0.75, 0.5]
    """
    means = []
    for at in range(len(likely)):
        near = (*likely[max(0, at - NEAR) : at], *likely[at + 1 : at + 1 + NEAR])
        means.append(2 * math.fsum(near) / max(1, len(near)))
    return means
