"""A query that asks for too much is stopped, and harms nobody else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.serve.conftest import Server, serving

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?a) > STR(?i)) }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
GREEDY = f"{LARGE} ORDER BY ?c ?f"
SMALL = "SELECT ?title { ?a schema:headline ?title }"


@pytest.fixture(scope="module")
def impatient(sample: Path) -> Iterator[Server]:
    """Serve the sample data to whoever asks for answers of a second."""
    with serving(sample, "--seconds", "1") as started:
        yield started


def test_a_runaway_query_is_stopped_while_others_are_answered(impatient: Server) -> None:
    with ThreadPoolExecutor(4) as clients:
        runaway = clients.submit(impatient.ask, RUNAWAY)
        time.sleep(0.2)
        for _ in range(20):
            assert len(impatient.ask(SMALL).rows) == 9
        answer = runaway.result()
    assert answer.status == 503
    assert "took longer than 1 seconds" in answer.text


def test_as_many_runaways_as_there_are_processes_leave_all_at_work(impatient: Server) -> None:
    with ThreadPoolExecutor(5) as clients:
        assert {answer.status for answer in clients.map(impatient.ask, [RUNAWAY] * 5)} == {503}
    assert len(impatient.ask(SMALL).rows) == 9


def test_a_query_that_needs_too_much_memory_is_stopped(sample: Path) -> None:
    with serving(sample, "--memory", "400") as server:
        answer = server.ask(GREEDY)
        assert answer.status == 503
        assert "needed more than 400 MB" in answer.text
        assert len(server.ask(SMALL).rows) == 9


def test_an_answer_that_is_too_large_is_no_half_answer(server: Server) -> None:
    answer = server.ask(LARGE)
    assert answer.status == 422
    assert answer.text.endswith("give it a LIMIT\n")
    assert len(server.ask(SMALL).rows) == 9


def test_a_client_that_hangs_up_leaves_its_turn_to_others(server: Server) -> None:
    import socket
    from urllib.parse import quote

    host, _, port = server.address.removeprefix("http://").rstrip("/").partition(":")
    for _ in range(6):
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            time.sleep(0.05)
    assert len(server.ask(SMALL).rows) == 9  # long before the 30 seconds that each of those would take
