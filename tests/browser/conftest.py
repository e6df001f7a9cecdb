"""A real Chromium for the explorer's tests, cut off from everything it might want to fetch by itself."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from kg.view import write_html
from tests.browser.visit import Open, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import networkx as nx
    from playwright.sync_api import BrowserContext, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _missing(reason: str) -> None:
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def chromium() -> str:
    """Return the path of Chromium; without one the tests are skipped, or fail where they must not be."""
    found = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    if found is None:
        _missing("no Chromium: install it, or name it in KG_CHROMIUM")
    return str(found)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Start Chromium once, without a window and with a user folder that nobody has used."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("no playwright: install the extra `dev`")
    executable = chromium()
    folder: Path = tmp_path_factory.mktemp("chromium")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=executable,
            args=list(FLAGS),
            headless=True,
            reduced_motion="reduce",
            viewport={"width": 1400, "height": 900},
        )
        yield context
        context.close()


@pytest.fixture
def visit(browser: BrowserContext, tmp_path: Path) -> Iterator[Open]:
    """Return how to open the explorer of a graph."""
    pages: list[Page] = []

    def open_(graph: nx.MultiDiGraph[str], title: str = "Letters", width: int = 1400, height: int = 900) -> Visit:
        write_html(graph, tmp_path / "graph.html", title=title)
        pages.append(browser.new_page())
        pages[-1].set_viewport_size({"width": width, "height": height})
        return Visit(pages[-1], (tmp_path / "graph.html").as_uri())

    yield open_
    for page in pages:
        page.close()
