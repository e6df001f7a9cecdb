"""`python -m tests.quality.train.salience`: how right the features of topics are on GUM, trained there.

Prints precision at 5 and F1 at 10 by the protocol of tests/quality/external.py, over five folds of documents. Nothing
that is learned here goes into the program.
"""

from __future__ import annotations

from functools import partial
from statistics import fmean
from typing import Final

from kg.extract.topics import setting_of
from kg.extract.topics.candidates import candidates, units
from kg.extract.topics.ranker import read
from kg.extract.topics.standing import Standing, standing
from tests.quality import external, gum
from tests.quality.gold import Example
from tests.quality.keyphrases import salient, text_of
from tests.quality.train.topics import Case, learn, names

_FOLDS: Final = 5


def salience(known: Standing) -> tuple[float, float]:
    """Return P@5 and F@10 on GUM of a ranker that is trained on four fifths of its documents."""
    documents = [d for d in gum.documents() if any(e.salience >= external.SALIENT for e in d.entities)]
    made = [_of_gum(d, known) for d in documents]
    rows = []
    for fold in range(_FOLDS):
        using = read(learn([one for at, one in enumerate(made) if at % _FOLDS != fold]))
        asked = partial(salient, using=using)
        held = documents[fold::_FOLDS]
        rows.append((external.salience(asked, held, 5).precision, external.salience(asked, held, 10).f1))
    return fmean(p for p, _ in rows), fmean(f for _, f in rows)


def _of_gum(document: gum.Document, known: Standing) -> Case:
    text = text_of(document.text)
    told = units(text)
    found = candidates(text, told)
    gold = [{external.key(n) for n in e.names} for e in document.entities if e.salience >= external.SALIENT]
    called = [{external.key(x) for x in names(text.article, c, told, text.vocabulary)} for c in found]
    hits = [[j for j, labels in enumerate(gold) if labels & keys] for keys in called]
    example = Example(document.name, text.article, {"topics": [{"grade": 1}] * len(gold)})
    return Case(example, setting_of(text, told, known), found, hits)


def main() -> None:
    """Print both figures."""
    print("P@5 {:.3f}, F@10 {:.3f}".format(*salience(standing())))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
