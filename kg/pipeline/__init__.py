"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Each file is read once, and each article in it made into a record at once: a pure function of its text and the
vocabulary. Only the pages that turn out to show one article together are read again, to be joined. Both run over any
number of processes and give the same result in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from kg.check import Inputs as Checked
from kg.check import Verdict, check
from kg.errors import InputError
from kg.model import Iri, Page, Record
from kg.pipeline.articles import Inputs, Made, merged, read_article, read_file, record
from kg.pipeline.given import Given
from kg.pipeline.harvest import Harvest, Summary, write_html
from kg.pipeline.options import Options
from kg.pipeline.workers import run
from kg.read import Found, Limits, Skipped, Unread, find, group, pages_at
from kg.store import Build, Output

__all__ = [
    "Limits",
    "Options",
    "Summary",
    "Tell",
    "build",
    "check_build",
    "read_article",
    "record",
    "rereader",
    "write_html",
]

Tell = Callable[[str, int, int], None]
"""Hears how far a build is: the stage, how many files or articles of it are done, and how many there are."""

_T = TypeVar("_T")


def build(names: Sequence[str | Path], output: Path, options: Options, tell: Tell) -> Summary:
    """Build the articles at some paths, addresses, or on standard input ("-") into `output`.

    Nothing is visible there until all of it is complete. Raises InputError when not one article is found, BuildError
    when the folder cannot be written to.
    """
    with Output(output).new_build() as folder:
        given = Given.take([str(name) for name in names], folder / "inputs", options.limits)
        found = given.with_files(find(given.paths))
        processes = options.processes(len(found.files))
        work = run(partial(read_file, options=options), found.files, processes)
        outcomes = list(chain.from_iterable(_told(work, tell, "reading", len(found.files))))
        records, unread = _joined(outcomes, Inputs(found.root, given.copies), options, tell)
        failed = sorted([*given.failed, *_barred(found), *unread])
        if not records:
            raise _nothing(names, found, failed)
        tell("writing", 0, len(records))
        skipped = (*found.skipped, *(o for o in outcomes if isinstance(o, Skipped)))
        harvest = Harvest(output, options, found.root, given.copies, records, tuple(sorted(skipped)), tuple(failed))
        return harvest.write(folder)


def _told(work: Iterable[_T], tell: Tell, stage: str, total: int) -> Iterator[_T]:
    """Pass on what work gives, and tell after each piece how far it is."""
    tell(stage, 0, total)
    for done, outcome in enumerate(work, 1):
        yield outcome
        tell(stage, done, total)


def _joined(
    outcomes: Sequence[Made | Skipped | Unread], inputs: Inputs, options: Options, tell: Tell
) -> tuple[list[Record], list[Unread]]:
    """Return one record for each article, pages that show the same one joined, and what could not be read."""
    made = {o.path: o for o in outcomes if isinstance(o, Made)}
    groups = group({path: one.identity for path, one in made.items()})
    records = [made[paths[0]].record for paths in groups if len(paths) == 1]
    several = [paths for paths in groups if len(paths) > 1]
    unread = [o for o in outcomes if isinstance(o, Unread)]
    work = run(partial(merged, inputs=inputs, options=options), several, options.processes(len(several)))
    for joined in _told(work, tell, "joining", len(several)):
        if isinstance(joined, Record):
            records.append(joined)
        else:
            unread += joined
    return sorted(records, key=lambda r: r.iri), unread


def _barred(found: Found) -> Iterator[Unread]:
    return (Unread(b.path, b.reason, "check its permissions and its name") for b in found.barred)


def _nothing(names: Sequence[str | Path], found: Found, failed: Sequence[Unread]) -> InputError:
    where = ", ".join(str(name) for name in names)
    if len(failed) == 1:
        return InputError(failed[0].path, failed[0].reason, failed[0].hint)
    if failed:
        reasons = "; ".join(f"{f.path} {f.reason}" for f in failed[:3])
        return InputError(where, f"no article in {len(failed)} files: {reasons}", "correct these files")
    left = f" ({len(found.skipped)} files of other kinds)" if found.skipped else ""
    return InputError(
        where, f"holds no article{left}", "put articles there: .txt, .md, .html, .pdf, .docx, .jsonl, ..."
    )


def rereader(build_: Build, output: Path) -> Callable[[Iterable[str]], Iterator[Page]]:
    """Return what reads the pages of a build again, wherever its output and its articles were moved to together."""
    report = build_.report
    root = (output.resolve() / str(report["root"])).resolve()
    copies = {path: build_.folder / name for path, name in report.get("copies", {}).items()}
    limits = Limits(**report.get("limits", {}))
    return lambda paths: pages_at(paths, copies, root, limits)


def check_build(build_: Build, output: Path) -> Verdict:
    """Check a whole build against its shapes and its input files."""
    articles = build_.report["articles"]
    inputs = Checked(
        frozenset(Iri(article["article"]) for article in articles),
        {f["path"]: f["sha256"] for article in articles for f in article["files"]},
        rereader(build_, output),
    )
    return check(build_.store.quads(), build_.base, inputs)
