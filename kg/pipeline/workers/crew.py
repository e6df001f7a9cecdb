"""The processes that do one kind of work, and what is done when one of them is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from kg.errors import BuildError
from kg.pipeline.workers.process import LostError, Worker

_STRIKES: Final = 2
"""Processes that an item must end before it is to blame: one may have been killed for no fault of the item."""

_T = TypeVar("_T")
_R = TypeVar("_R")


class Crew(Generic[_T, _R]):
    """The processes that do one kind of work: one for each thread that calls `do`."""

    def __init__(self, work: Callable[[_T], _R], lost: Callable[[_T, str], _R], limit: float) -> None:
        self._work, self._lost, self._limit = work, lost, limit
        self._own = threading.local()
        self._all: set[Worker[_T, _R]] = set()
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
            except LostError as error:
                self._dismiss()
                strikes += 1
                if error.is_sure or strikes == _STRIKES:
                    results.append(self._lost(chunk[len(results)], error.reason))
                    strikes = 0
        return results

    def _worker(self) -> Worker[_T, _R]:
        worker: Worker[_T, _R] | None = getattr(self._own, "worker", None)
        if worker is None:
            with self._gate:
                if self._is_closed:
                    raise BuildError("workers", "were stopped")
                worker = self._own.worker = Worker(self._work)
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
