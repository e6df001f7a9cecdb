"""`python -m tests.bench.extraction [SECONDS]`: how fast articles are understood, on one core, and in how much memory.

The articles are those of ../shared/corpus/scale.jsonl.gz, as many as can be read in SECONDS (default 20), else the
sample's over and over. What is measured is everything between the article as read and its facts. The peer is YAKE as
re-implemented in tests/bench/keyphrases, which finds only phrases, on the same articles.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from kg.extract import extract
from kg.link import link
from kg.model import Article, Page
from kg.read import File, article_on, read_pages, table
from kg.vocab import BASE, load
from tests.bench.keyphrases import yake
from tests.quality.gold import SCALE

SAMPLE: Final = Path(__file__).parents[2] / "data" / "articles"
_UNIT: Final = 5_000
"""Characters of an article as the targets count them."""


def articles() -> Iterator[Article]:
    """Yield the articles of the corpus, else those of the sample for ever."""
    while True:
        for file in [SCALE] if SCALE.is_file() else sorted(SAMPLE.iterdir()):
            for found in read_pages(File(file.name, file, file.name)):
                if isinstance(found, Page):
                    yield article_on(found, table())


def taken(seconds: float) -> list[Article]:
    """Return the articles that can be read in some seconds."""
    start, some = time.process_time(), []
    for article in articles():
        some.append(article)
        if time.process_time() - start > seconds:
            break
    return some


def cost(work: Callable[[Article], object], some: Sequence[Article]) -> float:
    """Return the seconds of one core that the work takes on some articles."""
    start = time.process_time()
    for article in some:
        work(article)
    return time.process_time() - start


def main() -> None:
    """Measure, and print the table."""
    some = taken(float(sys.argv[1]) if len(sys.argv) > 1 else 20)
    characters = sum(len(page.text) for article in some for page in article.pages)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    vocabulary = load(BASE)

    def understand(article: Article) -> None:
        link(article, extract(article, vocabulary), vocabulary)

    understand(some[0])
    ours = cost(understand, some)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peers = some[:: max(1, len(some) // 50)]
    share = sum(len(page.text) for article in peers for page in article.pages)
    theirs = cost(lambda article: yake.rank(article.pages[0].text, 14), peers) * characters / share
    shown = Table("what", "KB/s", f"articles of {_UNIT // 1000} KB/s", "ratio", box=None)
    for name, seconds in (("extract and link", ours), ("YAKE, phrases only", theirs)):
        shown.add_row(
            name, f"{characters / seconds / 1000:.0f}", f"{characters / seconds / _UNIT:.0f}", f"{theirs / seconds:.1f}"
        )
    Console().print(shown)
    Console().print(
        f"{len(some)} articles, {characters / 1e6:.1f} MB of text; {after:.0f} MB resident, {before:.0f} before"
    )


if __name__ == "__main__":
    main()
