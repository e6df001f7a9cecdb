"""The newest build of an output folder, opened anew when a build has taken its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from kg.errors import BuildError
from kg.model import Page
from kg.serve.endpoint.pool import Snapshot
from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.paths import Links
from kg.serve.pages.render import Pages
from kg.store import Build, Store, open_build

Reader: TypeAlias = Callable[[Iterable[str]], Iterator[Page]]
"""What reads the pages of a build again, given their paths."""

LINKS: Final = Links("/")
_EXTRA: Final = (("questions", "Questions"), ("sparql", "SPARQL"))


@dataclass(frozen=True, slots=True)
class Means:
    """What the server needs of those who build: how the articles of a build are read again, and how it is completed.

    A small change leaves the interactive graph of many articles to be made when it is asked for.
    """

    reader: Callable[[Build, Path], Reader]
    complete: Callable[[Store, Path], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A build that is open: its pages are made from `catalogue`, its articles' texts read by `read`."""

    build: Build
    catalogue: Catalogue
    read: Reader
    complete: Callable[[Store, Path], None]

    @property
    def pages(self) -> Pages:
        """Its pages, with the links and lists that a server has."""
        return Pages(self.catalogue, lambda _: LINKS, extra=_EXTRA)

    @property
    def snapshot(self) -> Snapshot:
        """What queries are asked of."""
        return Snapshot(self.build.folder / "store", self.build.base)

    @property
    def map(self) -> Path:
        """The file of the interactive graph, which is made if it is missing."""
        self.complete(self.build.store, self.build.folder)
        return self.build.folder / "graph.html"

    def pages_of(self, article: str) -> list[Page]:
        """Return the pages of an article, as they are now; those that cannot be read any more are left out."""
        paths = self.catalogue.files.get(article, {})
        return list(islice(self.read(paths), len(paths)))


class Live:
    """An output folder, always as its newest build."""

    def __init__(self, output: Path, means: Means) -> None:
        self.output = output
        self._means = means
        self.opened = self._open()

    def prepare(self) -> None:
        """Make what the pages need, where there is none; what goes wrong is told to who asks for a page."""
        with suppress(OSError, sqlite3.Error):
            self.opened.catalogue.index  # noqa: B018

    def renew(self) -> None:
        """Open the newest build, if that is another; until then, and where it cannot be, the one before is served."""
        report = self.output / "report.json"
        if not report.exists() or report.resolve().parent == self.opened.build.folder:
            return
        # A build that is gone before it is open has been followed by another.
        with suppress(BuildError, OSError, sqlite3.Error):
            opened = self._open()
            opened.catalogue.index  # noqa: B018 - made before the pages need it
            self.opened = opened

    def close(self) -> None:
        """Let go of what was made for the pages."""
        self.opened.catalogue.close()

    def _open(self) -> Opened:
        build = open_build(self.output)
        return Opened(build, Catalogue(build), self._means.reader(build, self.output), self._means.complete)
