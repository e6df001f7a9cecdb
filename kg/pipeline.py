"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Files are read twice. The first reading finds out which files show the same article; the second makes each article's
record, a pure function of its files and the vocabulary. Both run over any number of processes and give the same
result in any order.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

from kg import __version__
from kg.analyse import graph
from kg.check import Inputs, Verdict, check, refuse_miscut
from kg.errors import InputError
from kg.extract import extract
from kg.link import link
from kg.model import Article, Iri, Kind, Page, Record
from kg.publish import write
from kg.query import ask
from kg.read import Found, Headings, Identity, Skipped, article_on, find, group, identity, merge, read_page
from kg.store import FORMAT, Build, Output, Store
from kg.vocab import BASE, Vocabulary, concepts_graph, kind_of, load

_FEWEST_FOR_WORKERS: Final = 64
"""Files; below that, starting a process takes longer than the work."""

_MOST_COMMON: Final = """
SELECT ?label (COUNT(DISTINCT ?article) AS ?n) WHERE {{
  ?article a schema:Article ; {predicate} ?thing . ?thing a {class_} ; skos:prefLabel ?label }}
GROUP BY ?label ORDER BY DESC(?n) ?label LIMIT 1
"""

_COUNTED: Final = (
    Kind.ARTICLE,
    Kind.TOPIC,
    Kind.ROLE,
    Kind.PRINCIPLE,
    Kind.SOURCE,
    Kind.FIELD,
    Kind.CODE,
    Kind.PASSAGE,
)

_LARGEST_CHUNK: Final = 32
_ORPHAN_CHECK: Final = 1.0
"""Seconds."""

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
    counts: dict[str, int]
    """How many things of each kind the articles speak of."""
    examples: tuple[str, ...] = ()
    """Commands that this build can answer, such as `query reading -p role="CTO"`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: the IRI that things live under, and how many processes to use (0: the number of files decides)."""

    base: str = BASE
    workers: int = 0

    def processes(self, files: int) -> int:
        """Return the number of processes for so many files."""
        return self.workers or (os.cpu_count() or 1 if files >= _FEWEST_FOR_WORKERS else 1)


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
    except Exception as error:  # noqa: BLE001 - see _failure
        return path, _failure(path, error)


def record(paths: Sequence[str], root: Path, base: str) -> Record | tuple[Failure, ...]:
    """Return the facts of the article that some files show together, or why each of them gave none."""
    try:
        article = merge(read_article(root, path, base) for path in paths)
        made = link(article, extract(article, _vocabulary(base)), _vocabulary(base))
        refuse_miscut(made.facts, {page.path: page for page in article.pages})
    except Exception as error:  # noqa: BLE001 - see _failure
        return tuple(_failure(path, error) for path in paths)
    return made


def _failure(path: str, error: Exception) -> Failure:
    """Tell why a file gave no article. A bug of ours that one page brings out must not cost the user all the others."""
    if isinstance(error, InputError):
        return Failure(path, error.what, error.hint)
    return Failure(path, f"could not be read ({type(error).__name__}: {error})", "please report this as a bug")


