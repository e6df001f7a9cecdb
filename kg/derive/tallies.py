"""How many articles and how many independent sources speak of a thing, kept up to date as articles come and go."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = 0
"""The source of articles that name none: nobody knows whether two of them are independent."""


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """How many articles speak of a thing, and how many independent sources: at least one."""

    articles: int
    sources: int


class Tallies:
    """The counts of all things, in a table of a database: one row for each thing and source that speaks of it.

    Of articles that are copies of others it counts that there are some, but not who published them. What was counted
    stands there after `write`, which goes through the table once: the things of one article stand anywhere in it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._counted: Counter[tuple[int, int, bool]] = Counter()
        db.execute(
            "CREATE TABLE IF NOT EXISTS tally (thing INTEGER, source INTEGER, own INTEGER, copies INTEGER,"
            " PRIMARY KEY (thing, source)) WITHOUT ROWID"
        )

    def count(self, things: Iterable[int], source: int, *, copy: bool) -> None:
        """Count an article of a source that speaks of some things."""
        self._counted.update((thing, source, copy) for thing in things)

    def uncount(self, things: Iterable[int], source: int, *, copy: bool) -> None:
        """Undo what counting the article did."""
        self._counted.subtract((thing, source, copy) for thing in things)

    def write(self) -> None:
        """Write down what was counted since this was done last."""
        counted = sorted((*key, n) for key, n in self._counted.items() if n)
        rows = ((thing, source, n * (not copy), n * copy) for thing, source, copy, n in counted)
        self._db.executemany(_COUNT, rows)
        self._db.executemany(_FORGET, ((thing, source) for thing, source, _, n in counted if n < 0))
        self._counted.clear()

    def of(self, thing: int) -> Tally:
        """Return how many articles and sources speak of a thing."""
        ((articles, sources),) = self._db.execute(_TOTAL, (UNKNOWN, thing))
        return Tally(articles or 0, max(1, sources or 0))

    def sources(self, thing: int) -> set[int]:
        """Return the sources that speak of a thing, `UNKNOWN` among them."""
        return {source for (source,) in self._db.execute(_SOURCES, (thing,))}


_COUNT: Final = (
    "INSERT INTO tally VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET own = own + excluded.own, copies = copies + excluded.copies"
)
_FORGET: Final = "DELETE FROM tally WHERE thing = ? AND source = ? AND own = 0 AND copies = 0"
_TOTAL: Final = "SELECT sum(own + copies), sum(own > 0 AND source <> ?) FROM tally WHERE thing = ?"
_SOURCES: Final = "SELECT source FROM tally WHERE thing = ? AND own > 0"
