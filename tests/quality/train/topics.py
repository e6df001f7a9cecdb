"""`python -m tests.quality.train.topics [check]`: make kg/extract/topics/{standing.txt,weights.json}.

Learns from the annotated articles of ../shared/gold/train which candidates are topics, and from the articles of
../shared/corpus/scale.jsonl.gz, which have no annotations, how phrases fare: a first ranker that knows nothing of
phrases judges all their candidates, and the mean of what it says of a phrase is the phrase's standing; the second
ranker has that among its features.

With `check` nothing is written: the same is done leaving out one group of publishers after the other, and the scores on
what was left out are printed. Needs scikit-learn.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from kg.extract.text import Text
from kg.extract.topics import ranker, setting_of
from kg.extract.topics.candidates import Candidate, Unit, candidates, units
from kg.extract.topics.choice import choose
from kg.extract.topics.features import LOOKED, NAMES, features, look
from kg.extract.topics.ranker import Models, model, rank, read, worth
from kg.extract.topics.setting import Setting
from kg.extract.topics.standing import Row, Standing, row
from kg.model import Article
from kg.vocab import BASE, Vocabulary, load
from tests.quality.gold import Example, corpus, examples, score

HOME: Final = Path(ranker.__file__).parent
_FEWEST, _PUBLISHERS = 15, 2
"""Of a phrase is told what is known from so many articles of so many publishers."""
_PENALTY: Final = 60.0
_FOLDS: Final = 6
_LONGEST: Final = 60_000
"""Characters; longer records are books."""
_SHORTEST: Final = 8
"""Sentences; what is shorter is no article."""
_EMPTY: Final = Standing({}, {}, {})
_SHORT: Final = 7
"""Sentences of an article cut short: so it learns from short texts, too."""
_HEAD: Final = f"""\
# How phrases fare as topics: kind (p a phrase, h a word that ends phrases, m a word before the last), in how many
# articles it stands, how likely it is a topic there (per mille), key. Counted in openly licensed articles for
# professionals; what is in fewer than {_FEWEST} of them, or of one publisher only, is left out.
# Made by tests/quality/train/topics.py.
"""

BENDS: Final = {
    "count": (1.1, 1.7, 2.2, 3), "free": (0.7, 1.1, 1.6, 2.3), "place": (1, 2, 3, 4), "standing": (-3.2, -2.4, -1.6),
    "head standing": (-3, -2.4), "rarity": (0.3, 0.45, 0.6), "rarity of head": (0.2, 0.4, 0.6), "right": (0.2, 0.6),
    "left": (0.2, 0.6), "length": (0.2, 0.4, 0.6), "least words count": (1, 1.7, 2.4), "first": (0.1, 0.5),
    "longer": (1, 2), "modifier standing": (-3, -2.4), "phrase weight": (0.3, 0.6, 1),
}  # fmt: skip
"""From which values on a feature weighs more or less: about the quintiles of it."""

Weights = dict[str, float]
Array = Any


@dataclass(frozen=True)
class Case:
    """An article with its candidates, and for each the topics of the annotator that it is (by number)."""

    example: Example
    home: Setting
    found: Sequence[Candidate]
    hits: Sequence[Sequence[int]]

    @property
    def grades(self) -> Sequence[int]:
        """How central each topic of the annotator is, 1 or 2."""
        return [t["grade"] for t in self.example.gold["topics"]]

    def goals(self, some: Sequence[Candidate]) -> tuple[list[bool], list[int]]:
        """Return for each of some candidates whether it is a topic, and how much it weighs: a central one twice."""
        at = {c.key: hits for c, hits in zip(self.found, self.hits, strict=True)}
        return [bool(at[c.key]) for c in some], [max([self.grades[j] for j in at[c.key]], default=1) for c in some]


@cache
def _key(label: str) -> tuple[str, ...]:
    return tuple(score().key(label))


def case(example: Example, vocabulary: Vocabulary, known: Standing, sentences: int | None = None) -> Case:
    """Return an example with its candidates; with `sentences`, only of its title and its first so many sentences."""
    text = Text(example.article, vocabulary)
    told = units(text)
    if sentences:
        prose = [u for u in told if u.is_prose]
        told = (*(u for u in told if u.sentence and not u.is_prose), *prose[:sentences])
    gold = [{_key(x) for x in (t["label"], *t["aliases"])} for t in example.gold["topics"]]
    found = candidates(text, told)
    hits = [_hits(names(example.article, c, told, vocabulary), gold) for c in found]
    return Case(example, setting_of(text, told, known), found, hits)


def _hits(called: Iterable[str], gold: Sequence[set[tuple[str, ...]]]) -> list[int]:
    keys = {_key(name) for name in called}
    return [j for j, labels in enumerate(gold) if labels & keys]


def names(article: Article, candidate: Candidate, told: Sequence[Unit], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words of an article at each place of a candidate, and the labels of its concept."""
    for unit, first, end in candidate.found:
        words = told[unit].words
        yield article.pages[told[unit].page].text[words[first].start : words[end - 1].end]
    if candidate.concept:
        yield from vocabulary.concepts[candidate.concept].labels


