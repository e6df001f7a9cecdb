"""What is derived, as one line for each thing or pair that it is about, and the facts that such a line stands for.

Lines are kept in a table, so that it is known which facts go and which come when something changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.derive.match import Relation
from kg.model import Fact, Iri, Kind, Value
from kg.vocab import digest, term

TOGETHER: Final = "occursWith"
TOPIC: Final = "topic"
PRINCIPLE: Final = "principle"

_A, _MEMBER, _PREDICATE, _SCORE, _RULE, _ARTICLES, _SOURCES = (
    term(name)
    for name in (
        "rdf:type", "rdfs:member", "rdf:predicate", "kg:score", "kg:rule", "kg:articles", "kg:independentSources",
    )
)  # fmt: skip
_PAIR_DIGEST: Final = 16
"""Hexadecimal digits: among ten million pairs, two get the same name once in some 400,000 builds."""


@dataclass(frozen=True)
class Changes:
    """What an update changed: (subject, line before, line after), sorted; a line is "" where nothing was derived."""

    base: str
    lines: tuple[tuple[str, str, str], ...]

    def gone(self) -> Iterator[Fact]:
        """Yield the facts that do not hold any more."""
        for subject, before, after in self.lines:
            yield from _difference(self.base, subject, before, after)

    def came(self) -> Iterator[Fact]:
        """Yield the facts that did not hold before."""
        for subject, before, after in self.lines:
            yield from _difference(self.base, subject, after, before)


def _difference(base: str, subject: str, line: str, other: str) -> Iterator[Fact]:
    there = set(facts(base, subject, other))
    return (fact for fact in facts(base, subject, line) if fact not in there)


class Said:
    """The lines, in a table of a database, and what became of them since `changes` was asked last."""

    def __init__(self, db: sqlite3.Connection, base: str) -> None:
        self._db, self._base = db, base
        self._before: dict[str, str] = {}
        db.execute("CREATE TABLE IF NOT EXISTS said (subject TEXT PRIMARY KEY, line TEXT) WITHOUT ROWID")

    def say(self, subject: str, line: str) -> bool:
        """Say a line of a subject in place of the one before, or "" for nothing; return whether that is new."""
        before = self.line(subject)
        if before == line:
            return False
        self._before.setdefault(subject, before)
        if line:
            self._db.execute("INSERT OR REPLACE INTO said VALUES (?, ?)", (subject, line))
        else:
            self._db.execute("DELETE FROM said WHERE subject = ?", (subject,))
        return True

    def line(self, subject: str) -> str:
        """Return what is said of a subject, "" for nothing."""
        row = self._db.execute("SELECT line FROM said WHERE subject = ?", (subject,)).fetchone()
        return str(row[0]) if row else ""

    def changes(self) -> Changes:
        """Return what changed since this was asked last."""
        before, self._before = sorted(self._before.items()), {}
        lines = ((subject, line, self.line(subject)) for subject, line in before)
        return Changes(self._base, tuple(change for change in lines if change[1] != change[2]))

    def facts(self) -> Iterator[Fact]:
        """Yield all facts, in the order of their subjects."""
        for subject, line in self._db.execute("SELECT subject, line FROM said ORDER BY subject"):
            yield from facts(self._base, subject, line)


def facts(base: str, subject: str, line: str) -> Iterator[Fact]:
    """Yield the facts that a line stands for.

    >>> [fact.predicate.rpartition("#")[2] for fact in facts("urn:", "topic urn:t", "7 3")]
    ['articles', 'independentSources']
    """
    if not line:
        return
    kind, *ends = subject.split()
    values = line.split(maxsplit=1)
    one, *others = map(Iri, ends)
    match kind:
        case Relation.RELATED:
            yield from (Fact(one, term(f"kg:{kind}"), Iri(other)) for other in line.split())
        case "topic":
            yield from _counts(one, *values)
        case "principle":
            yield Fact(one, _SOURCES, Value(line, "integer"))
        case "occursWith":
            yield from (*_pair(base, kind, one, *others), *_counts(pair_iri(base, kind, one, *others), *values))
        case _:
            yield from _matched(base, kind, one, others[0], line)


def pair_iri(base: str, relation: str, one: Iri, other: Iri) -> Iri:
    """Name the node that holds what is known of a pair.

    >>> pair_iri("urn:", "restates", Iri("urn:a"), Iri("urn:b"))
    'urn:pair/restates-93cab333ad933245'
    """
    return Iri(f"{base}{Kind.PAIR}/{relation}-{digest(f'{one} {other}', _PAIR_DIGEST)}")


def _counts(thing: Iri, articles: str, sources: str) -> Iterator[Fact]:
    yield Fact(thing, _ARTICLES, Value(articles, "integer"))
    yield Fact(thing, _SOURCES, Value(sources, "integer"))


def _pair(base: str, relation: str, one: Iri, other: Iri) -> Iterator[Fact]:
    me = pair_iri(base, relation, one, other)
    yield Fact(me, _A, term("kg:Pair"))
    yield Fact(me, _PREDICATE, term(f"kg:{relation}"))
    yield from (Fact(me, _MEMBER, end) for end in (one, other))


def _matched(base: str, relation: str, one: Iri, other: Iri, line: str) -> Iterator[Fact]:
    """Yield the facts of two things that match: said of both, and of the pair with its score and rule."""
    score, _, rule = line.rpartition(";")
    predicate, me = term(f"kg:{relation}"), pair_iri(base, relation, one, other)
    yield from (Fact(one, predicate, other), Fact(other, predicate, one), *_pair(base, relation, one, other))
    yield Fact(me, _RULE, Value(rule))
    if score:
        yield Fact(me, _SCORE, Value(score, "decimal"))
