"""The SPARQL 1.1 Protocol: the cases of W3C's test suite, by their names there, as requests and what must come back.

Those that update a store must be refused here: nothing that the suite expects of them can be had from what only
answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from tests.serve.conftest import DATA, Server

ONE, TWO, THREE = (DATA.format(n) for n in (1, 2, 3))
NONE = {"default-graph-uri": DATA.format(0)}
FORM, QUERY, UPDATE = (f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update"))
BOOLEANS = {"application/sparql-results+json", "application/sparql-results+xml"}
TABLES = {*BOOLEANS, "text/csv", "text/tab-separated-values"}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
NAMED = f"GRAPH ?g1 {{ <{ONE}> a ?t }} GRAPH ?g2 {{ <{TWO}> a ?u }}"
CHANGE = "CLEAR ALL ; INSERT DATA { <urn:s> a <urn:t> }"


@dataclass(frozen=True)
class Case:
    """A request of the suite, and what must come back: a status, a media type, and that it says yes."""

    name: str
    method: str = "POST"
    parameters: dict[str, str | list[str]] = field(default_factory=dict)
    media: str = ""
    body: str | bytes = b""
    status: int = 200
    answered_as: frozenset[str] = frozenset()
    is_yes: bool = False


def right(name: str, method: str, parameters: dict[str, str | list[str]], media: str = "", body: str = "") -> Case:
    return Case(name, method, parameters, media, body, 200, frozenset(BOOLEANS), is_yes=True)


def refused(name: str, status: int, media: str = UPDATE, body: str | bytes = CHANGE, **parameters: str) -> Case:
    return Case(name, "POST", dict(parameters), media, body, status)


CASES = [
    right("query_post_form", "POST", dict(NONE), FORM, "query=ASK%20%7B%7D"),
    right(
        "query_dataset_default_graphs_get",
        "GET",
        {"query": f"ASK {{ <{ONE}> a ?t . <{TWO}> a ?t }}", "default-graph-uri": [ONE, TWO]},
    ),
    right(
        "query_dataset_default_graphs_post",
        "POST",
        {"default-graph-uri": [ONE, TWO]},
        QUERY,
        f"ASK {{ <{ONE}> a ?t . <{TWO}> a ?t }}",
    ),
    right("query_dataset_named_graphs_post", "POST", {"named-graph-uri": [ONE, TWO]}, QUERY, f"ASK {{ {NAMED} }}"),
    right("query_dataset_named_graphs_get", "GET", {"query": f"ASK {{ {NAMED} }}", "named-graph-uri": [ONE, TWO]}),
    right(
        "query_dataset_full",
        "POST",
        {"default-graph-uri": THREE, "named-graph-uri": [ONE, TWO]},
        QUERY,
        f"ASK {{ <{THREE}> a ?t {NAMED} }}",
    ),
    right(
        "query_multiple_dataset",
        "POST",
        {"named-graph-uri": [ONE, TWO]},
        QUERY,
        f"ASK FROM <{THREE}> {{ {NAMED} FILTER NOT EXISTS {{ <{THREE}> a ?x }} }}",
    ),
    right("query_get", "GET", {"query": "ASK {}", **NONE}),
    Case("query_content_type_select", "POST", {**NONE}, QUERY, "SELECT (1 AS ?v) {}", 200, frozenset(TABLES)),
    Case("query_content_type_ask", "POST", {**NONE}, QUERY, "ASK {}", 200, frozenset(BOOLEANS)),
    Case("query_content_type_describe", "POST", {**NONE}, QUERY, "DESCRIBE <urn:s>", 200, frozenset(GRAPHS)),
    Case(
        "query_content_type_construct",
        "POST",
        {**NONE},
        QUERY,
        "CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}",
        200,
        frozenset(GRAPHS),
    ),
    right("query_post_direct", "POST", {**NONE}, QUERY, "ASK {}"),
    refused("update_dataset_default_graph", 403, **{"using-graph-uri": ONE}),
    Case("update_dataset_default_graphs", "POST", {"using-graph-uri": [ONE, TWO]}, UPDATE, CHANGE, 403),
    Case("update_dataset_named_graphs", "POST", {"using-named-graph-uri": [ONE, TWO]}, UPDATE, CHANGE, 403),
    Case(
        "update_dataset_full",
        "POST",
        {"using-graph-uri": ONE, "using-named-graph-uri": [ONE, TWO]},
        UPDATE,
        CHANGE,
        403,
    ),
    refused("update_post_form", 403, FORM, f"update={quote(CHANGE)}"),
    refused("update_post_direct", 403),
    refused("update_base_uri", 403, UPDATE, "INSERT DATA { GRAPH <urn:g> { <a> <b> <c> } }"),
    Case("bad_query_method", "PUT", {"query": "ASK {}"}, status=405),
    Case("bad_multiple_queries", "GET", {"query": ["ASK {}", "SELECT * {}"]}, status=400),
    refused("bad_query_wrong_media_type", 415, "text/plain", "ASK {}"),
    refused("bad_query_missing_form_type", 415, "", "query=ASK%20%7B%7D"),
    refused("bad_query_missing_direct_type", 415, "", "ASK {}"),
    refused("bad_query_non_utf8", 415, f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")),
    Case("bad_query_syntax", "GET", {"query": "ASK {"}, status=400),
    Case("bad_update_get", "GET", {"update": "CLEAR NAMED"}, status=403),
    refused("bad_multiple_updates", 403, FORM, "update=CLEAR+NAMED&update=CLEAR+DEFAULT"),
    refused("bad_update_wrong_media_type", 415, "text/plain", "CLEAR NAMED"),
    refused("bad_update_missing_form_type", 415, "", "update=CLEAR%20NAMED"),
    refused("bad_update_non_utf8", 415, f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")),
    refused("bad_update_syntax", 403, FORM, "update=CLEAR+XYZ"),
    refused("bad_update_dataset_conflict", 403, FORM, f"update={quote(CHANGE)}", **{"using-named-graph-uri": ONE}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_cases_of_the_protocol_suite(tested: Server, case: Case) -> None:
    path = f"/sparql?{urlencode(case.parameters, doseq=True)}"
    answer = tested.send(case.method, path, case.body, {"Content-Type": case.media} if case.media else {})
    assert answer.status == case.status, answer.text
    assert not case.answered_as or answer.media in case.answered_as
    assert not case.is_yes or b"true" in answer.body
    assert case.status == 200 or (answer.media == "text/plain" and len(answer.text.splitlines()) == 1)


def test_all_cases_of_the_suite_are_here() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 34


@pytest.mark.parametrize(
    ("accept", "query", "media"),
    [
        ("text/csv", "SELECT ?g { GRAPH ?g {} }", "text/csv"),
        ("text/tab-separated-values, text/csv;q=0.9", "SELECT ?g { GRAPH ?g {} }", "text/tab-separated-values"),
        ("application/xml", "ASK {}", "application/sparql-results+xml"),
        ("application/json", "SELECT ?g { GRAPH ?g {} }", "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "ASK {}", "application/sparql-results+json"),
        ("application/rdf+xml", "DESCRIBE <urn:s>", "application/rdf+xml"),
        ("application/n-triples", "CONSTRUCT WHERE { ?s a ?o }", "application/n-triples"),
        ("application/ld+json", "CONSTRUCT WHERE { ?s a ?o }", "application/ld+json"),
        ("application/n-quads", "CONSTRUCT WHERE { ?s a ?o }", "application/n-quads"),
        ("application/sparql-results+json", "CONSTRUCT WHERE { ?s a ?o }", "text/turtle"),  # as rdflib asks
        ("text/turtle", "ASK {}", "application/sparql-results+json"),
        ("", "ASK {}", "application/sparql-results+json"),
    ],
)
def test_answers_come_in_the_format_that_is_asked_for(tested: Server, accept: str, query: str, media: str) -> None:
    answer = tested.ask(query, accept)
    assert (answer.status, answer.media) == (200, media)
    assert answer.headers["vary"] == "Accept"


def test_what_no_format_of_is_accepted_is_not_answered(tested: Server) -> None:
    assert tested.ask("ASK {}", "image/png").status == 406
    assert tested.get("/sparql", "image/png").status == 406


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "*/*"])
def test_the_endpoint_describes_itself(tested: Server, accept: str) -> None:
    answer = tested.get("/sparql", accept)
    store = ox.Store()
    store.extend(ox.parse(answer.body, format=ox.RdfFormat.from_media_type(answer.media)))
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
    found = store.query(
        f"{sd} SELECT ?e {{ ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [row["e"].value for row in found] == [f"{tested.address}sparql"]


def test_a_mistake_is_told_with_its_line_and_column(tested: Server) -> None:
    answer = tested.ask("SELECT ?s\nWHERE { ?s ?p }")
    assert answer.status == 400
    assert "line 2, column 16" in answer.text


def test_parameters_that_mean_nothing_here_are_left_alone(tested: Server) -> None:
    path = "/sparql?format=json&output=xml&results=csv&timeout=9&query=ASK%7B%7D"
    assert tested.get(path).media == "application/sparql-results+json"


def test_a_percent_sign_in_a_form_is_decoded_once(tested: Server) -> None:
    body = urlencode({"query": 'SELECT ("%41" AS ?x) {}'})
    answer = tested.send("POST", "/sparql", body, {"Content-Type": FORM})
    assert answer.rows == [{"x": "%41"}]
