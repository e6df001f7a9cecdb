"""The pages for people: they read like the digests, lead to the exact words, and are honest about what is gone."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import lxml.html
import pyoxigraph as ox
import pytest

from kg.store import Build
from kg.vocab import BASE
from tests.conftest import ARTICLES, build
from tests.serve.conftest import Answer, Server, serving

REVIEW = "article/reviewing-code-that-nobody-typed-5543828f"
INJECTION = "article/prompt-injection-is-an-access-control-problem-9397ab79"
EVALS = "article/evals-are-the-product-spec-you-forgot-to-write-d6dad761"


def tree(answer: Answer) -> lxml.html.HtmlElement:
    assert (answer.status, answer.media) == (200, "text/html"), answer.text
    return lxml.html.fromstring(answer.text)


def texts(page: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.cssselect(path)]


def test_an_article_reads_like_its_digest(server: Server) -> None:
    page = tree(server.get(f"/{EVALS}", "text/html"))
    assert texts(page, "h1") == ["Evals are the product spec you forgot to write"]
    assert texts(page, "dt") == ["Source", "Digest by", "Field", "Depth"]
    assert texts(page, "h2") == [
        "Summary",
        "Key takeaway",
        "Key insights",
        "Principles",
        "Method",
        "In practice",
        "Topics",
        "Code references",
        "Best for",
        "Related",
    ]
    assert "Small teams should skip the evaluation platform" in texts(page, "#related ~ ul a")
    told = texts(tree(server.get(f"/{REVIEW}", "text/html")), ".unknown")
    assert told == ["Not known, as these sections stand empty in the article: Code references."]


def test_every_sentence_leads_to_the_place_where_it_stands(server: Server) -> None:
    for article in (REVIEW, EVALS):
        page = tree(server.get(f"/{article}", "text/html"))
        text = tree(server.get(f"/{article}/text", "text/html"))
        marked = {mark.get("id"): mark.text_content() for mark in text.cssselect("mark")}
        said = page.cssselect("a.said")
        assert said
        for link in said:
            path, _, place = link.attrib["href"].partition("#")
            assert path == f"/{article}/text"
            assert marked[place].split() == link.text_content().split()


def test_the_text_is_the_whole_file_as_it_was_read(server: Server) -> None:
    rows = tree(server.get(f"/{INJECTION}/text", "text/html")).cssselect(".words")
    shown = "".join(row.text_content() for row in rows)
    file = (ARTICLES / "007_b6f5f7b6b74ab395.txt").read_text(encoding="utf-8")
    assert [c for c in shown if c.isalnum()] == [c for c in file if c.isalnum()]


@pytest.mark.parametrize("path", ["topic/coding-agent", "role/cto", "source/the-quiet-deploy", "level/advanced"])
def test_a_thing_is_to_be_had_in_every_form(server: Server, sample_build: Build, path: str) -> None:
    stated = {(q.predicate, q.object) for q in sample_build.store.quads() if q.subject == ox.NamedNode(f"{BASE}{path}")}
    for media in ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"):
        answer = server.get(f"/{path}", media)
        assert (answer.status, answer.media, answer.headers["vary"]) == (200, media, "Accept")
        found = ox.parse(answer.body, format=ox.RdfFormat.from_media_type(media))
        assert {(q.predicate, q.object) for q in found} == stated
    page = tree(server.get(f"/{path}", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"))
    assert page.cssselect("h1")
    assert server.get(f"/{path}", "image/png").status == 406


def test_an_article_is_given_as_its_whole_graph(server: Server, sample_build: Build) -> None:
    article = sample_build.store.articles()[0]
    answer = server.get(f"/{article.removeprefix(BASE)}", "application/n-quads")
    assert set(ox.parse(answer.body, format=ox.RdfFormat.N_QUADS)) == set(sample_build.store.graph(article))


def test_a_passage_leads_to_its_words(server: Server) -> None:
    passage = server.ask("SELECT ?p { ?p a kg:Passage ; kg:exact 'Small changes are cheaper to trust.' }").rows[0]["p"]
    answer = server.get(f"/{passage.removeprefix(BASE)}")
    assert (answer.status, answer.headers["location"]) == (303, f"/{REVIEW}/text#{passage.rpartition('f.')[2]}")


def test_lists_have_all_and_end(server: Server, sample_build: Build) -> None:
    for path, kind in (("articles", "article"), ("topics", "topic"), ("principles", "principle"), ("roles", "role")):
        assert (
            len(tree(server.get(f"/{path}", "text/html")).cssselect(".entries li"))
            == sample_build.report["counts"][kind]
        )
        assert server.get(f"/{path}/2").status == server.get(f"/{path}/0").status == 404


def test_search_finds_by_the_beginnings_of_words(server: Server) -> None:
    assert texts(tree(server.get("/search?q=CODI+ag", "text/html")), ".entries a")[0] == "coding agent"
    assert not texts(tree(server.get("/search?q=zzz", "text/html")), ".entries a")
    for odd in ("%22", "a*", "NEAR(", "(", "AND", "label:", "-", "%00", "a%22OR%22b"):
        assert server.get(f"/search?q={odd}").status == 200


def test_questions_are_asked_by_name(server: Server) -> None:
    assert "What should a role read?" in texts(tree(server.get("/questions", "text/html")), "h2")
    page = tree(server.get("/questions/reading?role=cto&level=", "text/html"))
    assert len(page.cssselect("tbody tr")) == len(server.ask("SELECT ?a { ?a schema:audience role:cto }").rows)
    assert page.cssselect("tbody a")[0].attrib["href"].startswith("/article/")
    wrong = server.get("/questions/reading?role=nobody", "text/html")
    assert wrong.status == 400
    assert "no role of that name here" in wrong.text
    assert server.get("/questions/none").status == 404


def test_the_sparql_page_offers_the_questions_with_their_defaults(server: Server) -> None:
    offered = {o.text: o.attrib["value"] for o in tree(server.get("/sparql", "text/html")).cssselect("option[value]")}
    assert "LIMIT 100" in offered["Which articles are the newest?"]
    strongest = offered["Which principles do most independent sources state?"]
    assert "VALUES ?least { 2 }" in strongest
    assert server.ask(strongest).status == 200


def test_a_long_answer_says_that_there_are_more(server: Server) -> None:
    (told,) = texts(tree(server.get("/questions/wording", "text/html")), ".told")
    assert told == "100 rows, and there are more: ask with most = all"
    for whole in ("wording?most=all", "topics"):
        (told,) = texts(tree(server.get(f"/questions/{whole}", "text/html")), ".told")
        assert told.endswith(" rows")


def test_what_is_not_there_is_told_to_people_and_to_programs(server: Server) -> None:
    assert "no page of this collection" in server.get("/topic/none", "text/html").text
    assert server.get("/topic/none").text == "/topic/none: Not Found\n"


def test_a_new_build_is_served_without_a_restart(tmp_path: Path) -> None:
    output, files = tmp_path / "output", sorted(ARTICLES.glob("*"))
    build(files[0], output=output)
    with serving(output) as server:
        assert len(server.ask("SELECT ?a { ?a a schema:Article }").rows) == 1
        build(*files[:2], output=output)
        until = time.monotonic() + 30
        while len(server.ask("SELECT ?a { ?a a schema:Article }").rows) == 1:
            assert time.monotonic() < until
            time.sleep(0.1)
        assert len(tree(server.get("/articles", "text/html")).cssselect(".entries li")) == 2


def test_a_file_that_is_not_as_it_was_is_told(tmp_path: Path) -> None:
    for name in ("001_876b285cad5ceef1.txt", "006_3e597fc1628a92ed.txt", "007_b6f5f7b6b74ab395.txt"):
        shutil.copy(ARTICLES / name, tmp_path)
    build(tmp_path, output=tmp_path / "output")
    (tmp_path / "001_876b285cad5ceef1.txt").write_text("Something else.\n" * 99, encoding="utf-8")
    (tmp_path / "007_b6f5f7b6b74ab395.txt").unlink()
    with serving(tmp_path / "output") as server:
        changed = tree(server.get(f"/{REVIEW}/text", "text/html"))
        gone = tree(server.get(f"/{INJECTION}/text", "text/html"))
    assert [notice[:20] for notice in texts(changed, ".notice")] == ["The file has changed"]  # of two, one is as it was
    assert [notice[:20] for notice in texts(gone, ".notice")] == ["The file cannot be r"]
    assert "Something else." not in changed.text_content()
    for page in (changed, gone):
        assert len(page.cssselect("mark")) > 10
