"""The ledger of a build: what each input gave, and what the descriptions of shared things rest on.

All of it could be found out again from the articles and the store; kept in one SQLite file beside the store, it makes
adding or removing an article cost what that article is worth, however many others there are.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import BuildError
from kg.model import Iri, Kind

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
    path TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, key TEXT NOT NULL,
    title TEXT NOT NULL, publisher TEXT NOT NULL, curator TEXT NOT NULL, told TEXT NOT NULL, article TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_of_file ON page (file);
CREATE INDEX IF NOT EXISTS page_of_title ON page (title);
CREATE INDEX IF NOT EXISTS page_of_article ON page (article);
CREATE TABLE IF NOT EXISTS outcome (
    path TEXT NOT NULL, file TEXT NOT NULL, reason TEXT NOT NULL, hint TEXT NOT NULL, failed INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS outcome_of_file ON outcome (file);
CREATE TABLE IF NOT EXISTS article (
    iri TEXT PRIMARY KEY, language TEXT NOT NULL, passages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spoken_of (kind TEXT PRIMARY KEY, things INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS concept (iri TEXT PRIMARY KEY, kind TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (target TEXT, source TEXT, PRIMARY KEY (target, source)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_of_source ON link (source);
"""

NONE: Final = Iri("")
"""Stands for the article of a page of which that is not known yet."""


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """One page of an input file: its digests, by what its article is known, and the article that it shows.

    `key` is the digest of all that was read, of which `sha256` tells the file or, inside a container, the text.
    """

    path: str
    file: str
    sha256: str
    key: str
    title: str
    publisher: str = ""
    curator: str = ""
    told: tuple[str, ...] = ()
    article: Iri = NONE


@dataclass(frozen=True, slots=True, order=True)
class Untold:
    """What gave no article: where it is, the file it is in ("" where that was not even opened), why, and what to do."""

    path: str
    file: str
    reason: str
    hint: str = ""
    is_failure: bool = False


