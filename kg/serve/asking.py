"""What asks: `/sparql`, the endpoint to programs and a page to people, and the questions in English."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import KgError, QuestionError, RequestError
from kg.query import Dataset, Question, bind, find_question, limit_of, own_questions, questions
from kg.serve.endpoint.asked import Asked, asked
from kg.serve.endpoint.description import description
from kg.serve.endpoint.negotiation import GRAPHS, chosen, media_type
from kg.serve.endpoint.pool import Pool, Reply
from kg.serve.limits import Limits
from kg.serve.live import LINKS, Live, Opened
from kg.serve.pages.table import answered

HTML: Final = {"text/html": "", "application/xhtml+xml": ""}
"""What people's browsers ask for."""

_JSON: Final = "application/sparql-results+json"
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
            return await self._itself(request, accept)
        reply = await _unless_gone(request, self._pool.ask(question, accept, self._live.opened.snapshot))
        return Response(reply.body, reply.status, {"vary": "Accept"}, reply.media)

    def questions(self, _: Request) -> Response:
        """Show the named questions."""
        return HTMLResponse(self._live.opened.pages.questions(questions(own_questions(self._live.output))))

    async def question(self, request: Request) -> Response:
        """Answer a named question, asked for what the address names."""
        question, opened = self._named(request.path_params["name"]), self._live.opened
        values = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
        sparql = limit = ""
        try:
            sparql = await run_in_threadpool(bind, question, values, opened.build.store.engine, opened.build.base)
            reply = await self._ask(request, sparql, opened)
            if reply.status == HTTPStatus.OK:
                limit = await self._cut_by(request, opened, question, values)
        except KgError as error:
            status = error.status if isinstance(error, RequestError) else HTTPStatus.BAD_REQUEST
            reply, sparql = Reply(status, "text/plain", str(error).encode()), ""
        page = await run_in_threadpool(_answered, opened, question, values, sparql, reply, limit)
        return HTMLResponse(page, reply.status)

    async def _ask(self, request: Request, sparql: str, opened: Opened) -> Reply:
        return await _unless_gone(request, self._pool.ask(Asked(sparql, Dataset()), _JSON, opened.snapshot))

    async def _cut_by(self, request: Request, opened: Opened, question: Question, values: Mapping[str, str]) -> str:
        """Return the name of the limit that cut an answer off, nothing where none is known to have done so."""
        limit, engine, base = limit_of(question, values), opened.build.store.engine, opened.build.base
        if not limit:
            return ""
        with suppress(RequestError):  # the answer itself is there, and worth more than this
            beyond = await run_in_threadpool(bind, question, values, engine, base, is_beyond=True)
            return limit if _has_rows(await self._ask(request, beyond, opened)) else ""
        return ""

    def _named(self, name: str) -> Question:
        try:
            return find_question(name, own_questions(self._live.output))
        except QuestionError:
            raise HTTPException(404) from None

    async def _itself(self, request: Request, accept: str) -> Response:
        format_ = chosen(accept, {**GRAPHS, **HTML})
        if format_ is None:
            raise RequestError(406, "Accept", f"none of {accept} is offered", f"accept one of: {', '.join(GRAPHS)}")
        opened, address = self._live.opened, str(request.url.replace(query="", fragment=""))
        if not format_:
            page = await run_in_threadpool(_sparql_page, opened, own_questions(self._live.output), address)
            return HTMLResponse(page, headers={"vary": "Accept"})
        return graph(description(address, opened.build.base, format_), format_)


def _has_rows(reply: Reply) -> bool:
    is_table = reply.status == HTTPStatus.OK and reply.media.endswith("json")
    return is_table and bool(json.loads(reply.body)["results"]["bindings"])


def _answered(  # noqa: PLR0913, PLR0917 - all that the page tells
    opened: Opened, question: Question, values: Mapping[str, str], sparql: str, reply: Reply, limit: str
) -> str:
    """Return the page of what a question was answered."""
    if reply.status != HTTPStatus.OK:
        return opened.pages.answer(question, values, sparql, reply.body.decode())
    found = answered(reply.media, reply.body, opened.catalogue, LINKS)
    return opened.pages.answer(question, values, sparql, found, limit)


def _sparql_page(opened: Opened, own: Path, address: str) -> str:
    """Return the page on which SPARQL is asked, with the named questions as they are asked of themselves."""
    return opened.pages.sparql([_with_defaults(opened, question) for question in questions(own)], address)


def _with_defaults(opened: Opened, question: Question) -> Question:
    try:
        return replace(question, sparql=bind(question, {}, opened.build.store.engine, opened.build.base))
    except KgError:  # a question of the user's whose default is no name here is shown as it was written
        return question


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
