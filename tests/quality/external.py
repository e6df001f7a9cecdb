"""`python -m tests.quality.external`: figures on data sets that others have made, for any ranker and any judge.

Sets are looked for at ../shared/gold/external beside this checkout. They are for measuring only: no weight, list or
constant of the program comes from SemEval-2019 Task 9 (CC BY-NC-SA), Inspec or SemEval-2017. Protocols:

- keyphrases: Inspec (Hulth 2003; test, 500 abstracts, uncontrolled terms) and SemEval-2017 Task 10 (493 paragraphs):
  the best k phrases, the same ones once, against all gold phrases also where they are not in the text; phrases are the
  same if their Porter stems are; F1 at k, averaged over documents.
- GUM salience: gold are the entities of a document that at least two of five summaries name; a phrase finds an entity
  that has it among its mentions or the noun phrases in them, by stems. Precision is the share of phrases that find one,
  recall the share of entities found. Documents without one are left out.
- GUM imperatives: sentences of kind `imp` among all sentences of the expository genres; F1 over all.
- SemEval-2019 Task 9 A (833 sentences of the evaluation set): suggestions; F1 over all.
- GUM sentences: ends of sentences in paragraphs cut one by one. `inside` leaves out the ends of paragraphs, which are
  given; `all` counts them, as is usual for text with line breaks; `joined` cuts each document as one long paragraph.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

from rich.console import Console
from rich.table import Table

from kg.extract.imperative import is_imperative
from kg.extract.sentences import sentences
from kg.model import Span
from tests.bench.keyphrases import PEERS
from tests.bench.keyphrases.tokens import stem
from tests.quality import gum
from tests.quality.gold import SHARED
from tests.quality.keyphrases import phrases, salient
from tests.quality.suggestions import is_suggestion

FOLDER: Final = SHARED / "gold" / "external"
SALIENT: Final = 2
"""In how many of five summaries an entity is named that a document is about."""

Rank = Callable[[str, int], list[str]]
"""Text and a number -> at most so many phrases, best first."""
Judge = Callable[[str], bool]
"""Sentence -> whether it is one of those looked for."""
Key = tuple[str, ...]

_WORD: Final = re.compile(r"[^\W_]+[+#]*")
_POSSESSIVE: Final = re.compile(r"\s?['’]s\b")
_SPARE: Final = 2
"""Of a ranker so many times k phrases are asked for, as some may turn out to be the same."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text and the phrases that people chose for it."""

    text: str
    phrases: tuple[str, ...]


def key(phrase: str) -> Key:
    """Return the form under which two phrases are the same: the Porter stems of their words.

    >>> key("Coding Agents") == key("coding-agent's")
    True
    """
    return tuple(stem(word) for word in _WORD.findall(_POSSESSIVE.sub("", phrase).lower()))


def inspec(folder: Path = FOLDER / "inspec" / "Test") -> Iterator[Keyed]:
    """Yield the abstracts of Inspec's test set, each with its uncontrolled terms."""
    for file in sorted(folder.glob("*.abstr")):
        terms = re.split(r";\s*", file.with_suffix(".uncontr").read_text(encoding="utf-8"))
        yield Keyed(_unwrapped(file), tuple(" ".join(t.split()) for t in terms if t.strip()))


def semeval2017(folder: Path = FOLDER / "SemEval2017") -> Iterator[Keyed]:
    """Yield the paragraphs of SemEval-2017 Task 10, each with its phrases."""
    for file in sorted((folder / "docsutf8").glob("*.txt")):
        lines = (folder / "keys" / f"{file.stem}.key").read_text(encoding="utf-8").splitlines()
        yield Keyed(_unwrapped(file), tuple(line.strip() for line in lines if line.strip()))


def _unwrapped(file: Path) -> str:
    """Return a text with lines that go on in the next joined to it: a title stands above a text that is indented."""
    return file.read_text(encoding="utf-8").strip().replace("\n\t", " ").replace("\n", "\n\n")


def suggestions(folder: Path = FOLDER / "semeval2019-task9a") -> Iterator[tuple[str, bool]]:
    """Yield the sentences of Task 9 A's evaluation set, each with whether it is a suggestion."""
    with (folder / "SubtaskA_EvaluationData_labeled.csv").open(encoding="utf-8", errors="replace", newline="") as rows:
        for _, sentence, label in csv.reader(rows):
            yield sentence, label == "1"


def keyphrases(rank: Rank, texts: Iterable[Keyed], k: int) -> Score:
    """Return the scores at k of a ranker, averaged over texts."""
    return _mean([_of_text(rank, t.text, _goals(t), k) for t in texts])


def _goals(text: Keyed) -> list[set[Key]]:
    return [{stems} for stems in dict.fromkeys(key(p) for p in text.phrases) if stems]


def salience(rank: Rank, documents: Iterable[gum.Document], k: int) -> Score:
    """Return the scores at k of a ranker on the salient entities of GUM, averaged over documents."""
    salient = ((d, [{key(n) for n in e.names} for e in d.entities if e.salience >= SALIENT]) for d in documents)
    return _mean([_of_text(rank, d.text, gold, k) for d, gold in salient if gold])


