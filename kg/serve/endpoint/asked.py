"""From an HTTP request to what it asks, as the SPARQL 1.1 Protocol says (section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.errors import RequestError
from kg.query import Dataset

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
_MOST_PARAMETERS: Final = 10_000
_Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs that the protocol chose for it."""

    query: str
    dataset: Dataset


async def asked(request: Request, most: int) -> Asked | None:
    """Return what a request asks, None where it asks nothing and so wants the service described.

    Raises RequestError for what is no request of the protocol, for a body of more than `most` bytes, and for updates.
    """
    pairs = _pairs(request.url.query, "address")
    if request.method == "POST":
        pairs += await _posted(request, most)
    return _asked(pairs, is_get=request.method != "POST")


def _asked(pairs: _Pairs, *, is_get: bool) -> Asked | None:
    queries = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise RequestError(403, "update", "this collection is read-only", "build it anew to change it: kg build")
    if len(queries) > 1:
        raise RequestError(400, "query", f"is given {len(queries)} times", "send one query")
    if not queries and is_get:
        return None
    if not queries:
        raise RequestError(400, "query", "is missing", "send it as the form field `query`")
    return Asked(queries[0], Dataset(_all(pairs, "default-graph-uri"), _all(pairs, "named-graph-uri")))


def _all(pairs: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for key, value in pairs if key == name))


async def _posted(request: Request, most: int) -> _Pairs:
    """Return the parameters in a request's body; a body that is a query itself counts as one."""
    media, charset = _content_type(request.headers.get("content-type", ""))
    if media not in {_FORM, _QUERY, _UPDATE}:
        hint = f"send {_QUERY} or {_FORM}"
        raise RequestError(415, "Content-Type", f"{media or 'nothing'} is no way to send a query", hint)
    text = _utf_8(await _body(request, most), charset)
    if media == _FORM:
        return _pairs(text, "body")
    return [("query" if media == _QUERY else "update", text)]


def _content_type(header: str) -> tuple[str, str]:
    """Return the media type of a header and its charset, in small letters."""
    message = Message()
    message["content-type"] = header
    return message.get_content_type() if header else "", str(message.get_param("charset", "utf-8")).lower()


async def _body(request: Request, most: int) -> bytes:
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > most:
            raise RequestError(413, "body", f"has more than {most} bytes", "send a shorter query")
    return bytes(read)


def _utf_8(data: bytes, charset: str) -> str:
    try:
        if charset.replace("-", "") not in {"utf8", "usascii"}:
            raise RequestError(415, "charset", f"{charset} is not read here", "send UTF-8")
        return data.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, f"body, byte {error.start}", "is no UTF-8", "send the query as UTF-8") from None


def _pairs(text: str, where: str) -> _Pairs:
    """Return the parameters of a form; those that mean nothing here are left alone, as every server does."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise RequestError(400, where, f"cannot be read ({error})", "percent-encode UTF-8") from None
