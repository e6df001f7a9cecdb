"""`python -m tests.bench.questions [OUTPUT]`: how long each named question takes, and its ratio to rdflib.

OUTPUT is a folder of `kg build`; without it, the sample articles are built. Each question is asked through Oxigraph, on
disk, for each thing that it may be asked for: the busiest of its kind, the one that most statements lead to, and a
usual one, the busiest of the lower half of those that five statements or more lead to. The last column is what rdflib's
own engine takes for the usual one on its own memory store, of the sample articles, as multiple of what Oxigraph takes
there. Figures are the least of three CPU times in milliseconds (rdflib: one), all values read.

`--graph` measures the graph questions instead, once each, in seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rich.console import Console
from rich.table import Table

import kg
from kg.analyse import Links
from kg.collection import Collection
from kg.pipeline import Options, build
from kg.query import KINDS, Question, bind, questions, solve, table
from kg.store import Build, open_build
from kg.vocab import Kinds, prefixes, term, value_of
from tests.bench.__main__ import ARTICLES

_USUAL: Final = 5
_PLAIN: Final = {"modality": "recommendation", "number": "2", "date": "2020-01-01", "text": "review"}
_LEVELS: Final = ("schema:educationalLevel", "kg:length", "schema:articleSection")


def least(ask: Callable[[], object], runs: int = 3) -> float:
    """Return the least CPU time of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        ask()
        times.append(time.process_time() - start)
    return min(times) * 1000


def things(opened: Build) -> Iterator[tuple[str, str, str]]:
    """Yield of each kind its name, the busiest thing, and a usual one."""
    links, kind = Links(opened.store.engine, opened.base), Kinds.in_store(opened.base, opened.store.engine)
    counted = Counter({thing: len(links.graph[thing]) for thing in links.graph})
    for predicate in _LEVELS:
        found = opened.store.engine.quads_for_pattern(None, ox.NamedNode(term(predicate)), None)
        counted.update(value_of(q.object) for q in found)
    for name in KINDS:
        busy = sorted((t for t in counted if kind(t) == name), key=lambda t: (-counted[t], t))
        usual = [t for t in busy if counted[t] >= _USUAL] or busy
        if busy:
            yield name, busy[0], usual[len(usual) // 2]


def asked(opened: Build, question: Question, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a question may be asked for, and its SPARQL when it is."""
    for parameter in question.parameters:
        if parameter.kind in known and parameter.default is None:
            values = {parameter.name: known[parameter.kind]}
            yield parameter.name, bind(question, values, opened.store.engine, opened.base)


def rows(opened: Build, sparql: str) -> int:
    """Return how many rows a query has, having read all."""
    return len(table(solve(opened.store.engine, sparql, opened.base)))


def ratios(sample: Build) -> dict[tuple[str, str], float]:
    """Return how many times as long as Oxigraph rdflib takes for each question about the sample."""
    data = rdflib.Dataset(default_union=True)
    data.addN((s, p, o, data.graph(g)) for s, p, o, g in sample.store.dataset.quads((None, None, None, None)))
    names = prefixes(sample.base)
    known = {**_PLAIN, **{kind: usual for kind, _, usual in things(sample)}}
    found = {}
    for question in questions():
        for name, sparql in asked(sample, question, known):
            ours = least(lambda sparql=sparql: rows(sample, sparql))  # type: ignore[misc]
            theirs = least(lambda sparql=sparql: list(data.query(sparql, initNs=names)), 1)  # type: ignore[misc]
            found[question.name, name] = theirs / ours
    return found


def told(opened: Build, peer: dict[tuple[str, str], float]) -> Table:
    """Return the table of all questions."""
    shown = Table("question", "asked for", "usual ms", "rows", "busiest ms", "rows", "rdflib / Oxigraph", box=None)
    usual = {**_PLAIN, **{kind: thing for kind, _, thing in things(opened)}}
    busy = {**_PLAIN, **{kind: thing for kind, thing, _ in things(opened)}}
    for question in questions():
        pairs = zip(asked(opened, question, usual), asked(opened, question, busy), strict=True)
        for (name, one), (_, other) in pairs:
            cells: list[str] = []
            for sparql in (one, other):
                cells += [f"{least(lambda s=sparql: rows(opened, s)):.1f}", str(rows(opened, sparql))]  # type: ignore[misc]
            ratio = peer.get((question.name, name))
            shown.add_row(question.name, name, *cells, f"{ratio:.0f}" if ratio else "")
    return shown


def graph_questions(output: Path) -> Table:
    """Return the table of the graph questions, each asked of a collection that is opened anew."""
    kinds = {kind: busy for kind, busy, _ in things(open_build(output))}
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
        build([ARTICLES], sample, Options(), lambda *_: None)
        output = next(chain(given, [sample]))
        if "--graph" in sys.argv:
            shown = graph_questions(output)
        else:
            shown = told(open_build(output), ratios(open_build(sample)))
    Console(width=140).print(shown)


if __name__ == "__main__":
    main()
