"""Every named question gives the same rows through Virtuoso, loaded with our N-Quads, as through Oxigraph.

Virtuoso shares no code with the other engines of these tests: its reader of N-Quads, its store and its SPARQL are its
own. Its default graph is the union of all graphs, as ours is; the few graphs that it comes with speak of none of our
things. All rows are compared, as bags: the standard leaves open how rows that tie are ordered.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.publish import serialise
from kg.query import Question, ask, bind, resolve
from kg.query.run import shown
from kg.store import Build, Store
from kg.vocab import prefixes, term
from tests.test_query import ALL, EXAMPLES, with_more

DEADLINE = 60
"""Seconds that the server may take to start; it takes about five."""

INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[Parameters]
ServerPort = {sql}
DirsAllowed = {folder}
[HTTPServer]
ServerPort = {http}
ServerRoot = {folder}
"""

LOAD = "ld_dir('{folder}', '*.nq', 'urn:default');\nrdf_loader_run();\n"


@pytest.fixture(scope="module")
def asked(sample_build: Build) -> Store:
    """Return what the other engines are asked, and a second publisher of an article: so every question has rows."""
    store = with_more(sample_build)
    article = resolve(store.engine, store.base, "Thoughts on the job market in the age of LLMs", "article")
    lectern = resolve(store.engine, store.base, "Lectern", "source")
    publisher = ox.NamedNode(term("schema:publisher"))
    store.engine.add(ox.Quad(ox.NamedNode(article), publisher, ox.NamedNode(lectern), ox.NamedNode(article)))
    return store


@pytest.fixture(scope="module")
def endpoint(asked: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield where a Virtuoso of our own, which holds our graph, answers SPARQL."""
    program, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or client is None:
        pytest.skip("Virtuoso (virtuoso-opensource-7-bin) is not installed")
    folder = tmp_path_factory.mktemp("virtuoso")
    (folder / "graph.nq").write_bytes(serialise(asked.quads(), asked.base, ".nq"))
    sql, http = free_addresses()
    (folder / "virtuoso.ini").write_text(INI.format(sql=sql, http=http, folder=folder), encoding="utf-8")
    with running(program, folder):
        load = LOAD.format(folder=folder).encode()
        subprocess.run([client, sql, "dba", "dba"], input=load, check=True, capture_output=True, timeout=DEADLINE)
        yield f"http://{http}/sparql"


def free_addresses() -> tuple[str, str]:
    """Return two addresses that are free, and stay so: below 32768, where Linux begins to give ports to connections."""
    first = 20_000 + os.getpid() % 2_000 * 6  # tests run in several processes
    one, other = islice(filter(_is_free, range(first, 32_768)), 2)
    return f"127.0.0.1:{one}", f"127.0.0.1:{other}"


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False


@contextmanager
def running(program: str, folder: Path) -> Iterator[None]:
    """Run Virtuoso as the virtuoso.ini of a folder says, once it is ready for both SQL and HTTP."""
    log = folder / "output.log"
    with log.open("wb") as output:
        server = subprocess.Popen([program, "-f"], cwd=folder, stdout=output, stderr=output)
    try:
        await_start(server, log)
        yield
    finally:
        server.kill()  # nothing of it is kept, so it need not save anything
        server.wait()


def await_start(server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + DEADLINE
    while " Server online" not in (said := log.read_text(encoding="utf-8", errors="replace")):
        assert server.poll() is None, f"virtuoso-t ended:\n{said}"
        assert time.monotonic() < end, f"virtuoso-t did not start:\n{said}"
        time.sleep(0.1)


def rows(endpoint: str, sparql: str, base: str) -> Counter[tuple[str, ...]]:
    """Return the rows that an endpoint answers with, each term as `ask` shows it."""
    names = prefixes(base)
    return Counter(tuple(shown(value, names) for value in row) for row in answer(endpoint, sparql))


def answer(endpoint: str, sparql: str) -> list[tuple[object, ...]]:
    """Return the rows of an answer, or the triples of a graph, each once."""
    from SPARQLWrapper import CONSTRUCT, SPARQLWrapper

    client = SPARQLWrapper(endpoint)  # asks for XML: the JSON of Virtuoso is not the standard's
    client.setQuery(sparql)
    body = client.query().response.read()
    if client.queryType == CONSTRUCT:
        return [tuple(triple) for triple in {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.RDF_XML)}]
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


def test_virtuoso_reads_every_quad(endpoint: str, asked: Store) -> None:
    ours = {tuple(quad) for quad in asked.quads()}
    graphs = {graph for *_, graph in ours}
    theirs = answer(endpoint, "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert {quad for quad in theirs if quad[3] in graphs} == ours


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.name)
def test_a_question_gives_the_same_rows_through_virtuoso(endpoint: str, asked: Store, question: Question) -> None:
    engine, base = asked.engine, asked.base
    for values in ({}, EXAMPLES[question.name]):
        sparql = bind(question, values, engine, base)
        expected = Counter(ask(engine, sparql, base).rows)
        assert expected
        assert rows(endpoint, sparql, base) == expected
