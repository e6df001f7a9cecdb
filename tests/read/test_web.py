"""Fetching one page, from a server that does what servers do at their worst."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg import __version__
from kg.errors import InputError
from kg.read.inputs import Limits
from kg.read.web import Fetched, fetch

PAGE = b"<!doctype html><p>Ask early."
BODIES = {
    "/page": (PAGE, {"Content-Type": "text/html; charset=utf-8"}),
    "/gzip": (gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
    "/deflate": (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
    "/bomb": (gzip.compress(b"\0" * 50_000_000), {"Content-Encoding": "gzip"}),
    "/broken": (gzip.compress(PAGE)[:-9], {"Content-Encoding": "gzip"}),
    "/noise": (b"noise", {"Content-Encoding": "gzip"}),
    "/brotli": (b"noise", {"Content-Encoding": "br"}),
    "/huge": (b"x" * 3_000_000, {}),
    "/short": (PAGE, {"Content-Length": "999"}),
}
MOVED = {"/moved": "/page", "/endless": "/endless", "/ftp": "ftp://example.org/a", "/file": "file:///etc/passwd"}


class Handler(BaseHTTPRequestHandler):
    """A server that keeps what it was asked last."""

    asked: dict[str, str]

    def do_GET(self) -> None:
        """Answer by the path that is asked for."""
        type(self).asked = dict(self.headers.items())
        if self.path in MOVED:
            self.answer(302, {"Location": MOVED[self.path]}, b"")
        elif self.path == "/slow":
            self.drip(b"HTTP/1.0 200 OK\r\n\r\n", b"x" * 100)
        elif self.path == "/slow-head":
            self.drip(b"", b"HTTP/1.0 200 OK\r\nX-Head: " + b"x" * 100)
        else:
            body, headers = BODIES.get(self.path, (b"", {}))
            self.answer(200 if self.path in BODIES else 404, headers, body)

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Answer at once."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.send(body)

    def drip(self, at_once: bytes, slowly: bytes) -> None:
        """Answer byte by byte."""
        self.send(at_once)
        for byte in slowly:
            time.sleep(0.02)
            if not self.send(bytes([byte])):
                return

    def send(self, data: bytes) -> bool:
        """Tell whether there still is someone to send to."""
        try:
            self.wfile.write(data)
        except OSError:
            return False
        return True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with pytest.MonkeyPatch.context() as patch, server:
        patch.setenv("no_proxy", "*")
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def refused(url: str, limits: Limits | None = None, timeout: float = 5) -> str:
    with pytest.raises(InputError) as caught:
        fetch(url, limits or Limits(), timeout=timeout, connect=timeout)
    return str(caught.value).removeprefix(f"{url}: ").partition(";")[0]


@pytest.mark.parametrize("path", ["/page", "/gzip", "/deflate", "/moved", "/page#start"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    found = fetch(site + path, Limits())
    assert found.data == PAGE
    assert found.kind == "html"
    assert Handler.asked["User-Agent"] == f"article-kg/{__version__}"
    assert "text/html" in Handler.asked["Accept"]


def test_a_redirect_tells_where_the_page_is(site: str) -> None:
    assert fetch(f"{site}/moved", Limits()) == Fetched(f"{site}/page", PAGE, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none", "answered 404 Not Found"),
        ("/endless", "redirects more than 5 times"),
        ("/ftp", "redirects to ftp://example.org/a, which is not followed"),
        ("/file", "redirects to file:///etc/passwd, which is not followed"),
        ("/huge", "is larger than 1 MB"),
        ("/bomb", "is larger than 1 MB"),
        ("/broken", "broke off before its end"),
        ("/short", "broke off before its end"),
        ("/brotli", "is packed in a way that is not read (br)"),
        ("/noise", "cannot be read (Error -3 while decompressing data: incorrect header check)"),
    ],
)
def test_what_cannot_be_had_is_told_in_plain_words(site: str, path: str, reason: str) -> None:
    assert refused(site + path, Limits(file_bytes=1_000_000)) == reason


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_a_slow_server_is_given_up(site: str, path: str) -> None:
    assert refused(site + path, timeout=0.2) == "took longer than 0.2 s"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "is no web address"),
        ("http://[", "cannot be read (Invalid IPv6 URL)"),
        ("http://", "is no web address"),
        ("http://no-such-name.invalid/", "cannot be reached (no network, or the name is unknown)"),
        ("http://127.0.0.1:1/", "cannot be reached (connection refused)"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(site: str, url: str, reason: str) -> None:  # noqa: ARG001 - no proxies
    assert refused(url) == reason


@pytest.mark.parametrize(
    ("url", "content_type", "data", "kind"),
    [
        ("https://example.org/a.md?raw=1", "text/plain", b"Ask early.", "markdown"),
        ("https://example.org/a.md", "text/html", PAGE, "html"),
        ("https://example.org/feed", "application/rss+xml", b"<oddly/>", "feed"),
        ("https://example.org/a.php", "text/html", b"<p>Ask early.", "html"),
        ("https://example.org/a", "application/octet-stream", b"%PDF-1.7", "pdf"),
        ("https://example.org/api", "application/json; charset=utf-8", b"{}", "json"),
    ],
)
def test_the_kind_is_that_of_content_name_or_media_type(url: str, content_type: str, data: bytes, kind: str) -> None:
    assert Fetched(url, data, content_type).kind == kind
