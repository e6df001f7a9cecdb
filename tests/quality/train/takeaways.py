"""`python -m tests.quality.train.takeaways`: make kg/extract/gist/takeaways.json from the annotated articles.

A listwise logistic model: the probability of each sentence among all of its article is fitted to the annotator's
choice, so that a long article counts no more than a short one. Prints first the F1 when each publisher in turn is left
out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize

from kg.extract import gist
from kg.extract.gist.features import Features, features
from kg.extract.gist.takeaways import choose, is_candidate
from kg.extract.gist.whole import Whole
from kg.extract.text import Text
from kg.vocab import BASE, Vocabulary, load
from tests.quality.gold import Example, examples, left_out, score

HOME: Final = Path(gist.__file__).parent
_DIGITS: Final = 3
_PRIOR: Final = 1.0


@dataclass(frozen=True)
class Read:
    """An annotated article, its sentences and their features."""

    example: Example
    vocabulary: Vocabulary

    @cached_property
    def whole(self) -> Whole:
        """The sentences."""
        return Whole(Text(self.example.article, self.vocabulary))

    @cached_property
    def able(self) -> Sequence[int]:
        """The numbers of those that can be chosen."""
        return [at for at, sentence in enumerate(self.whole.sentences) if is_candidate(sentence)]

    @cached_property
    def features(self) -> Sequence[Features]:
        """The features of those that can be chosen."""
        every = features(self.whole)
        return [every[at] for at in self.able]

    @cached_property
    def is_chosen(self) -> Sequence[bool]:
        """Whether the annotator chose each of them."""
        gold = self.example.gold["takeaways"]
        said = [{self.whole.sentences[at].text} for at in self.able]
        return [any(score().same_sentence({g}, s) for g in gold) for s in said]

    def f1(self, by: Mapping[str, float]) -> float:
        """Return how right the choice by some weights is."""
        said = [sum(by.get(name, 0.0) * value for name, value in one.items()) for one in self.features]
        ranked = [at for _, at in sorted(zip(said, self.able, strict=True), key=lambda one: (-one[0], one[1]))]
        found = [{self.whole.sentences[at].text} for at in choose(self.whole, ranked)]
        row = score().prf(found, [{g} for g in self.example.gold["takeaways"]], score().same_sentence)
        return float(row[2]) if row else 0.0


def fitted(some: Sequence[Read]) -> dict[str, float]:
    """Return the weights under which the annotators' choices are likeliest, small ones preferred."""
    known = [r for r in some if any(r.is_chosen)]
    names = sorted({name for r in known for one in r.features for name in one})
    rows = [np.array([[one.get(name, 0.0) for name in names] for one in r.features]) for r in known]
    chosen = [np.array(r.is_chosen) / sum(r.is_chosen) for r in known]

    def loss(by: Any) -> tuple[float, Any]:  # noqa: ANN401 - arrays
        value, slope = _PRIOR / 2 * by @ by, _PRIOR * by
        for row, share in zip(rows, chosen, strict=True):
            said = row @ by - (row @ by).max()
            odds = np.exp(said) / np.exp(said).sum()
            value -= share @ np.log(odds + 1e-12)
            slope = slope + row.T @ (odds - share)
        return float(value), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(weight), _DIGITS) for name, weight in zip(names, found, strict=True)}


def unseen(reads: Sequence[Read]) -> float:
    """Return the mean F1 of articles whose publisher is left out of the fitting."""
    found = []
    for others, own in left_out(reads, lambda r: r.example):
        by = fitted(others)
        found += [r.f1(by) for r in own]
    return fmean(found)


def main() -> None:
    """Measure, fit to all, and write the file."""
    vocabulary = load(BASE)
    reads = [Read(e, vocabulary) for e in examples("train")]
    print(f"F1, its publisher left out: {unseen(reads):.3f}")  # noqa: T201
    file = HOME / "takeaways.json"
    file.write_text(json.dumps(fitted(reads), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
