"""`python -m tests.bench [RUNS]`: measure the commands that people wait for, each with the ratio to a peer.

Each figure is the median of RUNS fresh processes (default 5). Wall is the time a person waits; CPU is user and system
time of the process and its children; peak is resident memory.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

ROOT: Final = Path(__file__).parent.parent.parent
ARTICLES: Final = ROOT / "data" / "articles"
SEED: Final = ARTICLES / "thoughts-on-the-job-market-in-the-age-of-llms.txt"

_RDFLIB: Final = """
import sys, rdflib
data = rdflib.Dataset()
data.parse(sys.argv[1], format="nquads")
union = rdflib.Graph()
for s, p, o, _ in data.quads():
    union.add((s, p, o))
union.serialize(sys.argv[2], format="turtle")
"""

_PYVIS: Final = """
import sys, pyoxigraph as ox
from kg.analyse import graph
from kg.vocab import BASE
from pyvis.network import Network
made = graph(ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS), BASE)
net = Network(directed=True, cdn_resources="in_line")
for node, data in made.nodes(data=True):
    net.add_node(node, label=data["label"])
for source, target in made.edges():
    net.add_edge(source, target)
open(sys.argv[2], "w", encoding="utf-8").write(net.generate_html())
"""

_OURS: Final = """
import sys, pyoxigraph as ox
from pathlib import Path
from kg.pipeline import write_html
from kg.vocab import BASE
write_html(list(ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)), BASE, Path(sys.argv[2]))
"""


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds of wall and CPU time, and megabytes of memory at its peak."""

    wall: float
    cpu: float
    peak: float


def once(command: Sequence[str]) -> Cost:
    """Run a command in a fresh process and return its cost."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed: {process.stderr.read().decode() if process.stderr else ''}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(command: Sequence[str], runs: int) -> Cost:
    """Return the median cost of a command over some runs."""
    costs = [once(command) for _ in range(runs)]
    return Cost(*(statistics.median(getattr(c, name) for c in costs) for name in ("wall", "cpu", "peak")))


def main() -> None:
    """Measure, and print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    kg = [sys.executable, "-m", "kg"]
    with tempfile.TemporaryDirectory() as folder:
        out, nquads = f"{folder}/out", f"{folder}/graph.nq"
        once([*kg, "build", str(ARTICLES), "-q", "-o", out])
        once([*kg, "export", nquads, "-q", "-o", out])
        script = [sys.executable, "-c"]
        cases = {
            "kg --help": ([*kg, "--help"], "python -c pass", [*script, "pass"]),
            "kg build (seed)": (
                [*kg, "build", str(SEED), "-q", "-o", f"{folder}/seed"],
                "rdflib: read and write the sample's graph",
                [*script, _RDFLIB, nquads, f"{folder}/peer.ttl"],
            ),
            "kg build (9 articles)": (
                [*kg, "build", str(ARTICLES), "-q", "-o", f"{folder}/all"],
                "rdflib: read and write the sample's graph",
                [*script, _RDFLIB, nquads, f"{folder}/peer.ttl"],
            ),
            "kg query reading": (
                [*kg, "query", "reading", "-q", "-o", out],
                "rdflib: read and write the sample's graph",
                [*script, _RDFLIB, nquads, f"{folder}/peer.ttl"],
            ),
            "graph.html (9 articles)": (
                [*script, _OURS, nquads, f"{folder}/ours.html"],
                "stock pyvis: the same nodes and edges",
                [*script, _PYVIS, nquads, f"{folder}/peer.html"],
            ),
        }
        table = Table("what", "wall s", "CPU s", "peak MB", "peer", "peer CPU s", "ratio", box=None)
        for name, (ours, peer_name, peer) in cases.items():
            mine, theirs = median(ours, runs), median(peer, runs)
            cells = (f"{mine.wall:.2f}", f"{mine.cpu:.2f}", f"{mine.peak:.0f}", peer_name, f"{theirs.cpu:.2f}")
            table.add_row(name, *cells, f"{mine.cpu / theirs.cpu:.2f}")
    Console(width=140).print(table)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Console(width=140).print(f"median of {runs} runs; {os.cpu_count()} processors; this process {memory:.0f} MB")


if __name__ == "__main__":
    main()
