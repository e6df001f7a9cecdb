"""How far a long command is: a bar with its rate and the time that is left, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.common import is_set

if TYPE_CHECKING:
    from rich.progress import TaskID


@contextmanager
def progress() -> Iterator[Callable[[str, int, int, int], None]]:
    """Give what is to be told of each stage: how many steps of it are done, how many there are, articles by now."""
    if not sys.stderr.isatty() or is_set("quiet"):
        yield lambda _stage, _done, _total, _articles: None
        return
    from rich.console import Console  # noqa: PLC0415 - not before something is shown
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:8}"), BarColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int, articles: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None, told="")
            elapsed = next(task.elapsed for task in bars.tasks if task.id == tasks[stage])
            bars.update(tasks[stage], completed=done, told=_told(done, total, articles, elapsed or 0))

        yield tell


def _told(done: int, total: int, articles: int, seconds: float) -> str:
    """Return how far a stage is, in words: one file may hold any number of articles.

    >>> _told(3, 9, 120, 60.0)
    '3 of 9, 120 articles, 2/s'
    """
    steps = [f"{done} of {total}"] if total else []
    rate = [f"{articles / seconds:.0f}/s"] if total and seconds >= 1 else []
    return ", ".join([*steps, f"{articles:,} articles", *rate])
