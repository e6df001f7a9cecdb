"""Work in several processes gives what work in one gives, whatever happens to the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path

import pytest

from kg.errors import BuildError
from kg.pipeline.workers import Apart, run

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


def double(number: int) -> int:
    return number * 2


def trouble(at: int, how: Callable[[], object], number: int) -> int:
    if number == at:
        how()
    return number * 2


def leave() -> None:
    os._exit(3)


def hang() -> None:
    time.sleep(PATIENCE)


def unpicklable() -> None:
    raise type("LocalError", (Exception,), {})


def fail() -> None:
    raise BuildError("three", "is bad", "mend it")


def killed_once(marker: Path, number: int) -> int:
    """Kill the own process from outside, as the kernel does to an innocent one, the first time that 3 comes."""
    if number == 3 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def told(number: int, reason: str) -> str:
    return f"{number} {reason}"


@pytest.mark.untraced
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_order_for_any_number_of_processes_and_items(workers: int) -> None:
    for size in (0, 1, 7, 200):
        assert list(run(double, iter(range(size)), workers)) == [n * 2 for n in range(size)]


def test_items_without_end_are_taken_no_further_ahead_than_needed() -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in count():
            taken = number
            yield number

    assert list(islice(run(double, numbers(), 2), 500)) == [n * 2 for n in range(500)]
    assert taken < 500 + 2 * 4 * 16 + 16


def test_of_large_items_fewer_are_taken_ahead() -> None:
    taken = 0

    def large() -> Iterator[bytes]:
        nonlocal taken
        for number in count(1):
            taken = number
            yield bytes(10_000_000)

    results = run(len, large(), 2)
    assert [next(results), next(results)] == [10_000_000] * 2
    assert taken <= 2 + 4
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (leave, "ended the process that worked on it (exit code 3)"),
        (partial(signal.raise_signal, signal.SIGKILL), "ended the process that worked on it (signal 9)"),
        (hang, "took more than 1 s"),
    ],
)
def test_an_item_that_ends_or_keeps_its_process_is_lost_and_no_other(how: Callable[[], object], reason: str) -> None:
    expected = [f"40 {reason}" if n == 40 else n * 2 for n in range(80)]
    assert list(run(partial(trouble, 40, how), range(80), 2, told, 1.0)) == expected


def test_an_item_whose_process_is_killed_from_outside_is_done_again(tmp_path: Path) -> None:
    work = partial(killed_once, tmp_path / "marker")
    assert list(run(work, range(20), 2)) == [n * 2 for n in range(20)]
    assert (tmp_path / "marker").exists()


def test_an_item_is_named_when_nobody_is_told_of_the_lost() -> None:
    with pytest.raises(BuildError, match=r"^3: ended the process that worked on it \(exit code 3\); leave it out"):
        list(run(partial(trouble, 3, leave), range(9), 2))


def test_what_the_work_raises_is_raised_with_the_place_in_the_process() -> None:
    with pytest.raises(BuildError, match="three: is bad; mend it") as caught:
        list(run(partial(trouble, 3, fail), range(9), 2))
    assert "in fail" in caught.value.__notes__[0]


def test_work_that_cannot_be_sent_is_an_error_and_no_hang() -> None:
    with pytest.raises(Exception, match="pickle"):
        list(run(lambda n: n, range(9), 2))


def numbers(to: int) -> Iterator[int]:
    yield from range(to)


def numbers_then(at: int, how: Callable[[], object], to: int) -> Iterator[int]:
    yield from range(to)
    if to == at:
        how()


def test_work_that_yields_gives_the_same_apart() -> None:
    with Apart(numbers, told) as apart:
        assert [list(apart(to)) for to in (3, 0, 40)] == [list(range(to)) for to in (3, 0, 40)]


def test_nothing_is_taken_from_another_item_when_one_is_left_half_way() -> None:
    with Apart(numbers, told) as apart:
        assert list(islice(apart(40), 2)) == [0, 1]
        assert list(apart(3)) == [0, 1, 2]


@pytest.mark.parametrize(
    ("how", "reason"),
    [(leave, "ended the process that worked on it (exit code 3)"), (hang, "took more than 1 s")],
)
def test_an_item_that_ends_or_keeps_the_process_apart_keeps_what_it_gave_before(
    how: Callable[[], object], reason: str
) -> None:
    with Apart(partial(numbers_then, 2, how), told, 1.0) as apart:
        assert [list(apart(to)) for to in (1, 2, 3)] == [[0], [0, 1, f"2 {reason}"], [0, 1, 2]]


def workers_of(process: int) -> set[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    numbers = (int(number) for task in tasks for number in task.read_text(encoding="ascii").split())
    return {number for number in numbers if b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes()}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells")
@pytest.mark.parametrize("taken", [3, 40])
def test_no_process_is_left_when_the_results_are_no_longer_wanted(taken: int) -> None:
    results = run(double, range(40), 2)
    assert list(islice(results, taken)) == [n * 2 for n in range(taken)]
    results.close()  # type: ignore[attr-defined]
    assert workers_of(os.getpid()) == set()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells")
def test_no_process_apart_is_left() -> None:
    with Apart(numbers, told) as apart:
        assert not workers_of(os.getpid())
        assert next(apart(9)) == 0
        assert len(workers_of(os.getpid())) == 1
    assert not workers_of(os.getpid())


SCRIPT = """
from tests.test_workers import hang_on
from kg.pipeline.workers import run
if __name__ == "__main__":
    for line in run(hang_on, range(4), 2):
        print(line, flush=True)
"""


def hang_on(number: int) -> int:
    if number >= 2:
        hang()
    return number


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """Start a process whose two workers hang, and tell their numbers."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment, process_group=0) as process:
        assert process.stdout is not None
        for _ in range(2):
            process.stdout.readline()
        workers = workers_of(process.pid)
        assert len(workers) == 2
        yield process, workers


def are_gone(pids: set[int]) -> bool:
    deadline = time.monotonic() + PATIENCE / 2
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells")
def test_a_parent_that_is_killed_leaves_no_orphans(busy: tuple[subprocess.Popen[str], set[int]]) -> None:
    process, workers = busy
    process.kill()
    assert are_gone(workers)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells")
def test_ctrl_c_ends_all_and_only_the_parent_speaks_of_it(busy: tuple[subprocess.Popen[str], set[int]]) -> None:
    process, workers = busy
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert are_gone(workers)
    assert errors.count("KeyboardInterrupt") == errors.count("Traceback") == 1
