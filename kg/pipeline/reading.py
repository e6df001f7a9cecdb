"""Read files and understand what is in them, in any number of processes: articles are shared out, not files.

A file is taken apart into pieces, each of which is read by itself: so one file of a million records keeps all processes
busy, no more of it is in memory than they work on, and a record that ends its process costs nothing but itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Final

from kg.pipeline.articles import Job, Lost, Outcome, Task, outcomes, tasks
from kg.pipeline.options import FEWEST_FOR_WORKERS, Options
from kg.pipeline.workers import Apart, run
from kg.read import is_collection

_Item = tuple[int, Task | Outcome]
"""Something to do for a file, or what became of something in it already, and the number of the file."""
_Done = tuple[int, Sequence[Outcome]]
_Take = Callable[[Job], Iterable[Task | Outcome]]
_HINT: Final = "leave it out, or give it more memory or time"


def read(jobs: Sequence[Job], options: Options) -> Iterator[tuple[Job, Iterator[Outcome]]]:
    """Yield each file with what becomes of all that is in it, in order: to be taken before the next file is."""
    directly = partial(tasks, limits=options.limits)
    processes = _processes(jobs, directly, options)
    with Apart(directly, _barred) as apart:
        items = _items(jobs, directly, apart if processes > 1 else directly)
        done = run(partial(_do, options=options), items, processes, _lost)
        for number, some in groupby(done, key=itemgetter(0)):
            yield jobs[number], chain.from_iterable(outcomes_ for _, outcomes_ in some)


def _processes(jobs: Sequence[Job], take: _Take, options: Options) -> int:
    """Return how many processes to use; only where there are few files is it worth a look at how much is in them."""
    count = len(jobs)
    if not options.workers and count < FEWEST_FOR_WORKERS:
        count = sum(1 for _ in islice(_items(jobs, take, take), FEWEST_FOR_WORKERS))
    return options.processes(count)


def _items(jobs: Iterable[Job], take: _Take, take_apart: _Take) -> Iterator[_Item]:
    for number, job in enumerate(jobs):
        found = take_apart(job) if is_collection(job.file) else take(job)
        yield from ((number, task) for task in found)


def _barred(job: Job, reason: str) -> Task | Outcome:
    """Tell of a file that ended the process that took it apart, or kept it for too long."""
    return Lost(job.file.path, reason, _HINT)


def _do(item: _Item, options: Options) -> _Done:
    number, what = item
    return number, tuple(outcomes(what, options)) if isinstance(what, Task) else (what,)


def _lost(item: _Item, reason: str) -> _Done:
    """Tell of a piece that ended the process that read it, mostly when memory runs out, or kept it for too long."""
    number, what = item
    path = what.piece.path if isinstance(what, Task) else what.path
    return number, (Lost(path, reason, _HINT),)
