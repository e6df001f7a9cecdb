"""`python -m tests.bench.derive [EVERY]`: what it costs to derive what follows from many articles, and what is missed.

Reads every tenth record, or another part, of ../shared/corpus/scale.jsonl.gz beside this checkout. The peer is to
compare all pairs: of articles by their texts, and of principles by their words. Each figure of the table is CPU time in
this one process; `found` is how many of the peer's pairs were found.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import combinations, islice
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from kg.derive import Derivation, Lexicon, Profile, profile
from kg.derive.agreement import compare
from kg.derive.alike import same_text
from kg.errors import InputError
from kg.extract import extract
from kg.extract.language.frequency import rarity
from kg.extract.language.stems import stem
from kg.link import link
from kg.model import Fact, Page
from kg.pipeline.articles import vocabulary
from kg.read import File, article_on, read_pages, table
from kg.vocab import BASE, term
from tests.quality.gold import SCALE

_LEXICON: Final = Lexicon(stem, rarity)
_PROBES: Final = 20
"""As many articles, at most, are taken out and put back, each in a fresh opening of the file."""


def profiles(every: int) -> Iterator[Profile]:
    """Yield the profiles of every so many-th article of the corpus."""
    known = vocabulary(BASE)
    with tempfile.TemporaryDirectory() as folder, gzip.open(SCALE, "rt", encoding="utf-8") as lines:
        some = Path(folder) / "some.jsonl"
        some.write_text("".join(islice(lines, 0, None, every)), encoding="utf-8")
        for page in read_pages(File(some.name, some, some.name)):
            if isinstance(page, Page):
                article = article_on(page, table())
                yield profile(article, link(article, extract(article, known), known), _LEXICON)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of CPU time that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def derive(file: Path, articles: list[Profile]) -> list[Fact]:
    """Derive from all articles at once, and return what follows."""
    with Derivation(BASE, file) as derived:
        derived.update([], articles)
        return list(derived.facts())


def replace_some(file: Path, some: list[Profile]) -> None:
    """Take each of some articles out and put it back, in fresh openings of the file."""
    for one in some:
        with Derivation(BASE, file) as derived:
            derived.update([one.article], [])
        with Derivation(BASE, file) as derived:
            derived.update([], [one])


def all_pairs(articles: list[Profile]) -> dict[str, int]:
    """Return how many pairs there are of each kind, one principle counted once and those of one source left out."""
    works = sum(same_text(a, b) is not None for a, b in combinations(articles, 2))
    sources = {one.iri: article.source for article in articles for one in article.principles}
    advice = list({one.iri: one for article in articles for one in article.principles}.values())
    apart = ((a, b) for a, b in combinations(advice, 2) if sources[a.iri] != sources[b.iri])
    restated = sum(match is not None and match.relation == "restates" for match in (compare(a, b) for a, b in apart))
    return {"sameWorkAs": works, "restates": restated}


def main() -> None:
    """Print the table."""
    if not SCALE.is_file():
        raise InputError(str(SCALE), "is not there", "put the corpus beside this checkout")
    articles = list({one.article: one for one in profiles(int(sys.argv[1]) if sys.argv[1:] else 10)}.values())
    with tempfile.TemporaryDirectory() as folder:
        file, facts = Path(folder) / "derived.db", list[Fact]()
        whole = timed(lambda: facts.extend(derive(file, articles)))
        probes = articles[:: -(-len(articles) // _PROBES)]
        one = timed(lambda: replace_some(file, probes)) / len(probes) / 2
        size = file.stat().st_size / len(articles)
    pairs: dict[str, int] = {}
    peer = timed(lambda: pairs.update(all_pairs(articles)))
    shown = Table("what", "figure", title=f"{len(articles)} articles, {len(facts)} facts")
    for row in (
        ("all at once, CPU s", f"{whole:.2f}"),
        ("all pairs compared, CPU s", f"{peer:.2f}  ({peer / whole:.1f} times as long)"),
        ("one article more or less, CPU s", f"{one:.4f}"),
        ("file, bytes for each article", f"{size:.0f}"),
        *((f"{name}: found", f"{found(facts, name)} of {count}") for name, count in pairs.items()),
    ):
        shown.add_row(*row)
    Console().print(shown)


def found(facts: list[Fact], name: str) -> int:
    """Return how many pairs were found of a kind; each is stated both ways."""
    return sum(fact.predicate == term(f"kg:{name}") for fact in facts) // 2


if __name__ == "__main__":
    main()
