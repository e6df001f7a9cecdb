"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Files are read twice. The first reading finds out which files show the same article; the second makes each article's record, a pure
function of its files and the vocabulary. Both run over any number of processes and give the same result in any order.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

from kg import __version__
from kg.analyse import graph
from kg.errors import InputError
from kg.extract import extract
from kg.link import link
from kg.model import Article, Iri, Kind, Page, Record
from kg.check import Verdict, check
from kg.publish import write
from kg.query import ask
from kg.read import Found, Headings, Identity, Skipped, article_on, find, group, identity, merge, read_page
from kg.store import Build, Output, Store
from kg.store.builds import FORMAT
from kg.vocab import Vocabulary, kind_of, load

_FEWEST_FOR_WORKERS: Final = 64
"""Files; below that, starting a process takes longer than the work."""

_MOST_COMMON: Final = """
SELECT ?label (COUNT(DISTINCT ?article) AS ?n) WHERE {{
  ?article a schema:Article ; {predicate} ?thing . ?thing a {class_} ; skos:prefLabel ?label }}
GROUP BY ?label ORDER BY DESC(?n) ?label LIMIT 1
"""

_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """A file that gave no article, and why."""

    path: str
    reason: str
    hint: str


@dataclass(frozen=True)
class Summary:
    """What a build found and made."""

    folder: Path
    found: int
    articles: int
    merged: int
    skipped: tuple[Skipped, ...]
    failed: tuple[Failure, ...]
    counts: dict[str, int] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    """Commands that this build can answer, such as `query reading -p role="CTO"`."""


@cache
def _vocabulary(base: str) -> Vocabulary:
    return load(base)


@cache
def _headings(base: str) -> Headings:
    return Headings.of(_vocabulary(base).of(Kind.SECTION))


def read_article(root: Path, path: str, base: str) -> Article:
    """Return the article in one file.

    Raises InputError when there is none.
    """
    return article_on(read_page(root, path), _headings(base))


def _survey(path: str, root: Path, base: str) -> tuple[str, Identity | Failure]:
    """Return which article a file shows, or why none."""
    try:
        return path, identity(read_article(root, path, base))
    except InputError as error:
        return path, Failure(path, error.what, error.hint)


def record(paths: Sequence[str], root: Path, base: str) -> Record | Failure:
    """Return the facts of the article that some files show together, or why there are none."""
    try:
        article = merge(read_article(root, path, base) for path in paths)
        return link(article, extract(article, _vocabulary(base)), _vocabulary(base))
    except InputError as error:
        return Failure(paths[0], error.what, error.hint)


