"""`python -m tests.bench.explorer [NODES ...]`: what the page of a graph costs, beside stock pyvis.

For each size (default 150, 2000, 10000, 50000): CPU seconds to lay it out and write it, megabytes, CPU seconds of the
browser until the first view, milliseconds for a frame while the map is moved (95 of 100 are quicker), for a key in the
search box, a path and a focus. Stock pyvis, in the same run, at 500 and 2000.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kg.view import write_html
from tests.browser.chromium import FLAGS, chromium
from tests.browser.sample import collection

SIZES: Final = (150, 2000, 10000, 50000)
TITLES: Final = (
    "nodes / edges", "write CPU s", "MB", "first view CPU s", "pan ms", "zoom ms", "key ms", "path ms", "focus ms",
)  # fmt: skip
PEERS: Final = (500, 2000)

_MOVE: Final = """
async (factor) => {
  const spent = [];
  let last = performance.now();
  for (let step = 0; step < 60; step += 1) {
    if (factor) kgExplorer.view.zoom(step < 30 ? factor : 1 / factor);
    else kgExplorer.view.pan(step < 30 ? 0.2 : -0.2, 0.1);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    spent.push(now - last);
    last = now;
  }
  return spent.sort((a, b) => a - b)[56];
}
"""
_TIMED: Final = """
([what, one, other]) => {
  const began = performance.now();
  if (what === 'route') kgExplorer.route(one, other);
  else if (what === 'search') {
    const box = document.getElementById('search');
    box.value = one;
    box.dispatchEvent(new Event('input'));
  } else kgExplorer.show(one, 2);
  return performance.now() - began;
}
"""


@contextmanager
def browser() -> Iterator[Any]:
    """Open Chromium with a user folder that nobody has used."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium(),
            args=list(FLAGS),
            headless=True,
            viewport={"width": 1400, "height": 900},
            reduced_motion="reduce",
        )
        context.set_offline(True)  # stock pyvis asks for files from elsewhere
        yield context
        context.close()


def renderers() -> float:
    """Return the CPU seconds that the renderers of this program's browser have used, as Linux counts them."""
    parents, spent = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended in between
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(stat[1])
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                spent[int(folder.name)] = int(stat[11]) + int(stat[12])
    ours = [ticks for process, ticks in spent.items() if os.getpid() in _ancestors(process, parents)]
    return sum(ours) / os.sysconf("SC_CLK_TCK")


def _ancestors(process: int, parents: dict[int, int]) -> Iterator[int]:
    while process in parents:
        process = parents[process]
        yield process


def opened(context: Any, path: Path, shown: str) -> tuple[Any, float]:  # noqa: ANN401  # playwright's
    """Open a file, and return its page and the CPU seconds until something is shown."""
    page = context.new_page()
    page.goto("about:blank")
    before = renderers()
    page.goto(path.as_uri(), wait_until="commit", timeout=0)
    while not page.evaluate(shown):
        page.wait_for_timeout(20)
    return page, renderers() - before


def measure(context: Any, path: Path, size: int) -> Iterator[str]:  # noqa: ANN401  # playwright's
    """Yield the cells of a size."""
    graph = collection(size)
    began = time.process_time()
    write_html(graph, path, title=f"{size} things")
    yield f"{len(graph):,} / {graph.number_of_edges():,}"
    yield f"{time.process_time() - began:.1f}"
    yield f"{path.stat().st_size / 1e6:.2f}"
    page, cpu = opened(context, path, "Boolean(window.kgExplorer?.timing.firstView)")
    yield f"{cpu:.2f}"
    page.wait_for_timeout(1500)
    page.focus("#search")  # which folds all names, as it does for a reader
    for factor in (0, 1.05):
        yield f"{page.evaluate(_MOVE, factor):.0f}"
    topics = sorted(node for node in graph if "/topic/" in node)
    for what, tries in (
        ("search", [("amber", ""), ("ce", ""), ("otter t", "")]),
        ("route", [(topics[0], topics[-at]) for at in (1, 2, 3)]),
        ("focus", [(topic, "") for topic in topics[:3]]),
    ):
        yield f"{statistics.median(page.evaluate(_TIMED, [what, *each]) for each in tries):.1f}"
    page.close()


def stock(context: Any, path: Path, size: int) -> Iterator[str]:  # noqa: ANN401  # playwright's
    """Yield the cells of pyvis as it comes."""
    from pyvis.network import Network

    graph = collection(size)
    began = time.process_time()
    network = Network(directed=True, cdn_resources="in_line")
    for node, data in graph.nodes(data=True):
        network.add_node(node, label=data["label"])
    for source, target in graph.edges():
        network.add_edge(source, target)
    path.write_text(network.generate_html(), encoding="utf-8")
    yield f"{len(graph):,} / {graph.number_of_edges():,}"
    yield f"{time.process_time() - began:.1f}"
    yield f"{path.stat().st_size / 1e6:.2f}"
    page, cpu = opened(context, path, "document.getElementById('loadingBar')?.style.display === 'none'")
    yield f"{cpu:.2f}"
    page.close()


def main() -> None:
    """Measure, and print a line for each page."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    titles = (
        "nodes / edges",
        "write CPU s",
        "MB",
        "first view CPU s",
        "pan ms",
        "zoom ms",
        "key ms",
        "path ms",
        "focus ms",
    )
    row("page", titles)
    with tempfile.TemporaryDirectory() as folder, browser() as context:
        for size in sizes:
            row("ours", measure(context, Path(folder, "ours.html"), size))
        for size in PEERS if len(sys.argv) < 2 else ():
            row("stock pyvis", stock(context, Path(folder, "stock.html"), size))


def row(name: str, cells: Iterable[str]) -> None:
    """Print a line as soon as it is known: stock pyvis takes minutes."""
    print(f"{name:12}", *(f"{cell:>16}" for cell in cells), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
