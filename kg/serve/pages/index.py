"""All things of a build in the order in which people want them, and found by their words: a small SQLite table.

It is made once for each build, in a file that goes with it: a collection need not fit into memory to be browsed.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.model import Kind
from kg.serve.pages.facts import Facts
from kg.serve.pages.paths import path_of
from kg.vocab import slug

LISTED: Final = (Kind.ARTICLE, Kind.TOPIC, Kind.ROLE, Kind.PRINCIPLE, Kind.SOURCE, Kind.FIELD, Kind.CODE)
"""The kinds that have lists of their own."""

_PAGED: Final = {*LISTED, Kind.LEVEL, Kind.LENGTH, Kind.FUNCTION, Kind.SENIORITY} - {Kind.ARTICLE}
"""The kinds of thing beside articles that have pages."""

_USES: Final = {
    "schema:about": Kind.TOPIC,
    "schema:audience": Kind.ROLE,
    "schema:publisher": Kind.SOURCE,
    "schema:sdPublisher": Kind.SOURCE,
    "schema:author": Kind.SOURCE,
    "schema:citation": Kind.SOURCE,
    "schema:articleSection": Kind.FIELD,
    "schema:mentions": Kind.CODE,
    "schema:educationalLevel": Kind.LEVEL,
    "kg:length": Kind.LENGTH,
}
"""How articles use things, and of which kind those are."""

_SCHEMA: Final = """
CREATE TABLE thing (path TEXT PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, label TEXT, uses INTEGER, day TEXT, note TEXT);
CREATE VIRTUAL TABLE word USING fts5 (label, content='thing', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
"""
_COLUMNS: Final = "path, iri, kind, label, uses, day, note"
_ORDERED: Final = "CREATE INDEX best ON thing (kind, day DESC, uses DESC, label, path)"
_DIGITS: Final = 8
"""Of the digest at the end of an article's name."""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing in a list. `uses`: how many articles use it; of a principle, how many sources state it."""

    path: str
    iri: str
    kind: str
    label: str
    uses: int
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
        rows = ((e.path, e.iri, e.kind, e.label, e.uses, e.day, e.note) for e in entries)
        self._data.executemany("INSERT OR IGNORE INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
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

    def all_of(self, iris: Iterable[str]) -> list[Entry]:
        """Return the things of these names, best first."""
        found = (entry for iri in iris if (entry := self.of(iri)))
        return sorted(sorted(found, key=lambda e: (-e.uses, e.label, e.path)), key=lambda e: e.day, reverse=True)

    def counts(self) -> dict[str, int]:
        """Return how many things of each kind there are."""
        with self._lock:
            return dict(self._data.execute("SELECT kind, COUNT(*) FROM thing GROUP BY kind").fetchall())

    def some(self, kind: str, most: int, start: int = 0) -> list[Entry]:
        """Return the best things of a kind, from the one at `start` on."""
        order = "ORDER BY day DESC, uses DESC, label, path LIMIT ? OFFSET ?"
        return self._entries(f"WHERE kind = ? {order}", kind, most, start)

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
            "ORDER BY kind = 'principle', uses DESC, LENGTH(label), label, path LIMIT ?",
            match,
            most,
        )


def _remove(data: sqlite3.Connection, folder: str) -> None:
    data.close()
    shutil.rmtree(folder, ignore_errors=True)


def entries(facts: Facts) -> Iterator[Entry]:
    """Yield all things that articles use or are, with what orders them."""
    publishers = {article: source for article, source, _ in facts.pairs("schema:publisher")}
    days = {article: day for article, day, _ in facts.pairs("schema:datePublished")}
    for article, _, _ in facts.pairs("kg:path"):
        if facts.kind(article) is Kind.ARTICLE:
            note = facts.ref(publishers[article]).label if article in publishers else ""
            yield _entry(facts, article, 0, days.get(article, ""), note)
    for iri, uses in sorted(_uses(facts, publishers).items()):
        note = facts.first(iri, "kg:modality").rpartition("#")[2] if facts.kind(iri) is Kind.PRINCIPLE else ""
        yield _entry(facts, iri, len(uses), "", note)


def _entry(facts: Facts, iri: str, uses: int, day: str, note: str) -> Entry:
    ref = facts.ref(iri)
    return Entry(path_of(facts.base, iri, ref.kind), iri, ref.kind, ref.label, uses, day, note)


def _uses(facts: Facts, publishers: dict[str, str]) -> dict[str, set[str]]:
    """Return the articles that use each thing, and the sources that state each principle.

    What stands above or beside a thing in use is listed too, as used by none.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for property_, kind in _USES.items():
        for subject, thing, graph in facts.pairs(property_):
            if subject == graph and facts.kind(thing) is kind:
                found[thing].add(subject)
    for principle, _, article in facts.pairs("kg:statedIn"):
        found[principle].add(publishers.get(article, article))
    for property_ in ("skos:inScheme", "schema:mentions", "kg:appliesTo"):
        others = {iri for subject, thing, _ in facts.pairs(property_) for iri in (subject, thing)}
        found.update({iri: set() for iri in others - found.keys() if facts.kind(iri) in _PAGED})
    return found
