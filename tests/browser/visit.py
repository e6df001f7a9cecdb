"""A page of the explorer that is open in a browser, and what is expected of its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_WATCH = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
"""
_TOUR = """
async (texts) => {
  const links = [];
  const { nodes, edges } = kgExplorer;
  const told = new Map([...nodes, ...edges].map((each) => [each.note ?? each.relation + each.quotes, each])).values();
  const places = [...told].map((each, at) => (each.links
    ? { node: each.iri, around: at % 8 ? '' : 2 }
    : { from: each.source.iri, relation: each.relation, to: each.target.iri }));
  for (const place of places) {
    location.hash = String(new URLSearchParams(place));
    await new Promise((done) => setTimeout(done, 4));
    document.querySelectorAll('#panel details').forEach((part) => { part.open = true; });
    links.push(...[...document.querySelectorAll('#panel a')].map((a) => [a.href, a.rel]));
  }
  for (const text of [...texts, '']) {
    document.getElementById('search').value = text;
    document.getElementById('search').dispatchEvent(new Event('input'));
  }
  location.hash = '';
  await new Promise((done) => setTimeout(done, 50));
  return links;
}
"""


class Visit:
    """A page that is open, with all that it asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(_WATCH)
        self.go("")

    def go(self, fragment: str) -> None:
        """Open the file anew, at a fragment of it."""
        self.page.goto("about:blank")
        self.requests.clear()
        self.page.goto(self.address + fragment)
        self.until("window.kgExplorer?.timing.evidence")

    def ask(self, script: str, value: object = None) -> Any:  # noqa: ANN401  # what a script returns
        """Return what a script says about the page."""
        return self.page.evaluate(script, value)

    def until(self, script: str) -> None:
        """Wait for something to be true; playwright's own waiting needs `eval`, which the page forbids."""
        for _ in range(150):
            if self.ask(script):
                return
            self.page.wait_for_timeout(20)
        pytest.fail(f"never true: {script}")

    def select(self, iri: str) -> None:
        """Follow a deep link inside the page."""
        self.ask("iri => { location.hash = '#node=' + encodeURIComponent(iri); }", iri)
        self.page.wait_for_timeout(20)

    def panel(self) -> str:
        """Return the words of the panel."""
        return self.page.inner_text("#panel")

    def assert_harmless(self, texts: Sequence[str]) -> None:
        """Look at every text in every place, and search for each: nothing may run, only web addresses may be links."""
        for href, rel in self.ask(_TOUR, list(texts)):
            assert href.startswith(("http://", "https://"))
            assert rel == "noopener noreferrer"
        assert self.ask("window.__pwned") is None
        assert (
            self.ask("document.querySelectorAll('img, iframe, object, embed, form:not([method=dialog])').length") == 0
        )

    def assert_silent(self) -> None:
        """Fail if the page fetched anything, complained of anything or broke its own policy."""
        assert [url.partition("#")[0] for url in self.requests] == [self.address]
        assert self.complaints == []
        assert self.ask("violations") == []

    def look(self, **address: str) -> None:
        """Follow a deep link inside the page."""
        self.ask("address => { location.hash = String(new URLSearchParams(address)); }", address)
        self.page.wait_for_timeout(60)


Open = Callable[..., Visit]


def assert_apart(labels: list[dict[str, Any]]) -> None:
    """Fail when two names lie on each other."""
    assert labels
    for one, other in combinations(labels, 2):
        assert not overlap(one, other), (one, other)


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two boxes overlap."""
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    above = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
    return not beside and not above