def fit(vectors: Array, goals: Sequence[bool], weigh: Sequence[int], names: Sequence[str]) -> Weights:
    """Return the weights of a logistic regression, in the units of the features, to four digits."""
    scale = StandardScaler().fit(vectors)
    learned = LogisticRegression(C=1 / _PENALTY, solver="newton-cholesky", tol=1e-6)
    learned.fit(scale.transform(vectors), goals, weigh)
    by_unit = learned.coef_[0] / scale.scale_
    bias = learned.intercept_[0] - float(by_unit @ scale.mean_)
    return {n: float(f"{w:.4g}") for n, w in zip([*names, "bias"], [*by_unit, bias], strict=True) if f"{w:.4g}" != "0"}


def learn(cases: Sequence[Case]) -> dict[str, Weights]:
    """Return the weights of the three models."""
    looks = [look(c, k.home) for k in cases for c in k.found]
    goals = [k.goals(k.found) for k in cases]
    weights = {"look": fit(looks, _flat(g for g, _ in goals), _flat(w for _, w in goals), LOOKED)}
    seen = [worth(k.found, k.home, model(weights["look"], LOOKED)) for k in cases]
    vectors = _bent(np.array(_flat(features(s, k.home) for s, k in zip(seen, cases, strict=True)), float))
    again = [k.goals(s) for s, k in zip(seen, cases, strict=True)]
    single = np.array([[" " not in c.key] for s in seen for c in s], float)
    names = [*NAMES, *(f"{n}>{v}" for n, values in BENDS.items() for v in values)]
    both = fit(
        np.hstack([vectors, vectors * single, single]),
        _flat(g for g, _ in again),
        _flat(w for _, w in again),
        [*names, *(f"word {n}" for n in names), "word bias"],
    )
    weights["phrase"] = {n: w for n, w in both.items() if not n.startswith("word ")}
    weights["word"] = {n: float(f"{both.get(n, 0) + both.get(f'word {n}', 0):.4g}") for n in [*names, "bias"]}
    return weights


def _flat(lists: Iterable[Sequence[Any]]) -> list[Any]:
    return [x for some in lists for x in some]


def _bent(vectors: Array) -> Array:
    more = [np.maximum(0, vectors[:, [NAMES.index(n)]] - v) for n, values in BENDS.items() for v in values]
    return np.hstack([vectors, *more])


Counts = Mapping[str, Mapping[str, tuple[int, float]]]
"""Phrase -> publisher -> number of articles, and the sum of how likely it is a topic in each."""


def judged(using: Models, vocabulary: Vocabulary) -> Counts:
    """Return how likely the candidates of the corpus are topics; its annotated articles are left out."""
    annotated = {e.path for e in examples("train")}
    counts: defaultdict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
    for path, article in (one for one in corpus() if len(one[1].pages[0].text) <= _LONGEST):
        if path not in annotated:
            publisher = path.partition("/")[0]
            for key, likely in _likely(article, using, vocabulary):
                articles, total = counts[key].get(publisher, (0, 0.0))
                counts[key][publisher] = articles + 1, total + likely
    return counts


