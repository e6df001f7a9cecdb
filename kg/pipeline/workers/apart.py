"""Do work that yields one thing after another in a process apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from multiprocessing import resource_tracker
from typing import Generic, Self, TypeVar

from kg.pipeline.workers.process import LIMIT, LostError, Worker, leave_interrupts_alone

_T = TypeVar("_T")
_R = TypeVar("_R")


class Apart(Generic[_T, _R]):
    """Work that yields, done in a process that is started when it is first needed, and never ahead of who takes it.

    An item whose process ends, or takes more than `limit` seconds for one step, gives what `lost` makes of it and the
    reason, behind what it gave before. It is to be called in a `with` block, which ends the process.
    """

    def __init__(self, work: Callable[[_T], Iterable[_R]], lost: Callable[[_T, str], _R], limit: float = LIMIT) -> None:
        self._work, self._lost, self._limit = _Steps(work), lost, limit
        self._worker: Worker[_T | None, list[_R]] | None = None
        self._thread = ThreadPoolExecutor(1, initializer=leave_interrupts_alone)

    def __call__(self, item: _T) -> Iterator[_R]:
        """Yield what the work yields for an item. Raises what the work raises."""
        try:
            step = self._step(item)
            while step:
                yield from step
                step = self._step(None)
        except LostError as error:
            self._end()
            yield self._lost(item, error.reason)

    def _step(self, item: _T | None) -> list[_R]:
        if self._worker is None:
            resource_tracker.ensure_running()  # see run
            self._worker = self._thread.submit(Worker[_T | None, list[_R]], self._work).result()
            self._worker.wait_until_ready()
        [step] = self._worker.do([item], self._limit)
        return step

    def _end(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker = None

    def __enter__(self) -> Self:
        """Begin; the process is not started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._end()
        self._thread.shutdown()


class _Steps(Generic[_T, _R]):
    """What the process does: begin with an item, or go on with it, and return what it yields next, if anything."""

    def __init__(self, work: Callable[[_T], Iterable[_R]]) -> None:
        self._work = work
        self._rest: Iterator[_R] = iter(())

    def __call__(self, item: _T | None) -> list[_R]:
        if item is not None:
            self._rest = iter(self._work(item))
        return list(islice(self._rest, 1))
