"""The application: which address is answered by what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import KgError, RequestError
from kg.serve.asking import Asking
from kg.serve.browsing import Browsing
from kg.serve.endpoint.pool import Pool
from kg.serve.guard import Guard
from kg.serve.limits import Limits
from kg.serve.live import Live
from kg.serve.pages.render import KIND_AT

_WATCHED: Final = 1.0
"""Seconds between two looks at whether there is a new build."""


def application(
    live: Live, limits: Limits, origins: Sequence[str] = (), ready: Callable[[], None] = lambda: None
) -> Starlette:
    """Return the application that serves an output folder; `ready` is called when it answers.

    Sites of `origins` may ask too; those of no other origin may.
    """
    pool = Pool(limits)
    browsing = Browsing(live)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.warm(live.opened.snapshot)
        watch = asyncio.create_task(_watch(live))
        ready()
        yield
        watch.cancel()
        await pool.close()
        live.close()

    return Starlette(
        routes=_routes(browsing, Asking(live, pool, limits)),
        middleware=[
            Middleware(Guard, origins=origins),
            *([Middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"])] if origins else []),
        ],
        exception_handlers={KgError: _refused, HTTPException: _teller(browsing)},
        lifespan=lifespan,
    )


def _routes(browsing: Browsing, asking: Asking) -> list[BaseRoute]:
    lists = [Route(f"/{path}{part}", browsing.listing) for path in KIND_AT for part in ("", "/{number:int}")]
    return [
        Route("/", browsing.home),
        Route("/sparql", asking.sparql, methods=["GET", "POST"]),
        Route("/questions", asking.questions),
        Route("/questions/{name}", asking.question),
        Route("/search", browsing.search),
        Route("/graph.html", browsing.map),
        *lists,
        Mount("/assets", StaticFiles(packages=[("kg.serve", "assets")])),
        Route("/article/{name}/text", browsing.text),
        Route("/role/{name}/reading-path", browsing.reading_path),
        Route("/{path:path}", browsing.thing),
    ]


async def _watch(live: Live) -> None:
    await run_in_threadpool(live.prepare)
    while True:
        await asyncio.sleep(_WATCHED)
        await run_in_threadpool(live.renew)


def _refused(_: Request, error: Exception) -> Response:
    """Tell why a request is refused, or cannot be answered, in one line."""
    status = error.status if isinstance(error, RequestError) else HTTPStatus.INTERNAL_SERVER_ERROR
    later = {"retry-after": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return PlainTextResponse(f"{error}\n", status, later)


def _teller(browsing: Browsing) -> Callable[[Request, Exception], Response]:
    def tell(request: Request, error: Exception) -> Response:
        """Tell what is not there, to a program in one line, to a person on a page."""
        assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for; this tells the type checker
        what = HTTPStatus(error.status_code).phrase
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse(f"{request.url.path}: {what}\n", error.status_code, error.headers)
        page = browsing.problem(what, f"{request.url.path} is no page of this collection.")
        return HTMLResponse(page, error.status_code, error.headers)

    return tell
