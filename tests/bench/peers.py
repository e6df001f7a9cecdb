"""`python -m tests.bench.peers [--limit N] [--markdown FILE]`: our topics beside those of peers.

RAKE, YAKE, MultipartiteRank and we read the same annotated articles in the same run. A peer gives its best 14 phrases
of title, headings and prose; ours are the topics that the graph says an article is about. They are matched with the
annotator's topics one to one by the rules of ../shared/gold/score.py. "Central" is the share of the topics of grade 2
that are found. Speed is articles per second of one core once an article is read; ours is for all kinds of things, not
for topics alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from kg.extract import extract
from kg.model import Article
from kg.vocab import BASE, load
from tests.bench.keyphrases import PEERS
from tests.quality.gold import SHARED, Example, examples, present, score
from tests.quality.scoring import things

TERMS: Final = 14
"""How many topics an article has at most, by the guide that the annotators followed."""

OURS: Final = "article-kg"
_COLUMNS: Final = ("P", "R", "F1", "central", "articles/s")

Topics = list[set[str]]
"""The labels of each topic of an article."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one method does on a set of articles."""

    method: str
    precision: float
    recall: float
    f1: float
    central: float
    speed: float

    def cells(self) -> tuple[str, ...]:
        """Return what stands in the columns."""
        figures = (self.precision, self.recall, self.f1, self.central)
        return (self.method, *(f"{figure:.3f}" for figure in figures), f"{self.speed:.0f}")


def plain(article: Article) -> str:
    """Return what a ranker of text is given: title, headings and paragraphs, with empty lines between them."""
    headings = {section.heading for section in article.sections if section.heading}
    places = sorted({*article.prose, *headings, *([article.title] if article.title else [])})
    return "\n\n".join(article.cut(place) for place in places)


def rows(some: Sequence[Example]) -> list[Row]:
    """Return a row for each peer, and one for us."""
    made = [_of_peer(name, rank, some) for name, rank in PEERS.items()]
    vocabulary = load(BASE)
    found = things(some)
    seconds = _seconds(lambda: [extract(e.article, vocabulary) for e in some])
    return [*made, _row(OURS, {e.path: found[e.path]["topics"] for e in some}, some, seconds)]


def _of_peer(name: str, rank: Callable[[str, int], list[str]], some: Sequence[Example]) -> Row:
    texts = {e.path: plain(e.article) for e in some}
    found: dict[str, Topics] = {}
    rank(texts[some[0].path], TERMS)  # what is loaded once is not the peer's time
    seconds = _seconds(lambda: found.update({path: [{p} for p in rank(text, TERMS)] for path, text in texts.items()}))
    return _row(name, found, some, seconds)


def _seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _row(method: str, found: Mapping[str, Topics], some: Sequence[Example], seconds: float) -> Row:
    """Return the means over articles; an article without what is looked for does not count."""
    gold = {e.path: score().gold_things(e.gold) for e in some}
    scored = [_prf(found[path], kinds["topics"]) for path, kinds in gold.items() if kinds["topics"]]
    central = [_prf(found[path], kinds["topics_central"])[1] for path, kinds in gold.items() if kinds["topics_central"]]
    precision, recall, f1 = (fmean(s[part] for s in scored) for part in range(3))
    return Row(method, precision, recall, f1, fmean(central), len(some) / seconds)


def _prf(found: Topics, gold: Topics) -> tuple[float, float, float]:
    made: tuple[float, float, float] = score().prf(found, gold, score().same_label)
    return made


def markdown(tables: Mapping[str, Sequence[Row]]) -> str:
    """Return the tables as Markdown."""
    lines = []
    for title, made in tables.items():
        lines += [f"| {title} | {' | '.join(_COLUMNS)} |", f"|---|{'---:|' * len(_COLUMNS)}"]
        lines += [f"| {' | '.join(row.cells())} |" for row in made] + [""]
    return "\n".join(lines)


def main() -> None:
    """Measure, print the tables, and write them where a file is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit", type=int, help="how many articles of each set")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the tables to this file")
    options = parser.parse_args()
    if not present():
        sys.stdout.write(f"no annotated articles at {SHARED / 'gold'}: nothing to compare\n")
        return
    tables: dict[str, list[Row]] = {}
    for name in ("dev", "train"):
        some = examples(name)[: options.limit]
        tables[f"{name}: {len(some)} articles"] = rows(some)
    for title, made in tables.items():
        shown = Table(title, *_COLUMNS, box=None)
        for row in made:
            shown.add_row(*row.cells())
        Console(width=100).print(shown)
    if options.markdown:
        options.markdown.write_text(markdown(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
