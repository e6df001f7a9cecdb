"""`python -m tests.quality.train.audience [cv]`: make kg/extract/roles/weights.json from the annotated articles.

Two linear models: which of the roles named in an article it speaks of, and which groups of readers would act on it.
With `cv` nothing is written: the articles of each publisher are scored by models trained on those of the others.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from kg.extract.filing import evidence
from kg.extract.logistic import logistic
from kg.extract.roles import linear, readers, spoken
from kg.extract.roles.readers import LEAST, MOST
from kg.extract.roles.spoken import named
from kg.extract.roles.uses import Role, features
from kg.extract.text import Text
from kg.model import Kind
from kg.vocab import Vocabulary, load
from tests.quality.gold import Example, examples, left_out, score

HOME: Final = Path(readers.__file__).with_name("weights.json")
PRIORS: Final = HOME.with_name("priors.json")
STRENGTH: Final = {"spoken": 0.3, "readers": 0.003}
"""Inverse regularisation. Groups of readers are many and each is seen seldom: their model is held to small weights."""

SEEN: Final = 12.0
OF: Final = 400.0
"""In so many of so many articles a group is taken as seen beforehand: one publisher's readers are not the world's."""

ANYWHERE: Final = 40.0
"""So many articles of any field are added to those of each: of 5 to 40, and no fields at all, the best by a little."""

Model = dict[str, float]
Priors = dict[str, Model]
Labels = frozenset[str]


@dataclass(frozen=True)
class Case:
    """The candidates of an article: labels, what is measured of each, whether it is right, how much that counts."""

    example: Example
    labels: tuple[Labels, ...]
    rows: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    weight: tuple[float, ...]
    shares: Mapping[str, float]


def main() -> None:
    """Train on all articles and write, or cross-validate and print."""
    vocabulary, some = load(), examples("train")
    texts = [Text(example.article, vocabulary) for example in some]
    named_cases = [_named_case(e, t, vocabulary) for e, t in zip(some, texts, strict=True)]
    if sys.argv[1:] != ["cv"]:
        write({"spoken": fit("spoken", named_cases)})
    cases = [_readers_case(e, t, vocabulary) for e, t in zip(some, texts, strict=True)]
    if sys.argv[1:] == ["cv"]:
        cross_validate(named_cases, cases)
    else:
        prior = priors(cases)
        PRIORS.write_text(json.dumps(prior, indent=1) + "\n", encoding="utf-8")
        told = [_with(prior, case) for case in cases]
        write({"readers": fit("readers", told), "spoken": linear.weights("spoken")})


def write(found: Mapping[str, Model]) -> None:
    """Write the weights, rounded, and let the program read them again."""
    rounded = {name: {k: round(v, 3) for k, v in sorted(model.items())} for name, model in found.items()}
    empty: dict[str, Model] = {"readers": {}, "spoken": {}}
    HOME.write_text(json.dumps({**empty, **rounded}, indent=1) + "\n", encoding="utf-8")
    linear.weights.cache_clear()


def fit(name: str, cases: Sequence[Case]) -> Model:
    """Return the weights of a logistic regression and its bias, in the units of the features themselves."""
    names = sorted({key for case in cases for row in case.rows for key in row})
    table = np.array([[row.get(key, 0.0) for key in names] for case in cases for row in case.rows])
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=STRENGTH[name], max_iter=1000)
    right = [r for case in cases for r in case.right]
    model.fit(scaler.transform(table), right, sample_weight=[w for case in cases for w in case.weight])
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    return {linear.BIAS: bias, **dict(zip(names, map(float, weights), strict=True))}


def priors(cases: Sequence[Case]) -> Priors:
    """Return for each field how likely each group of readers is beforehand; "" is a group that was never seen."""
    right = np.array([case.right for case in cases], float)
    shares = np.array([list(case.shares.values()) for case in cases])
    anywhere = (right.sum(axis=0) + SEEN) / (len(cases) + OF)
    likely = (shares.T @ right + ANYWHERE * anywhere) / (shares.sum(axis=0)[:, None] + ANYWHERE)
    seen = [any(column) for column in zip(*(case.right for case in cases), strict=True)]
    unseen = ANYWHERE * SEEN / (len(cases) + OF) / (shares.sum(axis=0) + ANYWHERE)
    return {
        field: {"": _rounded(unseen[n])}
        | {k: _rounded(p) for k, p, told in zip(readers.labels(), likely[n], seen, strict=True) if told}
        for n, field in enumerate(cases[0].shares)
    }


def _rounded(likely: float) -> float:
    return float(f"{likely:.3g}")


def _with(prior: Priors, case: Case) -> Case:
    before = readers.priors(case.shares, prior)
    return replace(case, rows=tuple({**row, "prior": before[k]} for k, row in zip(before, case.rows, strict=True)))


def _named_case(example: Example, text: Text, vocabulary: Vocabulary) -> Case:
    """Return the roles named in an article, each right that can be matched with one that its reader noted."""
    roles = named(text)
    labels = tuple(_labels(role, vocabulary) for role in roles)
    left = list(example.gold["roles_mentioned"])
    right = [False] * len(roles)
    for same in (score().same_label, score().same_role):
        for n, found in enumerate(labels):
            if not right[n] and (gold := next((g for g in left if same(found, {g})), None)):
                left.remove(gold)
                right[n] = True
    return Case(example, labels, tuple(features(text, roles)), tuple(right), (1.0,) * len(roles), {})


def _labels(role: Role, vocabulary: Vocabulary) -> Labels:
    return frozenset(vocabulary.concepts[role.concept].labels if role.concept else {role.label})


def _readers_case(example: Example, text: Text, vocabulary: Vocabulary) -> Case:
    """Return all groups of readers: right are those nearest to one that was noted; others like it do not count."""
    shares = evidence(text).shares
    measured = readers.features(text, readers.terms(text), spoken(text), shares)
    labels = tuple(_all_labels(label, vocabulary) for label in measured)
    gold = tuple(example.gold["audience"])
    near = [[_nearness(label, found, g) for label, found in zip(measured, labels, strict=True)] for g in gold]
    right = tuple(any(row[n] and row[n] == max(row) for row in near) for n in range(len(labels)))
    weight = tuple(1.0 if r or not any(row[n] for row in near) else 0.0 for n, r in enumerate(right))
    return Case(example, labels, tuple(measured.values()), right, weight, shares)


def _all_labels(label: str, vocabulary: Vocabulary) -> Labels:
    concept = vocabulary.only(label, Kind.ROLE)
    return frozenset({label, *(vocabulary.concepts[concept].labels if concept else ())})


@cache
def _nearness(label: str, found: Labels, gold: str) -> float:
    """Return how near a group of readers is to one that was noted, its own label counting most; 0 if not the same."""
    shares = [_overlap(one, gold) for one in found]
    return _overlap(label, gold) + max(shares) / 2 if score().same_role(found, {gold}) else 0.0


def _overlap(left: str, right: str) -> float:
    one, two = set(score().key(left)), set(score().key(right))
    return len(one & two) / len(one | two)


def cross_validate(named_cases: Sequence[Case], cases: Sequence[Case]) -> None:
    """Print what the models find in articles of publishers that they were not trained on, by threshold."""
    for limit in (0.36, 0.39, 0.42, 0.45, 0.48):
        kept = [_over(c, model, limit) for c, model in _folds("spoken", named_cases)]
        print(f"roles > {limit}", *_scores(kept, "roles_mentioned"))  # noqa: T201 - figures are what is asked for
    for limit in (0.16, 0.19, 0.22, 0.25, 0.28):
        kept = [_likeliest(c, model, limit) for c, model in _folds("readers", cases)]
        print(f"audience > {limit}", *_scores(kept, "audience"))  # noqa: T201 - as above


def _folds(name: str, cases: Sequence[Case]) -> Iterator[tuple[Case, Model]]:
    """Yield each case with a model trained on the cases of other publishers."""
    for others, own in left_out(cases, lambda case: case.example):
        prior: Priors = priors(others) if name == "readers" else {}
        model = fit(name, [_with(prior, case) for case in others] if prior else others)
        yield from (((_with(prior, case) if prior else case), model) for case in own)


def _chances(case: Case, model: Model) -> list[float]:
    return [logistic(model[linear.BIAS] + sum(model.get(k, 0) * v for k, v in r.items())) for r in case.rows]


def _over(case: Case, model: Model, limit: float) -> tuple[Example, list[Labels]]:
    pairs = zip(case.labels, _chances(case, model), strict=True)
    return case.example, [labels for labels, chance in pairs if chance > limit]


def _likeliest(case: Case, model: Model, limit: float) -> tuple[Example, list[Labels]]:
    chances = _chances(case, model)
    likely = sorted(range(len(chances)), key=lambda n: (-chances[n], n))[:MOST]
    return case.example, [case.labels[n] for at, n in enumerate(likely) if at < LEAST or chances[n] > limit]


def _scores(found: Collection[tuple[Example, list[Labels]]], kind: str) -> Iterator[str]:
    """Yield precision, recall and F1, each the mean over articles in which there is something to find or found."""
    rows = [score().prf(labels, [{x} for x in example.gold[kind]], score().same_role) for example, labels in found]
    yield from (f"{fmean(row[n] for row in rows if row):.3f}" for n in range(3))


if __name__ == "__main__":
    main()