def imperatives(judge: Judge, documents: Iterable[gum.Document]) -> Score:
    """Return the scores of a judge of imperative sentences, over all sentences of GUM."""
    return judged(judge, ((s.span.cut(d.text), s.kind == "imp") for d in documents for s in d.sentences))


def judged(judge: Judge, sentences: Iterable[tuple[str, bool]]) -> Score:
    """Return the scores of a judge over sentences of which it is known whether they are looked for.

    >>> judged(lambda s: s.startswith("a"), [("a", True), ("ab", False), ("b", True)])
    Score(precision=0.5, recall=0.5, f1=0.5)
    """
    pairs = [(judge(sentence), right) for sentence, right in sentences]
    return _counted(sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs))


def boundaries(documents: Iterable[gum.Document]) -> Mapping[str, Score]:
    """Return the scores of the sentence ends of GUM: `inside` paragraphs, `all`, and with paragraphs `joined`."""
    inside, joined, paragraphs = (0, 0, 0), (0, 0, 0), 0
    for document in documents:
        whole = document.text.replace("\n\n", " ")
        paragraphs += len(document.paragraphs)
        inside = _added(inside, *_inside(document))
        joined = _added(
            joined, _ends(whole, sentences(whole)), _ends(document.text, (s.span for s in document.sentences))
        )
    everything = tuple(n + paragraphs for n in inside)
    return {"inside": _counted(*inside), "all": _counted(*everything), "joined": _counted(*joined)}


def _inside(document: gum.Document) -> tuple[set[int], set[int]]:
    """Return where sentences end within paragraphs, as found and as annotated."""
    found, right = set[int](), set[int]()
    for paragraph in document.paragraphs:
        found |= {s.end for s in sentences(document.text, paragraph)} - {paragraph.end}
        right |= {s.span.end for s in document.sentences if paragraph.covers(s.span)} - {paragraph.end}
    return found, right


def _ends(text: str, spans: Iterable[Span]) -> set[int]:
    """Return sentence ends as numbers of letters and marks before them, which joining paragraphs does not change."""
    ends = [len("".join(text[: span.end].split())) for span in spans]
    return set(ends[:-1])


def _added(counts: tuple[int, int, int], found: set[int], right: set[int]) -> tuple[int, int, int]:
    return counts[0] + len(found & right), counts[1] + len(found), counts[2] + len(right)


def _of_text(rank: Rank, text: str, gold: Sequence[set[Key]], k: int) -> Score:
    """Return the share of the first k phrases that find something, and the share of what is to be found that is."""
    found = [f for f in dict.fromkeys(key(p) for p in rank(text, _SPARE * k)) if f][:k]
    precision = sum(any(f in g for g in gold) for f in found) / (len(found) or 1)
    recall = sum(not g.isdisjoint(found) for g in gold) / (len(gold) or 1)
    return Score(precision, recall, 2 * precision * recall / (precision + recall or 1))


def _counted(hits: int, found: int, right: int) -> Score:
    return Score(hits / (found or 1), hits / (right or 1), 2 * hits / ((found + right) or 1))


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*(fmean(getattr(s, part) for s in scores) for part in ("precision", "recall", "f1")))


def table(rankers: Mapping[str, Rank]) -> Table:
    """Return a table of rankers: precision and F1 at 5 and 10 on GUM, F1 at 5 and 10 on the others."""
    shown = Table("ranker", "GUM P@5", "F@5", "P@10", "F@10", "Inspec F@5", "F@10", "SemEval17 F@5", "F@10", box=None)
    documents, abstracts, paragraphs = tuple(gum.documents(FOLDER / "gum")), tuple(inspec()), tuple(semeval2017())
    for name, rank in rankers.items():
        general = [salience(rank, documents, k) for k in (5, 10)]
        cells = [figure for score in general for figure in (score.precision, score.f1)]
        cells += [keyphrases(rank, texts, k).f1 for texts in (abstracts, paragraphs) for k in (5, 10)]
        shown.add_row(name, *(f"{cell:.3f}" for cell in cells))
    return shown


def main() -> None:
    """Print how right sentence ends, orders and suggestions are told, and how well phrases are ranked beside the peers.

    Nothing of the program was trained on these sets; what it does on GUM when trained on it, `train.salience` tells.
    """
    if not FOLDER.is_dir():
        sys.exit(f"no data sets at {FOLDER}: nothing to measure")
    shown = Table("sentence ends on GUM", "P", "R", "F1", box=None)
    for name, score in boundaries(gum.documents()).items():
        shown.add_row(name, *(f"{figure:.3f}" for figure in (score.precision, score.recall, score.f1)))
    shown.columns[0].header = "told on sets of others"
    for name, score in (
        ("orders on GUM", imperatives(is_imperative, gum.documents())),
        ("suggestions, SemEval-2019 Task 9 A", judged(is_suggestion, suggestions())),
    ):
        shown.add_row(name, *(f"{figure:.3f}" for figure in (score.precision, score.recall, score.f1)))
    console = Console(width=120)
    console.print(shown)
    console.print(table({**PEERS, "article-kg, as ranked": salient, "article-kg, whole phrases": phrases}))


if __name__ == "__main__":
    main()
