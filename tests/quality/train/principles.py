"""`python -m tests.quality.train.principles`: make kg/extract/principles/weights.json from the annotated set `train`.

Prints how right the result is on publishers that it was not trained on; with `--curve` also for ever fewer articles.
Both passes are logistic regression with an L2 penalty. The second is trained on likelihoods of articles of publishers
that the first did not see, as it will meet them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from statistics import fmean
from typing import Final

from rich.console import Console
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut

from kg.extract.principles.features import Features, Reading, read
from kg.extract.principles.scoring import AROUND, BIAS, LEAST, WEIGHTS, Weights, around, likelihood
from kg.extract.principles.stated import can_state
from kg.extract.text import Text
from kg.vocab import BASE, load
from tests.quality.gold import Example, examples, score

PENALTY: Final = 0.2
"""The inverse strength of the L2 penalty; of .05 to 1 the best for publishers not trained on, and flat around it."""

_FOLDS: Final = 5
_CURVE: Final = (20, 40, 80)
_DIGITS: Final = 3
_Rows = Sequence[Features]


@dataclass(frozen=True)
class Labelled:
    """An annotated article: its sentences, their features, and which of them are principles."""

    example: Example

    @cached_property
    def text(self) -> Text:
        """The article as the extractors see it."""
        return Text(self.example.article, load(BASE))

    @cached_property
    def readings(self) -> list[Reading]:
        """What is read in its sentences."""
        return read(self.text.sentences)

    @cached_property
    def rows(self) -> _Rows:
        """The features of its sentences."""
        return [reading.features for reading in self.readings]

    @cached_property
    def gold(self) -> list[set[str]]:
        """The principles that the annotator found."""
        return [{words} for words in self.example.gold["principles"]]

    @cached_property
    def labels(self) -> list[int]:
        """For each sentence whether it is one of them: those with the same words first, then those much like one."""
        left = list(self.gold)
        labels = [0] * len(self.text.sentences)
        for same in (_same_words, score().same_sentence):
            for at, sentence in enumerate(self.text.sentences):
                match = next((g for g in left if not labels[at] and same({sentence.text}, g)), None)
                if match is not None:
                    left.remove(match)
                    labels[at] = 1
        return labels


def _same_words(left: set[str], right: set[str]) -> bool:
    same: bool = score().words(next(iter(left))) == score().words(next(iter(right)))
    return same


def fit(rows: _Rows, labels: Sequence[int]) -> Weights:
    """Return the weights of one pass, rounded, by the names of features."""
    vectors = DictVectorizer()
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit(vectors.fit_transform(rows), labels)
    named = zip(vectors.feature_names_, model.coef_[0], strict=True)
    found = {name: float(f"{value:.{_DIGITS}g}") for name, value in named}
    return {BIAS: float(f"{model.intercept_[0]:.{_DIGITS}g}"), **found}


def train(some: Sequence[Labelled]) -> tuple[Weights, Weights]:
    """Return the weights of both passes."""
    groups = [a.example.group for a in some]
    near: dict[str, list[float]] = {}
    for seen, unseen in GroupKFold(min(_FOLDS, len(set(groups)))).split(some, groups=groups):
        first = _pass([some[i] for i in seen])
        near |= {some[i].example.path: around([likelihood(r, first) for r in some[i].rows]) for i in unseen}
    rows = [{**row, AROUND: value} for a in some for row, value in zip(a.rows, near[a.example.path], strict=True)]
    return _pass(some), fit(rows, [y for a in some for y in a.labels])


def _pass(some: Sequence[Labelled]) -> Weights:
    return fit([row for a in some for row in a.rows], [y for a in some for y in a.labels])


def taken(article: Labelled, weights: tuple[Weights, Weights]) -> list[bool]:
    """Return for each sentence whether it is taken for a principle."""
    near = around([likelihood(row, weights[0]) for row in article.rows])
    likely = [likelihood({**r, AROUND: v}, weights[1]) for r, v in zip(article.rows, near, strict=True)]
    told = zip(article.text.sentences, article.readings, likely, strict=True)
    able = [value if can_state(sentence, reading) else 0.0 for sentence, reading, value in told]
    return [value >= LEAST for value in able]


def unseen(
    some: Sequence[Labelled], trained: Callable[[Sequence[Labelled]], tuple[Weights, Weights]] = train
) -> list[list[bool]]:
    """Return what is taken in each article by weights trained on the articles of all other publishers."""
    found: dict[int, list[bool]] = {}
    groups = [a.example.group for a in some]
    for seen, held in LeaveOneGroupOut().split(some, groups=groups):
        weights = trained([some[i] for i in seen])
        found |= {int(i): taken(some[i], weights) for i in held}
    return [found[i] for i in range(len(some))]


def figures(some: Sequence[Labelled], taken_: Sequence[Sequence[bool]]) -> str:
    """Return precision, recall and F1, means over articles that have or were given any; and F1 over all sentences."""
    rows = [_of_article(a, t) for a, t in zip(some, taken_, strict=True)]
    told = [r for r in rows if r is not None]
    hit = sum(y and t for a, ts in zip(some, taken_, strict=True) for y, t in zip(a.labels, ts, strict=True))
    all_ = sum(map(sum, taken_)) + sum(sum(a.labels) for a in some)
    p, r, f = (fmean(row[i] for row in told) for i in range(3))
    return f"P {p:.3f} R {r:.3f} F1 {f:.3f} on {len(told)} articles, F1 over all sentences {2 * hit / all_:.3f}"


def _of_article(article: Labelled, taken_: Sequence[bool]) -> tuple[float, float, float] | None:
    found = dict.fromkeys(s.text for s, t in zip(article.text.sentences, taken_, strict=True) if t)
    row: tuple[float, float, float] | None = score().prf([{f} for f in found], article.gold, score().same_sentence)
    return row


def main() -> None:
    """Train and write the file; print the figures for publishers not trained on."""
    some = [Labelled(e) for e in examples("train")]
    weights = [dict(sorted(w.items(), key=lambda item: (-item[1], item[0]))) for w in train(some)]
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="ascii")
    told = Console()
    told.print(f"{len(some)} articles, publishers left out one by one: {figures(some, unseen(some))}")
    for count in _CURVE if "--curve" in sys.argv else ():
        told.print(f"trained on {count}: {figures(some, unseen(some, partial(_train_on, count)))}")


def _train_on(count: int, some: Sequence[Labelled]) -> tuple[Weights, Weights]:
    """Train on so many articles, spread evenly over the list."""
    return train([some[i * len(some) // count] for i in range(count)])


if __name__ == "__main__":
    main()
