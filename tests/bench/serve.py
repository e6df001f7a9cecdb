"""`python -m tests.bench.serve OUTPUT [SECONDS [CLIENTS]]`: what the server bears, beside Oxigraph's on the same store.

Clients ask a mix of queries over kept connections, every answer compared with what the engine says: of the topic that
most articles are about, and of a usual one, the busiest of the lower half of those of five articles or more. Beside the
rate stands where the CPU time of a request goes, and what the engine alone takes, asked in one process. The peer is the
program `oxigraph` (`pip install oxigraph`), which answers in the process that listens; ours answers in others, so that
it can stop them, and sends nothing before the whole answer is there. Each kind of page is asked for, cold and warm.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table

from kg.store import open_build
from kg.vocab import PREFIXES, prefixes, value_of

_TOPICS: Final = "SELECT ?t (COUNT(?a) AS ?n) { ?a a schema:Article ; schema:about ?t } GROUP BY ?t"
_USUAL: Final = 5
_QUERIES: Final = (
    "SELECT ?a ?title { ?a a schema:Article ; schema:about TOPIC ; schema:headline ?title } ORDER BY ?a",
    "SELECT ?p ?words { ?p schema:about TOPIC ; kg:statedIn/kg:exact ?words } ORDER BY ?p ?words LIMIT 50",
    "SELECT (COUNT(?sentence) AS ?n) { ?sentence schema:mentions TOPIC }",
    "SELECT ?by (COUNT(?a) AS ?n) { ?a schema:about TOPIC ; schema:author/schema:name ?by } GROUP BY ?by ORDER BY ?by",
    "ASK { ?a schema:about TOPIC ; schema:educationalLevel level:beginner }",
    "SELECT ?p ?o { TOPIC ?p ?o } ORDER BY ?p ?o",
)
"""What people ask of a topic."""

_PAGES: Final = ("/", "/articles", "/topics", "/principles", "/search?q=data", "/questions", "/sparql")
_LISTS: Final = ("/articles", "/topics", "/roles", "/principles", "/sources", "/fields")


@dataclass
class Load:
    """What some clients found: seconds of each request, answers that were wrong, the server's memory and CPU time."""

    seconds: list[float] = field(default_factory=list)
    wrong: int = 0
    memory: list[int] = field(default_factory=list)
    spent: tuple[float, float] = (0, 0)

    def row(self, wall: float) -> list[str]:
        """Return rate, median, 99th percentile, CPU of server and children, wrong answers, memory at first and last."""
        cuts = statistics.quantiles(self.seconds, n=100)
        memory = f"{self.memory[0]} -> {self.memory[-1]}"
        return [
            f"{len(self.seconds) / wall:.0f}",
            f"{cuts[49] * 1000:.0f}",
            f"{cuts[98] * 1000:.0f}",
            *(f"{seconds * 1000 / len(self.seconds):.1f}" for seconds in self.spent),
            str(self.wrong),
            memory,
        ]


