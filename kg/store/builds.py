"""The folder of built things, in which a build is invisible until it is complete and then appears all at once.

```
output/
├── store, graph.ttl, graph.trig, graph.html, report.json    links into .current
├── .current                                                a link to the newest build; swapped by one atomic rename
├── .builds/3/                                               store/, ledger.db, derived.db, graph.ttl, ... of one build
└── .lock                                                    held by whoever writes, with its process number
```

A reader that opened the build before keeps it whole: the one before the newest stays on disk until the next build.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kg.errors import BuildError
from kg.model import Iri
from kg.store.dataset import LEDGER, Store
from kg.vocab import is_iri

FORMAT: Final = 3
"""The version of the layout of a build. One of a higher version is refused, not guessed at; one of a lower can be asked
and not gone on from."""

NAMES: Final = ("store", "graph.ttl", "graph.trig", "graph.html", "graph", "report.json")
"""What may stand in the output folder; "graph" holds the pages of communities where one page would be too large."""

OPENED: Final = ("graph.ttl", "graph.trig", "graph.html")
"""What people open."""
DERIVED: Final = "derived.db"
"""What is kept of the articles to find out what follows from them together."""

_REPORT: Final = "report.json"
_WITH_FILES_IN_LEDGER: Final = 3
"""The format from which on the ledger tells the files of each article; before, the report did."""


@dataclass(frozen=True)
class Build:
    """A finished build: its folder and its report."""

    folder: Path
    report: dict[str, Any]

    @property
    def base(self) -> str:
        """The base IRI of its things."""
        return str(self.report["base"])

    @cached_property
    def store(self) -> Store:
        """Its dataset, read-only."""
        return Store(self.base, self.folder, read_only=True)

    @cached_property
    def files(self) -> dict[Iri, dict[str, str]]:
        """The files of each article, and the SHA-256 that each had when it was read."""
        if int(self.report["format"]) >= _WITH_FILES_IN_LEDGER:
            return self.store.ledger.inputs()
        return {Iri(a["article"]): {f["path"]: f["sha256"] for f in a["files"]} for a in self.report["articles"]}

    def has(self, names: Iterable[str]) -> bool:
        """Tell whether files are there; some of those in `OPENED` are made only when they are asked for."""
        return all((self.folder / name).exists() for name in names)

    @property
    def is_current_format(self) -> bool:
        """Whether it can be gone on from."""
        return int(self.report["format"]) == FORMAT


def open_build(output: Path) -> Build:
    """Open the newest build in a folder.

    Raises BuildError when there is none, when the folder holds something else, or when a newer version made it.
    """
    report_file = output / _REPORT
    if not report_file.exists():
        raise BuildError(str(output), "holds no build", f"make one: kg build PATH -o {output}")
    try:
        report = json.loads(report_file.read_text(encoding="utf-8"))
        format_, made_by = int(report["format"]), str(report["version"])
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise BuildError(str(report_file), "is no report of a build", "give the output folder of kg build") from error
    if format_ > FORMAT:
        hint = "upgrade article-kg, or build again into another folder"
        raise BuildError(
            str(output), f"was built by the newer version {made_by} (format {format_}, known: {FORMAT})", hint
        )
    if not _is_whole(report):
        raise BuildError(str(report_file), "is damaged", "build again: kg build")
    return Build(report_file.resolve().parent, report)


def _is_whole(report: dict[str, Any]) -> bool:
    """Tell whether a report has all that reading its build needs."""
    try:
        articles = report.get("articles", ())
        named = [report["base"], *(article["article"] for article in articles)]
        read = [*(file for article in articles for file in article["files"]), *report.get("vocabularies", ())]
        files = [(file["path"], file["sha256"]) for file in read]
        texts = [report["root"], *report["folders"], *chain(*report["copies"].items()), *chain(*files)]
        limits = report["limits"].values()
        is_told = all(isinstance(text, str) for text in texts) and all(isinstance(limit, int) for limit in limits)
        return all(map(is_iri, named)) and is_told
    except (AttributeError, KeyError, TypeError):
        return False


@dataclass
class Draft:
    """A build that is being made, in a folder of its own; one that turns out not to be wanted leaves no trace."""

    folder: Path
    is_wanted: bool = True

    def go_on_from(self, build: Build) -> None:
        """Start with the store of a finished build, its ledger, and what was derived for it.

        The files of the store that hold the data are never written to again, so they are linked and cost nothing.
        """
        for name in (LEDGER, DERIVED):
            shutil.copy2(build.folder / name, self.folder / name)
        shutil.copytree(
            build.folder / "store", self.folder / "store", copy_function=_linked, ignore=shutil.ignore_patterns("LO*")
        )

    def take_inputs(self, build: Build) -> None:
        """Take over the copies of what was fetched or piped in for a finished build."""
        if (inputs := build.folder / "inputs").is_dir():
            shutil.copytree(inputs, self.folder / "inputs", copy_function=os.link)


def _linked(source: str, target: str) -> str:
    if source.endswith(".sst"):
        os.link(source, target)
        return target
    return str(shutil.copy2(source, target))


class Output:
    """The folder that builds are written into.

    Only one process writes at a time: raises BuildError, naming the other, when it is taken.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def new_build(self) -> Iterator[Draft]:
        """Give a fresh folder that becomes the newest build when the block ends well, and leaves no trace when not."""
        self.refuse_strangers()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            self._sweep()
            draft = Draft(self._fresh())
            try:
                yield draft
                if draft.is_wanted:
                    self._publish(draft.folder)
                else:
                    shutil.rmtree(draft.folder, ignore_errors=True)
            except BaseException:
                if self.current() != draft.folder:  # an interrupt can come when it is the newest already
                    shutil.rmtree(draft.folder, ignore_errors=True)
                raise

    def current(self) -> Path | None:
        """Return the folder of the newest build, None where there is none."""
        link = self.folder / ".current"
        return link.resolve() if link.is_symlink() and link.exists() else None

    def refuse_strangers(self) -> None:
        """Raise BuildError when building here would overwrite what others made, or cannot be."""
        if self.folder.is_symlink() and not self.folder.exists():
            raise BuildError(str(self.folder), "is a link that leads nowhere", "name a folder with -o")
        if self.folder.exists() and not self.folder.is_dir():
            raise BuildError(str(self.folder), "is a file", "name a folder with -o")
        for name in (*NAMES, ".current"):
            path = self.folder / name
            if os.path.lexists(path) and not _is_ours(path):
                hint = "move it away, or name another folder with -o"
                raise BuildError(str(path), "was not made by kg build and would be lost", hint)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.folder / ".lock").open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                who = lock.read().strip() or "unknown"
                raise BuildError(
                    str(self.folder), f"process {who} is writing here", "wait for it to end, or stop it"
                ) from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def _sweep(self) -> None:
        """Remove what an interrupted build left, and all builds but the newest and the one before it."""
        current, builds = self.current(), self.folder / ".builds"
        newest = int(current.name) if current else 0
        numbers = sorted(int(old.name) for old in builds.glob("*") if old.name.isdigit())
        kept = [number for number in numbers if number <= newest][-2:]
        for number in numbers:
            if number not in kept:
                shutil.rmtree(builds / str(number), ignore_errors=True)

    def _fresh(self) -> Path:
        current = self.current()
        number = int(current.name) + 1 if current else 1
        fresh = self.folder.resolve() / ".builds" / str(number)
        fresh.mkdir(parents=True)
        return fresh

    def relink(self) -> None:
        """Make the links to the parts of the newest build be those to the parts that it has."""
        self._link(name for name in NAMES if (self.folder / ".current" / name).exists())
        for name in NAMES:
            if not (self.folder / name).exists():
                (self.folder / name).unlink(missing_ok=True)

    def _link(self, names: Iterable[str]) -> None:
        for name in names:
            link = self.folder / name
            if not link.is_symlink():
                link.symlink_to(Path(".current") / name)

    def _publish(self, fresh: Path) -> None:
        """Make a complete build the newest: the links are there already or point to it from now on."""
        self._link(name for name in NAMES if (fresh / name).exists())
        new = self.folder / ".current.new"
        new.unlink(missing_ok=True)
        new.symlink_to(Path(".builds") / fresh.name)
        _sync(fresh)
        new.replace(self.folder / ".current")
        _sync(self.folder)
        self.relink()
        self._sweep()


def _is_ours(path: Path) -> bool:
    """Tell whether something in an output folder is a link that a build made."""
    if not path.is_symlink():
        return False
    target = path.readlink()
    return target.parent == Path(".builds") if path.name == ".current" else target == Path(".current") / path.name


def _sync(folder: Path) -> None:
    """Make sure that the entries of a folder are on disk before what depends on them."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
