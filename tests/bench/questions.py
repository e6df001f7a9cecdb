"""`python -m tests.bench.questions [OUTPUT]`: how long each named question takes, and its ratio to rdflib.

OUTPUT is a folder of `kg build`; without it, the sample articles are built. Each question is asked through Oxigraph, on
disk, for each thing that it may be asked for: the busiest of its kind, the one that most statements lead to, and a
usual one, the busiest of the lower half of those that five statements or more lead to. It is asked with its own limit
of rows, as people ask it, in a process of its own, which is given up after some seconds. The last column is what
rdflib's own engine takes for the usual one on its own memory store, of the sample articles, as multiple of what
Oxigraph takes there. Figures are the least of three CPU times in milliseconds (rdflib, and what takes long: one), all
values read.

`--graph` measures the graph questions instead, once each, in seconds.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox
import rdflib
from rich.console import Console
from rich.table import Table

import kg
from kg.collection import Collection
from kg.pipeline import Options, build
from kg.query import KINDS, Question, bind, questions, solve, table
from kg.store import Build, open_build
from kg.vocab import PREFIXES, Kinds, prefixes, value_of
from tests.bench.__main__ import ARTICLES

_T = TypeVar("_T")
_USUAL: Final = 5
_LONG: Final = 300.0
"""Milliseconds; what takes as long is asked once."""

_PATIENCE: Final = 8.0
"""Seconds, of opening the store and asking, after which a question is given up."""

_PREPARING: Final = 600.0
_PLAIN: Final = {"number": "2", "date": "2020-01-01", "text": "review"}
_LED_TO: Final = (
    *("schema:about", "schema:audience", "schema:publisher", "schema:author", "schema:citation", "kg:appliesTo"),
    *("schema:educationalLevel", "kg:length", "schema:articleSection", "kg:modality"),
)
_COUNTED: Final = (
    *(f"SELECT ?thing (COUNT(*) AS ?n) {{ ?by {predicate} ?thing }} GROUP BY ?thing" for predicate in _LED_TO),
    "SELECT ?thing (COUNT(*) AS ?n) { ?by a schema:Article ; schema:mentions ?thing } GROUP BY ?thing",
    "SELECT ?thing (COUNT(*) AS ?n) { ?thing schema:about ?topic } GROUP BY ?thing",
    "SELECT ?thing (COUNT(*) AS ?n) { ?thing kg:statedIn ?passage } GROUP BY ?thing",
)
"""How many statements lead to each thing; of articles and principles, how many lead from it."""

Known = tuple[dict[str, str], dict[str, str]]
"""What is asked for by kind: usual things, and the busiest."""


def within(seconds: float, work: Callable[[], _T]) -> _T | None:
    """Return what some work returns in a process of its own, None where it takes longer."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_send, args=(sender, work))
    process.start()
    sender.close()
    try:
        found: _T | None = receiver.recv() if receiver.poll(seconds) else None
        return found
    finally:
        process.kill()
        process.join()


def _send(sender: Connection, work: Callable[[], object]) -> None:
    sender.send(work())


def least(ask: Callable[[], _T], runs: int = 3) -> tuple[float, _T]:
    """Return the least CPU time of some runs, in milliseconds, and what the last one returned."""
    times: list[float] = []
    while True:
        start = time.process_time()
        found = ask()
        times.append((time.process_time() - start) * 1000)
        if len(times) == runs or times[-1] > _LONG:
            return min(times), found


