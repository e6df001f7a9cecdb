"""The map of many articles, in a real browser: what a reader can do there, and nothing that an article can."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
import rdflib

from kg import pipeline
from kg.query import ask, bind, questions
from tests.browser import sample
from tests.browser.visit import Open, Visit, assert_apart

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from kg.store import Build

TOPICS = tuple(f"https://example.org/topic/{number}" for number in (0, 1, 2))


@pytest.fixture
def page(visit: Open) -> Visit:
    """Open a map of 600 things."""
    return visit(sample.collection(600))


def test_the_map_names_every_community_and_asks_for_nothing(page: Visit) -> None:
    tops = page.ask(
        "[...new Set(kgExplorer.nodes.map(n => n.region).filter(Boolean))].filter(r => !r.above).map(r => r.name)"
    )
    assert len(tops) >= 3
    assert set(tops) <= {label["theme"] for label in page.ask("kgExplorer.labels()")}
    page.assert_silent()


def test_names_on_the_map_never_overlap(page: Visit) -> None:
    for _ in range(9):
        assert_apart(page.ask("kgExplorer.labels()"))
        page.ask("kgExplorer.view.zoom(1.6)")
        page.page.wait_for_timeout(150)
    page.look(node=TOPICS[0])
    assert_apart(page.ask("kgExplorer.labels()"))


def test_names_of_scenes_never_overlap(page: Visit) -> None:
    for steps in ("1", "2", "3"):
        page.look(node=TOPICS[0], around=steps)
        assert_apart(page.ask("kgExplorer.labels()"))
    page.look(path=TOPICS[0], to=TOPICS[1])
    assert_apart(page.ask("kgExplorer.labels()"))
    page.look(compare=TOPICS[0], **{"with": TOPICS[1]})
    assert_apart(page.ask("kgExplorer.labels()"))


def test_no_hostile_text_does_anything_on_the_map(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.drawing.FEW", 0)
    page = visit(sample.hostile(), title=" ".join(sample.HOSTILE[:46]))
    page.assert_harmless(sample.HOSTILE)
    for theme in page.ask("kgExplorer.labels().map(label => label.theme)"):
        page.look(theme=theme or "")
    page.assert_silent()


def test_a_click_on_a_community_shows_its_theme(page: Visit) -> None:
    label = next(label for label in page.ask("kgExplorer.labels()") if label["theme"])
    page.page.locator("#map").click(position={"x": label["x"] + 5, "y": label["y"] + 5})
    page.until("document.querySelector('#panel .kind')?.textContent === 'Theme'")
    assert label["theme"].lower() in page.panel().lower()
    page.page.go_back()
    page.until("document.querySelector('#panel h2').textContent === 'What this graph holds'")


def test_a_thing_and_its_surroundings_are_laid_out_anew(page: Visit) -> None:
    page.look(node=TOPICS[0], around="1")
    one = page.ask("kgExplorer.seen()")
    near = page.ask(
        "iri => [...new Set("
        "kgExplorer.nodes.find(n => n.iri === iri).links.flatMap(e => [e.source, e.target]))].map(n => n.iri)",
        TOPICS[0],
    )
    assert set(one) == set(near)
    spots = [page.ask("iri => kgExplorer.point(iri)", iri) for iri in one]
    assert all(0 <= spot["x"] <= 1060 and 0 <= spot["y"] <= 800 for spot in spots)
    page.look(node=TOPICS[0], around="2")
    assert set(one) < set(page.ask("kgExplorer.seen()"))


def test_a_path_shows_the_evidence_of_every_step(page: Visit) -> None:
    page.look(path=TOPICS[0], to=TOPICS[1])
    steps = page.ask(
        "([a, b]) => kgExplorer.route(a, b).edges.map(e => kgExplorer.quote(e.quotes[0]).exact)", TOPICS[:2]
    )
    assert len(steps) >= 2
    assert all(step in page.panel() for step in steps)


def test_the_other_end_of_a_path_can_be_clicked(page: Visit) -> None:
    page.look(node=TOPICS[0])
    page.page.click("#panel .ways button:has-text('Path to')")
    page.page.click("#panel .links .thing >> nth=1")
    page.until("document.querySelector('#panel .kind').textContent === 'Path'")


def test_two_things_are_compared(page: Visit) -> None:
    page.look(compare=TOPICS[0], **{"with": TOPICS[1]})
    titles = page.ask("[...document.querySelectorAll('#panel h3')].map(title => title.textContent)")
    assert [title.rpartition(" ")[0] for title in titles] == [
        "Both",
        "Only amber amber topic 0",
        "Only basin amber topic 1",
    ]


def test_filters_keep_what_fits_and_fade_the_rest(page: Visit) -> None:
    whole = page.ask("kgExplorer.seen().length")
    for choice in (
        {"role": "https://example.org/role/3"},
        {"source": "https://example.org/source/1"},
        {"level": "beginner"},
        {"since": "2020-01-01", "until": "2022-12-31"},
    ):
        page.look(**choice)
        articles = page.ask(
            "kgExplorer.nodes.filter(n => n.group === 'article' && n.isKept).map(n => [n.level, n.date])"
        )
        assert 0 < len(articles) < 132
        assert page.ask("kgExplorer.seen().length") < whole
    assert all("2020" <= date[:4] <= "2022" for _, date in articles)
    page.page.click("#filters summary")
    page.page.click("#unfilter")
    page.until("kgExplorer.nodes.every(node => node.isKept)")


def test_what_is_seen_can_be_saved(page: Visit, tmp_path: Path) -> None:
    page.look(node=TOPICS[0], around="1")
    saved = {}
    for format_ in ("png", "svg", "csv", "ttl"):
        page.page.evaluate("document.getElementById('saves').open = true")
        with page.page.expect_download() as download:
            page.page.click(f"#save-{format_}")
        download.value.save_as(tmp_path / format_)
        saved[format_] = (tmp_path / format_).read_bytes()
    assert saved["png"].startswith(b"\x89PNG")
    names = {text.text for text in ET.fromstring(saved["svg"]).iter("{http://www.w3.org/2000/svg}text")}  # noqa: S314 - ours
    assert "topic 0" in " ".join(filter(None, names))
    rows = list(csv.DictReader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert {row["to IRI"] for row in rows} >= {TOPICS[0]}
    assert all(row["sentence"].startswith("On ") for row in rows)
    graph = rdflib.Graph().parse(data=saved["ttl"].decode(), format="turtle")
    about = rdflib.URIRef("https://schema.org/about")
    assert {str(s) for s in graph.subjects(about, rdflib.URIRef(TOPICS[0]))} <= set(page.ask("kgExplorer.seen()"))
    assert len(list(graph.subjects(about, rdflib.URIRef(TOPICS[0])))) > 1


def test_no_cell_of_a_table_is_a_formula(visit: Open, tmp_path: Path) -> None:
    graph = sample.library(2)
    first = next(iter(graph))
    graph.nodes[first]["label"] = '=HYPERLINK("https://evil.example","a")'
    page = visit(graph)
    page.page.evaluate("document.getElementById('saves').open = true")
    with page.page.expect_download() as download:
        page.page.click("#save-csv")
    download.value.save_as(tmp_path / "csv")
    cells = [cell for row in csv.reader(io.StringIO((tmp_path / "csv").read_text("utf-8-sig"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_keyboard_is_enough_on_the_map(page: Visit) -> None:
    press, type_ = page.page.keyboard.press, page.page.keyboard.type
    press("/")
    type_("topic 0")
    press("Enter")
    page.until("document.querySelector('#panel h2').textContent.endsWith('topic 0')")
    press("o")
    page.until("kgExplorer.state.around === 1")
    press("ArrowRight")
    page.until("!document.querySelector('#panel h2').textContent.endsWith('topic 0')")
    press("p")
    type_("topic 1")
    press("Enter")
    page.until("document.querySelector('#panel .kind').textContent === 'Path'")
    press("Escape")
    press("t")
    press("Tab")
    press("ArrowDown")
    page.until("kgExplorer.state.isFiltered")
    press("Escape")
    page.until("!document.querySelector('#filters').open")
    with page.page.expect_download() as download:
        for key in ("s", "Tab", "Tab", "Tab", "Enter"):
            press(key)
    assert download.value.suggested_filename.endswith(".csv")


def test_two_fingers_zoom_and_one_moves(page: Visit) -> None:
    session = page.page.context.new_cdp_session(page.page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    before = page.ask("kgExplorer.scale()")
    for kind, apart in (("touchStart", 60), ("touchMove", 120), ("touchMove", 180), ("touchEnd", 0)):
        points = [{"x": 500 + side * apart, "y": 450, "id": side + 1} for side in (-1, 1)] if apart else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.page.wait_for_timeout(200)
    assert page.ask("kgExplorer.scale()") > 2 * before
    moved = page.ask("kgExplorer.point(kgExplorer.nodes[0].iri).x")
    for kind, x in (("touchStart", 500), ("touchMove", 540), ("touchMove", 600), ("touchEnd", 0)):
        points = [{"x": x, "y": 450, "id": 1}] if x else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.page.wait_for_timeout(200)
    assert page.ask("kgExplorer.point(kgExplorer.nodes[0].iri).x") > moved + 40


def test_the_overview_of_a_large_graph_leads_to_its_parts(visit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.page.MANY", 500)
    monkeypatch.setattr("kg.view.volumes.ROOM", 200)
    page = visit(sample.collection(900))
    page.assert_silent()
    theme = next(label["theme"] for label in page.ask("kgExplorer.labels()") if label["theme"])
    page.look(theme=theme)
    page.page.click("#panel a")
    page.until("window.kgExplorer?.timing.evidence && document.querySelector('.home')")
    assert page.page.inner_text("h1").lower().startswith(theme.lower())
    assert page.ask("kgExplorer.edges.every(edge => edge.quotes.length > 0)")
    page.page.click(".home")
    page.until("window.kgExplorer?.timing.evidence && !document.querySelector('.home')")


def test_questions_are_answered_in_the_page_as_outside_it(
    browser: BrowserContext, sample_build: Build, tmp_path: Path
) -> None:
    path = tmp_path / "ask.html"
    pipeline.write_html(sample_build.store.quads(), sample_build.base, path, sparql=True)
    page = Visit(browser.new_page(), path.as_uri())
    page.page.click("#ask")
    for number, question in enumerate(questions()):
        page.page.select_option("#question", index=number)
        page.page.click("#run")
        engine, base = sample_build.store.engine, sample_build.base
        rows = len(ask(engine, bind(question, {}, engine, base), base).rows)
        page.until(f"/^{rows} rows? in/.test(document.querySelector('#answered').textContent.replaceAll(',', ''))")
    page.page.fill("#sparql", "SELECT ?article WHERE { ?article a schema:Article }")
    page.page.click("#run")
    page.until("document.querySelectorAll('#answer .thing').length === 9")
    page.page.fill("#sparql", "SELECT nonsense")
    page.page.click("#run")
    page.until("document.querySelector('#answered').textContent.includes('expected')")
    page.page.fill("#sparql", "SELECT * WHERE { SERVICE <https://evil.example/> { ?s ?p ?o } }")
    page.page.click("#run")
    page.until("/SERVICE|service/.test(document.querySelector('#answered').textContent)")
    page.assert_silent()
    page.page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [0, 600])
def test_axe_finds_nothing_serious(visit: Open, theme: str, size: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit(sample.collection(size) if size else sample.library())
    if theme == "dark":
        page.page.keyboard.press("d")
    node = TOPICS[0] if size else f"{sample.BASE}topic/pollination"
    for address in (
        {},
        {"node": node},
        {"node": node, "around": "1"},
        {"theme": page.ask("kgExplorer.labels()[0].theme ?? ''")},
    ):
        page.look(**address)
        found = Axe().run(page.page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in {"serious", "critical"}] == []
