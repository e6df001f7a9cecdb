"""`python -m tests.bench.synthetic [N ...] [--markdown]`: what costs more for each article the more articles there are.

Collections of N articles (default 1000, 3000 and 10000) are made of every tenth record of the corpus
../shared/corpus/scale.jsonl.gz beside this checkout, as `deck` tells. Their records are made, not read: reading and
understanding cost each article the same whatever there is besides. All behind that is what `kg build` does, and the
commands after it are real ones.

Figures are CPU time: milliseconds for each article of the build, seconds for each command. The last column is how many
times as much the largest collection costs as the smallest. Of the build, what stands well above 1 grows faster than the
collection. The peer is Oxigraph alone, loading the same quads in bulk from N-Quads.
"""

from __future__ import annotations

import gzip
import json
import pickle
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
    """Make a collection, change it, ask it, and return what each of these costs."""
    home = folder / str(count)
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
    cost["peer: bulk load, ms"] = 1000 * _peer(output, home) / count
    cost["kg add one, s"] = kg("add", new, "-o", output).cpu
    cost["kg remove it, s"] = kg("remove", "new.txt", "-o", output).cpu
    return {**cost, **_answers(output, made["things"])}


def _peer(output: Path, home: Path) -> float:
    nquads = home / "all.nq"
    kg("export", nquads, "-o", output)
    return once([sys.executable, "-c", _PEER, str(nquads), str(home / "peer")]).cpu


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
        found = [measured(count, folder, deck) for count in sizes]
    show("Made articles", ("what", *(f"{count:,}" for count in sizes), "growth"), list(rows(found)))


def rows(found: Sequence[dict[str, float]]) -> list[list[str]]:
    """Return a row for each figure: what it is for each collection, and how much it grew."""
    return [
        [what, *(f"{one[what]:.2f}" for one in found), f"{found[-1][what] / found[0][what]:.2f}"] for what in found[0]
    ]


if __name__ == "__main__":
    main()
