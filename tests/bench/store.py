"""`python -m tests.bench.store [CORPUS] [--markdown]`: what a store of many articles costs to build, change and check.

CORPUS is a file or folder of articles, by default ../shared/corpus/scale.jsonl.gz beside this checkout. Each row is one
real command in a fresh process. The last one writes the RDF of some hundred of the articles; its peer is Oxigraph
alone, loading the same quads in bulk from N-Quads. Ours makes the quads of facts, notes in the ledger what they rest
on, and describes what the articles share.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.model import Fact, Iri, Kind, Record, Value
from kg.publish import write
from kg.store import Build, Store, open_build
from kg.vocab import BASE, concepts_graph, kind_of, value_of
from tests.bench.__main__ import ARTICLES
from tests.bench.commands import COST, Ran, kg, show, size
from tests.quality.gold import SCALE

_SOME: Final = 500
"""Articles whose RDF is written again, beside the peer: as many as fit into memory."""

_OURS: Final = """
import pickle, sys, time
from pathlib import Path
from kg.pipeline.articles import vocabulary
from kg.store import Store
from kg.vocab import BASE
known, records = vocabulary(BASE), pickle.loads(Path(sys.argv[1]).read_bytes())
start = time.process_time()
store = Store(BASE, Path(sys.argv[2]))
store.put(records, known)
store.close()
print(time.process_time() - start)
"""
_PEER: Final = """
import sys, time, pyoxigraph as ox
start = time.process_time()
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1])
store.flush()
print(time.process_time() - start)
"""


def records(build: Build) -> Iterator[Record]:
    """Yield what some of the articles of a build say, as it was stored."""
    store = build.store
    for iri in store.articles()[:_SOME]:
        facts = [_fact(quad) for quad in store.graph(iri)]
        principles = sorted({f.subject for f in facts if kind_of(BASE, f.subject) is Kind.PRINCIPLE})
        graph = ox.NamedNode(concepts_graph(BASE))
        shared = (q for one in principles for q in store.engine.quads_for_pattern(ox.NamedNode(one), None, None, graph))
        yield Record(iri, "", tuple(facts), tuple(map(_fact, shared)))


def _fact(quad: ox.Quad) -> Fact:
    subject, predicate = Iri(value_of(quad.subject)), Iri(quad.predicate.value)
    if not isinstance(quad.object, ox.Literal):
        return Fact(subject, predicate, Iri(value_of(quad.object)))
    told = quad.object
    type_ = f"@{told.language}" if told.language else told.datatype.value.rpartition("#")[2]
    return Fact(subject, predicate, Value(told.value, type_))


def writing(output: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds of CPU time that writing the RDF of some articles takes us, and the peer."""
    ours, quads, kept = folder / "ours", folder / "some.nq", folder / "some"
    kept.write_bytes(pickle.dumps(list(records(open_build(output)))))
    ours.mkdir()
    seconds = _seconds(_OURS, kept, ours)
    write(Store(BASE, ours, read_only=True).quads(), BASE, quads)
    return seconds, _seconds(_PEER, quads, folder / "peer")


def _seconds(script: str, *arguments: Path) -> float:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def flipped(file: Path, output: Path) -> tuple[Ran, str]:
    """Turn one bit round in the middle of a file, and return what `kg check` says of it; then turn it back."""
    _flip(file)
    ran = kg("check", "-o", output, expected=1)
    _flip(file)
    return ran, f"caught: {next((line for line in ran.out.splitlines() if file.name in line), ran.error.strip())}"


def _flip(file: Path) -> None:
    with file.open("r+b") as data:
        data.seek(file.stat().st_size // 2)
        (byte,) = data.read(1)
        data.seek(-1, 1)
        data.write(bytes([byte ^ 1]))


def changes(corpus: Path, output: Path) -> Iterator[tuple[str, Ran, str]]:
    """Build, change and check a collection, and yield the name of each step, its cost and what else is to be told."""
    built = kg("build", corpus, "-o", output)
    count = len(open_build(output).files)
    kilobytes = 1000 * size(output / ".current" / "store") / count
    yield f"build {count} articles", built, f"{count / built.wall:.1f} articles/s, store {kilobytes:.0f} KB each"
    yield "build again, nothing changed", kg("build", corpus, "-o", output), ""
    new = corpus.parent / "new.txt"
    new.write_bytes(min(ARTICLES.iterdir()).read_bytes())
    yield "add one", kg("add", new, "-o", output), ""
    yield "remove it", kg("remove", new.name, "-o", output), ""
    checked = kg("check", "-o", output, "--format", "json")
    verdict = json.loads(checked.out)
    stored = open_build(output).report["counts"]["passage"]
    yield "check", checked, f"{verdict['passages']} of {stored} passages cut from their files again"
    data = max(output.glob(".current/store/*.sst"), key=lambda file: file.stat().st_size)
    yield "check, one bit of the store turned", *flipped(data, output)
    if corpus.is_file():
        yield "check, one bit of the input turned", *flipped(corpus, output)


def main() -> None:
    """Measure, and print the table."""
    given = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    corpus = given[0] if given else SCALE
    if not corpus.exists():
        raise InputError(str(corpus), "is not there", "name a file or folder of articles")
    with tempfile.TemporaryDirectory() as name:
        folder, output = Path(name), Path(name, "out")
        copy = folder / "in" / corpus.name
        (shutil.copytree if corpus.is_dir() else _copied)(corpus, copy)
        rows = [(step, *ran.cells, remark) for step, ran, remark in changes(copy, output)]
        ours, peer = writing(output, folder)
    remark = f"peer {peer:.1f} s, ratio {ours / peer:.2f}"
    show(f"A store of {corpus.name}", ("step", *COST, ""), [*rows, ("write RDF", "", f"{ours:.1f}", "", "", remark)])


def _copied(file: Path, copy: Path) -> None:
    copy.parent.mkdir()
    shutil.copyfile(file, copy)


if __name__ == "__main__":
    main()
