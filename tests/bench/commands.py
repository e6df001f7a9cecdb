"""Run commands as people do, each in a fresh process, and tell what they cost."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

_RUN: Final = """
import json, resource, sys
from pathlib import Path
def cost():
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
    cpu = sum((own.ru_utime, own.ru_stime, others.ru_utime, others.ru_stime))
    return {"cpu": cpu, "peak": int(peak) / 1024, "others": others.ru_maxrss / 1024}
told = sys.argv.pop(1)
from kg.__main__ import main
try:
    main()
finally:
    Path(told).write_text(json.dumps(cost()))
"""
"""The command as `python -m kg` runs it. Its own peak is Linux's VmHWM: ru_maxrss counts that of its parent in."""


@dataclass(frozen=True)
class Ran:
    """What a command said and cost: seconds of wall and CPU time with all its processes, MB of memory at their peaks.

    `peak` is that of the command's own process, `others` that of the largest of those that it started.
    """

    code: int
    out: str
    error: str
    wall: float
    cpu: float
    peak: float
    others: float

    @property
    def cells(self) -> tuple[str, ...]:
        """The cost as the cells of a table."""
        return f"{self.wall:.2f}", f"{self.cpu:.2f}", f"{self.peak:.0f}", f"{self.others:.0f}" if self.others else ""


COST: Final = ("wall s", "CPU s", "peak MB", "largest other MB")
"""The heads of the columns of `Ran.cells`."""


def kg(*arguments: str | Path, expected: int = 0) -> Ran:
    """Run `kg` with some arguments; end this program when its exit code is not the one expected."""
    with tempfile.NamedTemporaryFile() as told:
        start = time.perf_counter()
        command = [sys.executable, "-c", _RUN, told.name, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wall = time.perf_counter() - start
        if done.returncode != expected:
            sys.exit(f"kg {' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}")
        cost = json.loads(Path(told.name).read_text(encoding="ascii"))
    return Ran(done.returncode, done.stdout, done.stderr, wall, **cost)


def size(folder: Path) -> float:
    """Return how many megabytes stand in a folder and all below it."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def show(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; in Markdown after `--markdown` on the command line."""
    if "--markdown" in sys.argv:
        lines = [head, ["---"] * len(head), *rows]
        print(f"**{title}**\n", *(f"| {' | '.join(line)} |" for line in lines), "", sep="\n")  # noqa: T201
        return
    table = Table(*head, title=title, title_justify="left", box=None)
    for row in rows:
        table.add_row(*row)
    Console(width=140).print(table)
