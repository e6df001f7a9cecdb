"""Do the same work on many items, in order, in as many processes as are wanted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.reduction import ForkingPickler
from typing import Any, Final, Generic, TypeVar

from kg.errors import BuildError
from kg.pipeline.workers.crew import Crew
from kg.pipeline.workers.process import LIMIT, leave_interrupts_alone

_LARGEST_CHUNK: Final = 16
"""Items handed over at once: enough that no process waits for a busy parent."""
_HEAVY: Final = 1_000_000
"""Bytes of items after which no more are handed over at once."""
_AHEAD: Final = 4
"""Chunks under way for each process. They are few, as what is done before its turn waits in memory."""
_HEAVIEST: Final = 32_000_000
"""Bytes of items under way after which no more are taken."""

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

    Items are taken no further ahead than keeps the processes busy, and fewer of those that are large. One that ends its
    process twice, or takes more than `limit` seconds, gives what `lost` makes of it and the reason; others are done.
    Raises what the work raises, and BuildError when a process does not start, or when an item is lost and there is no
    `lost`.

    >>> list(run(abs, [-2, 3], workers=1))
    [2, 3]
    """
    if workers <= 1:
        yield from map(work, items)
        return
    crew = Crew(work, lost or _give_up, limit)
    resource_tracker.ensure_running()  # started later, it would undo that our threads leave Ctrl-C alone
    threads = ThreadPoolExecutor(workers, initializer=leave_interrupts_alone)
    try:
        yield from _in_order(threads, crew, _chunks(items, workers), workers * _AHEAD)
        crew.release()
    finally:
        crew.kill()
        threads.shutdown(cancel_futures=True)


@dataclass(slots=True)
class _Chunk(Generic[_T]):
    """Items that are handed over at once, and how many bytes that takes."""

    items: list[_T] = field(default_factory=list)
    weight: int = 0


def _in_order(threads: ThreadPoolExecutor, crew: Crew[_T, _R], chunks: Iterable[_Chunk[_T]], most: int) -> Iterator[_R]:
    under_way: deque[tuple[int, Future[list[_R]]]] = deque()
    for chunk in chunks:
        under_way.append((chunk.weight, threads.submit(crew.do, chunk.items)))
        while len(under_way) >= most or sum(weight for weight, _ in under_way) > _HEAVIEST:
            yield from under_way.popleft()[1].result()
    while under_way:
        yield from under_way.popleft()[1].result()


def _chunks(items: Iterable[_T], workers: int) -> Iterator[_Chunk[_T]]:
    """Yield the items in chunks, small ones first: so a few items are shared out too."""
    chunk = _Chunk[_T]()
    number = 0
    for item in items:
        chunk.items.append(item)
        chunk.weight += len(ForkingPickler.dumps(item))
        if chunk.weight > _HEAVY or len(chunk.items) >= min(_LARGEST_CHUNK, 1 + number // workers):
            yield chunk
            chunk = _Chunk[_T]()
            number += 1
    if chunk.items:
        yield chunk


def _give_up(item: object, reason: str) -> Any:  # noqa: ANN401 - it returns nothing, ever
    raise BuildError(str(item), reason, "leave it out, or give it more memory or time")
