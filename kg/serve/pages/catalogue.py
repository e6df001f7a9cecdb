"""All that the pages show of one build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.serve.pages.facts import Facts
from kg.serve.pages.index import Index, entries
from kg.store import Build


@dataclass(frozen=True)
class Catalogue:
    """The facts of a build, the list of its things, and its report."""

    facts: Facts
    index: Index
    report: dict[str, Any]

    @classmethod
    def of(cls, build: Build) -> Catalogue:
        """Read what the pages of a build need: some seconds for thousands of articles."""
        facts = Facts(build.store.engine, build.base)
        return cls(facts, Index(entries(facts)), build.report)

    @cached_property
    def title(self) -> str:
        """What the collection is called."""
        articles = self.index.some("article", 2)
        return articles[0].label if len(articles) == 1 else f"{len(self.report['articles'])} articles"

    @cached_property
    def files(self) -> dict[str, dict[str, str]]:
        """The files of each article, and the SHA-256 that each had when it was built."""
        return {a["article"]: {f["path"]: f["sha256"] for f in a["files"]} for a in self.report["articles"]}
