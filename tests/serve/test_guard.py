"""Nobody but this machine's user gets in, and nothing that is asked reaches a file or another machine."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.serve.conftest import Server, serving

ELSEWHERE = "http://example.org"
PLACES = ("/", "/sparql?query=ASK%7B%7D", "/topics", "/graph.html", "/assets/pages.css")


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[str]]]:
    """Listen, and note who comes: nobody should."""
    visits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(200)
            self.end_headers()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}", visits
        listening.shutdown()


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org:80", "", "localhost.example.org", "10.0.0.1"])
def test_a_name_that_was_bound_to_this_machine_is_refused(server: Server, path: str, host: str) -> None:
    assert server.get(path, Host=host).status in {400, 403}


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:9"])
def test_our_own_names_are_not(server: Server, host: str) -> None:
    assert server.get("/topics", Host=host).status == 200


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "http://localhost:1", "https://127.0.0.1"])
def test_other_sites_may_not_ask(server: Server, path: str, origin: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = server.send(method, path, headers={"Origin": origin})
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


def test_other_sites_may_link_here_and_not_load_from_here(server: Server) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert server.get("/topics", **link).status == 200
    assert server.get("/sparql?query=ASK%7B%7D", **{**link, "Sec-Fetch-Mode": "no-cors"}).status == 403
    assert server.send("POST", "/sparql", headers=link).status == 403


def test_a_site_that_is_named_may_ask(sample: Path) -> None:
    with serving(sample, "--allow-origin", ELSEWHERE) as server:
        answer = server.get("/sparql?query=ASK%7B%7D", Origin=ELSEWHERE)
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, ELSEWHERE)
        assert server.get("/sparql?query=ASK%7B%7D", Origin="http://example.com").status == 403


@pytest.mark.parametrize("path", [*PLACES, "/search?q=a", "/nowhere", "/sparql?query=nonsense"])
def test_every_answer_is_sealed(server: Server, path: str) -> None:
    headers = server.get(path, "text/html").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <TRAP> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <TRAP> { ?s ?p ?o } }",
        "PREFIX t: <TRAP/> SELECT * { service t:x { ?s ?p ?o } }",
        "SELECT * FROM <TRAP> { ?s ?p ?o }",
        "SELECT * FROM NAMED <TRAP> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <TRAP>",
        "LOAD <file:///etc/passwd> INTO GRAPH <urn:g>",
        "INSERT DATA { <urn:s> <urn:p> <urn:o> }",
    ],
)
def test_no_query_reaches_a_file_or_another_machine(server: Server, trap: tuple[str, list[str]], query: str) -> None:
    address, visits = trap
    answer = server.ask(query.replace("TRAP", address))
    assert answer.status == 400
    assert "root:" not in answer.text
    assert not visits


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["TRAP", "file:///etc/passwd", "not an iri"])
def test_no_graph_is_fetched(server: Server, trap: tuple[str, list[str]], name: str, graph: str) -> None:
    address, visits = trap
    assert (
        server.get(f"/sparql?query=ASK%7B%7D&{name}={graph.replace('TRAP', address)}".replace(" ", "%20")).status == 400
    )
    assert not visits


def test_bodies_that_are_documents_are_not_read(server: Server, trap: tuple[str, list[str]]) -> None:
    address, visits = trap
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{address}">]><a>&b;</a>'
    context = json.dumps({"@context": address, "@id": "urn:a"})
    for media, body in (("application/xml", entity), ("application/ld+json", context), ("multipart/form-data", "x")):
        assert server.send("POST", "/sparql", body, {"Content-Type": media}).status == 415
    assert not visits


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../server.py",
        "/assets/..%2fserver.py",
        "/assets/%2e%2e/%2e%2e/errors.py",
        "/assets//etc/passwd",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc",
        "/article/..%2f..%2f..%2fetc%2fpasswd/text",
        "/topic/%00",
        "/topic/%ff%fe",
        "/graph.html/../report.json",
    ],
)
def test_no_path_leads_out(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert "import" not in answer.text


def test_what_is_too_large_is_refused(server: Server) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.send("POST", "/sparql", b"query=" + b"a" * (2 << 20), form).status == 413
    assert server.send("POST", "/sparql", b"&".join([b"a=b"] * 20_000), form).status == 400
    assert server.ask("ASK { " + "{" * 3000 + "}" * 3000 + " }").status == 400


@pytest.mark.parametrize("long", [{"X-Long": "a" * 300_000}, {f"X-{n}": "a" * 900 for n in range(300)}])
def test_headers_without_end_are_cut_off(server: Server, long: dict[str, str]) -> None:
    with suppress(ConnectionError):  # it may hang up before all of it is sent
        assert server.get("/", **long).status in {400, 431}
    assert server.get("/").status == 200


WORDS = st.sampled_from(
    (
        *("GET", "POST", "PUT", "/sparql", "/topic/x", "?query=", "SELECT", "{", "}", "%", "%zz", "&", "=", "HTTP/1.1"),
        *("Host: 127.0.0.1", "Content-Length: 9", "Content-Length: -1", "Transfer-Encoding: chunked", "\r\n", ": "),
        *("Content-Type: application/sparql-query", "Content-Type: ;;", "Accept: ;q=,/", "Accept: */*;q=nan", "\x00"),
    )
)


@settings(max_examples=150)
@given(st.one_of(st.lists(WORDS, max_size=14).map("".join), st.text(max_size=60)), st.text(max_size=40))
def test_malformed_requests_are_no_fault_of_the_server(server: Server, head: str, query: str) -> None:
    """Two connections for each example: raw bytes, and a well-formed request for a malformed query."""
    host, _, port = server.address.removeprefix("http://").rstrip("/").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(head.encode("utf-8", "surrogatepass") + b"\r\n\r\n")
        raw.shutdown(socket.SHUT_WR)
        answer = raw.recv(4096)
    assert b" 500 " not in answer.partition(b"\r\n")[0]
    assert server.ask(query).status in {200, 400}
