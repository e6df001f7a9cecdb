"""How far a long command is: a bar with its rate and the time that is left, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kg.cli.common import is_set


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give what is to be told of each stage, how much of it is done, and how much there is."""
    if not sys.stderr.isatty() or is_set("quiet"):
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - not before something is shown
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn())
    rate = TextColumn("{task.fields[rate]}")
    with Progress(*columns, rate, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, rate="")
            speed = bars.tasks[tasks[stage]].finished_speed or bars.tasks[tasks[stage]].speed
            bars.update(tasks[stage], completed=done, rate=f"{speed:.0f}/s" if speed else "")

        yield tell