def _run(work: Callable[[_T], _R], items: Sequence[_T], workers: int) -> Iterator[_R]:
    """Do the work on each item, in order, in this process or in several."""
    if workers <= 1 or len(items) < min(_FEWEST_FOR_WORKERS, workers * 2):
        yield from map(work, items)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, items, chunksize=max(1, min(32, len(items) // (workers * 4))))


def build(
    paths: Sequence[Path], output: Path, base: str, workers: int = 0, progress: Callable[[str, int], None] | None = None
) -> Summary:
    """Build the articles at `paths` into `output`; nothing is visible there until all of it is complete.

    `workers` is the number of processes, 0 for as many as there are processors. `progress` is told the stage and how many files it
    will handle. Raises InputError when not one article is found, BuildError when the folder cannot be written to.
    """
    found = find(paths)
    tell = progress or (lambda _stage, _count: None)
    processes = workers or (os.cpu_count() or 1 if len(found.files) >= _FEWEST_FOR_WORKERS else 1)
    tell("reading", len(found.files))
    surveyed = list(_run(partial(_survey, root=found.root, base=base), found.files, processes))
    groups = group({path: known for path, known in surveyed if isinstance(known, Identity)})
    tell("extracting", len(groups))
    made = list(_run(partial(record, root=found.root, base=base), groups, processes))
    records = [r for r in made if isinstance(r, Record)]
    failed = sorted([f for f in made if isinstance(f, Failure)] + [f for _, f in surveyed if isinstance(f, Failure)])
    if not records:
        raise _nothing(paths, found, failed)
    tell("writing", len(records))
    with Output(output).new_build() as folder:
        return _write(folder, records, found, tuple(failed), output, base)


def _nothing(paths: Sequence[Path], found: Found, failed: Sequence[Failure]) -> InputError:
    where = ", ".join(str(p) for p in paths)
    if len(failed) == 1 and len(found.files) == 1:
        return InputError(failed[0].path, failed[0].reason, failed[0].hint)
    if failed:
        reasons = "; ".join(f"{f.path} {f.reason}" for f in failed[:3])
        return InputError(where, f"no article in {len(found.files)} files: {reasons}", "correct these files")
    left = f" ({len(found.skipped)} files of other kinds)" if found.skipped else ""
    return InputError(where, f"holds no article{left}", "put .txt, .md or .html files there")


def _write(
    folder: Path, records: Sequence[Record], found: Found, failed: tuple[Failure, ...], output: Path, base: str
) -> Summary:
    vocabulary = _vocabulary(base)
    store = Store(base, folder / "store")
    store.put(records, vocabulary)
    quads = list(store.quads())
    for name in ("graph.ttl", "graph.trig"):
        write(quads, base, folder / name)
    merged = sum(len(r.files) - 1 for r in records)
    count = len(found.files) + len(found.skipped)
    examples = tuple(_examples(store))
    summary = Summary(output, count, len(records), merged, found.skipped, failed, _counts(quads, base), examples)
    _write_report(folder, summary, records, found.root, output, base)
    write_html(quads, base, folder / "graph.html")
    return summary


def _counts(quads: Iterable[Any], base: str) -> dict[str, int]:
    """Return how many things of each kind stand in the graph as subjects of statements."""
    subjects = {str(getattr(q.subject, "value", "")) for q in quads}
    counted = Counter(kind for s in subjects if (kind := kind_of(base, Iri(s))))
    return {str(kind): counted[kind] for kind in sorted(counted)}


def _examples(store: Store) -> Iterator[str]:
    """Yield commands that ask for what stands in this very build: its most addressed role and its most frequent topic."""
    for example, class_, predicate in (
        ('query reading -p role="{}"', "kg:Role", "schema:audience"),
        ('why "{}"', "kg:Topic", "schema:about"),
    ):
        sparql = _MOST_COMMON.format(class_=class_, predicate=predicate)
        rows = ask(store.engine, sparql, store.base).rows
        yield from (example.format(label) for label, _ in rows)


def _write_report(
    folder: Path, summary: Summary, records: Sequence[Record], root: Path, output: Path, base: str
) -> None:
    report = {
        "format": FORMAT,
        "version": __version__,
        "base": base,
        "root": os.path.relpath(root, output.resolve()),
        "found": summary.found,
        "articles": [
            {"article": r.iri, "files": [{"path": p, "sha256": s} for p, s in r.files]}
            for r in sorted(records, key=lambda r: r.iri)
        ],
        "merged": summary.merged,
        "skipped": [{"path": s.path, "reason": s.reason} for s in summary.skipped],
        "failed": [{"path": f.path, "reason": f.reason, "hint": f.hint} for f in summary.failed],
        "counts": summary.counts,
    }
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_html(quads: Iterable[Any], base: str, path: Path) -> None:
    """Write the interactive graph of a dataset."""
    from kg import view  # noqa: PLC0415 - pyvis takes longer to load than most commands run

    made = graph(quads, base)
    articles = [data["label"] for _, data in made.nodes(data=True) if data["kind"] == Kind.ARTICLE]
    title = articles[0] if len(articles) == 1 else f"{len(articles)} articles"
    view.write_html(made, path, title=title)


def reader(build_: Build, output: Path) -> Callable[[str], Page]:
    """Return what reads an input file of a build again, wherever the two folders have been moved to together."""
    root = (output.resolve() / str(build_.report["root"])).resolve()
    return lambda path: read_page(root, path)




def check_build(build_: Build, output: Path) -> Verdict:
    """Check a whole build against its shapes and its input files."""
    files = {f["path"]: f["sha256"] for article in build_.report["articles"] for f in article["files"]}
    return check(build_.store.quads(), build_.base, files, reader(build_, output))
