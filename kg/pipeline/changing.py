"""Build a collection, add articles to it, and remove articles from it: each makes a new build, all or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.check import sha256
from kg.derive import Derivation, read_decisions
from kg.errors import BuildError, InputError
from kg.model import Iri, Kind
from kg.pipeline.articles import Job, vocabulary
from kg.pipeline.given import Given
from kg.pipeline.harvest import Harvest, Summary, products
from kg.pipeline.options import Options, Tell, key_of, where_of
from kg.pipeline.revision import Revision, untold
from kg.query import resolve
from kg.read import File, Found, Where, find
from kg.store import DERIVED, Build, Draft, Ledger, Output, Store, Untold, open_build

_REBUILD = "was made by another version of the program, or with vocabularies that changed since"


def build(names: Sequence[str | Path], output: Path, options: Options, tell: Tell) -> Summary:
    """Build the articles at some paths, addresses, or on standard input ("-") into `output`.

    Nothing is visible there until all of it is complete. What the build before read and is unchanged is not read again.
    Raises InputError when not one article is found or a vocabulary cannot be read, BuildError when the folder cannot be
    written to.
    """
    vocabulary(options.base, options.vocabularies)  # whether it can be read is known before anything is made
    with Output(output).new_build() as draft:
        given = Given.take([str(name) for name in names], draft.folder / "inputs", options.limits)
        found = given.with_files(find(given.paths))
        where = Where(found.root, given.copies, found.folders)
        before = _reusable(output, options, where)
        revision = _revision(draft, before, options, where, tell)
        ledger = revision.store.ledger
        told = _told(given, found)
        is_told = ledger.outcomes(file="") == told
        ledger.drop_file("")
        ledger.put_outcomes(told)
        jobs = [_job(file, ledger) for file in found.files]
        for path in sorted(ledger.files().keys() - {job.file.path for job in jobs}):
            revision.forget_file(path)
        revision.read(_changed(jobs, ledger))
        revision.settle()
        if not ledger.pages_count():
            raise _nothing(names, ledger.outcomes())
        harvest = _harvest(output, draft, revision, before)
        summary = harvest.summary
        is_whole = before is not None and before.has(products(summary.articles))
        draft.is_wanted = revision.is_change or not is_told or not is_whole
        return harvest.write() if draft.is_wanted else summary


def add(names: Sequence[str | Path], output: Path, options: Options, tell: Tell) -> Summary:
    """Add the articles at some paths or addresses to a build, or replace them there; a first build where there is none.

    Options but for the number of workers are those of the build. Paths are told from the folder that it was made of.
    """
    if not (output / "report.json").exists():
        return build(names, output, options, tell)
    with Output(output).new_build() as draft:
        before = _to_go_on_from(output)
        options = Options.from_report(before.report, output, options.workers)
        there = _taken_over(draft, before, output)
        revision = _revision(draft, before, options, there, tell)
        revision.is_strict = True
        given = Given.take([str(name) for name in names], draft.folder / "inputs", options.limits, there.copies)
        found = given.with_files(find(given.paths, there.root, there.folders))
        revision.where = Where(there.root, given.copies, found.folders)
        told = _told(given, found)
        if not found.files:
            raise _nothing(names, told)
        revision.store.ledger.drop_outcomes(one.path for one in told)
        revision.store.ledger.put_outcomes(told)
        revision.read([_job(file, revision.store.ledger) for file in found.files])
        revision.settle()
        return _harvest(output, draft, revision, before).write(is_small_change=True)


def remove(names: Sequence[str], output: Path, tell: Tell) -> Summary:
    """Remove articles from a build, named by IRI, slug, title or path: undo exactly what they added.

    Raises UnknownNameError for a name that no article has; then nothing changes.
    """
    return _revise(output, tell, names=names)


def replay(decisions: Path, output: Path, tell: Tell) -> Summary:
    """Make a build hold to what a file of decisions says now, without reading any article again.

    Raises InputError for a line of the file that is no decision; then nothing changes.
    """
    return _revise(output, tell, decisions=decisions)


def _revise(output: Path, tell: Tell, names: Sequence[str] = (), decisions: Path | None = None) -> Summary:
    """Change a build without reading: take out some articles, and hold to other decisions where a file is named."""
    open_build(output)
    with Output(output).new_build() as draft:
        before = _to_go_on_from(output)
        options = Options.from_report(before.report, output)
        options = replace(options, decisions=decisions or options.decisions)
        there = _taken_over(draft, before, output)
        articles = [_article(name, before, there.root) for name in names]
        revision = _revision(draft, before, options, there, tell)
        revision.is_strict = True
        for iri in articles:
            revision.forget_article(iri)
        revision.settle()
        return _harvest(output, draft, revision, before).write(is_small_change=True)


def _article(name: str, build_: Build, root: Path) -> Iri:
    """Return the article that a name stands for, the path of any of its files included."""
    for path in (name, os.path.relpath(Path(name).resolve(), root)):
        if pages := build_.store.ledger.pages(path=path):
            return pages[0].article
    return resolve(build_.store.engine, build_.base, name, Kind.ARTICLE)


def _reusable(output: Path, options: Options, where: Where) -> Build | None:
    """Return the build before if a new one can go on from it: the same program and vocabularies, the same place."""
    try:
        before = open_build(output)
    except BuildError:
        return None
    is_same = before.is_current_format and before.report["key"] == key_of(options)
    return before if is_same and where_of(before, output).root == where.root else None


def _to_go_on_from(output: Path) -> Build:
    before = open_build(output)
    if not before.is_current_format or before.report["key"] != key_of(Options.from_report(before.report, output)):
        raise BuildError(str(output), _REBUILD, "build it again: kg build PATH")
    return before


def _taken_over(draft: Draft, build_: Build, output: Path) -> Where:
    """Take over the copies of a build into a draft, and return where its files are then."""
    draft.take_inputs(build_)
    where = where_of(build_, output)
    return Where(where.root, {n: draft.folder / "inputs" / c.name for n, c in where.copies.items()}, where.folders)


def _revision(draft: Draft, before: Build | None, options: Options, where: Where, tell: Tell) -> Revision:
    if before:
        draft.go_on_from(before)
    decisions = read_decisions(options.decisions, options.base) if options.decisions else ()
    store, derivation = Store(options.base, draft.folder), Derivation(options.base, draft.folder / DERIVED)
    known = vocabulary(options.base, options.vocabularies)
    return Revision(store, derivation, decisions, known, options, where, tell)


def _harvest(output: Path, draft: Draft, revision: Revision, before: Build | None) -> Harvest:
    """Return what a draft holds after a revision, ready to be written."""
    return Harvest(output, draft.folder, revision.store, revision.options, revision.where, revision.derivation, before)


def _told(given: Given, found: Found) -> list[Untold]:
    """Return what was found and is not even opened, sorted."""
    failed = (untold(one, "") for one in (*given.failed, *found.barred))
    return sorted([*failed, *(untold(one, "") for one in found.skipped)])


def _job(file: File, ledger: Ledger) -> Job:
    """Return what is to be done about a file: its key is "" where it cannot be opened, which reading it will tell."""
    try:
        key = f"{sha256(file.location)} {file.below}"
    except OSError:
        key = ""
    return Job(file, key, {page.path: page.key for page in ledger.pages(file=file.path)})


def _changed(jobs: Iterable[Job], ledger: Ledger) -> list[Job]:
    known = ledger.files()
    return [job for job in jobs if not job.key or known.get(job.file.path) != job.key]


def _nothing(names: Sequence[str | Path], told: Sequence[Untold]) -> InputError:
    """Return why there is not one article."""
    where, failed = ", ".join(str(name) for name in names), [one for one in told if one.is_failure]
    left_out = [one for one in told if not one.is_failure]
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
