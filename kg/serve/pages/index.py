"""All things of a build in the order in which people want them, and found by their words: a small SQLite table.

It is made once for each build, in a file that goes with it: a collection need not fit into memory to be browsed.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.model import Kind
from kg.serve.pages.facts import Facts, named
from kg.serve.pages.paths import path_of
from kg.vocab import slug

LISTED: Final = (Kind.ARTICLE, Kind.TOPIC, Kind.ROLE, Kind.PRINCIPLE, Kind.SOURCE, Kind.FIELD, Kind.CODE)
"""The kinds that have lists of their own."""

_PAGED: Final = {*LISTED, Kind.LEVEL, Kind.LENGTH, Kind.FUNCTION, Kind.SENIORITY}
"""The kinds of thing that have pages."""

_USED: Final = (
    "SELECT ?thing (COUNT(DISTINCT ?article) AS ?n) {{ ?article a schema:Article ; {} ?thing }} GROUP BY ?thing"
)
_USES: Final = {
    Kind.TOPIC: "schema:about",
    Kind.ROLE: "schema:audience",
    Kind.SOURCE: "schema:publisher|schema:sdPublisher|schema:author|schema:citation",
    Kind.FIELD: "schema:articleSection",
    Kind.CODE: "schema:mentions",
    Kind.LEVEL: "schema:educationalLevel",
    Kind.LENGTH: "kg:length",
}
"""How articles use things of a kind."""

_INDEPENDENT: Final = "SELECT ?thing ?n { ?thing kg:independentSources ?n ; kg:statedIn ?passage }"
_MENTIONED: Final = "SELECT DISTINCT ?thing (0 AS ?n) { ?passage schema:mentions|kg:appliesTo|schema:about ?thing }"
_BESIDE: Final = "SELECT DISTINCT ?thing (-1 AS ?n) { ?thing skos:inScheme ?scheme }"
"""What no article speaks of, and what stands above or beside what one does: it has a page, but is on no list."""

_TOPICS: Final = "SELECT ?thing ?topic { ?thing kg:statedIn ?passage ; schema:about ?topic }"
_FIRMNESS: Final = {"Obligation": 2, "Prohibition": 2, "Recommendation": 2, "Preference": 1}
"""Advice comes before what is allowed or merely holds."""

_SCHEMA: Final = """
CREATE TABLE thing (
  path TEXT PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, label TEXT, uses INTEGER, weight INTEGER, day TEXT, note TEXT
);
CREATE VIRTUAL TABLE word USING fts5 (label, content='thing', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
"""
_COLUMNS: Final = "path, iri, kind, label, uses, weight, day, note"
_AMONG: Final = "WHERE iri IN (SELECT value FROM json_each(?))"
_BEST: Final = "ORDER BY day DESC, uses DESC, weight DESC, label, path"
_ORDERED: Final = "CREATE INDEX best ON thing (kind, day DESC, uses DESC, weight DESC, label, path)"
_DIGITS: Final = 8
"""Of the digest at the end of an article's name."""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that has a page.

    `uses` says how many articles use it; of a principle, how many sources state it; -1 of what none speaks of.
    """

    path: str
    iri: str
    kind: str
    label: str
    uses: int
    weight: int
    """What comes first of things with as many uses."""
    day: str
    """The day an article was published, where it is known."""
    note: str
    """Who published an article; what kind of advice a principle gives."""


class Index:
    """The things of a build: articles newest first, all else by use. `close` removes it, else the end of its use."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        folder = tempfile.mkdtemp(prefix="kg-serve-")
        self._lock = threading.Lock()
        self._data = sqlite3.connect(Path(folder, "index.db"), check_same_thread=False)
        self.close = weakref.finalize(self, _remove, self._data, folder)
        self._data.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        rows = ((e.path, e.iri, e.kind, e.label, e.uses, e.weight, e.day, e.note) for e in entries)
        self._data.executemany("INSERT OR IGNORE INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._data.execute(_ORDERED)
        self._data.execute("INSERT INTO word (word) VALUES ('rebuild')")
        self._data.commit()

    def _entries(self, where: str, *values: object) -> list[Entry]:
        with self._lock:
            rows = self._data.execute(f"SELECT {_COLUMNS} FROM thing {where}", values).fetchall()  # noqa: S608 - ours
        return [Entry(*row) for row in rows]

    def at(self, path: str) -> Entry | None:
        """Return the thing whose page is at a path."""
        return next(iter(self._entries("WHERE path = ?", path)), None)

    def of(self, iri: str) -> Entry | None:
        """Return the thing of that name."""
        return next(iter(self._entries("WHERE iri = ?", iri)), None)

    def titled(self, title: str) -> list[str]:
        """Return the articles of a title."""
        start = f"article/{slug(title)}-"
        where = "WHERE path >= ? AND path < ? AND LENGTH(path) = ? ORDER BY path"
        return [e.iri for e in self._entries(where, start, f"{start}~", len(start) + _DIGITS)]

    def best(self, iris: Iterable[str], most: int) -> list[Entry]:
        """Return the best of the things of these names."""
        return self._entries(f"{_AMONG} {_BEST} LIMIT ?", json.dumps(list(iris)), most)

    def counts(self) -> dict[str, int]:
        """Return how many things of each kind are on its list."""
        with self._lock:
            counted = self._data.execute("SELECT kind, COUNT(*) FROM thing WHERE uses >= 0 GROUP BY kind")
            return {str(kind): int(count) for kind, count in counted}

    def some(self, kind: str, most: int, start: int = 0) -> list[Entry]:
        """Return the best things of a kind, from the one at `start` on."""
        return self._entries(f"WHERE kind = ? AND uses >= 0 {_BEST} LIMIT ? OFFSET ?", kind, most, start)

    def each(self) -> Iterator[Entry]:
        """Yield all things, by path."""
        last = ""
        while some := self._entries("WHERE path > ? ORDER BY path LIMIT 500", last):
            yield from some
            last = some[-1].path

    def search(self, words: str, most: int) -> list[Entry]:
        """Return the things whose labels hold all words, or words that begin like them, the most used first."""
        tokens = _WORD.findall(words)
        if not tokens:
            return []
        match = " ".join(f'"{token}"*' for token in tokens)
        return self._entries(
            "WHERE rowid IN (SELECT rowid FROM word WHERE word MATCH ?) "
            "ORDER BY kind = 'principle', uses DESC, weight DESC, LENGTH(label), label, path LIMIT ?",
            match,
            most,
        )


def _remove(data: sqlite3.Connection, folder: str) -> None:
    data.close()
    shutil.rmtree(folder, ignore_errors=True)


def entries(facts: Facts) -> Iterator[Entry]:
    """Yield all things that have pages, with what orders them."""
    labels = facts.labels()
    publishers = {article: source for article, source, _ in facts.pairs("schema:publisher")}
    days = {article: day for article, day, _ in facts.pairs("schema:datePublished")}
    notes = {iri: modality.rpartition("#")[2] for iri, modality, _ in facts.pairs("kg:modality")}
    notes |= {article: named(labels.get(source, ""), source) for article, source in publishers.items()}
    articles = {iri: 0 for iri, _, _ in facts.pairs("kg:path") if facts.kind(iri) is Kind.ARTICLE}
    used = articles | _uses(facts) | _sources(facts, publishers) | dict(facts.counted(_INDEPENDENT))
    weights = _weights(facts, used, notes)
    for iri, uses in used.items():
        kind = facts.kind(iri)
        if kind in _PAGED:
            path, label = path_of(facts.base, iri, kind), named(labels.get(iri, ""), iri)
            weight, day, note = weights.get(iri, 0), days.get(iri, ""), notes.get(iri, "")
            yield Entry(path, iri, kind, label, uses, weight, day, note)


def _weights(facts: Facts, used: Mapping[str, int], modalities: Mapping[str, str]) -> dict[str, int]:
    """Return the weight of each principle: advice first, then what concerns the topics of most articles."""
    most = max(used.values(), default=0) + 1
    found: dict[str, int] = {}
    for principle, topic in facts.paired(_TOPICS):
        weight = _FIRMNESS.get(modalities.get(principle, ""), 0) * most + used.get(topic, 0)
        found[principle] = max(found.get(principle, 0), weight)
    return found


def _uses(facts: Facts) -> dict[str, int]:
    """Return how many articles use each thing that is no principle."""
    found: dict[str, int] = {}
    for kind, path in _USES.items():
        counted = facts.counted(_USED.format(path))
        found.update((iri, n) for iri, n in counted if facts.kind(iri) is kind)
    for iri, n in (*facts.counted(_MENTIONED), *facts.counted(_BESIDE)):
        found.setdefault(iri, n)
    return found


def _sources(facts: Facts, publishers: Mapping[str, str]) -> dict[str, int]:
    """Return how many sources state each principle."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for principle, _, article in facts.pairs("kg:statedIn"):
        found[principle].add(publishers.get(article, article))
    return {principle: len(sources) for principle, sources in found.items()}
