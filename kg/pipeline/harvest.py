"""Write all that makes up a build, and say what it is."""

from __future__ import annotations

import json
import os
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg import __version__
from kg.analyse import graph
from kg.check import sha256
from kg.extract import TRIED, UNTRIED
from kg.model import Kind, Record
from kg.pipeline.articles import vocabulary
from kg.pipeline.options import Options
from kg.publish import write
from kg.query import ask, questions
from kg.read import Skipped, Unread, Where
from kg.store import FORMAT, Store
from kg.vocab import Kinds, concepts_graph, prefixes, value_of

_MOST_COMMON: Final = """
SELECT ?label (COUNT(DISTINCT ?article) AS ?n) WHERE {{
  ?article a schema:Article ; {predicate} ?thing . ?thing a {class_} ; rdfs:label ?label }}
GROUP BY ?label ORDER BY DESC(?n) ?label LIMIT 1
"""

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
    examples: tuple[str, ...] = ()
    """Commands that this build can answer, such as `query reading -p role="CTO"`."""


@dataclass(frozen=True)
class Harvest:
    """The records of a build and what became of all else that was found, ready to be written."""

    output: Path
    options: Options
    where: Where
    records: Sequence[Record]
    skipped: tuple[Skipped, ...]
    failed: tuple[Unread, ...]

    def write(self, folder: Path) -> Summary:
        """Write all that makes up a build into its folder."""
        base = self.options.base
        store = Store(base, folder / "store")
        store.put(self.records, vocabulary(base, self.options.vocabularies))
        quads = list(store.quads())
        for name in ("graph.ttl", "graph.trig"):
            write(quads, base, folder / name)
        summary = self._summary(store, quads)
        report = json.dumps(self._report(summary, folder), ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(report + "\n", encoding="utf-8")
        write_html(quads, base, folder / "graph.html")
        return summary

    def _summary(self, store: Store, quads: Sequence[Any]) -> Summary:
        merged = sum(len(r.files) - 1 for r in self.records)
        return Summary(
            self.output,
            len(self.records) + merged + len(self.skipped) + len(self.failed),
            len(self.records),
            merged,
            self.skipped,
            self.failed,
            _counts(quads, self.options.base),
            dict(sorted(Counter(r.language for r in self.records if r.language not in TRIED).items())),
            tuple(_examples(store)),
        )

    def _report(self, summary: Summary, folder: Path) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": __version__,
            "base": self.options.base,
            "root": os.path.relpath(self.where.root, self.output.resolve()),
            "folders": list(self.where.folders),
            "copies": {name: copy.relative_to(folder).as_posix() for name, copy in sorted(self.where.copies.items())},
            **self.options.reported(),
            "vocabularies": list(self._vocabularies()),
            "found": summary.found,
            "merged": summary.merged,
            "articles": [
                {"article": r.iri, "files": [{"path": path, "sha256": sha256} for path, sha256 in r.files]}
                for r in self.records
            ],
            "skipped": [{"path": s.path, "reason": s.reason} for s in summary.skipped],
            "failed": [{"path": f.path, "reason": f.reason, "hint": f.hint} for f in summary.failed],
            "counts": summary.counts,
            "untried": {"what": list(UNTRIED), "articles": summary.untried},
        }

    def _vocabularies(self) -> Iterator[dict[str, Any]]:
        """Yield what is to be known of each vocabulary that the user named, its path from the output folder."""
        for path, concepts, labels in vocabulary(self.options.base, self.options.vocabularies).sizes():
            where = os.path.relpath(path.resolve(), self.output.resolve())
            yield {"path": where, "sha256": sha256(path), "concepts": concepts, "labels": labels}


def _counts(quads: Sequence[Any], base: str) -> dict[str, int]:
    """Return how many things of each kind the articles themselves speak of, whatever stands above those."""
    shared = concepts_graph(base)
    own = (q for q in quads if value_of(q.graph_name) != shared)
    things = {value_of(node) for q in own for node in (q.subject, q.object)}
    counted = Counter(map(Kinds(base, quads), things))
    return {str(kind): counted[kind] for kind in _COUNTED if counted[kind]}


def _examples(store: Store) -> Iterator[str]:
    """Yield commands that ask for what stands in this build: its most addressed role and its most frequent topic."""
    for example, class_, predicate in (
        ("query reading -p role={}", "kg:Role", "schema:audience"),
        ("why {}", "kg:Topic", "schema:about"),
    ):
        sparql = _MOST_COMMON.format(class_=class_, predicate=predicate)
        yield from (example.format(shlex.quote(label)) for label, _ in ask(store.engine, sparql, store.base).rows)


def write_html(quads: Iterable[Any], base: str, path: Path, *, sparql: bool = False) -> None:
    """Write the interactive graph of a dataset; with `sparql`, one that answers questions as well."""
    from kg import view  # noqa: PLC0415 - pyvis takes longer to load than most commands run

    held = list(quads)
    made = graph(held, base)
    articles = [data["label"] for _, data in made.nodes(data=True) if data["kind"] == Kind.ARTICLE]
    title = articles[0] if len(articles) == 1 else f"{len(articles)} articles"
    view.write_html(made, path, title=title, console=_console(held, base) if sparql else None)


def _console(quads: Iterable[Any], base: str) -> Any:  # noqa: ANN401 - view is loaded only where a page is written
    from kg.view import Console  # noqa: PLC0415

    asked = [(question.english, question.sparql) for question in questions()]
    return Console("".join(sorted(f"{quad} .\n" for quad in quads)), asked, prefixes(base))
