"""How the explorer's tests open a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.view import write_html
from tests.browser.visit import Open, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import networkx as nx
    from playwright.sync_api import BrowserContext, Page


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
