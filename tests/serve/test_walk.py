"""Walks through the pages in a real browser: silent, whole without a mouse or script, and to the very sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from kg.vocab import BASE
from tests.serve.conftest import Server
from tests.serve.test_browse import REVIEW

SEEN = (
    *("", "articles", "topics", "principles", REVIEW, f"{REVIEW}/text", "topic/coding-agent", "role/cto"),
    *("search?q=code", "source/the-quiet-deploy", "field/human-resources-and-talent", "questions", "sparql"),
    *("questions/reading?role=CTO", "role/cto/reading-path"),
)


class Walk:
    """A page that is open, and all that it complained of or asked of others."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.home = ""
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, "data:")):
            self.wrong.append(url)

    def start(self, home: str, path: str = "") -> None:
        """Open a page."""
        self.home = home
        self.page.goto(home + path)

    def marked(self) -> str:
        """Return the words that the address points to."""
        found = self.page.locator("mark:target").inner_text()
        assert self.page.evaluate("() => { const r = document.querySelector(':target').getBoundingClientRect(); "
                                  "return r.top >= 0 && r.bottom <= innerHeight; }")  # fmt: skip
        return found


@pytest.fixture
def walk(browser: BrowserContext) -> Iterator[Walk]:
    """Open a page, and see that nothing went wrong on it."""
    page = browser.new_page()
    walk = Walk(page)
    yield walk
    page.close()
    assert not walk.wrong


def test_from_home_to_the_sentence(server: Server, walk: Walk) -> None:
    walk.start(server.address)
    walk.page.click("text=coding agent")
    walk.page.click("text=Coding agents raise output only as far as the people reviewing that output can keep up.")
    assert walk.page.locator(".kind").inner_text() == "Principle"
    walk.page.click("blockquote a >> nth=0")
    assert walk.marked().startswith("Coding agents raise output only as far as")


def test_from_a_role_to_what_it_should_read(server: Server, walk: Walk) -> None:
    walk.start(server.address, "roles")
    walk.page.click("text=CTO >> nth=0")
    walk.page.click("text=What to read first")
    assert walk.page.locator(".kind").inner_text() == "Reading path"
    walk.page.click(".way > li > a >> nth=0")
    assert walk.page.locator(".kind").inner_text() == "Article"
    walk.page.click("#takeaway ~ p a >> nth=0")
    assert walk.marked()


def test_a_question_is_asked_in_sparql(server: Server, walk: Walk) -> None:
    walk.start(server.address, "sparql")
    walk.page.select_option("#begin", index=1)
    walk.page.press("#query", "Control+Enter")
    walk.page.wait_for_selector("#answer tbody tr")
    assert walk.page.locator("#told").inner_text().endswith("rows")
    walk.page.fill("#query", "SELECT ?topic WHERE { ?a schema:about ?topic } LIMIT 1")
    walk.page.click("#run")
    walk.page.click("#answer a")
    assert walk.page.locator(".kind").inner_text() == "Topic"


def test_a_mistake_in_sparql_is_shown_where_it_is(server: Server, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto(f"{server.address}sparql")
    page.fill("#query", "SELECT ?s\nWHERE { ?s ?p }")
    page.click("#run")
    page.wait_for_selector("#told.wrong")
    assert "line 2, column 16" in page.locator("#told").inner_text()
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["query", 25]
    page.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_every_page_is_silent_and_fits(server: Server, walk: Walk, theme: Any, width: int) -> None:  # noqa: ANN401 - a literal
    walk.page.emulate_media(color_scheme=theme)
    walk.page.set_viewport_size({"width": width, "height": 800})
    principle = server.ask("SELECT ?p { ?p a kg:Principle } ORDER BY ?p LIMIT 1").rows[0]["p"]
    for path in (*SEEN, principle.removeprefix(BASE)):
        walk.start(server.address, path)
        assert walk.page.locator("h1").inner_text()
        assert walk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert not _barriers(walk.page), path


def _barriers(page: Page) -> list[str]:
    """Return what axe finds serious or worse; nothing where there is no axe."""
    axe = os.environ.get("KG_AXE")
    if not axe:
        return []
    page.evaluate(Path(axe).read_text(encoding="utf-8") + ";0")
    script = "axe.run().then(found => found.violations.filter(v => /serious|critical/.test(v.impact)).map(v => v.help))"
    return [str(help_) for help_ in page.evaluate(script)]


def test_the_site_opens_from_disk(site: Path, walk: Walk) -> None:
    walk.start(site.as_uri(), "/index.html")
    assert walk.page.evaluate("getComputedStyle(document.body).margin") == "0px"  # the style sheet is there
    walk.page.fill("input[name=q]", "CODING a")
    walk.page.press("input[name=q]", "Enter")
    walk.page.click("#results a >> nth=0")
    walk.page.click("blockquote a >> nth=0")
    assert walk.marked()
    walk.page.click("text=Map")
    assert walk.page.url.endswith("graph.html")


def test_hostile_texts_do_nothing_in_a_browser(hostile: Path, walk: Walk) -> None:
    files = [f for f in sorted(hostile.rglob("*.html")) if f.name != "graph.html"]
    for file in [f for f in files if "principle" not in f.parts][:: max(1, len(files) // 30)]:
        walk.start(hostile.as_uri(), f"/{file.relative_to(hostile).as_posix()}")
        assert walk.page.evaluate("Object.keys(window).filter(name => name.includes('pwned')).length") == 0
