"""All pairs of things of one kind that match, kept up to date as things come and go."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kg.derive.blocks import Blocks, Known, Pair
from kg.derive.match import Match, Relation

_T = TypeVar("_T")

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS found (kind TEXT, one INTEGER, other INTEGER, relation TEXT, score REAL, rule TEXT,"
    " PRIMARY KEY (kind, one, other)) WITHOUT ROWID"
)
"""Each pair stands there both ways."""


_STORED: Final = (
    "SELECT one, other FROM json_each(?2) CROSS JOIN found"
    " WHERE kind = ?1 AND one = json_extract(value, '$[0]') AND other = json_extract(value, '$[1]')"
)


def pair(one: int, other: int) -> Pair:
    """Return a pair in the one order in which it is known."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Matches(Generic[_T]):
    """The pairs of one kind: `keys` find candidates, `compare` says of two whether they match, `load` returns one.

    `gist` tells a little of one, and `may_match` by the gists of two where `compare` would surely find nothing: so most
    candidates are never loaded, of which there are the more, up to what the windows hold, the larger the collection is.
    """

    kind: str
    db: sqlite3.Connection
    blocks: Blocks
    keys: Callable[[_T], Sequence[int]]
    compare: Callable[[_T, _T], Match | None]
    load: Callable[[int], _T]
    gist: Callable[[_T], bytes] = lambda _: b""
    may_match: Callable[[bytes, bytes], bool] = lambda _, __: True

    def add(self, member: int) -> set[Pair]:
        """Add a member; return the pairs that came or went by it."""
        one = self.load(member)
        gist = self.gist(one)
        moved = self.blocks.add(member, self.keys(one), gist)
        lost = {two for two in self._stored(self._likely(moved.parted)) if not self._close(*two)}
        for two in lost:
            self._forget(*two)
        return lost | self._find(self._likely(((member, gist), other) for other in moved.met))

    def remove(self, member: int) -> set[Pair]:
        """Remove a member; return the pairs that came or went by it."""
        moved = self.blocks.remove(member, self.keys(self.load(member)))
        lost = {pair(member, other) for other in self.of(member)}
        for two in lost:
            self._forget(*two)
        closer = self._likely(moved.closer)
        return lost | self._find(closer - self._stored(closer))

    def _likely(self, candidates: Iterable[tuple[Known, Known]]) -> set[Pair]:
        """Return those of some candidates of which their gists do not tell that they do not match."""
        return {pair(one, other) for (one, gist), (other, its) in candidates if self.may_match(gist, its)}

    def of(self, member: int) -> dict[int, Match]:
        """Return what matches a member."""
        rows = self.db.execute(
            "SELECT other, relation, score, rule FROM found WHERE kind = ? AND one = ?", (self.kind, member)
        )
        return {other: Match(Relation(relation), score, rule) for other, relation, score, rule in rows}

    def between(self, one: int, other: int) -> Match | None:
        """Return how two members match, None where they do not."""
        row = self.db.execute(
            "SELECT relation, score, rule FROM found WHERE kind = ? AND one = ? AND other = ?", (self.kind, one, other)
        ).fetchone()
        return Match(Relation(row[0]), row[1], row[2]) if row else None

    def _stored(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Return those of some pairs that match."""
        return {pair(*two) for two in self.db.execute(_STORED, (self.kind, json.dumps(list(pairs))))}

    def _find(self, candidates: set[Pair]) -> set[Pair]:
        """Keep those candidates that match, and return them."""
        found = {two: match for two in candidates if (match := self.compare(*map(self.load, two)))}
        self.db.executemany(
            "INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)",
            (
                (self.kind, *ends, match.relation, match.score, match.rule)
                for two, match in found.items()
                for ends in (two, two[::-1])
            ),
        )
        return set(found)

    def _forget(self, one: int, other: int) -> None:
        sql = "DELETE FROM found WHERE kind = ? AND one = ? AND other = ?"
        self.db.executemany(sql, ((self.kind, one, other), (self.kind, other, one)))

    def _close(self, one: int, other: int) -> bool:
        first, second = self.load(one), self.load(other)
        return self.blocks.close(one, self.keys(first), other, self.keys(second))
