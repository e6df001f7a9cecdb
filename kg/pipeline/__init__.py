"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Files are read twice. The first reading finds out which files show the same article; the second makes each article's
record, a pure function of its files and the vocabulary. Both run over any number of processes and give the same result
in any order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from kg.check import Inputs, Verdict, check
from kg.errors import InputError
from kg.model import Iri, Page, Record
from kg.pipeline.articles import Failure, read_article, record, survey
from kg.pipeline.harvest import Harvest, Summary, write_html
from kg.pipeline.workers import run
from kg.read import Found, Identity, find, group, read_page
from kg.store import Build, Output
from kg.vocab import BASE

__all__ = [
    "Failure",
    "Options",
    "Summary",
    "build",
    "check_build",
    "read_article",
    "reader",
    "record",
    "write_html",
]

_FEWEST_FOR_WORKERS: Final = 64
"""Files; below that, starting a process takes longer than the work."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: the IRI that things live under, and how many processes to use (0: the number of files decides)."""

    base: str = BASE
    workers: int = 0

    def processes(self, files: int) -> int:
        """Return the number of processes for so many files."""
        return self.workers or (os.cpu_count() or 1 if files >= _FEWEST_FOR_WORKERS else 1)


def build(paths: Sequence[Path], output: Path, options: Options, tell: Callable[[str, int], None]) -> Summary:
    """Build the articles at `paths` into `output`; nothing is visible there until all of it is complete.

    `tell` hears of each stage and how many files or articles it will handle. Raises InputError when not one article is
    found, BuildError when the folder cannot be written to.
    """
    Output(output).refuse_strangers()
    found = find(paths)
    processes = options.processes(len(found.files))
    tell("reading", len(found.files))
    surveyed = list(run(partial(survey, root=found.root, base=options.base), found.files, processes))
    groups = group({path: known for path, known in surveyed if isinstance(known, Identity)})
    tell("extracting", len(groups))
    made = list(run(partial(record, root=found.root, base=options.base), groups, processes))
    records = sorted((r for r in made if isinstance(r, Record)), key=lambda r: r.iri)
    failed = sorted(
        [Failure(b.path, b.reason, "check its permissions and its name") for b in found.barred]
        + [f for failures in made if isinstance(failures, tuple) for f in failures]
        + [f for _, f in surveyed if isinstance(f, Failure)]
    )
    if not records:
        raise _nothing(paths, found, failed)
    tell("writing", len(records))
    harvest = Harvest(output, options.base, found, records, tuple(failed))
    with Output(output).new_build() as folder:
        return harvest.write(folder)


def _nothing(paths: Sequence[Path], found: Found, failed: Sequence[Failure]) -> InputError:
    where = ", ".join(str(p) for p in paths)
    if len(failed) == 1 and len(found.files) == 1:
        return InputError(failed[0].path, failed[0].reason, failed[0].hint)
    if failed:
        reasons = "; ".join(f"{f.path} {f.reason}" for f in failed[:3])
        return InputError(where, f"no article in {len(found.files)} files: {reasons}", "correct these files")
    left = f" ({len(found.skipped)} files of other kinds)" if found.skipped else ""
    return InputError(where, f"holds no article{left}", "put .txt, .md or .html files there")


def reader(build_: Build, output: Path) -> Callable[[str], Page]:
    """Return what reads an input file of a build again, wherever the two folders have been moved to together."""
    root = (output.resolve() / str(build_.report["root"])).resolve()
    return lambda path: read_page(root, path)


def check_build(build_: Build, output: Path) -> Verdict:
    """Check a whole build against its shapes and its input files."""
    articles = build_.report["articles"]
    inputs = Inputs(
        frozenset(Iri(article["article"]) for article in articles),
        {f["path"]: f["sha256"] for article in articles for f in article["files"]},
        reader(build_, output),
    )
    return check(build_.store.quads(), build_.base, inputs)
