"""The static site: all of it leads somewhere, the same build gives the same bytes, and hostile texts stay texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import KgError
from kg.serve.site import write_site
from tests.serve.conftest import MEANS

HARMLESS = {
    "a",
    "article",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "body",
    "button",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
}
HARMLESS |= {
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "head",
    "header",
    "html",
    "input",
    "li",
    "link",
    "main",
}
HARMLESS |= {"mark", "meta", "nav", "ol", "p", "section", "span", "time", "title", "ul"}


def trees(site: Path) -> Iterator[tuple[Path, lxml.html.HtmlElement]]:
    for file in sorted(site.rglob("*.html")):
        if file.name != "graph.html":
            yield file, lxml.html.document_fromstring(file.read_text(encoding="utf-8"))


def test_all_links_lead_somewhere(site: Path) -> None:
    pages = dict(trees(site))
    places = {file: {e.get("id") for e in page.iter() if e.get("id")} for file, page in pages.items()}
    for file, page in pages.items():
        for element in page.cssselect("[href], [src], form"):
            link = element.get("href") or element.get("src") or element.get("action")
            assert link is not None
            if link.startswith(("http://", "https://", "data:")):
                assert element.tag == "a" or link == "data:,"
                continue
            path, _, fragment = link.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            assert target.is_file(), f"{file.name}: {link}"
            assert not fragment or unquote(fragment) in places[target], f"{file.name}: {link}"


def test_every_thing_has_a_page(site: Path, sample: Path) -> None:
    counts = json.loads((sample / "report.json").read_text(encoding="utf-8"))["counts"]
    for kind in ("article", "topic", "role", "principle", "source", "field"):
        assert len(list((site / kind).glob("*.html"))) >= counts[kind]
    assert len(list((site / "article").glob("*/text.html"))) == counts["article"]


def test_the_same_build_gives_the_same_bytes(site: Path, sample: Path, tmp_path: Path) -> None:
    write_site(sample, tmp_path / "again", MEANS)
    for file in sorted(site.rglob("*")):
        assert file.is_dir() or file.read_bytes() == (tmp_path / "again" / file.relative_to(site)).read_bytes()


def test_a_site_is_written_anew_and_nothing_else_is_lost(sample: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "public", tmp_path / "theirs"
    write_site(sample, ours, MEANS)
    (ours / "topic" / "old.html").touch()
    answer = CliRunner().invoke(main, ["site", str(ours), "-o", str(sample)])
    assert (answer.exit_code, answer.stdout) == (0, f"{ours / 'index.html'}\n")
    assert not (ours / "topic" / "old.html").exists()
    theirs.mkdir()
    (theirs / "thesis.txt").touch()
    with pytest.raises(KgError, match="holds something else"):
        write_site(sample, theirs, MEANS)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["public", "theirs"]


def test_hostile_texts_stay_texts_on_every_page(hostile: Path) -> None:
    seen = ""
    for file, page in trees(hostile):
        seen += page.text_content()
        for element in page.iter(lxml.etree.Element):
            attributes = dict(element.attrib)
            assert element.tag in HARMLESS or str(attributes.get("src", "")).startswith("assets/"), (file, element.tag)
            assert not [
                name for name in attributes if name.startswith("on") or name in {"style", "srcdoc", "formaction"}
            ]
            if element.tag == "meta":
                assert attributes.get("http-equiv") in {None, "Content-Security-Policy"}
            link = attributes.get("href", "")
            assert ":" not in link.partition("/")[0] or link.startswith(("http://", "https://", "data:,")), (file, link)
    assert "<script>window.__pwned=1</script>" in seen
    assert "{{7*7}}" in seen
    assert not set(seen) & {"\u202e", "\u2066", "\x00", "\x1b"}
