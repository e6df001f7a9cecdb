"""Do the same work on many items, here or in several processes: the one seam at which a build can be spread out.

Each process has a thread here that hands it items over a pipe of its own. So nothing is shared that one could leave
locked as it dies, and it is known on which item it died or hangs. `ProcessPoolExecutor` gives up all work when one
process dies; Pebble's pool knows the item, but its processes share one pipe and outlive a parent that is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import count, islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kg.errors import BuildError

LIMIT: Final = 120.0
"""Seconds for one item: hundreds of times what a long article takes, so what needs more hangs."""

_LARGEST_CHUNK: Final = 16
"""Items handed over at once: enough that no process waits for a busy parent."""
_AHEAD: Final = 4
"""Chunks under way for each process. They are few, as what is done before its turn waits in memory."""
_STRIKES: Final = 2
"""Processes that an item must end before it is to blame: one may have been killed for no fault of the item."""
_LOOK: Final = 0.5
"""Seconds between looks at a process. They are counted, so time that the whole job slept is held against nobody."""
_DIE_WITH_PARENT: Final = 1
"""Linux's PR_SET_PDEATHSIG."""
_EXPENDABLE: Final = "500"
"""Of 1000: when memory runs out, Linux ends a process of ours before the one that holds the build."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def run(
    work: Callable[[_T], _R],
    items: Iterable[_T],
    workers: int,
    lost: Callable[[_T, str], _R] | None = None,
    limit: float = LIMIT,
) -> Iterator[_R]:
    """Do the work on each item and yield the results in order: here, or in up to `workers` processes if that is over 1.

    Items are taken no further ahead than keeps the processes busy. One that ends its process twice, or takes more than
    `limit` seconds, gives what `lost` makes of it and the reason; all others are done. Raises what the work raises, and
    BuildError when a process does not start, or when an item is lost and there is no `lost`.

    >>> list(run(abs, [-2, 3], workers=1))
    [2, 3]
    """
    if workers <= 1:
        yield from map(work, items)
        return
    crew = _Crew(work, lost or _give_up, limit)
    resource_tracker.ensure_running()  # started later, it would undo that our threads leave Ctrl-C alone
    threads = ThreadPoolExecutor(workers, initializer=_leave_interrupts_alone)
    try:
        yield from _in_order(threads, crew, _chunks(items, workers), workers * _AHEAD)
        crew.release()
    finally:
        crew.kill()
        threads.shutdown(cancel_futures=True)


def _in_order(threads: ThreadPoolExecutor, crew: _Crew[_T, _R], chunks: Iterable[list[_T]], most: int) -> Iterator[_R]:
    under_way: deque[Future[list[_R]]] = deque()
    for chunk in chunks:
        under_way.append(threads.submit(crew.do, chunk))
        if len(under_way) >= most:
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _chunks(items: Iterable[_T], workers: int) -> Iterator[list[_T]]:
    """Yield the items in chunks, small ones first: so a few items are shared out too."""
    rest = iter(items)
    for number in count():
        chunk = list(islice(rest, min(_LARGEST_CHUNK, 1 + number // workers)))
        if not chunk:
            return
        yield chunk


def _give_up(item: object, reason: str) -> Any:  # noqa: ANN401 - it returns nothing, ever
    raise BuildError(str(item), reason, "leave it out, or give it more memory or time")


def _leave_interrupts_alone() -> None:
    """Make a thread deaf to Ctrl-C, and with it the processes that it starts, from their first moment on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class _LostError(Exception):
    """A process ended, or was ended, before it gave the next result."""

    def __init__(self, reason: str, *, is_sure: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_sure = is_sure
        """Whether it is known that the item is to blame."""


class _Crew(Generic[_T, _R]):
    """The processes that do one kind of work: one for each thread that calls `do`."""

    def __init__(self, work: Callable[[_T], _R], lost: Callable[[_T, str], _R], limit: float) -> None:
        self._work, self._lost, self._limit = work, lost, limit
        self._own = threading.local()
        self._all: set[_Worker[_T, _R]] = set()
        self._gate = threading.Lock()
        self._is_closed = False

    def do(self, chunk: Sequence[_T]) -> list[_R]:
        """Return the results of some items. After a loss it goes on behind what was done: nothing is done twice."""
        results: list[_R] = []
        strikes = 0
        while len(results) < len(chunk):
            try:
                for result in self._worker().do(chunk[len(results) :], self._limit):
                    results.append(result)
                    strikes = 0
            except _LostError as error:
                self._dismiss()
                strikes += 1
                if error.is_sure or strikes == _STRIKES:
                    results.append(self._lost(chunk[len(results)], error.reason))
                    strikes = 0
        return results

    def _worker(self) -> _Worker[_T, _R]:
        worker: _Worker[_T, _R] | None = getattr(self._own, "worker", None)
        if worker is None:
            with self._gate:
                if self._is_closed:
                    raise BuildError("workers", "were stopped")
                worker = self._own.worker = _Worker(self._work)
                self._all.add(worker)
            worker.wait_until_ready()
        return worker

    def _dismiss(self) -> None:
        worker = self._own.worker
        self._own.worker = None
        worker.kill()
        with self._gate:
            self._all.discard(worker)

    def release(self) -> None:
        """Let all processes end, when no work is left."""
        for worker in self._all:
            worker.release()

    def kill(self) -> None:
        """End all processes now, and start no more."""
        with self._gate:
            self._is_closed = True
            for worker in self._all:
                worker.kill()


class _Worker(Generic[_T, _R]):
    """A process that works on what comes through its pipe."""

    def __init__(self, work: Callable[[_T], _R]) -> None:
        spawn = get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, work, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()  # so that this end hears when the process is gone

    def wait_until_ready(self) -> None:
        try:
            self._pipe.recv()
        except (EOFError, OSError):
            raise BuildError("workers", f"do not start ({self._ending()})", "try again with --workers 1") from None

    def do(self, items: Sequence[_T], limit: float) -> Iterator[_R]:
        """Yield the result of each item as it comes.

        Raises _LostError when the process ends or takes too long, and whatever the work raises.
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
            raise _LostError(f"ended the process that worked on it ({self._ending()})", is_sure=False) from None

    def _look(self, limit: float) -> None:
        if not any(self._pipe.poll(_LOOK) for _ in range(max(1, round(limit / _LOOK)))):
            raise _LostError(f"took more than {limit:g} s", is_sure=True)

    def _ending(self) -> str:
        self._process.join()
        code = self._process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def release(self) -> None:
        self._pipe.close()
        self._process.join()

    def kill(self) -> None:
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
