"""`python -m tests.bench.synthetic [N ...] [--markdown]`: what costs more for each article the more articles there are.

Collections of N articles (default 1000, 3000 and 10000) are made of every tenth record of the corpus
../shared/corpus/scale.jsonl.gz beside this checkout, as `deck` tells. Their records are made, not read: reading and
understanding cost each article the same whatever there is besides. All behind that is what `kg build` does, and the
commands after it are real ones.

Figures are CPU time: milliseconds for each article of the build, seconds for each command. The last column is how many
times as much the largest collection costs as the smallest. Of the build, what stands well above 1 grows faster than the
collection. What is found of each collection is told on standard error at once.

The peer is Oxigraph alone, loading the same quads in bulk from N-Quads. It is left out where the disk has no room for
these and its store. Each collection is deleted when it is measured.
"""

from __future__ import annotations

import gzip
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.pipeline import Options
from kg.pipeline.articles import Made, Task, Told, outcomes
from kg.read import File, Piece, pieces
from tests.bench.__main__ import ARTICLES, once
from tests.bench.commands import kg, show, size
from tests.quality.gold import SCALE

_SIZES: Final = (1000, 3000, 10_000)
_EVERY: Final = 10
_PEER: Final = """
import sys, pyoxigraph as ox
ox.Store(sys.argv[2]).bulk_load(path=sys.argv[1])
"""
_ROOM: Final = 3
"""How many times as large as a collection the room is that the peer needs."""

_ASKED: Final = (("reading", "role"), ("principles", "topic"), ("together", "topic"), ("advice", "source"))


def read(folder: Path) -> list[Told]:
    """Return what every so many-th article of the corpus says."""
    if not SCALE.is_file():
        raise InputError(str(SCALE), "is not there", "put the corpus beside this checkout")
    some = folder / "some.jsonl"
    with gzip.open(SCALE, "rt", encoding="utf-8") as lines:
        some.write_text("".join(islice(lines, 0, None, _EVERY)), encoding="utf-8")
    parts = [piece for piece in pieces(File(some.name, some, some.name)) if isinstance(piece, Piece)]
    found = (outcome for piece in parts for outcome in outcomes(Task(piece, {}), Options()))
    return [outcome.told for outcome in found if isinstance(outcome, Made)]


def measured(count: int, folder: Path, deck: Path) -> dict[str, float]:
    """Make a collection, change it, ask it, delete it, and return what each of these costs."""
    home = folder / str(count)
    try:
        return _measured(count, home, deck)
    finally:
        shutil.rmtree(home)


def _measured(count: int, home: Path, deck: Path) -> dict[str, float]:
    inputs, output = home / "in", home / "out"
    inputs.mkdir(parents=True)
    new = inputs / "new.txt"
    new.write_bytes(min(ARTICLES.iterdir()).read_bytes())
    command = [sys.executable, "-m", "tests.bench.synthetic.make", str(count), str(output), str(deck)]
    made = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    cost = {f"{step}, ms": 1000 * seconds / count for step, seconds in made["steps"].items()}
    cost["peak memory, MB"] = made["peak"]
    cost["store, KB"] = 1000 * size(output / ".current" / "store") / count
    cost["ledger and derived.db, KB"] = sum(f.stat().st_size for f in output.glob(".current/*.db")) / 1000 / count
    if (seconds := _peer(output, home)) is not None:
        cost["peer: bulk load, ms"] = 1000 * seconds / count
    for what, arguments in (("add one", ("add", new)), ("remove it", ("remove", "new.txt"))):
        ran = kg(*arguments, "-o", output)
        cost |= {f"kg {what}, s": ran.cpu, f"kg {what}, peak MB": ran.peak}
    return {**cost, **_answers(output, made["things"])}


def _peer(output: Path, home: Path) -> float | None:
    """Return the seconds that the peer takes; None where the disk has no room for it."""
    if shutil.disk_usage(home).free < _ROOM * 1e6 * size(output):
        return None
    nquads, peer = home / "all.nq", home / "peer"
    kg("export", nquads, "-o", output)
    cost = once([sys.executable, "-c", _PEER, str(nquads), str(peer)]).cpu
    nquads.unlink()
    shutil.rmtree(peer)
    return cost


def _answers(output: Path, things: dict[str, Any]) -> dict[str, float]:
    """Return what it costs to ask for the busiest thing of each kind."""
    asked = {name: ["-p", f"{kind}={things[kind]}"] for name, kind in _ASKED} | {"newest": []}
    return {f"kg query {name}, s": kg("query", name, *given, "-o", output).cpu for name, given in asked.items()}


def main() -> None:
    """Measure, and print the table."""
    sizes = sorted(int(word) for word in sys.argv[1:] if word.isdigit()) or list(_SIZES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck = folder / "deck"
        deck.write_bytes(pickle.dumps(read(folder)))
        found = []
        for count in sizes:
            found.append(measured(count, folder, deck))
            print(f"{count:,} articles: {json.dumps(found[-1])}", file=sys.stderr)  # noqa: T201
    show("Made articles", ("what", *(f"{count:,}" for count in sizes), "growth"), list(rows(found)))


def rows(found: Sequence[dict[str, float]]) -> list[list[str]]:
    """Return a row for each figure: what it is for each collection, and how much it grew; "" where it is not known."""
    return [[what, *(_cell(one.get(what)) for one in found), _cell(_growth(what, found))] for what in found[0]]


def _growth(what: str, found: Sequence[dict[str, float]]) -> float | None:
    return found[-1][what] / found[0][what] if what in found[-1] else None


def _cell(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.2f}"


if __name__ == "__main__":
    main()
