"""What kill -9 at any moment leaves, and what readers see meanwhile: `python -m tests.bench.durability [KILLS]`.

A collection is built, added to and taken from by real commands, each killed after a random while; readers ask the
folder without a pause. After each kill the folder must hold the collection as it was before the command or is after it,
byte for byte in the exports, and be ready for the next command with no repair. An answer is wrong when it is that of no
collection that was ever asked for.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.query import ask
from kg.store import open_build
from tests.conftest import ARTICLES
from tests.pages import Digest, rendering_a

KILLS = 25
READERS = 4
ARTICLES_ADDED = 30
"""With the sample no more than what has its exports refreshed by every change."""
SEED = 7


@dataclass
class Readers:
    """Threads that ask a folder over and over which articles it holds."""

    output: Path
    allowed: set[frozenset[str]]
    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> list[threading.Thread]:
        """Start to ask."""
        threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        return threads

    def stop(self, threads: list[threading.Thread]) -> None:
        """Ask no more."""
        self._stop.set()
        for thread in threads:
            thread.join()

    def _ask(self) -> None:
        while not self._stop.is_set():
            try:
                seen = paths(self.output)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is counted
                self.wrong.append(f"{type(error).__name__}: {error}")
            else:
                if seen not in self.allowed:
                    self.wrong.append(f"{len(seen)} articles that nobody put together")
            self.answers += 1


def paths(output: Path) -> frozenset[str]:
    """Return the paths of the articles in a build, as its store says."""
    store = open_build(output).store
    query = "SELECT ?path { ?a a schema:Article ; kg:path ?path }"
    return frozenset(str(path) for (path,) in ask(store.engine, query, store.base).rows)


def command(*arguments: object) -> list[str]:
    """Return a kg command line."""
    return [sys.executable, "-m", "kg", *map(str, arguments), "-q"]


def exports(output: Path) -> str:
    """Return the digest of what a build wrote."""
    data = b"".join((output / name).read_bytes() for name in ("graph.trig", "graph.ttl", "graph.html"))
    return hashlib.sha256(data).hexdigest()


def main(kills: int) -> int:
    """Kill commands, look at what is left, and print what was found; exit code 1 when anything was lost or half."""
    choose = random.Random(SEED)  # noqa: S311 - no secret
    with TemporaryDirectory() as home:
        inputs, more, output = Path(home, "in"), Path(home, "in", "more"), Path(home, "out")
        shutil.copytree(ARTICLES, inputs)
        subprocess.run(command("build", inputs, "-o", output), check=True)
        small = paths(output)
        more.mkdir()
        for number in range(ARTICLES_ADDED):
            page = Digest(
                f"Article {number}", "The Quiet Deploy", prose={"Summary": (f"Team {number} should review code.",)}
            )
            (more / f"{number}.txt").write_text(rendering_a(page), encoding="utf-8")
        started = time.monotonic()
        subprocess.run(command("build", inputs, "-o", Path(home, "whole")), check=True)
        usual = time.monotonic() - started
        whole = paths(Path(home, "whole"))
        added = sorted(whole - small)
        known = {small: exports(output), whole: exports(Path(home, "whole"))}
        readers = Readers(output, {small, whole})
        threads = readers.start()
        lost = half = landed = 0
        for _ in range(kills):
            before = paths(output)
            verbs = [("build", inputs), ("add", *sorted(more.iterdir()))] if before == small else [("remove", *added)]
            with subprocess.Popen(command(*choose.choice(verbs), "-o", output)) as process:
                time.sleep(choose.uniform(0, 1.2 * usual))
                process.kill()
            after = paths(output)
            lost += after not in {before, small, whole}
            half += known.get(after) != exports(output)
            landed += after != before
        readers.stop(threads)
        subprocess.run(command("build", inputs, "-o", output), check=True)
        half += exports(output) != known[whole]
    print(f"{kills} kills: {landed} after the command was done, {lost} lost, {half} half")  # noqa: T201
    print(f"{readers.answers} answers to {READERS} readers: {len(readers.wrong)} wrong {readers.wrong[:3]}")  # noqa: T201
    return bool(lost or half or readers.wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
