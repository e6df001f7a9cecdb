"""From the sum of weights that a linear model gives to a probability."""

from __future__ import annotations

from math import exp
from typing import Final

_STEEPEST: Final = 30.0
"""Beyond this a probability is 0 or 1 to all digits that matter, and the exponential soon overflows."""


def logistic(odds: float) -> float:
    """Return the probability for the logarithm of some odds: over 0, under 1.

    >>> logistic(0.0), logistic(-1000.0) > 0
    (0.5, True)
    """
    return 1 / (1 + exp(-max(-_STEEPEST, min(_STEEPEST, odds))))
