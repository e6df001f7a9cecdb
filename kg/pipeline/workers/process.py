"""A process that works on what comes through a pipe of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kg.errors import BuildError

LIMIT: Final = 120.0
"""Seconds for one item: hundreds of times what a long article takes, so what needs more hangs."""

_LOOK: Final = 0.5
"""Seconds between looks at a process. They are counted, so time that the whole job slept is held against nobody."""
_DIE_WITH_PARENT: Final = 1
"""Linux's PR_SET_PDEATHSIG."""
_EXPENDABLE: Final = "500"
"""Of 1000: when memory runs out, Linux ends a process of ours before the one that holds the build."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def leave_interrupts_alone() -> None:
    """Make a thread deaf to Ctrl-C, and with it the processes that it starts, from their first moment on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class LostError(Exception):
    """A process ended, or was ended, before it gave the next result."""

    def __init__(self, reason: str, *, is_sure: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_sure = is_sure
        """Whether it is known that the item is to blame."""


class Worker(Generic[_T, _R]):
    """A process that works on what comes through its pipe."""

    def __init__(self, work: Callable[[_T], _R]) -> None:
        spawn = get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, work, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()  # so that this end hears when the process is gone

    def wait_until_ready(self) -> None:
        """Wait until the process has loaded all that it needs.

        Raises BuildError when it ends before.
        """
        try:
            self._pipe.recv()
        except (EOFError, OSError):
            raise BuildError("workers", f"do not start ({self._ending()})", "try again with --workers 1") from None

    def do(self, items: Sequence[_T], limit: float) -> Iterator[_R]:
        """Yield the result of each item as it comes.

        Raises LostError when the process ends or takes too long, and whatever the work raises.
        """
        try:
            self._pipe.send(items)
            for _ in items:
                self._look(limit)
                result, error = self._pipe.recv()
                if error is not None:
                    raise error
                yield result
        except (EOFError, ConnectionError):
            raise LostError(f"ended the process that worked on it ({self._ending()})", is_sure=False) from None

    def _look(self, limit: float) -> None:
        if not any(self._pipe.poll(_LOOK) for _ in range(max(1, round(limit / _LOOK)))):
            raise LostError(f"took more than {limit:g} s", is_sure=True)

    def _ending(self) -> str:
        self._process.join()
        code = self._process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def release(self) -> None:
        """Let the process end, when no work is left for it."""
        self._pipe.close()
        self._process.join()

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, work: Callable[[Any], Any], parent: int) -> None:
    """Work on what comes through the pipe until it is closed: what a process does all its life."""
    if sys.platform == "linux":
        _depend_on(parent)
    pipe.send(None)
    with suppress(EOFError, ConnectionError):
        while True:
            for item in pipe.recv():
                _answer(pipe, work, item)


def _answer(pipe: Connection, work: Callable[[Any], Any], item: object) -> None:
    try:
        pipe.send((work(item), None))
    except ConnectionError:
        raise
    except Exception as error:  # noqa: BLE001 - it is raised in the parent
        error.add_note(traceback.format_exc())
        pipe.send((None, error))


def _depend_on(parent: int) -> None:
    """Never outlive the parent, and go first when memory runs out. Elsewhere the pipe tells, between items."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it died before Linux was told
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_EXPENDABLE, encoding="ascii")