def things(opened: Build) -> Known:
    """Return of each kind a usual thing, and the busiest."""
    kind, counted = Kinds.in_store(opened.base, opened.store.engine), Counter[str]()
    for sparql in _COUNTED:
        found = opened.store.engine.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        counted.update({value_of(thing): int(value_of(number)) for thing, number in found})
    usual, busiest = dict(_PLAIN), dict(_PLAIN)
    for name in (*KINDS, "modality"):
        of_kind = [t for t in counted if (kind(t) or "modality") == name]
        busy = sorted(of_kind, key=lambda thing: (-counted[thing], thing))
        middle = [thing for thing in busy if counted[thing] >= _USUAL] or busy
        if busy:
            usual[name], busiest[name] = middle[len(middle) // 2], busy[0]
    return usual, busiest


def asked_for(question: Question, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a question may be asked for, and with which value."""
    for parameter in question.parameters:
        if parameter.kind in known and parameter.default is None:
            yield parameter.name, known[parameter.kind]


def rows(opened: Build, sparql: str) -> int:
    """Return how many rows a query has, having read all."""
    return len(table(solve(opened.store.engine, sparql, opened.base)))


def timed(opened: Build, question: Question, name: str, value: str) -> tuple[float, int]:
    """Return how long a question asked for a value takes, and how many rows it has."""
    return least(partial(rows, opened, bind(question, {name: value}, opened.store.engine, opened.base)))


def ratios(folder: Path) -> dict[tuple[str, str], float]:
    """Build the sample; return how many times as long as Oxigraph rdflib takes for each question about it."""
    build([ARTICLES], folder, Options(), lambda *_: None)
    sample = open_build(folder)
    data = rdflib.Dataset(default_union=True)
    data.addN((s, p, o, data.graph(g)) for s, p, o, g in sample.store.dataset.quads((None, None, None, None)))
    names, (known, _) = prefixes(sample.base), things(sample)
    found = {}
    for question in questions():
        for name, value in asked_for(question, known):
            sparql = bind(question, {name: value}, sample.store.engine, sample.base)
            ours, _ = least(partial(rows, sample, sparql))
            theirs, _ = least(lambda sparql=sparql: list(data.query(sparql, initNs=names)), 1)  # type: ignore[misc]
            found[question.name, name] = theirs / ours
    return found


def told(opened: Build, known: Known, peer: dict[tuple[str, str], float]) -> Table:
    """Return the table of all questions; the store is opened only in the processes that ask."""
    shown = Table("question", "asked for", "usual ms", "rows", "busiest ms", "rows", "rdflib / Oxigraph", box=None)
    for question in questions():
        for pair in zip(*(asked_for(question, some) for some in known), strict=True):
            cells = chain(*(_cells(within(_PATIENCE, partial(timed, opened, question, *one))) for one in pair))
            ratio = peer.get((question.name, pair[0][0]))
            shown.add_row(question.name, pair[0][0], *cells, f"{ratio:.0f}" if ratio else "")
    return shown


def _cells(found: tuple[float, int] | None) -> tuple[str, str]:
    return (f"{found[0]:.1f}", str(found[1])) if found else (f"over {_PATIENCE * 1000:.0f}", "")


def graph_questions(output: Path, known: Known) -> Table:
    """Return the table of the graph questions, each asked of a collection that is opened anew."""
    kinds = known[1]
    shown = Table("question", "CPU s", box=None)
    questions_: tuple[tuple[str, Callable[[Collection], object]], ...] = (
        ("path", lambda g: g.path(kinds["role"], kinds["topic"])),
        ("related", lambda g: g.related(kinds["topic"])),
        ("central", lambda g: g.central()),
        ("communities", lambda g: g.communities()),
        ("reading_path", lambda g: g.reading_path(kinds["role"])),
        ("gaps", lambda g: g.gaps()),
    )
    for name, ask in questions_:
        start = time.process_time()
        ask(kg.open(output))
        shown.add_row(name, f"{time.process_time() - start:.1f}")
    return shown


def main() -> None:
    """Measure, and print the table."""
    warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own query engine uses what it deprecates
    given = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "output"
        peer = within(_PREPARING, partial(ratios, sample))
        output = next(chain(given, [sample]))
        opened = open_build(output)
        known = within(_PREPARING, partial(things, opened))
        assert peer is not None
        assert known is not None
        shown = graph_questions(output, known) if "--graph" in sys.argv else told(opened, known, peer)
    Console(width=140).print(shown)


if __name__ == "__main__":
    main()
