"""Real servers, started as a user starts them, and what asks them over real sockets."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.pipeline import complete, rereader
from kg.serve.live import Means
from kg.serve.site import write_site
from kg.store import Build, Output, Store
from kg.vocab import BASE
from tests.browser.sample import HOSTILE
from tests.conftest import build

MEANS = Means(rereader, complete)

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
"""The graphs that W3C's protocol tests speak of."""


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    media: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of an answer in JSON."""
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: value["value"] for name, value in row.items()} for row in bindings]


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    address: str
    output: Path
    process: subprocess.Popen[str]

    def send(self, method: str, path: str, body: bytes | str = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request, with these headers and no others but Host and Content-Length."""
        connection = http.client.HTTPConnection(self.address.removeprefix("http://").rstrip("/"), timeout=60)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, path, data or None, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found.get("content-type", "").partition(";")[0], found, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*", **headers: str) -> Answer:
        """Get a path."""
        return self.send("GET", path, headers={"Accept": accept, **headers})

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> Answer:
        """Ask SPARQL."""
        return self.get(f"/sparql?query={quote(query)}", accept)


@contextmanager
def serving(output: Path, *options: str) -> Iterator[Server]:
    """Serve a folder while the block runs, and see that it ends without complaint."""
    command = [sys.executable, "-m", "kg", "serve", "-o", str(output), "--port", "0", "--quiet", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate()[1]
        try:
            yield Server(address, output, process)
        finally:
            process.terminate()
            _, complaints = process.communicate(timeout=30)
        assert not complaints


@pytest.fixture(scope="session")
def server(sample: Path) -> Iterator[Server]:
    """Serve the sample data."""
    with serving(sample) as started:
        yield started


@pytest.fixture(scope="session")
def tested(sample_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the graphs that W3C's tests ask about, each of which says of itself that it is a document."""
    output = tmp_path_factory.mktemp("protocol") / "output"
    a, document = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode("urn:document")
    with Output(output).new_build() as draft:
        store = Store(BASE, draft.folder)
        for number in range(4):
            name = ox.NamedNode(DATA.format(number))
            store.engine.add(ox.Quad(name, a, document, name))
        store.engine.flush()
        (draft.folder / "report.json").write_text(json.dumps(sample_build.report), encoding="utf-8")
    with serving(output) as started:
        yield started


@pytest.fixture(scope="session")
def site(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of the sample data."""
    folder = tmp_path_factory.mktemp("site") / "public"
    write_site(sample, folder, MEANS)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of articles in which everything is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = []
    for text in HOSTILE:
        plain = text.encode(errors="replace").decode()
        record = {
            "title": plain,
            "author": plain,
            "url": plain,
            "tags": [plain, "tea"],
            "source": plain,
            "abstract": plain,
        }
        body = f"# {plain}\n\nTeams should never trust {plain}. A CTO must review it.\n\n## Topics\n\n- {plain}\n"
        lines.append(json.dumps({**record, "text": body * 2}))
    (folder / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for number, text in enumerate(HOSTILE[:12]):
        words = (
            f"# Tea {number} {text}\n\n## Summary\n\n{text} is said here.\n\n## Principles\n\n- Never use {text}.\n\n"
        )
        words += f"## Topics\n\n- {text}\n- tea\n\n**Best for:** {text}, CTO\n\nOriginal article published by {text}.\n"
        (folder / f"{number}.md").write_text(words.encode(errors="replace").decode(), encoding="utf-8")
    output = build(folder, output=folder / "output")
    write_site(output, folder / "public", MEANS)
    return folder / "public"
