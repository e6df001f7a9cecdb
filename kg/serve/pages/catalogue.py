"""All that the pages show of one build."""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from kg.analyse import Links
from kg.serve.pages.entries import entries
from kg.serve.pages.facts import Facts
from kg.serve.pages.index import Index
from kg.store import Build


class Catalogue:
    """The facts of a build, and the list of its things."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.facts = Facts(build.store.engine, build.base)
        self._index: Index | None = None
        self._making = Lock()

    @property
    def index(self) -> Index:
        """The list of all things: where the build has none yet, the first who asks makes it, and others wait."""
        with self._making:
            if self._index is None:
                self._index = Index.open_in(self.build.folder, lambda: entries(self.facts))
            return self._index

    def close(self) -> None:
        """Let go of what was made for the pages."""
        if self._index is not None:
            self._index.close()

    @cached_property
    def title(self) -> str:
        """What the collection is called."""
        articles = list(self.files)
        return self.facts.ref(articles[0]).label if len(articles) == 1 else f"{len(articles):,} articles"

    @cached_property
    def files(self) -> dict[str, dict[str, str]]:
        """The files of each article, and the SHA-256 that each had when it was built."""
        return dict(self.build.files.items())

    @cached_property
    def ties(self) -> Links:
        """What graph questions start from, read when the first of them is asked."""
        return Links(self.build.store.engine, self.build.base)
