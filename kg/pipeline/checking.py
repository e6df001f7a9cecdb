"""Check a build against its articles, in any number of processes.

What is handed out is a few articles, a few of the things that articles share, or an input file with its pages: so each
file is read once, or where it holds very many pages once by each process, which reads its share of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TypeVar

import pyoxigraph as ox

from kg.check import PATH, Problem, Verdict, broken, miscut, passages_of, sha256, together, validate
from kg.errors import BuildError
from kg.model import Iri, Page
from kg.pipeline.options import Options, vocabularies, where_of
from kg.pipeline.workers import LIMIT, run
from kg.read import File, Limits, Where, pages_at, pages_in
from kg.store import Build, Store
from kg.vocab import concepts_graph, derived_graph, kind_of, term, value_of

_AT_ONCE: Final = 50
"""Articles, or things that articles share, that are handed to a process together."""
_MANY: Final = 500
"""Pages of one file from which on it is shared out: to take it apart once more costs less than to read so many."""
_TYPE: Final = ox.NamedNode(term("rdf:type"))
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Built:
    """Where a build is, under which base its things live, and the limits that its articles were read with."""

    folder: Path
    base: str
    limits: Limits


@dataclass(frozen=True, slots=True, order=True)
class _Sheet:
    """What is known of a page: its article, the paths of all pages of that article, and the SHA-256 that it had."""

    article: Iri
    paths: tuple[str, ...]
    sha256: str


_Sheets = Mapping[str, _Sheet]
"""What is known of pages, by their paths."""


def rereader(build_: Build, output: Path) -> Callable[[Iterable[str]], Iterator[Page]]:
    """Return what reads the pages of a build again, wherever its output and its articles were moved to together."""
    where, limits = where_of(build_, output), Options.from_report(build_.report).limits
    return lambda paths: pages_at(paths, where, limits)


def check_build(build_: Build, output: Path, workers: int = 0) -> Verdict:
    """Check a whole build: its shapes, each passage against its file, its files and vocabularies against their digests.

    `workers` is the number of processes, 0 to let the number of articles decide.
    """
    report: dict[str, Any] = build_.report
    told = [*_others(vocabularies(report, output)), _sealed(build_)]
    if told[-1].problems:  # what a damaged store says is worth nothing
        return together(told)
    try:
        return together([*told, *_looked_at(build_, output, workers)])
    except OSError as error:  # the engine's word for what it cannot read
        raise BuildError(str(build_.folder / "store"), f"cannot be read ({error})", "build again") from error


def _looked_at(build_: Build, output: Path, workers: int) -> Iterator[Verdict]:
    report: dict[str, Any] = build_.report
    options = Options.from_report(report)
    built = _Built(build_.folder, build_.base, options.limits)
    processes = workers or options.processes(len(build_.files))
    files, gone = _by_file(build_.files, where_of(build_, output))
    shares = [(file, share) for file, sheets in files for share in _shares(sheets, processes)]
    patience = LIMIT * max((len(sheets) for _, sheets in shares), default=1)
    yield gone
    yield Verdict(files=len(files))
    yield _told(build_)
    _store.cache_clear()  # of an earlier check in this process
    _classes.cache_clear()
    tasks = chain(
        (partial(_file, file=file, sheets=sheets) for file, sheets in shares),
        (partial(_articles, articles=some) for some in _some(build_.store.articles())),
        (partial(_shared, things=some) for some in _some(_described(build_.store))),
    )
    yield from run(partial(_do, built), tasks, processes, limit=patience)


def _shares(sheets: _Sheets, processes: int) -> Iterator[_Sheets]:
    """Yield the pages of a file, in as many parts as there are processes where they are many."""
    paths = sorted(sheets)
    size = max(_MANY, -(-len(paths) // processes))
    for start in range(0, len(paths), size):
        yield {path: sheets[path] for path in paths[start : start + size]}


def _some(items: Iterable[_T]) -> Iterator[tuple[_T, ...]]:
    rest = iter(items)
    return iter(lambda: tuple(islice(rest, _AT_ONCE)), ())


def _told(build_: Build) -> Verdict:
    """Compare the articles that the ledger tells of with those that the store has."""
    told, there = build_.files.keys(), set(build_.store.articles())
    problems = [Problem(a, "has files and is not in the store") for a in sorted(told - there)]
    problems += [Problem(a, "is in the store and has no file") for a in sorted(there - told)]
    return Verdict(problems=tuple(problems))


def _others(vocabularies_: Iterable[tuple[Path, str]]) -> Iterator[Verdict]:
    """Yield which vocabularies are not what they were when the articles were read with them."""
    for path, digest in vocabularies_:
        if not path.is_file():
            problem = Problem(str(path), "is gone; the vocabulary was there when this was built")
        elif sha256(path) != digest:
            problem = Problem(str(path), "is another vocabulary than when this was built; build again")
        else:
            continue
        yield Verdict(problems=(problem,))


def _sealed(build_: Build) -> Verdict:
    seals: dict[str, str] = build_.report.get("files", {})
    return Verdict(files=len(seals), problems=tuple(broken(build_.folder, seals)))


# What processes do. Each opens the store for itself.


def _do(built: _Built, task: Callable[[_Built], Verdict]) -> Verdict:
    return task(built)


@cache
def _store(built: _Built) -> Store:
    return Store(built.base, built.folder, read_only=True)


@lru_cache(1 << 16)
def _classes(built: _Built, iri: str) -> frozenset[str]:
    found = _store(built).engine.quads_for_pattern(ox.NamedNode(iri), _TYPE, None)
    return frozenset(value_of(quad.object) for quad in found)


def _articles(built: _Built, articles: Collection[Iri]) -> Verdict:
    """Check what some articles say."""
    problems = [p for article in articles for p in _statements(built, _store(built).graph(article))]
    return Verdict(articles=len(articles), problems=tuple(problems))


def _shared(built: _Built, things: Collection[ox.NamedNode]) -> Verdict:
    """Check all that is said, in whatever graph, of some things that articles share."""
    engine = _store(built).engine
    quads = [quad for thing in things for quad in engine.quads_for_pattern(thing, None, None)]
    return Verdict(shared=len(things), problems=tuple(_statements(built, quads)))


def _described(store: Store) -> list[ox.NamedNode]:
    """Return the things that no article describes alone, sorted: those that several share, and what was derived."""
    graphs = [ox.NamedNode(name(store.base)) for name in (concepts_graph, derived_graph)]
    quads = (quad for graph in graphs for quad in store.engine.quads_for_pattern(None, _TYPE, None, graph))
    return sorted({quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}, key=value_of)


def _statements(built: _Built, quads: Collection[ox.Quad]) -> Iterator[Problem]:
    """Yield what breaks the shapes, and things under the base that are pointed to and described nowhere."""
    yield from validate(quads, partial(_classes, built))
    for iri in sorted({q.object.value for q in quads if isinstance(q.object, ox.NamedNode)}):
        if kind_of(built.base, iri) and not _classes(built, iri):
            yield Problem(iri, "is pointed to and described nowhere")


def _by_file(articles: Mapping[Iri, Mapping[str, str]], where: Where) -> tuple[list[tuple[File, _Sheets]], Verdict]:
    """Return the input files, each with the pages in it, and a verdict on the pages whose file is gone."""
    found: defaultdict[File | None, dict[str, _Sheet]] = defaultdict(dict)
    for article, pages in articles.items():
        paths = tuple(pages)
        for path, digest in pages.items():
            found[where.file(path)][path] = _Sheet(article, paths, digest)
    gone = _unread(found.pop(None, {}))
    files = sorted(file for file in found if file)
    return [(file, found[file]) for file in files], Verdict(problems=tuple(gone))


def _unread(paths: Iterable[str]) -> Iterator[Problem]:
    return (Problem(path, "cannot be read any more; it was there when this was built") for path in paths)


def _file(built: _Built, file: File, sheets: _Sheets) -> Verdict:
    """Check the passages of some pages in a file."""
    verdicts = {page.path: _page(built, page, sheets[page.path]) for page in pages_in(file, sheets, built.limits)}
    gone = _unread(sheets.keys() - verdicts.keys())
    return together([Verdict(problems=tuple(gone)), *verdicts.values()])


def _page(built: _Built, page: Page, sheet: _Sheet) -> Verdict:
    """Check the passages of a page, and with the first page of an article those that stand on none of its pages."""
    first = sheet.paths[0]
    passages = passages_of(_store(built).graph(sheet.article), built.base)
    here = {iri: said for iri, said in passages.items() if said.get(PATH, first) == page.path}
    astray = {iri: said for iri, said in passages.items() if said.get(PATH, first) not in sheet.paths}
    problems = [*miscut(here, first, {page.path: page})]
    if page.path == first:
        problems += miscut(astray, first, {})
    if page.sha256 != sheet.sha256:
        problems.append(Problem(page.path, "has changed since this was built; build again"))
    return Verdict(passages=len(here), problems=tuple(problems))
