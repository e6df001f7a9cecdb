"""Write all that makes up a build, and say what it is."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg import __version__
from kg.check import seal, sha256
from kg.derive import Derivation
from kg.errors import BuildError
from kg.extract import TRIED, UNTRIED
from kg.model import Kind
from kg.pipeline.articles import vocabulary
from kg.pipeline.options import Options, key_of
from kg.publish import write
from kg.query import ask, bind, questions
from kg.read import Skipped, Unread, Where
from kg.store import FORMAT, OPENED, Build, Store
from kg.vocab import prefixes

_FEW: Final = 50
"""Articles: up to so many, writing what people open takes some two seconds, and is done after every change."""

_MANY: Final = 1000
"""Articles: of more, the interactive graph, a quarter of a megabyte for each, takes more memory than all the rest."""

_PAGE: Final = "graph.html"
_DATASET: Final = "graph.trig"

_MOST_COMMON: Final = """
SELECT ?label {{
  {{ SELECT ?thing (COUNT(*) AS ?n) {{
       {{ SELECT ?thing {{ GRAPH ?article {{ ?article {predicate} ?thing }} }} LIMIT 10000 }} }}
     GROUP BY ?thing }}
  ?thing a {class_} ; rdfs:label ?label }}
ORDER BY DESC(?n) ?label LIMIT 1
"""
"""Counted is what articles say, up to so many statements: an example is worth no more time in a large collection."""

_COUNTED: Final = (
    Kind.ARTICLE,
    Kind.TOPIC,
    Kind.ROLE,
    Kind.PRINCIPLE,
    Kind.SOURCE,
    Kind.FIELD,
    Kind.CODE,
    Kind.PASSAGE,
)


@dataclass(frozen=True)
class Summary:
    """What a build found and made."""

    folder: Path
    found: int
    articles: int
    merged: int
    skipped: tuple[Skipped, ...]
    failed: tuple[Unread, ...]
    counts: dict[str, int]
    """How many things of each kind the articles speak of."""
    untried: dict[str, int] = field(default_factory=dict)
    """Languages in which not all was looked for, and how many articles are in each."""


@dataclass(frozen=True)
class Harvest:
    """The store of a build that is being made in a folder, ready to be published from there."""

    output: Path
    folder: Path
    store: Store
    options: Options
    where: Where
    derivation: Derivation
    before: Build | None = None
    """The build that this one goes on from."""

    def write(self, *, is_small_change: bool = False) -> Summary:
        """Write all that makes up a build beside its store."""
        if untold := self.store.ledger.untold():
            raise BuildError(untold[0], "was read, and nothing is told of it", "please report this as a bug")
        summary = self.summary
        report = self._report(summary)
        self.store.close()
        self.derivation.close()
        if names := products(summary.articles, is_small_change=is_small_change):
            complete(Store(self.options.base, self.folder, read_only=True), self.folder, names)
        report["files"] = self._sealed()
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (self.folder / "report.json").write_text(text + "\n", encoding="utf-8")
        return summary

    def _sealed(self) -> dict[str, str]:
        if self.before:
            return seal(self.folder, self.before.folder, self.before.report["files"])
        return seal(self.folder)

    @cached_property
    def summary(self) -> Summary:
        """What the build found and made."""
        ledger = self.store.ledger
        counts, told = ledger.counts(), ledger.outcomes()
        pages = ledger.pages_count()
        return Summary(
            self.output,
            pages + len(told),
            counts[Kind.ARTICLE],
            pages - counts[Kind.ARTICLE],
            tuple(Skipped(one.path, one.reason) for one in told if not one.is_failure),
            tuple(Unread(one.path, one.reason, one.hint) for one in told if one.is_failure),
            {str(kind): counts[kind] for kind in _COUNTED if counts.get(kind)},
            {language: count for language, count in ledger.languages().items() if language not in TRIED},
        )

    def _report(self, summary: Summary) -> dict[str, Any]:
        copies = sorted(self.where.copies.items())
        return {
            "format": FORMAT,
            "version": __version__,
            "key": key_of(self.options),
            "base": self.options.base,
            "root": os.path.relpath(self.where.root, self.output.resolve()),
            "folders": list(self.where.folders),
            "copies": {name: copy.relative_to(self.folder).as_posix() for name, copy in copies},
            **self.options.reported(),
            "vocabularies": list(self._vocabularies()),
            "decisions": self._path(self.options.decisions) if self.options.decisions else "",
            "found": summary.found,
            "merged": summary.merged,
            "skipped": [{"path": s.path, "reason": s.reason} for s in summary.skipped],
            "failed": [{"path": f.path, "reason": f.reason, "hint": f.hint} for f in summary.failed],
            "counts": summary.counts,
            "untried": {"what": list(UNTRIED), "articles": summary.untried},
        }

    def _path(self, file: Path) -> str:
        """Return the path of a file from the output folder."""
        return os.path.relpath(file.resolve(), self.output.resolve())

    def _vocabularies(self) -> Iterator[dict[str, Any]]:
        """Yield what is to be known of each vocabulary that the user named, its path from the output folder."""
        for path, concepts, labels in vocabulary(self.options.base, self.options.vocabularies).sizes():
            yield {"path": self._path(path), "sha256": sha256(path), "concepts": concepts, "labels": labels}


def products(articles: int, *, is_small_change: bool = False) -> tuple[str, ...]:
    """Return which of the files that people open are made with a build of so many articles, and not when asked for."""
    if is_small_change and articles > _FEW:
        return ()
    return OPENED if articles <= _MANY else tuple(name for name in OPENED if name != _PAGE)


def complete(store: Store, folder: Path, names: Iterable[str] = OPENED) -> None:
    """Write files that people open of a build, as far as they are not there; the dataset first.

    The others are made from that file where it is: it is read several times as fast as the store.
    """
    missing = [name for name in names if not (folder / name).exists()]
    for name in sorted(missing, key=lambda name: name != _DATASET):
        there = (folder / _DATASET).exists()
        quads = ox.parse(path=folder / _DATASET, format=ox.RdfFormat.TRIG, lenient=True) if there else store.quads()
        (write_html if name == _PAGE else write)(quads, store.base, folder / name)


def examples(build_: Build) -> Iterator[str]:
    """Yield commands that a build can answer, about its most addressed role and its most frequent topic.

    Such as `query reading -p role=CTO`.
    """
    store = build_.store
    for example, class_, predicate in (
        ("query reading -p role={}", "kg:Role", "schema:audience"),
        ("why {}", "kg:Topic", "schema:about"),
    ):
        sparql = _MOST_COMMON.format(class_=class_, predicate=predicate)
        yield from (example.format(shlex.quote(label)) for (label,) in ask(store.engine, sparql, store.base).rows)


def write_html(quads: Iterable[Any], base: str, path: Path, *, sparql: bool = False) -> None:
    """Write the interactive graph of a dataset; with `sparql`, one that answers questions as well."""
    from kg import view  # noqa: PLC0415 - pyvis and networkx take longer to load than most commands run
    from kg.analyse import graph  # noqa: PLC0415

    held = list(quads) if sparql else quads
    made = graph(held, base)
    articles = [data["label"] for _, data in made.nodes(data=True) if data["kind"] == Kind.ARTICLE]
    title = articles[0] if len(articles) == 1 else f"{len(articles)} articles"
    view.write_html(made, path, title=title, console=_console(held, base) if sparql else None)


def _console(quads: Iterable[Any], base: str) -> Any:  # noqa: ANN401 - view is loaded only where a page is written
    from kg.view import Console  # noqa: PLC0415

    asked = [(question.english, bind(question, {}, ox.Store(), base)) for question in questions()]  # by default
    return Console("".join(sorted(f"{quad} .\n" for quad in quads)), asked, prefixes(base))
