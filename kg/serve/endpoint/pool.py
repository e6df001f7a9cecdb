"""A few warm processes that answer queries, each stopped and replaced when its query is over a limit."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import RequestError
from kg.serve.endpoint.asked import Asked
from kg.serve.limits import OUT_OF_MEMORY, Limits

_CHILD: Final = "kg.serve.endpoint.child"
_GRACE: Final = 5.0
"""Seconds that the kernel gets to end a process whose time is up."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The store that queries are asked of, and the base of its things."""

    store: Path
    base: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, or why there is none: the HTTP status, the media type and the bytes."""

    status: int
    media: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Child:
    snapshot: Snapshot
    process: Process

    async def ask(self, question: dict[str, object]) -> Reply:
        """Return what the process answers; raises EOFError when it ends instead."""
        assert self.process.stdin is not None  # noqa: S101 - both are pipes; this tells the type checker
        assert self.process.stdout is not None  # noqa: S101
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            await self.process.stdin.drain()
            header = json.loads(await self.process.stdout.readuntil(b"\n"))
            body = await self.process.stdout.readexactly(header["length"])
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise EOFError from error
        return Reply(header["status"], header["type"], body)

    def is_alive(self) -> bool:
        return self.process.returncode is None

    async def end(self) -> int:
        """Stop the process, if it has not ended by itself, and return how it ended.

        It is not asyncio that kills: that would look first whether the process has ended, and so take the answer away
        from whoever waits for it (until Python 3.12).
        """
        if self.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)
        return await self.process.wait()


class Pool:
    """Processes that answer queries, `limits.processes` of them at once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.processes)
        self._waiting = 0
        self._idle: list[_Child] = []

    async def warm(self, snapshot: Snapshot) -> None:
        """Start all processes, so that the first questions need not wait for that."""
        self._idle += [await self._start(snapshot) for _ in range(self._limits.processes)]

    async def ask(self, asked: Asked, accept: str, snapshot: Snapshot) -> Reply:
        """Return the answer to a query.

        Raises RequestError when too many others wait, and when the query is over a limit. When the caller is
        cancelled, the query is stopped.
        """
        async with self._turn():
            child = await self._take(snapshot)
            try:
                reply = await asyncio.wait_for(child.ask(self._question(asked, accept)), self._limits.seconds + _GRACE)
            except (EOFError, TimeoutError):
                raise self._over(await self._replace(child)) from None
            except asyncio.CancelledError:
                await self._replace(child)
                raise
            self._idle.append(child)
            return reply

    async def close(self) -> None:
        """End all processes."""
        while self._idle:
            await self._idle.pop().end()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._waiting >= self._limits.waiting + self._limits.processes:
            raise RequestError(503, "server", f"{self._limits.waiting} queries are waiting already", "try again later")
        self._waiting += 1
        try:
            async with self._turns:
                yield
        finally:
            self._waiting -= 1

    def _question(self, asked: Asked, accept: str) -> dict[str, object]:
        return {
            "query": asked.query,
            "default": asked.dataset.default,
            "named": asked.dataset.named,
            "accept": accept,
            "seconds": self._limits.seconds,
            "bytes": self._limits.answer_bytes,
        }

    async def _take(self, snapshot: Snapshot) -> _Child:
        """Return an idle process that has this snapshot open; those of another build, and dead ones, are let go."""
        while self._idle:
            child = self._idle.pop()
            if child.snapshot == snapshot and child.is_alive():
                return child
            await child.end()
        return await self._start(snapshot)

    async def _start(self, snapshot: Snapshot) -> _Child:
        """Start a process, apart from our terminal: Ctrl-C is for us alone."""
        arguments = (str(snapshot.store), snapshot.base, str(self._limits.memory_bytes))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", _CHILD, *arguments, stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        return _Child(snapshot, process)

    async def _replace(self, child: _Child) -> int:
        """End a process, start another in its place, and return how the first ended."""
        code = await child.end()
        self._idle.append(await self._start(child.snapshot))
        return code

    def _over(self, code: int) -> RequestError:
        """Return why a process ended with a code before it answered."""
        if code in {-signal.SIGALRM, -signal.SIGKILL}:
            what = f"took longer than {self._limits.seconds:g} seconds and was stopped"
        elif code in {-signal.SIGABRT, OUT_OF_MEMORY}:
            what = f"needed more than {self._limits.memory_bytes >> 20} MB of memory and was stopped"
        else:
            return RequestError(500, "server", f"its process for queries ended with code {code}", "is the build there?")
        return RequestError(503, "query", what, "ask for less: fewer patterns at once, a FILTER, a LIMIT")
