"""Check a build against what it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.check import Inputs, Verdict, check
from kg.model import Iri, Page
from kg.pipeline.options import Options, vocabularies, where_of
from kg.read import pages_at
from kg.store import Build


def rereader(build_: Build, output: Path) -> Callable[[Iterable[str]], Iterator[Page]]:
    """Return what reads the pages of a build again, wherever its output and its articles were moved to together."""
    where = where_of(build_, output)
    limits = Options.from_report(build_.report).limits
    return lambda paths: pages_at(paths, where, limits)


def check_build(build_: Build, output: Path) -> Verdict:
    """Check a whole build against its shapes and its input files."""
    articles = build_.report["articles"]
    inputs = Inputs(
        tuple(Iri(article["article"]) for article in articles),
        {f["path"]: f["sha256"] for article in articles for f in article["files"]},
        rereader(build_, output),
        vocabularies(build_.report, output),
    )
    return check(build_.store.quads(), build_.base, inputs)
