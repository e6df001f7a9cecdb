"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Each file is read once, and each article in it made into a record at once: a pure function of its text and the
vocabulary. Only files with pages that turn out to show one article together are read once more, to join them. Both run
over any number of processes and give the same result in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kg.errors import BuildError, InputError
from kg.model import Page
from kg.pipeline.articles import Made, Outcome, lost, outcomes, read_article, read_file, record, vocabulary
from kg.pipeline.checking import check_build, whereabouts
from kg.pipeline.given import Given
from kg.pipeline.harvest import Harvest, Summary, write_html
from kg.pipeline.joining import Tell, one_for_each
from kg.pipeline.options import Options
from kg.pipeline.workers import run
from kg.read import File, Limits, Skipped, Unread, Where, find, pages_at
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


def build(names: Sequence[str | Path], output: Path, options: Options, tell: Tell) -> Summary:
    """Build the articles at some paths, addresses, or on standard input ("-") into `output`.

    Nothing is visible there until all of it is complete. Raises InputError when not one article is found or a
    vocabulary cannot be read, BuildError when the folder cannot be written to.
    """
    vocabulary(options.base, options.vocabularies)  # whether it can be read is known before anything is made
    with Output(output).new_build() as folder:
        given = Given.take([str(name) for name in names], folder / "inputs", options.limits)
        found = given.with_files(find(given.paths))
        where = Where(found.root, given.copies, found.folders)
        read = list(_read(found.files, options, tell))
        records, changed = one_for_each([o for o in read if isinstance(o, Made)], where, options, tell)
        left_out = sorted([*found.skipped, *(o for o in read if isinstance(o, Skipped))])
        failed = sorted([*given.failed, *found.barred, *(o for o in read if isinstance(o, Unread)), *changed])
        if not records:
            raise _nothing(names, left_out, failed)
        tell("writing", 0, 0, len(records))
        count = len(given.failed) + len(found.barred) + len(found.skipped) + len(read)
        harvest = Harvest(output, options, where, tuple(records), tuple(left_out), tuple(failed))
        return _accounted(harvest.write(folder), count)


def _read(files: Sequence[File], options: Options, tell: Tell) -> Iterator[Outcome]:
    """Yield the outcomes of all files, each path once, and tell how many files are done and articles found."""
    processes = options.processes(len(files))
    each: Iterable[Iterable[Outcome]]
    if processes > 1:
        each = run(partial(read_file, options=options), files, processes, lost)
    else:
        each = (outcomes(file, options) for file in files)
    paths: set[str] = set()
    for done, some in enumerate(each):
        for outcome in some:
            tell("reading", done, len(files), len(paths))
            if not isinstance(outcome, Made):
                yield outcome
            elif outcome.path in paths:
                yield Unread(outcome.path, "has the path of another article", "give one of the two another name")
            else:
                paths.add(outcome.path)
                yield outcome
    tell("reading", len(files), len(files), len(paths))


def _accounted(summary: Summary, count: int) -> Summary:
    """Return the summary of a build in which all that was found is told of.

    Raises BuildError when it is not: better no build than one that hides something.
    """
    if summary.found != count:
        what = f"tells of {summary.found} of the {count} things that were found"
        raise BuildError(str(summary.folder), what, "please report this as a bug")
    return summary


def _nothing(names: Sequence[str | Path], left_out: Sequence[Skipped], failed: Sequence[Unread]) -> InputError:
    where = ", ".join(str(name) for name in names)
    if len(failed) == 1:
        return InputError(failed[0].path, failed[0].reason, failed[0].hint)
    if failed:
        reasons = "; ".join(f"{f.path} {f.reason}" for f in failed[:3])
        return InputError(where, f"no article in {len(failed)} files: {reasons}", "correct these files")
    if len(left_out) == 1:
        return InputError(left_out[0].path, left_out[0].reason, "give it a text, or other files")
    left = f" ({len(left_out)} files of other kinds)" if left_out else ""
    return InputError(
        where, f"holds no article{left}", "put articles there: .txt, .md, .html, .pdf, .docx, .jsonl, ..."
    )


def rereader(build_: Build, output: Path) -> Callable[[Iterable[str]], Iterator[Page]]:
    """Return what reads the pages of a build again, wherever its output and its articles were moved to together."""
    where, limits = whereabouts(build_, output), Options.from_report(build_.report).limits
    return lambda paths: pages_at(paths, where, limits)
