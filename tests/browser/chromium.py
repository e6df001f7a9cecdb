"""A real Chromium, started once for all tests, cut off from everything it might want to fetch by itself."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext

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
