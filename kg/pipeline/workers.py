"""Do the same work on many items, here or in several processes: the one seam at which a build can be spread out."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Final, TypeVar

_LARGEST_CHUNK: Final = 32
_ORPHAN_CHECK: Final = 1.0
"""Seconds."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def run(
    work: Callable[[_T], _R], items: Sequence[_T], workers: int, lost: Callable[[_T], _R] | None = None
) -> Iterator[_R]:
    """Do the work on each item, in order, in this process or in several.

    An item whose process dies under it, as when memory runs out, gives what `lost` says of it.
    """
    chunk = max(1, min(_LARGEST_CHUNK, len(items) // (workers * 4))) if workers > 1 else 1
    processes = min(workers, -(-len(items) // chunk))
    if processes <= 1:
        yield from map(work, items)
        return
    done = 0
    try:
        for result in _spread(work, items, processes, chunk):
            yield result
            done += 1
    except BrokenProcessPool:
        if lost is None:
            raise
        yield from _one_by_one(work, items[done:], lost)


def _spread(work: Callable[[_T], _R], items: Sequence[_T], processes: int, chunk: int) -> Iterator[_R]:
    with ProcessPoolExecutor(processes, get_context("spawn"), _prepare_worker, (os.getpid(),)) as pool:
        chunks = [items[start : start + chunk] for start in range(0, len(items), chunk)]
        try:
            with _no_interrupts():
                futures: list[Future[list[_R]]] = [pool.submit(_each, work, some) for some in chunks]
            for future in futures:
                yield from future.result()
        except (KeyboardInterrupt, GeneratorExit):
            for child in active_children():
                child.terminate()
            raise


def _each(work: Callable[[_T], _R], items: Sequence[_T]) -> list[_R]:
    return [work(item) for item in items]


def _one_by_one(work: Callable[[_T], _R], items: Sequence[_T], lost: Callable[[_T], _R]) -> Iterator[_R]:
    """Do the work in one process, so that it is known under which item it dies; a new one goes on behind that."""
    done = 0
    while done < len(items):
        try:
            for result in _spread(work, items[done:], 1, 1):
                yield result
                done += 1
        except BrokenProcessPool:
            yield lost(items[done])
            done += 1


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start processes that leave Ctrl-C to this one from their first moment: what is ignored here is ignored there."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _prepare_worker(parent: int) -> None:
    """Leave Ctrl-C to the parent, and never outlive it: a worker that is an orphan would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)