class Ledger:
    """The ledger of a build, in a file or (without a path) in memory.

    >>> ledger = Ledger()
    >>> ledger.put_pages([Leaf("a.txt", "a.txt", "9f", "7c", "on-review")])
    >>> [leaf.path for leaf in ledger.pages(title="on-review")]
    ['a.txt']
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        where = str(path or ":memory:")
        try:
            self._db = sqlite3.connect(f"file:{where}?mode=ro" if read_only else where, uri=read_only)
            if not read_only:
                # A build is invisible until it is complete: what a crash leaves of it is swept away, never read.
                self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            self._db.execute("SELECT COUNT(*) FROM file")
        except sqlite3.Error as error:
            raise BuildError(where, f"the ledger cannot be opened ({error})", "build it again: kg build") from error

    def close(self) -> None:
        """Write all to the file."""
        self._db.commit()
        self._db.close()

    # What the inputs gave

    def files(self) -> dict[str, str]:
        """Return the files that were read, each with the key under which it was."""
        return dict(self._db.execute("SELECT path, key FROM file"))

    def put_file(self, path: str, key: str) -> None:
        """Note that a file was read."""
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (path, key))

    def untold(self) -> list[str]:
        """Return the files of which nothing is told, neither a page nor why there is none."""
        query = "SELECT path FROM file WHERE path NOT IN (SELECT file FROM page UNION SELECT file FROM outcome)"
        return [path for (path,) in self._db.execute(query + " AND key != '' ORDER BY path")]

    def drop_file(self, path: str) -> None:
        """Forget a file and what in it gave no article."""
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))
        self._db.execute("DELETE FROM outcome WHERE file = ?", (path,))

    def pages(self, **known: str) -> list[Leaf]:
        """Return the pages, sorted; `known` names columns and what they must be, such as a file or an article."""
        where = " AND ".join(f"{column} = ?" for column in known)
        query = f"SELECT * FROM page {'WHERE ' if where else ''}{where} ORDER BY path"  # noqa: S608 - columns, no values
        return [_leaf(row) for row in self._db.execute(query, tuple(known.values()))]

    def pages_count(self) -> int:
        """Return how many pages there are."""
        ((count,),) = self._db.execute("SELECT COUNT(*) FROM page")
        return int(count)

    def inputs(self) -> dict[Iri, dict[str, str]]:
        """Return the articles, sorted, each with its files and the SHA-256 that each had when it was read."""
        found: dict[Iri, dict[str, str]] = {}
        for article, path, sha256 in self._db.execute("SELECT article, path, sha256 FROM page ORDER BY article, path"):
            found.setdefault(Iri(article), {})[path] = sha256
        return found

    def put_pages(self, leaves: Iterable[Leaf]) -> None:
        """Note pages, in place of those of the same path."""
        rows = ((*(getattr(n, c) for c in Leaf.__slots__[:7]), " ".join(n.told), n.article) for n in leaves)
        self._db.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_pages(self, paths: Iterable[str]) -> None:
        """Forget pages."""
        self._db.executemany("DELETE FROM page WHERE path = ?", ((path,) for path in paths))

    def name(self, article: Iri, paths: Iterable[str]) -> None:
        """Note which article some pages show, or with an empty IRI that this is to be found out."""
        self._db.executemany("UPDATE page SET article = ? WHERE path = ?", ((article, path) for path in paths))

    def outcomes(self, file: str | None = None) -> list[Untold]:
        """Return what gave no article, sorted: of all files or of one."""
        rows = self._db.execute("SELECT * FROM outcome WHERE ? IS NULL OR file = ?", (file, file))
        return sorted(Untold(path, of, reason, hint, bool(failed)) for path, of, reason, hint, failed in rows)

    def drop_outcomes(self, paths: Iterable[str]) -> None:
        """Forget what became of some paths."""
        self._db.executemany("DELETE FROM outcome WHERE path = ?", ((path,) for path in paths))

    def put_outcomes(self, outcomes: Iterable[Untold]) -> None:
        """Note what gave no article."""
        rows = ((o.path, o.file, o.reason, o.hint, o.is_failure) for o in outcomes)
        self._db.executemany("INSERT INTO outcome VALUES (?, ?, ?, ?, ?)", rows)

    # What the articles say

    def put_article(self, iri: Iri, language: str, passages: int) -> None:
        """Note an article: its language, and how many passages it has."""
        self._db.execute("INSERT INTO article VALUES (?, ?, ?)", (iri, language, passages))

    def drop_article(self, iri: Iri) -> bool:
        """Forget an article, and tell whether it was there."""
        return self._db.execute("DELETE FROM article WHERE iri = ?", (iri,)).rowcount > 0

    def languages(self) -> dict[str, int]:
        """Return in how many articles each language is spoken."""
        return dict(self._db.execute("SELECT language, COUNT(*) FROM article GROUP BY language ORDER BY language"))

    def counts(self) -> dict[str, int]:
        """Return how many things of each kind the articles speak of, and how many articles and passages there are."""
        told = Counter(dict(self._db.execute("SELECT kind, things FROM spoken_of WHERE things > 0")))
        told.update(dict(self._db.execute("SELECT kind, COUNT(*) FROM concept WHERE used GROUP BY kind")))
        articles, passages = self._db.execute("SELECT COUNT(*), TOTAL(passages) FROM article").fetchone()
        return {**told, str(Kind.ARTICLE): articles, str(Kind.PASSAGE): int(passages)}

    def count(self, changes: Mapping[str, int]) -> None:
        """Note of how many more or fewer things, which no vocabulary knows, the articles speak."""
        query = "INSERT INTO spoken_of VALUES (?, ?) ON CONFLICT DO UPDATE SET things = things + excluded.things"
        self._db.executemany(query, sorted(changes.items()))

    # Which concepts of the vocabulary are described

    def is_described(self, iri: Iri) -> bool:
        """Tell whether a concept is described."""
        return self._db.execute("SELECT 1 FROM concept WHERE iri = ?", (iri,)).fetchone() is not None

    def put_concept(self, iri: Iri, kind: str, *, is_used: bool, leads: Iterable[Iri]) -> None:
        """Note that a concept is described, and what its description leads to where that is described too."""
        self.drop_concept(iri)
        self._db.execute("INSERT INTO concept VALUES (?, ?, ?)", (iri, kind, is_used))
        self._db.executemany("INSERT OR IGNORE INTO link VALUES (?, ?)", ((target, iri) for target in leads))

    def drop_concept(self, iri: Iri) -> None:
        """Forget a concept."""
        self._db.execute("DELETE FROM concept WHERE iri = ?", (iri,))
        self._db.execute("DELETE FROM link WHERE source = ?", (iri,))

    def leading_to(self, iri: Iri) -> list[Iri]:
        """Return the described concepts whose description leads, or would lead, to one."""
        rows = self._db.execute("SELECT source FROM link WHERE target = ? ORDER BY source", (iri,))
        return [Iri(source) for (source,) in rows]


def _leaf(row: tuple[str, ...]) -> Leaf:
    path, file, sha256, key, title, publisher, curator, told, article = row
    return Leaf(path, file, sha256, key, title, publisher, curator, tuple(told.split()), Iri(article))
