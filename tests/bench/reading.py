"""`python -m tests.bench.reading [FILE]`: how fast many articles are read, and in how much memory.

FILE (default: ../shared/corpus/scale.jsonl.gz beside this checkout) holds one record on each line, Markdown in `text`.
Reading is from bytes to articles: unpacking, front matter, visible text, language, dates and people, sections. The peer
is markdown-it-py turning the same texts into HTML, which is the least that reading Markdown can cost. Taking the file
apart is what one process does for all others; its peer is decoding the JSON of each line. Its peak says that no more
than a piece is held, however large the file. Each runs in a fresh process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from tests.quality.gold import SCALE

_COUNT: Final = """
import json, resource, statistics, sys, time
def told(times, count, lost, size):
    times.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p99 = times[int(len(times) * .99)]
    print(json.dumps([count, lost, sum(times), statistics.median(times), p99, size / 1e6, peak]))
"""

_OURS: Final = (
    _COUNT
    + """
from pathlib import Path
from kg.model import Page
from kg.read import File, article_on, read_pages, table
table()
times, count, lost, size = [], 0, 0, 0
start = time.perf_counter()
for found in read_pages(File("scale.jsonl.gz", Path(sys.argv[1]), "scale.jsonl.gz")):
    if isinstance(found, Page):
        article_on(found, table())
        count += 1
        size += len(found.text.encode())
    else:
        lost += 1
    times.append(time.perf_counter() - start)
    start = time.perf_counter()
told(times, count, lost, size)
"""
)

_PEER: Final = (
    _COUNT
    + """
import gzip
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable("table")
times, count, size = [], 0, 0
start = time.perf_counter()
for line in gzip.open(sys.argv[1], "rt", encoding="utf-8"):
    text = json.loads(line)["text"]
    parser.render(text)
    count += 1
    size += len(text.encode())
    times.append(time.perf_counter() - start)
    start = time.perf_counter()
told(times, count, 0, size)
"""
)

_APART: Final = (
    _COUNT
    + """
from pathlib import Path
from kg.read import File, Piece, pieces
times, count, lost, size = [], 0, 0, 0
start = time.perf_counter()
for piece in pieces(File("scale.jsonl.gz", Path(sys.argv[1]), "scale.jsonl.gz")):
    if isinstance(piece, Piece):
        count += 1
        size += len(piece.input.data)
    else:
        lost += 1
    times.append(time.perf_counter() - start)
    start = time.perf_counter()
told(times, count, lost, size)
"""
)

_DECODED: Final = (
    _COUNT
    + """
import gzip
times, count, size = [], 0, 0
start = time.perf_counter()
for line in gzip.open(sys.argv[1], "rt", encoding="utf-8"):
    size += len(json.loads(line)["text"].encode())
    count += 1
    times.append(time.perf_counter() - start)
    start = time.perf_counter()
told(times, count, 0, size)
"""
)

_PAIRS: Final = (
    (("kg.read", _OURS), ("markdown-it-py alone", _PEER)),
    (("taking apart", _APART), ("json.loads of each line", _DECODED)),
)


def main() -> None:
    """Measure, and print the table."""
    scale = Path(sys.argv[1]) if len(sys.argv) > 1 else SCALE
    if not scale.is_file():
        sys.exit(f"no records at {scale}: give a file")
    shown = Table("what", "articles", "lost", "s", "median ms", "p99 ms", "MB of text", "MB/s", "peak MB", box=None)
    for pair in _PAIRS:
        seconds = [_measured(shown, name, script, scale) for name, script in pair]
        shown.add_row("", *[""] * 3, f"ratio {seconds[0] / seconds[1]:.2f}")
    Console(width=140).print(shown)


def _measured(shown: Table, name: str, script: str, scale: Path) -> float:
    """Add a row of what a script measures, and return the seconds that it took."""
    done = subprocess.run([sys.executable, "-c", script, str(scale)], capture_output=True, text=True, check=True)
    count, lost, total, median, p99, size, peak = json_of(done.stdout)
    cells = (f"{total:.1f}", f"{median * 1e3:.2f}", f"{p99 * 1e3:.1f}", f"{size:.1f}", f"{size / total:.2f}")
    shown.add_row(name, f"{count:.0f}", f"{lost:.0f}", *cells, f"{peak:.0f}")
    return total


def json_of(text: str) -> list[float]:
    """Return the numbers that a process printed."""
    import json

    return [float(number) for number in json.loads(text)]


if __name__ == "__main__":
    main()
