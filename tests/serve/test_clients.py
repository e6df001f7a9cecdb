"""The clients that people use get right answers: what each sends on the wire differs more than the standard says."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.query import ask
from kg.store import Build
from kg.vocab import BASE, term
from tests.serve.conftest import Server

TITLES = "SELECT ?title WHERE { ?a <https://schema.org/headline> ?title } ORDER BY ?title"
ARTICLES = "CONSTRUCT { ?a a <urn:a> } WHERE { ?a a <https://schema.org/Article> }"


@pytest.fixture(scope="module")
def titles(sample_build: Build) -> list[str]:
    return [title for (title,) in ask(sample_build.store.engine, TITLES, sample_build.base).rows]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("request_method", ["urlencoded", "postdirectly"])
def test_sparqlwrapper(server: Server, titles: list[str], method: str, request_method: str) -> None:
    from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

    client = SPARQLWrapper(f"{server.address}sparql")
    client.setMethod(method)
    client.setRequestMethod(request_method)
    client.setReturnFormat(JSON)
    client.setQuery(TITLES)
    found: Any = client.queryAndConvert()
    assert [row["title"]["value"] for row in found["results"]["bindings"]] == titles
    client.setReturnFormat(TURTLE)
    client.setQuery(ARTICLES)
    document: Any = client.queryAndConvert()
    assert len(rdflib.Graph().parse(data=document, format="turtle")) == len(titles)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
def test_the_store_of_rdflib(server: Server, titles: list[str], method: str, format_: str) -> None:
    store = SPARQLStore(f"{server.address}sparql", method=method, returnFormat=format_)
    graph = rdflib.Graph(store)
    rows: Any = graph.query(TITLES)
    assert [str(row.title) for row in rows] == titles
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(term("schema:Article"))))) == len(titles)
    if format_ in {"xml", "json"}:
        assert bool(graph.query("ASK { ?s ?p ?o }"))
        built = graph.query(ARTICLES)
        assert len(built) == len(titles)


def test_one_article_as_a_graph_of_rdflib(server: Server, sample_build: Build) -> None:
    article = sample_build.store.articles()[0]
    graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql", context_aware=True), rdflib.URIRef(article))
    assert len(list(graph)) == len(sample_build.store.graph(article))


def run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} here")
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_curl(server: Server, titles: list[str]) -> None:
    address = f"{server.address}sparql"
    form = run("curl", "-sS", "--data-urlencode", f"query={TITLES}", "-H", "Accept: text/csv", address)
    assert [row[0] for row in csv.reader(io.StringIO(form))][1:] == titles
    direct = run("curl", "-sS", "--data-binary", TITLES, "-H", "Content-Type: application/sparql-query", address)
    assert len(json.loads(direct)["results"]["bindings"]) == len(titles)
    file = run("curl", "-sSG", "--data-urlencode", f"query={ARTICLES}", "-H", "Accept: application/rdf+xml", address)
    assert len(rdflib.Graph().parse(data=file, format="xml")) == len(titles)


def test_roqet(server: Server, titles: list[str], tmp_path: Path) -> None:
    query = tmp_path / "titles.rq"
    query.write_text(TITLES, encoding="utf-8")
    answer = run("roqet", "-q", "-p", f"{server.address}sparql", "-r", "csv", str(query))
    assert [row[0] for row in csv.reader(io.StringIO(answer))][1:] == titles


def test_comunica(server: Server, titles: list[str]) -> None:
    answer = run("comunica-sparql", f"{server.address}sparql", TITLES, "-t", "text/csv")  # finds out what stands there
    assert sorted(row[0] for row in list(csv.reader(io.StringIO(answer)))[1:]) == titles


def test_all_graphs_are_named(server: Server, titles: list[str]) -> None:
    rows = server.ask("SELECT ?name { GRAPH ?name {} }").rows  # as rdflib asks for contexts()
    names = [row["name"] for row in rows]
    assert f"{BASE}concepts" in names
    assert len([name for name in names if name.startswith(f"{BASE}article/")]) == len(titles)
