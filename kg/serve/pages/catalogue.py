"""All that the pages show of one build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.analyse import Links
from kg.serve.pages.facts import Facts
from kg.serve.pages.index import Index, entries
from kg.store import Build


@dataclass(frozen=True)
class Catalogue:
    """The facts of a build, and the list of its things."""

    build: Build
    facts: Facts
    index: Index

    @classmethod
    def of(cls, build: Build) -> Catalogue:
        """Read what the pages of a build need: some seconds for thousands of articles."""
        facts = Facts(build.store.engine, build.base)
        return cls(build, facts, Index(entries(facts)))

    @cached_property
    def title(self) -> str:
        """What the collection is called."""
        articles = self.index.some("article", 2)
        return articles[0].label if len(articles) == 1 else f"{len(self.files):,} articles"

    @cached_property
    def files(self) -> dict[str, dict[str, str]]:
        """The files of each article, and the SHA-256 that each had when it was built."""
        return dict(self.build.files.items())

    @cached_property
    def ties(self) -> Links:
        """What graph questions start from, read when the first of them is asked."""
        return Links(self.build.store.engine, self.build.base)
