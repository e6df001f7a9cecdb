"""All things of a build in the order in which people want them, and found by their words: a small SQLite table.

It is made when a build is first served, in a file beside it: a collection need not fit into memory to be browsed.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, Self

from kg.serve.pages.entries import Entry
from kg.vocab import slug

_SCHEMA: Final = """
CREATE TABLE thing (
  path TEXT PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, label TEXT, uses INTEGER, weight INTEGER, day TEXT, note TEXT
);
CREATE VIRTUAL TABLE word USING fts5 (label, content='thing', tokenize='unicode61 remove_diacritics 2');
"""
_FILE: Final = "index-1.db"
"""The file, with a number that rises with what is in it: what an older version made is not read."""

_COLUMNS: Final = "path, iri, kind, label, uses, weight, day, note"
_AMONG: Final = "WHERE iri IN (SELECT value FROM json_each(?))"
_BEST: Final = "ORDER BY day DESC, uses DESC, weight DESC, label, path"
_ORDERED: Final = "CREATE INDEX best ON thing (kind, day DESC, uses DESC, weight DESC, label, path)"
_DIGITS: Final = 8
"""Of the digest at the end of an article's name."""

_WORD: Final = re.compile(r"\w+")


class Index:
    """The things of a build: articles newest first, all else by use. `close` lets go of it, else the end of its use."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._data = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self.close = weakref.finalize(self, self._data.close)

    @classmethod
    def open_in(cls, build: Path, entries: Callable[[], Iterable[Entry]]) -> Self:
        """Return the index of the build in a folder; it is made where there is none, and stays there where it can."""
        file = build / _FILE
        if file.exists():
            return cls(file)
        with tempfile.TemporaryDirectory(prefix=".index-", dir=build if os.access(build, os.W_OK) else None) as folder:
            made = Path(folder, _FILE)
            _write(made, entries())
            return cls(made.replace(file) if made.parent.parent == build else made)  # open files outlive their folder

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


def _write(file: Path, entries: Iterable[Entry]) -> None:
    with closing(sqlite3.connect(file)) as data:
        data.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        rows = ((e.path, e.iri, e.kind, e.label, e.uses, e.weight, e.day, e.note) for e in entries)
        data.executemany("INSERT OR IGNORE INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        data.execute(_ORDERED)
        data.execute("INSERT INTO word (word) VALUES ('rebuild')")
        data.commit()
