"""A container is taken apart at little cost, and each part is read by itself, in any process, as all of them are."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Page
from kg.pipeline import Options, articles, reading
from kg.pipeline.articles import Job, Lost, Outcome, Task
from kg.read import File, Limits, Piece, Skipped, Unread, pages_in, pages_of, pieces, read_pages
from kg.read.formats.unpack import Budget
from tests.formats import FILES

RECORDS = tuple(f'{{"id": {n}, "title": "On hiring {n}", "text": "Hire slowly, part {n}."}}' for n in range(1, 9))
ENDED = "ended the process that worked on it (exit code 3)"
HINT = "leave it out, or give it more memory or time"


def file_of(folder: Path, name: str, data: bytes) -> File:
    (folder / name).write_bytes(data)
    return File(name, folder / name, name)


def records(folder: Path, name: str = "all.jsonl") -> File:
    return file_of(folder, name, "\n".join(RECORDS).encode())


def zipped(files: Mapping[str, bytes]) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in files.items():
                packed.writestr(name, data)
        return file.getvalue()


def one_by_one(file: File, limits: Limits | None = None) -> list[Page | Skipped | Unread]:
    """Read the last piece first, each as if it had come from another process."""
    found = [pickle.dumps(piece) for piece in pieces(file, limits)]
    read = [list(pages_of(p)) if isinstance(p := pickle.loads(data), Piece) else [p] for data in reversed(found)]  # noqa: S301 - our own
    return [one for some in reversed(read) for one in some]


@pytest.mark.parametrize("name", sorted(FILES))
def test_pieces_read_by_themselves_in_any_order_give_what_the_file_gives(tmp_path: Path, name: str) -> None:
    file = file_of(tmp_path, name, FILES[name])
    assert one_by_one(file) == list(read_pages(file))


def test_what_is_packed_inside_is_taken_apart_too_and_each_piece_has_a_path_of_its_own(tmp_path: Path) -> None:
    inner = zipped({"b.md": b"# Two\n\nAsk.\n", "c.jsonl": b"\n".join(line.encode() for line in RECORDS[:2])})
    file = file_of(
        tmp_path, "all.zip", zipped({"a.zip": inner, "a.zip/b.md": b"# One\n\nHire.\n", "d.png": b"\x89PNG"})
    )
    assert [piece.path for piece in pieces(file)] == [
        "all.zip/a.zip/b.md", "all.zip/a.zip/c.jsonl/1", "all.zip/a.zip/c.jsonl/2", "all.zip/a.zip/b.md~2",
        "all.zip/d.png",
    ]  # fmt: skip
    pages = [page for page in read_pages(file) if isinstance(page, Page)]
    assert [page.path for page in pages] == [piece.path for piece in pieces(file) if isinstance(piece, Piece)]
    assert "Hire." in pages[-1].text


def test_what_one_piece_unpacks_is_not_counted_against_another(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.zip", zipped({"1.docx": FILES["a.docx"], "2.docx": FILES["a.docx"]}))
    taken = [piece for piece in pieces(file) if isinstance(piece, Piece)]
    budgets = [piece.input.budget for piece in taken]
    assert all(isinstance(budget, Budget) for budget in budgets)
    assert budgets[0] is not budgets[1]
    tight = Limits(expanded_bytes=2 * len(FILES["a.docx"]) + 1)
    assert one_by_one(file, tight) == list(read_pages(file, tight))


def test_only_the_wanted_parts_of_a_file_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"m.eml": FILES["a.eml"], "x.jsonl": "\n".join(RECORDS).encode()}
    file = file_of(tmp_path, "all.zip", zipped(files))
    read: list[str] = []

    def seen(piece: Piece) -> Iterator[Page | Skipped | Unread]:
        read.append(piece.path)
        return pages_of(piece)

    monkeypatch.setattr("kg.read.files.pages_of", seen)
    wanted = ["all.zip/m.eml/note.md", "all.zip/x.jsonl/5", "all.zip/x.jsonl/99"]
    assert [page.path for page in pages_in(file, wanted)] == wanted[:2]
    assert read == ["all.zip/m.eml", "all.zip/x.jsonl/5"]


def test_a_part_in_which_nothing_is_found_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(records(tmp_path))
    monkeypatch.setattr(articles, "pages_of", lambda _piece: iter(()))
    [outcomes] = [list(some) for _, some in reading.read([job], Options())]
    assert outcomes == [Unread(f"all.jsonl/{n}", "holds no article", "remove it") for n in range(1, 9)]


# In processes

_READ = reading._do  # noqa: SLF001 - what a process does, before it is made deadly
_TAKE = articles.tasks


def deadly(item: tuple[int, Task | Outcome], options: Options) -> tuple[int, Sequence[Outcome]]:
    """Read a piece; the third record ends the process."""
    _, what = item
    if isinstance(what, Task) and what.piece.path == "all.jsonl/3":
        os._exit(3)
    return _READ(item, options)


def deadly_from_the_third_on(job: Job, limits: Limits) -> Iterator[Task | Skipped | Unread]:
    """Take a file apart; the third record of one ends the process."""
    for task in _TAKE(job, limits):
        if isinstance(task, Task) and task.piece.path == "all.jsonl/3":
            os._exit(3)
        yield task


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    packed = zipped({"c.md": b"# Other\n\nA text.\n", "d.txt": b""})
    files = [records(tmp_path), file_of(tmp_path, "b.md", FILES["a.md"]), file_of(tmp_path, "c.zip", packed)]
    return [Job(file) for file in files]


def outcomes(jobs: Sequence[Job], workers: int) -> list[tuple[str, list[Outcome]]]:
    return [(job.file.path, list(some)) for job, some in reading.read(jobs, Options(workers=workers))]


@pytest.mark.untraced
def test_any_number_of_processes_gives_the_same(jobs: list[Job]) -> None:
    one = outcomes(jobs, 1)
    assert [(path, len(some)) for path, some in one] == [("all.jsonl", len(RECORDS)), ("b.md", 1), ("c.zip", 2)]
    assert outcomes(jobs, 2) == one
    assert outcomes(jobs, 3) == one


@pytest.mark.untraced
def test_a_file_that_ends_the_process_which_takes_it_apart_keeps_what_came_before_and_all_other_files(
    jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, first), *others = outcomes(jobs, 1)
    monkeypatch.setattr("kg.pipeline.reading.tasks", deadly_from_the_third_on)
    assert outcomes(jobs, 2) == [("all.jsonl", [*first[:2], Lost("all.jsonl", ENDED, HINT)]), *others]


@pytest.mark.untraced
@pytest.mark.usefixtures("jobs")
def test_a_record_that_ends_its_process_costs_itself_only_and_is_read_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(output: Path, workers: int) -> list[Unread]:
        return list(pipeline.build([tmp_path / "all.jsonl"], output, Options(workers=workers), lambda *_: None).failed)

    with monkeypatch.context() as patched:
        patched.setattr("kg.pipeline.reading._do", deadly)
        assert built(tmp_path / "out", 2) == [Unread("all.jsonl/3", ENDED, HINT)]
    assert built(tmp_path / "out", 1) == []
    built(tmp_path / "fresh", 1)
    assert (tmp_path / "out" / "graph.trig").read_bytes() == (tmp_path / "fresh" / "graph.trig").read_bytes()
