"""The explorer in a real browser: silent, safe, readable, and whole for those who use only the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest

from tests.browser import sample
from tests.browser.visit import Open, assert_apart, overlap

if TYPE_CHECKING:
    from playwright.sync_api import Position

LETTER = f"{sample.BASE}article/letter-1-from-a-garden-that-nobody-planned"
TOPIC = f"{sample.BASE}topic/pollination"


@pytest.mark.parametrize("articles", [0, 1, 6, 30])
def test_opens_from_disk_and_asks_for_nothing(visit: Open, articles: int) -> None:
    page = visit(sample.library(articles))
    page.ask("new Promise(done => setTimeout(done, 150))")
    page.assert_silent()


def test_no_hostile_text_does_anything(visit: Open) -> None:
    page = visit(sample.hostile(), title=" ".join(sample.HOSTILE[:46]))
    page.assert_harmless(sample.HOSTILE)
    for label in page.ask("kgExplorer.labels()")[:20]:
        page.page.locator("#map").hover(position={"x": label["x"] + 2, "y": label["y"] + 2}, force=True)
    page.assert_silent()


def test_hidden_direction_marks_never_reach_the_reader(visit: Open) -> None:
    page = visit(sample.hostile(), title="safe\u202eelif")
    assert page.page.title() == "safeelif"
    assert not page.ask("/[\\u202A-\\u202E\\u2066-\\u2069]/.test(document.body.innerText)")


@pytest.mark.parametrize(("articles", "least"), [(1, 14), (6, 25), (30, 36)])
def test_names_never_overlap(visit: Open, articles: int, least: int) -> None:
    page = visit(sample.library(articles))
    assert len(page.ask("kgExplorer.labels()")) >= least
    for _ in range(3):
        assert_apart(page.ask("kgExplorer.labels()"))
        page.page.keyboard.press("+")
        page.page.wait_for_timeout(60)


@pytest.mark.parametrize("articles", [2, 6, 12])
def test_the_first_view_names_what_matters_and_covers_nothing(visit: Open, articles: int) -> None:
    graph = sample.library(articles)
    page = visit(graph)
    labels, marks = page.ask("kgExplorer.labels()"), page.ask("kgExplorer.marks()")
    kinds = {iri: data["kind"] for iri, data in graph.nodes(data=True)}
    named = {label["iri"] for label in labels}
    assert {iri for iri, kind in kinds.items() if kind in {"article", "topic", "role"}} <= named
    assert_apart(labels)
    for label in labels:
        for mark in marks:
            assert mark["iri"] == label["iri"] or not overlap(label, mark), (label, mark)
        assert label["x"] >= 0
        assert label["y"] >= 0
        assert label["x"] + label["width"] <= page.ask("document.getElementById('map').clientWidth")
        assert label["y"] + label["height"] <= page.ask("document.getElementById('map').clientHeight")


def test_zooming_and_selecting_name_the_principles(visit: Open) -> None:
    graph = sample.library()
    page = visit(graph)
    rules = "kgExplorer.labels().filter(label => label.text.startsWith('Rule')).length"
    assert page.ask(rules) == 0
    page.select(next(iri for iri in sorted(graph) if "/principle/" in iri))
    page.page.wait_for_timeout(60)
    assert page.ask(rules) == 1
    page.page.keyboard.press("Escape")
    for _ in range(3):
        page.page.keyboard.press("+")
        page.page.wait_for_timeout(60)
    assert page.ask(rules) > 0


def test_names_stay_apart_when_something_is_selected(visit: Open) -> None:
    page = visit(sample.library())
    for iri in (LETTER, TOPIC):
        page.select(iri)
        page.page.wait_for_timeout(60)
        assert_apart(page.ask("kgExplorer.labels()"))


def test_search_finds_other_names_and_shows_the_exact_sentence(visit: Open) -> None:
    page = visit(sample.library())
    page.page.keyboard.press("/")
    page.page.keyboard.type("bee work")
    assert page.page.get_attribute("#search", "aria-expanded") == "true"
    assert page.page.locator("#results [role=option][aria-selected=true]").inner_text().startswith("Pollination")
    page.page.keyboard.press("Enter")
    page.until("document.querySelector('#panel h2').textContent === 'Pollination'")
    page.page.locator("#panel .links summary").first.click()
    page.until("document.querySelector('#panel').innerText.includes('It is about Pollination, as the letter says.')")
    assert "articles/sample.txt:10–" in page.panel()
    assert "is the subject of" in page.panel()


def test_a_keyboard_is_enough(visit: Open) -> None:
    page = visit(sample.library())
    press = page.page.keyboard.press
    page.page.focus("#map")
    press("Enter")  # takes the most linked article
    page.page.wait_for_timeout(30)
    seen = {page.page.inner_text("#panel h2")}
    for key in ("ArrowLeft", "ArrowRight"):
        press(key)
        page.page.wait_for_timeout(30)
        seen.add(page.page.inner_text("#panel h2"))
    assert len(seen) >= 2
    press("Enter")
    assert page.ask("document.activeElement.tagName") == "H2"
    press("Tab")
    assert page.ask("document.activeElement.closest('#panel') !== null")
    press("Escape")
    page.page.wait_for_timeout(30)
    assert "What this graph holds" in page.panel()
    press("?")
    assert page.page.is_visible("#keys")
    press("Escape")
    assert not page.page.is_visible("#keys")


def test_the_panel_lists_everything(visit: Open) -> None:
    graph = sample.library()
    page = visit(graph)
    page.ask("document.querySelectorAll('#panel details').forEach(part => { part.open = true; })")
    page.until(f"document.querySelectorAll('#panel details .thing').length === {len(graph)}")


def test_a_kind_can_be_hidden_and_shown(visit: Open) -> None:
    page = visit(sample.library())
    principles = page.page.locator("#legend button", has_text="Principles")
    rules = "kgExplorer.marks().filter(mark => mark.iri.includes('/principle/')).length"
    assert page.ask(rules) == 24
    principles.click()
    page.page.wait_for_timeout(60)
    assert (principles.get_attribute("aria-pressed"), page.ask(rules)) == ("false", 0)
    page.page.locator("#legend button", has_text="Principles").click()
    page.page.wait_for_timeout(60)
    assert page.ask(rules) == 24


def test_a_click_on_a_line_shows_its_sentence(visit: Open) -> None:
    page = visit(sample.library())
    page.go("#" + urlencode({"from": LETTER, "relation": "is about", "to": TOPIC}))
    assert "It is about Pollination, as the letter says." in page.panel()
    one, other = (page.ask("iri => kgExplorer.point(iri)", iri) for iri in (LETTER, TOPIC))
    page.go("")
    middle: Position = {"x": (one["x"] + other["x"]) / 2, "y": (one["y"] + other["y"]) / 2 + 6}  # not quite on it
    page.page.locator("#map").click(position=middle)
    page.page.wait_for_timeout(60)
    assert page.page.inner_text("#panel .kind") == "Link"
    assert "as the letter says." in page.panel()
    assert "articles/sample.txt:10–" in page.panel()


def test_the_list_leads_to_a_link_by_keyboard(visit: Open) -> None:
    page = visit(sample.library())
    page.select(TOPIC)
    page.page.locator("#panel .links summary").first.focus()
    page.page.keyboard.press("Enter")
    page.until("document.querySelector('#panel').innerText.includes('It is about Pollination, as the letter says.')")
    page.page.locator("#panel details[open] .show").focus()
    page.page.keyboard.press("Enter")
    page.until("document.querySelector('#panel .kind').textContent === 'Link'")
    assert "It is about Pollination, as the letter says." in page.panel()


def test_mere_mentions_come_last(visit: Open) -> None:
    graph = sample.library(2)
    quote_ = sample.evidence("A hedge, once.", "Letter")
    graph.add_edge(LETTER, f"{sample.BASE}topic/seed-banks", key="m", relation="mentions", evidence=(quote_,))
    page = visit(graph)
    page.select(LETTER)
    assert page.ask("[...document.querySelectorAll('#panel h3')].at(-1).textContent") == "mentions 1"


def test_a_click_on_a_name_selects_it(visit: Open) -> None:
    page = visit(sample.library())
    label = next(label for label in page.ask("kgExplorer.labels()") if label["iri"] == TOPIC)
    page.page.locator("#map").click(position={"x": label["x"] + 5, "y": label["y"] + 5})
    page.until("document.querySelector('#panel h2').textContent === 'Pollination'")


def test_the_address_holds_the_selection(visit: Open) -> None:
    page = visit(sample.library())
    page.go("#node=" + quote(TOPIC, safe=""))
    assert page.page.inner_text("#panel h2") == "Pollination"
    assert "Pollination" in page.page.inner_text("#status")
    page.page.locator("#panel .links .thing").first.click()
    page.until("document.querySelector('#panel h2').textContent !== 'Pollination'")
    page.page.go_back()
    page.until("document.querySelector('#panel h2').textContent === 'Pollination'")
    page.go("#node=%E0%A4%A")
    assert "What this graph holds" in page.panel()
    assert page.complaints == []


def test_both_themes_keep_their_contrast(visit: Open) -> None:
    page = visit(sample.library())
    names = ("ink", "soft", "accent", "article", "topic", "principle", "role", "field", "source", "code", "other")
    for theme in ("light", "dark"):
        assert page.page.get_attribute("html", "data-theme") == theme
        colours = page.ask(
            "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue(n))",
            [f"--{name}" for name in ("paper", "card", "wash", *names)],
        )
        for colour in colours[3:]:
            assert min(_contrast(colour, ground) for ground in colours[:2]) >= 4.5, (theme, colour)
            assert _contrast(colour, colours[2]) >= (4.5 if colour in colours[3:5] else 3), (theme, colour)
        page.page.keyboard.press("d")


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour.strip()[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_fits_a_narrow_window(visit: Open) -> None:
    page = visit(sample.library(), width=400, height=800)
    assert page.ask("document.documentElement.scrollWidth") <= 400
    assert page.ask("document.querySelector('#panel').getBoundingClientRect().top") < 560
    assert_apart(page.ask("kgExplorer.labels()"))
    named = {label["iri"] for label in page.ask("kgExplorer.labels()")}
    assert {iri for iri, data in sample.library().nodes(data=True) if data["kind"] == "article"} <= named
    page.select(LETTER)
    assert page.ask("document.documentElement.scrollWidth") <= 400