def _likely(article: Article, using: Models, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    text = Text(article, vocabulary)
    told = units(text)
    home = setting_of(text, told, _EMPTY)
    if text.is_english and home.prose >= _SHORTEST:
        found = candidates(text, told)
        by_key = {r.candidate.key: r.likely for r in rank(found, home, using)}
        yield from ((key, by_key.get(c.key, 0.0)) for c in found for key in c.keys)


def tables(counts: Counts) -> tuple[Counts, Counts, Counts]:
    """Return the counts of phrases, of the words that end them and of those before; of what is seldom met, nothing."""
    heads: defaultdict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
    modifiers: defaultdict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
    for key, by_publisher in counts.items():
        *before, head = key.split(" ")
        for word, table_ in [(head, heads), *((w, modifiers) for w in before)] if before else ():
            for publisher, (articles, likely) in by_publisher.items():
                so_far = table_[word].get(publisher, (0, 0.0))
                table_[word][publisher] = so_far[0] + articles, so_far[1] + likely
    return _common(counts), _common(heads), _common(modifiers)


def _common(counts: Counts) -> Counts:
    return {key: row for key, row in sorted(counts.items()) if sum(n for n, _ in row.values()) >= _FEWEST}


def standing_of(counted: Sequence[Counts], without: str = "") -> Standing:
    """Return the standing of phrases and words, one publisher left out."""
    made: list[dict[str, Row]] = []
    for table_ in counted:
        made.append({})
        for key, by_publisher in table_.items():
            rows = [told for publisher, told in by_publisher.items() if publisher != without]
            articles = sum(n for n, _ in rows)
            if articles >= _FEWEST and len(rows) >= _PUBLISHERS:
                made[-1][key] = row(articles, sum(likely for _, likely in rows))
    return Standing(*made)


def lines(counted: Sequence[Counts]) -> Iterator[str]:
    """Yield the lines of the table of standing, phrases first."""
    for kind, table_ in zip("phm", counted, strict=True):
        for key, by_publisher in table_.items():
            articles, likely = (sum(column) for column in zip(*by_publisher.values(), strict=True))
            if len(by_publisher) >= _PUBLISHERS:
                yield f"{kind} {articles} {round(1000 * likely / articles)} {key}"


def cases(counts: Sequence[Counts], vocabulary: Vocabulary) -> list[tuple[Case, Case]]:
    """Return the annotated articles, whole and cut short; how phrases fare is told by other publishers."""
    known = {e.group: standing_of(counts, e.group) for e in examples("train")}
    return [
        (case(e, vocabulary, known[e.group]), case(e, vocabulary, known[e.group], _SHORT)) for e in examples("train")
    ]


def check(some: Sequence[tuple[Case, Case]], vocabulary: Vocabulary) -> Iterator[tuple[float, ...]]:
    """Yield for each article precision, recall, F1 and the share of central topics, its publisher left out."""
    groups = [whole.example.group for whole, _ in some]
    publishers = sorted(set(groups), key=lambda g: (-groups.count(g), g))
    for fold in range(_FOLDS):
        out = set(publishers[fold::_FOLDS])
        using = read(learn(_flat(pair for pair in some if pair[0].example.group not in out)))
        yield from (scored(whole, using, vocabulary) for whole, _ in some if whole.example.group in out)


def scored(one: Case, using: Models, vocabulary: Vocabulary) -> tuple[float, ...]:
    """Return precision, recall and F1 of the topics chosen for an article, and the share of the central ones found."""
    gold = score().gold_things(one.example.gold)
    told = one.home.told
    things = [
        {x for c in (chosen.candidate, *chosen.variants) for x in names(one.example.article, c, told, vocabulary)}
        for chosen in choose(rank(one.found, one.home, using), told)
    ]
    all_, central = (score().prf(things, gold[kind], score().same_label) for kind in ("topics", "topics_central"))
    return *(all_ or (0.0, 0.0, 0.0)), central[1] if central else 1.0


def main() -> None:
    """Learn, and write both files; or check."""
    vocabulary = load(BASE)
    first = learn([case(e, vocabulary, _EMPTY) for e in examples("train")])
    counts = tables(judged(read(first), vocabulary))
    some = cases(counts, vocabulary)
    if sys.argv[1:] == ["check"]:
        figures = (fmean(column) for column in zip(*check(some, vocabulary), strict=True))
        print("precision {:.3f}, recall {:.3f}, F1 {:.3f}, central {:.3f}".format(*figures))  # noqa: T201 - what it is for
        return
    text = _HEAD + "".join(f"{line}\n" for line in lines(counts))
    (HOME / "standing.txt").write_text(text, encoding="utf-8")
    (HOME / "weights.json").write_text(json.dumps(learn(_flat(some)), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
