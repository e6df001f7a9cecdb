"""The profiles of the articles and the principles that they state, in tables of a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from kg.derive.advice import Advice
from kg.derive.profile import Profile
from kg.derive.sketch import signed, stable_hash
from kg.model import Iri

_PROFILES: Final = 512
_PRINCIPLES: Final = 8192
"""How many profiles and principles are kept in memory as they were read last."""

_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS article (id INTEGER PRIMARY KEY, profile TEXT, copy INTEGER)",
    (
        "CREATE TABLE IF NOT EXISTS statement (principle INTEGER, article INTEGER, advice TEXT,"
        " PRIMARY KEY (principle, article)) WITHOUT ROWID"
    ),
    "CREATE INDEX IF NOT EXISTS stated ON statement (article)",
)


def identify(name: str) -> int:
    """Return the number by which a thing is known: 64 bits of a hash of its name, whatever else there is.

    Among ten million names two are the same once in some 370,000 collections.
    """
    return signed(stable_hash(name))


class Archive:
    """What is kept of each article and principle, by the number of its name.

    Of a principle it is kept how each of its articles words it. It counts as that one does whose number is smallest:
    the same one in whatever order they came.
    """

    profile: Callable[[int], Profile]
    advice: Callable[[int], Advice]

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for table in _TABLES:
            db.execute(table)
        profiles, principles = lru_cache(_PROFILES)(self._profile), lru_cache(_PRINCIPLES)(self._advice)
        self.profile, self.advice = profiles, principles
        self._forget_profiles, self._forget_principles = profiles.cache_clear, principles.cache_clear

    def _profile(self, article: int) -> Profile:
        ((line,),) = self._db.execute("SELECT profile FROM article WHERE id = ?", (article,))
        return Profile.from_json(line)

    def _advice(self, principle: int) -> Advice:
        ((line,),) = self._db.execute(_WORDED, (principle,))
        return Advice.from_json(line)

    def has_article(self, thing: int) -> bool:
        """Tell whether an article is there."""
        return self._db.execute("SELECT 1 FROM article WHERE id = ?", (thing,)).fetchone() is not None

    def has_principle(self, thing: int) -> bool:
        """Tell whether a principle is there."""
        return self._db.execute(_WORDED, (thing,)).fetchone() is not None

    def put(self, article: int, profile: Profile) -> None:
        """Keep an article that is not there, as no copy of another, without its principles."""
        self._db.execute("INSERT INTO article VALUES (?, ?, 0)", (article, profile.to_json()))

    def drop(self, article: int) -> None:
        """Forget an article."""
        self._db.execute("DELETE FROM article WHERE id = ?", (article,))
        self._forget_profiles()

    def is_copy(self, article: int) -> bool:
        """Tell whether an article is known as a copy of another."""
        ((copy,),) = self._db.execute("SELECT copy FROM article WHERE id = ?", (article,))
        return bool(copy)

    def set_copy(self, article: int, *, copy: bool) -> None:
        """Say whether an article is a copy of another."""
        self._db.execute("UPDATE article SET copy = ? WHERE id = ?", (copy, article))

    def stated(self, article: int) -> list[int]:
        """Return the principles that an article states."""
        return [one for (one,) in self._db.execute("SELECT principle FROM statement WHERE article = ?", (article,))]

    def words(self, principle: int, article: int) -> Advice:
        """Return a principle as an article words it."""
        sql = "SELECT advice FROM statement WHERE principle = ? AND article = ?"
        ((line,),) = self._db.execute(sql, (principle, article))
        return Advice.from_json(line)

    def state(self, principle: int, article: int, advice: Advice) -> None:
        """Say how an article words a principle."""
        self._db.execute("INSERT INTO statement VALUES (?, ?, ?)", (principle, article, advice.to_json()))

    def unstate(self, principle: int, article: int) -> None:
        """Say that an article does not state a principle any more."""
        self._db.execute("DELETE FROM statement WHERE principle = ? AND article = ?", (principle, article))

    def wording(self, principle: int, *, without: int) -> tuple[int, Advice] | None:
        """Return how a principle would be worded without an article, and by which other; None where by no other."""
        row = self._db.execute(_WORDED_OTHERWISE, (principle, without)).fetchone()
        return (row[0], Advice.from_json(row[1])) if row else None

    def reword(self) -> None:
        """Forget how principles were worded: one of them is worded otherwise now, or gone."""
        self._forget_principles()

    def stated_apart(self, one: int, other: int) -> bool:
        """Tell whether no article states both of two principles."""
        return self._db.execute(_STATED_TOGETHER, (one, other)).fetchone() is None

    def name(self, thing: int) -> Iri | None:
        """Return the IRI of an article or principle, None where there is none of that number."""
        if self.has_article(thing):
            return self.profile(thing).article
        return self.advice(thing).iri if self.has_principle(thing) else None


_WORDED: Final = "SELECT advice FROM statement WHERE principle = ? ORDER BY article LIMIT 1"
_WORDED_OTHERWISE: Final = (
    "SELECT article, advice FROM statement WHERE principle = ? AND article <> ? ORDER BY article LIMIT 1"
)
_STATED_TOGETHER: Final = (
    "SELECT 1 FROM statement AS a JOIN statement AS b ON a.article = b.article"
    " WHERE a.principle = ? AND b.principle = ? LIMIT 1"
)