def _topics(output: Path) -> dict[str, str]:
    """Return the topics to ask about."""
    found = open_build(output).store.engine.query(_TOPICS, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    counted = sorted((-int(value_of(number)), str(topic)) for topic, number in found)
    usual = [topic for number, topic in counted if -number >= _USUAL] or [topic for _, topic in counted]
    return {"busiest": counted[0][1], "usual": usual[len(usual) // 2]}


def _asked(output: Path, topic: str) -> tuple[list[tuple[str, bytes]], float]:
    """Return the addresses to ask, each with the engine's own answer, and what one takes it, in milliseconds.

    Prefixes are written out for the peer.
    """
    build = open_build(output)
    declared = "".join(f"PREFIX {p}: <{iri}> " for p, iri in prefixes(build.base).items())
    asked = []
    start = time.process_time()
    for query in (declared + query.replace("TOPIC", topic) for query in _QUERIES):
        found = build.store.engine.query(query, use_default_graph_as_union=True)
        assert not isinstance(found, ox.QueryTriples)
        asked.append((f"?query={quote(query)}", found.serialize(format=ox.QueryResultsFormat.JSON) or b""))
    return asked, (time.process_time() - start) * 1000 / len(asked)


def _ask(port: int, path: str, asked: list[tuple[str, bytes]], until: float, load: Load) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while time.perf_counter() < until:
        for query, expected in asked:
            start = time.perf_counter()
            connection.request("GET", path + query, headers={"Accept": "application/sparql-results+json"})
            body = connection.getresponse().read()
            load.seconds.append(time.perf_counter() - start)
            load.wrong += body != expected


def _measure(address: tuple[int, str, int], asked: list[tuple[str, bytes]], seconds: float, clients: int) -> list[str]:
    load, start = Load(), time.perf_counter()
    port, path, pid = address
    arguments = (port, path, asked, start + seconds, load)
    before = _spent(pid)
    threads = [threading.Thread(target=_ask, args=arguments) for _ in range(clients)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(seconds / 10)
        load.memory.append(_memory(pid))
    load.spent = (_spent(pid)[0] - before[0], _spent(pid)[1] - before[1])
    return load.row(time.perf_counter() - start)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _spent(pid: int) -> tuple[float, float]:
    """Return the CPU seconds of a process, and of its children."""
    each = [Path(f"/proc/{p}/stat").read_text(encoding="utf-8").rpartition(")")[2] for p in (pid, *_children(pid))]
    seconds = [sum(map(int, stat.split()[11:13])) / os.sysconf("SC_CLK_TCK") for stat in each]
    return seconds[0], sum(seconds[1:])


def _memory(pid: int) -> int:
    """Return the resident megabytes of a process and its children."""
    status = [Path(f"/proc/{p}/status").read_text(encoding="utf-8") for p in (pid, *_children(pid))]
    return sum(int(found[1]) for text in status if (found := re.search(r"VmRSS:\s+(\d+)", text))) // 1024


@contextmanager
def _ours(output: Path) -> Iterator[tuple[int, int, float]]:
    """Serve a folder: port, process, and the seconds until it answers."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "kg", "serve", "-o", str(output), "--port", "0", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline()
        yield int(address.rstrip("/\n").rpartition(":")[2]), process.pid, time.perf_counter() - start
        process.terminate()


@contextmanager
def _peer(program: str, output: Path) -> Iterator[tuple[int, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "store")
        shutil.copytree(output / "store", copy)
        command = [program, "serve-read-only", "--location", str(copy), "--bind", f"127.0.0.1:{port}"]
        with subprocess.Popen([*command, "--union-default-graph"], stderr=subprocess.DEVNULL) as process:
            for _ in range(100):
                time.sleep(0.1)
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            yield port, process.pid
            process.terminate()


def _get(port: int, path: str) -> tuple[float, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html"})
    body = connection.getresponse().read().decode()
    return (time.perf_counter() - start) * 1000, body


def _pages(port: int) -> Table:
    table = Table("page", "first ms", "again ms")
    best = [
        found[1]
        for path in _LISTS
        if (found := re.search(r'<li>\s*<a class="ref \w+" href="([^"]+)"', _get(port, path)[1]))
    ]
    for path in (*_PAGES, *best, *(f"{b}/text" for b in best if b.startswith("/article/"))):
        table.add_row(path, f"{_get(port, path)[0]:.0f}", f"{_get(port, path)[0]:.0f}")
    return table


def main(output: str, seconds: str = "60", clients: str = "32") -> None:
    """Measure, and print what was found."""
    folder, console = Path(output), Console(width=140)
    mixes = {name: _asked(folder, topic) for name, topic in _topics(folder).items()}
    cpu = ("CPU ms: server", "processes", "engine alone")
    table = Table("server", "topic", "requests/s", "p50 ms", "p99 ms", *cpu[:2], "wrong", "memory MB", cpu[2])
    with _ours(folder) as (port, pid, ready):
        console.print(f"ready after {ready:.1f} s", _pages(port))
        ours = {n: _measure((port, "/sparql", pid), m[0], float(seconds), int(clients)) for n, m in mixes.items()}
    for name, row in ours.items():
        table.add_row("kg serve", name, *row, f"{mixes[name][1]:.1f}")
    program = shutil.which("oxigraph")
    if program is None:
        console.print("no peer: pip install oxigraph")
    else:
        with _peer(program, folder) as (port, pid):
            peer = {n: _measure((port, "/query", pid), m[0], float(seconds), int(clients)) for n, m in mixes.items()}
        for name, row in peer.items():
            table.add_row("oxigraph", name, *row)
            ratio = (f"{float(a) / float(b):.2f}" for a, b in zip(ours[name][:3], row[:3], strict=True))
            table.add_row("ratio", name, *ratio)
    console.print(table)


if __name__ == "__main__":
    main(*sys.argv[1:])
