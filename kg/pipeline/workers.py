"""Do the same work on many items, here or in several processes: the one seam at which a build can be spread out."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final, TypeVar

_LARGEST_CHUNK: Final = 32
_ORPHAN_CHECK: Final = 1.0
"""Seconds."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def run(work: Callable[[_T], _R], items: Sequence[_T], workers: int) -> Iterator[_R]:
    """Do the work on each item, in order, in this process or in several."""
    chunk = max(1, min(_LARGEST_CHUNK, len(items) // (workers * 4))) if workers > 1 else 1
    processes = min(workers, -(-len(items) // chunk))
    if processes <= 1:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _prepare_worker, (os.getpid(),)) as pool:
        yield from pool.map(work, items, chunksize=chunk)


def _prepare_worker(parent: int) -> None:
    """Leave Ctrl-C to the parent, and never outlive it: a worker that is an orphan would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_ORPHAN_CHECK)
    os._exit(1)
