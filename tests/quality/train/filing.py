"""`python -m tests.quality.train.filing`: make kg/extract/filing/weights.json from the annotated articles of `train`.

Prints first how often field and level are right when each publisher in turn is left out. The few weights of the field
are shared by all shelves and no shelf has one of its own: a shelf is no likelier for being frequent among these
publishers. The level is a logistic regression with a strong prior, of beginner against the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from kg.extract import filing
from kg.extract.filing.level import features, signs
from kg.extract.filing.shelving import SHELVES, Evidence, evidence
from kg.extract.filing.telling import weights
from kg.extract.text import Text
from kg.vocab import BASE, Vocabulary, load
from tests.quality.gold import Example, examples, left_out

HOME: Final = Path(filing.__file__).parent
PARTS: Final = ("body", "title", "topics")
_DIGITS: Final = 3
_PRIOR_OF_LEVEL: Final = 0.01
_PRIOR_OF_FIELD: Final = 0.5

Weights = dict[str, float]


@dataclass(frozen=True)
class Read:
    """An annotated article, and what of it tells field and level."""

    example: Example
    vocabulary: Vocabulary

    @property
    def field(self) -> str:
        """The field that the annotator chose."""
        return str(self.example.gold["field"]).casefold()

    @property
    def is_deep(self) -> bool:
        """Tell whether the annotator found it to be for more than beginners."""
        return bool(self.example.gold["depth"] != "beginner")

    @cached_property
    def evidence(self) -> Evidence:
        """What it says for each shelf."""
        return evidence(self._text)

    @cached_property
    def level(self) -> Weights:
        """What tells its level."""
        return dict(features(self._text, self.evidence, signs(self._text)))

    @cached_property
    def _text(self) -> Text:
        return Text(self.example.article, self.vocabulary)


def field_weights(some: Sequence[Read]) -> Weights:
    """Return how much body, title and topics count: a logistic choice between shelves, fitted to the annotators'."""
    known = [(r, s) for r in some for s, shelf in enumerate(SHELVES) if shelf.casefold() == r.field]
    said = np.array([[[getattr(r.evidence, part)[s] for s in SHELVES] for part in PARTS] for r, _ in known])
    chosen = np.array([s for _, s in known])

    def loss(by: Any) -> float:  # noqa: ANN401 - an array
        sums = np.einsum("p,aps->as", by, said)
        most = sums.max(axis=1)
        right = sums[np.arange(len(chosen)), chosen]
        return float(
            (np.log(np.exp(sums - most[:, None]).sum(axis=1)) + most - right).sum() + _PRIOR_OF_FIELD / 2 * by @ by
        )

    return {
        part: round(float(w), _DIGITS) for part, w in zip(PARTS, minimize(loss, np.zeros(len(PARTS))).x, strict=True)
    }


def level_weights(some: Sequence[Read]) -> Weights:
    """Return how much each feature counts for more than a beginner's level, and "(all)" for what is there anyway."""
    names = sorted(some[0].level)
    rows = np.array([[r.level[name] for name in names] for r in some])
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=_PRIOR_OF_LEVEL, max_iter=1000).fit(scale.transform(rows), [r.is_deep for r in some])
    by = model.coef_[0] / scale.scale_
    found = {name: round(float(w), _DIGITS) for name, w in zip(names, by, strict=True)}
    return {"(all)": round(float(model.intercept_[0] - by @ scale.mean_), _DIGITS)} | found


def field_of(read: Read, by: Weights) -> str:
    """Return the field that weights choose."""
    return max(SHELVES, key=lambda s: sum(by[p] * getattr(read.evidence, p)[s] for p in PARTS)).casefold()


def level_of(read: Read, by: Weights) -> str:
    """Return the level that weights choose."""
    depth = by["(all)"] + sum(by[name] * value for name, value in read.level.items())
    return "intermediate" if depth > 0 else "beginner"


def share_right(
    reads: Sequence[Read], fit: Callable[[Sequence[Read]], Weights], right: Callable[[Read, Weights], bool]
) -> float:
    """Return the share that is right when each publisher in turn is left out of the fitting."""
    hits = 0
    for others, own in left_out(reads, lambda r: r.example):
        by = fit(others)
        hits += sum(right(r, by) for r in own)
    return hits / len(reads)


def main() -> None:
    """Measure, fit to all, and write the file."""
    vocabulary = load(BASE)
    reads = [Read(e, vocabulary) for e in examples("train")]
    right = share_right(reads, field_weights, lambda r, by: field_of(r, by) == r.field)
    made = {"field": field_weights(reads)}
    write(made)  # the level is told by the field too
    deep = share_right(reads, level_weights, lambda r, by: level_of(r, by) == r.example.gold["depth"])
    write(made | {"level": level_weights(reads)})
    print(f"right, its publisher left out: field {right:.3f}, level {deep:.3f}")  # noqa: T201


def write(made: Mapping[str, Weights]) -> None:
    """Write the weights, from where they are read anew."""
    (HOME / "weights.json").write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    weights.cache_clear()


if __name__ == "__main__":
    main()
