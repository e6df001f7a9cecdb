"""Fetch a page from the web: only one that the user names, within limits of time and size."""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import Final
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

from kg import __version__
from kg.errors import InputError
from kg.read.inputs import Input, Limits
from kg.read.kinds import kind_of

_TYPES: Final[Mapping[str, str]] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown",
    "application/pdf": "pdf", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed", "text/xml": "feed", "application/xml": "feed", "application/json": "json",
    "application/feed+json": "json", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "text/csv": "csv",
    "text/tab-separated-values": "csv", "application/epub+zip": "epub", "message/rfc822": "mail",
}  # fmt: skip
"""The kind of file that each media type means, asked for where neither content nor name tells."""
_HEADERS: Final = {
    "User-Agent": f"article-kg/{__version__}",
    "Accept": "text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_SCHEMES: Final = ("http", "https")
_REDIRECTS: Final = 5
_CHUNK: Final = 1 << 16
_DIGITS: Final = 19
_SENT_AS_IS: Final = "%/:=&?~+!$,;'@()*"
_LATER: Final = "try again later, or save the page and give the file"
_ANY_ZLIB: Final = 47
"""Tells zlib to find out whether it is gzip or zlib that it unpacks."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: where it was at last, the bytes, and their media type ("text/html; charset=utf-8")."""

    url: str
    data: bytes
    content_type: str

    @property
    def kind(self) -> str:
        """The kind of file: by its content and the name in its address, else by its media type; "" when unknown.

        >>> Fetched("https://example.org/review?id=1", b"Ask early.", "text/markdown; charset=utf-8").kind
        'markdown'
        """
        media_type = self.content_type.partition(";")[0].strip().lower()
        path = urlsplit(self.url).path
        return kind_of(Input(path, partial(BytesIO, self.data), hint=_TYPES.get(media_type, "")))


class _AsAnswered(HTTPErrorProcessor):
    """Hand on whatever a server answers: redirects are followed here, where each is looked at first."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:  # noqa: ARG002 - urllib calls it
        return response

    https_response = http_response


def fetch(url: str, limits: Limits, timeout: float = 30, connect: float = 10) -> Fetched:
    """Return what is at a web address; proxies are taken from the environment.

    Raises InputError when all of it cannot be had within `timeout` seconds, `connect` of them for any one wait.
    """
    answer: Future[Fetched] = Future()
    given_up = threading.Event()

    def work() -> None:
        try:
            answer.set_result(_fetched(url, limits, given_up, connect))
        except Exception as error:  # noqa: BLE001 - it is raised again where the answer is awaited
            answer.set_exception(error)

    # In a thread, since nothing else ends the wait for a slow name server or for head lines that come byte by byte.
    threading.Thread(target=work, daemon=True).start()
    try:
        return answer.result(timeout)
    except TimeoutError as error:
        given_up.set()
        raise InputError(url, f"took longer than {timeout:g} s", _LATER) from error


def _fetched(url: str, limits: Limits, given_up: threading.Event, connect: float) -> Fetched:
    opener = build_opener(_AsAnswered)
    asked = url
    for _ in range(_REDIRECTS + 1):
        try:
            with opener.open(Request(_checked(url, asked), headers=_HEADERS), timeout=connect) as answer:  # noqa: S310 - checked
                location = answer.headers.get("Location") if answer.status in _MOVED else None
                if location is None:
                    return _read(asked, url, answer, limits, given_up)
                url = urljoin(url, location)
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            raise _trouble(asked, error) from error
    raise InputError(asked, f"redirects more than {_REDIRECTS} times", "give the address at which the article is")


def _checked(url: str, asked: str) -> str:
    """Return an address as it is sent: only of the web, in ASCII.

    >>> _checked("https://exämple.org/größe?a=b c", "")
    'https://xn--exmple-cua.org/gr%C3%B6%C3%9Fe?a=b%20c'
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        what = "is no web address" if url == asked else f"redirects to {url[:200]}, which is not followed"
        raise InputError(asked, what, "give an address that begins with https://")
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe=_SENT_AS_IS) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path, query, ""))


def _trouble(url: str, error: Exception) -> InputError:
    """Say in plain words why a page could not be had."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, TimeoutError):
        return InputError(url, "did not answer in time", _LATER)
    if isinstance(cause, ssl.SSLError):
        return InputError(url, "has no certificate that can be trusted", "save the page, and give the file")
    if isinstance(cause, socket.gaierror):
        return InputError(url, "cannot be reached (no network, or the name is unknown)", "check the address")
    if isinstance(cause, OSError):
        return InputError(url, f"cannot be reached ({(cause.strerror or str(cause)).lower()})", _LATER)
    return InputError(url, f"cannot be read ({cause})", "check the address, or save the page and give the file")


def _read(asked: str, url: str, answer: HTTPResponse, limits: Limits, given_up: threading.Event) -> Fetched:
    if not 200 <= answer.status < 300:  # noqa: PLR2004 - what HTTP calls success
        raise InputError(asked, f"answered {answer.status} {answer.reason[:80]}".rstrip(), "check the address")
    data = bytearray()
    for piece in _unpacked(asked, _pieces(asked, answer, given_up), answer.headers.get("Content-Encoding", "")):
        data += piece
        if len(data) > limits.file_bytes:
            raise limits.too_large(asked)
    return Fetched(url, bytes(data), answer.headers.get("Content-Type", ""))


def _pieces(asked: str, answer: HTTPResponse, given_up: threading.Event) -> Iterator[bytes]:
    """Yield what is sent, as long as someone waits for it."""
    length = answer.headers.get("Content-Length", "")
    missing = int(length) if length.isdecimal() and len(length) < _DIGITS else 0
    while not given_up.is_set() and (piece := answer.read1(_CHUNK)):
        missing -= len(piece)
        yield piece
    if missing > 0:
        raise InputError(asked, "broke off before its end", _LATER)


def _unpacked(asked: str, pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield what is sent as it was before it was packed to be sent, little by little."""
    if encoding.strip().lower() in {"", "identity"}:
        yield from pieces
        return
    if encoding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        raise InputError(
            asked, f"is packed in a way that is not read ({encoding[:40]})", "save the page, and give the file"
        )
    unpacker = zlib.decompressobj(_ANY_ZLIB)
    for piece in pieces:
        rest = piece
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()
    if not unpacker.eof:
        raise InputError(asked, "broke off before its end", _LATER)
