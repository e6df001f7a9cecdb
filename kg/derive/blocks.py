"""Find the few others that a thing may be like, among any number: sorted neighbourhoods of locality-sensitive keys.

Like things share keys. Under each key its members stand in an order that puts the most alike together, and only those
that stand close to each other are candidates: a key that ten thousand share, such as one of a frame that one publisher
puts round everything, gives each of them no more to be compared with than one that ten share. Which pairs are
candidates depends on the set of members alone, so a change at one place changes only what stands close to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

_T = TypeVar("_T")

WINDOW: Final = 4
"""How far apart, in places, two members of a key may stand to be candidates."""

Pair = tuple[int, int]
Known = tuple[int, bytes]
"""A member, and its gist: what its user wants to be told of it wherever it is met, so that most need not be loaded."""


@dataclass
class Moved:
    """What became of the candidates when one member came or went.

    `met` are the members that it stood close to; `closer` pairs of others that its going brought together, `parted`
    those that its coming drove apart under one key (another may still hold them together).
    """

    met: set[Known] = field(default_factory=set)
    closer: set[tuple[Known, Known]] = field(default_factory=set)
    parted: set[tuple[Known, Known]] = field(default_factory=set)


class Blocks:
    """The members of all keys, in a table of a database.

    A member's rank under a key is its next key: those that agree in it too stand together.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute(
            "CREATE TABLE IF NOT EXISTS entry (key INTEGER, rank INTEGER, member INTEGER, gist BLOB,"
            " PRIMARY KEY (key, rank, member)) WITHOUT ROWID"
        )

    def add(self, member: int, keys: Sequence[int], gist: bytes) -> Moved:
        """Add a member, and tell what came of it."""
        moved = Moved()
        for key, rank in _ranked(keys):
            before, behind = self._around(key, rank, member)
            moved.met.update(before, behind)
            moved.parted.update(_just_apart(before, behind))
        entries = ((*entry, member, gist) for entry in _ranked(keys))
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
        return moved

    def remove(self, member: int, keys: Sequence[int]) -> Moved:
        """Remove a member, and tell what came of it."""
        moved = Moved()
        for key, rank in _ranked(keys):
            self._db.execute("DELETE FROM entry WHERE (key, rank, member) = (?, ?, ?)", (key, rank, member))
            before, behind = self._around(key, rank, member)
            moved.met.update(before, behind)
            moved.closer.update(_just_apart(before, behind))
        return moved

    def close(self, member: int, keys: Sequence[int], other: int, others: Sequence[int]) -> bool:
        """Tell whether two members are candidates, by their keys."""
        ranks = dict(_ranked(others))
        return any(
            self._distance(key, (rank, member), (ranks[key], other)) <= WINDOW
            for key, rank in _ranked(keys)
            if key in ranks
        )

    def _around(self, key: int, rank: int, member: int) -> tuple[list[Known], list[Known]]:
        """Return the members that stand close before and behind a place, the closest first."""
        sides: tuple[list[Known], list[Known]] = ([], [])
        for side, *known in self._db.execute(_AROUND, (key, rank, member, WINDOW)):
            sides[side].append(tuple(known))
        return sides

    def _distance(self, key: int, one: Pair, other: Pair) -> int:
        first, last = sorted((one, other))
        ((places,),) = self._db.execute(_BETWEEN, (key, *first, *last, WINDOW + 1))
        return int(places)


_AROUND: Final = (
    "SELECT * FROM (SELECT 0, member, gist FROM entry WHERE key = ?1 AND (rank, member) < (?2, ?3)"
    " ORDER BY rank DESC, member DESC LIMIT ?4)"
    " UNION ALL SELECT * FROM (SELECT 1, member, gist FROM entry WHERE key = ?1 AND (rank, member) > (?2, ?3)"
    " ORDER BY rank, member LIMIT ?4)"
)
_BETWEEN: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM entry WHERE key = ? AND (rank, member) > (?, ?) AND (rank, member) <= (?, ?)"
    " LIMIT ?)"
)


def _ranked(keys: Sequence[int]) -> Iterator[Pair]:
    """Yield each key once, with the rank under it.

    >>> list(_ranked([7, 3, 7]))
    [(7, 3), (3, 7)]
    """
    ranks: dict[int, int] = {}
    for at, key in enumerate(keys):
        ranks.setdefault(key, keys[(at + 1) % len(keys)])
    yield from ranks.items()


def _just_apart(before: Sequence[_T], behind: Sequence[_T]) -> Iterator[tuple[_T, _T]]:
    """Yield the pairs across a place that one more between them puts too far apart.

    >>> list(_just_apart([11, 12], [21, 22, 23, 24]))
    [(11, 24), (12, 23)]
    """
    for steps, member in enumerate(before, 1):
        if 0 <= WINDOW - steps < len(behind):
            yield member, behind[WINDOW - steps]