def _run(work: Callable[[_T], _R], items: Sequence[_T], workers: int) -> Iterator[_R]:
    """Do the work on each item, in order, in this process or in several."""
    chunk = max(1, min(_LARGEST_CHUNK, len(items) // (workers * 4))) if workers > 1 else 1
    processes = min(workers, -(-len(items) // chunk))
    if processes <= 1:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _prepare_worker, (os.getpid(),)) as pool:
        yield from pool.map(work, items, chunksize=chunk)


def _prepare_worker(parent: int) -> None:
    """Leave Ctrl-C to the parent, and never outlive it: a worker that is an orphan would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)


def build(paths: Sequence[Path], output: Path, options: Options, tell: Callable[[str, int], None]) -> Summary:
    """Build the articles at `paths` into `output`; nothing is visible there until all of it is complete.

    `tell` hears of each stage and how many files or articles it will handle. Raises InputError when not one article is
    found, BuildError when the folder cannot be written to.
    """
    Output(output).refuse_strangers()
    found = find(paths)
    processes = options.processes(len(found.files))
    tell("reading", len(found.files))
    surveyed = list(_run(partial(_survey, root=found.root, base=options.base), found.files, processes))
    groups = group({path: known for path, known in surveyed if isinstance(known, Identity)})
    tell("extracting", len(groups))
    made = list(_run(partial(record, root=found.root, base=options.base), groups, processes))
    records = sorted((r for r in made if isinstance(r, Record)), key=lambda r: r.iri)
    failed = sorted(
        [Failure(b.path, b.reason, "check its permissions and its name") for b in found.barred]
        + [f for failures in made if isinstance(failures, tuple) for f in failures]
        + [f for _, f in surveyed if isinstance(f, Failure)]
    )
    if not records:
        raise _nothing(paths, found, failed)
    tell("writing", len(records))
    harvest = _Harvest(output, options.base, found, records, tuple(failed))
    with Output(output).new_build() as folder:
        return harvest.write(folder)


def _nothing(paths: Sequence[Path], found: Found, failed: Sequence[Failure]) -> InputError:
    where = ", ".join(str(p) for p in paths)
    if len(failed) == 1 and len(found.files) == 1:
        return InputError(failed[0].path, failed[0].reason, failed[0].hint)
    if failed:
        reasons = "; ".join(f"{f.path} {f.reason}" for f in failed[:3])
        return InputError(where, f"no article in {len(found.files)} files: {reasons}", "correct these files")
    left = f" ({len(found.skipped)} files of other kinds)" if found.skipped else ""
    return InputError(where, f"holds no article{left}", "put .txt, .md or .html files there")


@dataclass(frozen=True)
class _Harvest:
    """The records of a build and what became of its files, ready to be written."""

    output: Path
    base: str
    found: Found
    records: Sequence[Record]
    failed: tuple[Failure, ...]

    def write(self, folder: Path) -> Summary:
        """Write all that makes up a build into an empty folder."""
        store = Store(self.base, folder / "store")
        store.put(self.records, _vocabulary(self.base))
        quads = list(store.quads())
        for name in ("graph.ttl", "graph.trig"):
            write(quads, self.base, folder / name)
        summary = self._summary(store, quads)
        report = json.dumps(self._report(summary), ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(report + "\n", encoding="utf-8")
        write_html(quads, self.base, folder / "graph.html")
        return summary

    def _summary(self, store: Store, quads: Iterable[Any]) -> Summary:
        return Summary(
            self.output,
            len(self.found.files) + len(self.found.skipped) + len(self.found.barred),
            len(self.records),
            sum(len(r.files) - 1 for r in self.records),
            self.found.skipped,
            self.failed,
            _counts(quads, self.base),
            tuple(_examples(store)),
        )

    def _report(self, summary: Summary) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": __version__,
            "base": self.base,
            "root": os.path.relpath(self.found.root, self.output.resolve()),
            "found": summary.found,
            "merged": summary.merged,
            "articles": [
                {"article": r.iri, "files": [{"path": path, "sha256": sha256} for path, sha256 in r.files]}
                for r in self.records
            ],
            "skipped": [{"path": s.path, "reason": s.reason} for s in summary.skipped],
            "failed": [{"path": f.path, "reason": f.reason, "hint": f.hint} for f in summary.failed],
            "counts": summary.counts,
        }


def _counts(quads: Iterable[Any], base: str) -> dict[str, int]:
    """Return how many things of each kind the articles themselves speak of, whatever stands above those."""
    shared = concepts_graph(base)
    own = (q for q in quads if getattr(q.graph_name, "value", "") != shared)
    things = {str(getattr(node, "value", "")) for q in own for node in (q.subject, q.object)}
    counted = Counter(kind_of(base, thing) for thing in things)
    return {str(kind): counted[kind] for kind in _COUNTED if counted[kind]}


def _examples(store: Store) -> Iterator[str]:
    """Yield commands that ask for what stands in this build: its most addressed role and its most frequent topic."""
    for example, class_, predicate in (
        ("query reading -p role={}", "kg:Role", "schema:audience"),
        ("why {}", "kg:Topic", "schema:about"),
    ):
        sparql = _MOST_COMMON.format(class_=class_, predicate=predicate)
        yield from (example.format(shlex.quote(label)) for label, _ in ask(store.engine, sparql, store.base).rows)


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
    articles = build_.report["articles"]
    inputs = Inputs(
        frozenset(Iri(article["article"]) for article in articles),
        {f["path"]: f["sha256"] for article in articles for f in article["files"]},
        reader(build_, output),
    )
    return check(build_.store.quads(), build_.base, inputs)
