"""`/sparql`: the endpoint to programs, the page to people."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import RequestError
from kg.query import questions
from kg.serve.endpoint.asked import asked
from kg.serve.endpoint.description import description
from kg.serve.endpoint.negotiation import GRAPHS, chosen, media_type
from kg.serve.endpoint.pool import Pool, Reply
from kg.serve.limits import Limits
from kg.serve.live import Live
from kg.serve.pages.paths import Links
from kg.serve.pages.render import Pages

HTML: Final = {"text/html": "", "application/xhtml+xml": ""}
"""What people's browsers ask for."""

_GONE: Final = 499
"""The status that nobody receives: the client has hung up."""


class Asking:
    """Answers queries about the newest build."""

    def __init__(self, live: Live, pool: Pool, limits: Limits) -> None:
        self._live = live
        self._pool = pool
        self._limits = limits

    async def sparql(self, request: Request) -> Response:
        """Answer a query; without one, describe the endpoint to programs and show the page to people."""
        question = await asked(request, self._limits.request_bytes)
        accept = request.headers.get("accept", "")
        if question is None:
            return self._itself(request, accept)
        reply = await _unless_gone(request, self._pool.ask(question, accept, self._live.opened.snapshot))
        return Response(reply.body, reply.status, {"vary": "Accept"}, reply.media)

    def _itself(self, request: Request, accept: str) -> Response:
        format_ = chosen(accept, {**GRAPHS, **HTML})
        if format_ is None:
            raise RequestError(406, "Accept", f"none of {accept} is offered", f"accept one of: {', '.join(GRAPHS)}")
        opened = self._live.opened
        if not format_:
            page = Pages(opened.collection, lambda _: Links("/")).sparql(questions())
            return HTMLResponse(page, headers={"vary": "Accept"})
        address = str(request.url.replace(query="", fragment=""))
        return graph(description(address, opened.build.base, format_), format_)


def graph(data: bytes, format_: str) -> Response:
    """Return the answer that is a graph in one of the formats of graphs."""
    return Response(data, headers={"vary": "Accept"}, media_type=media_type(format_, GRAPHS))


async def _unless_gone(request: Request, answer: Coroutine[Any, Any, Reply]) -> Reply:
    """Return the answer, or stop working on it as soon as the client hangs up."""
    working = asyncio.ensure_future(answer)
    gone = asyncio.ensure_future(_hangs_up(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else Reply(_GONE, "text/plain", b"")
    finally:
        working.cancel()
        gone.cancel()
        await asyncio.gather(working, gone, return_exceptions=True)


async def _hangs_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
