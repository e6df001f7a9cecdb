"""What follows from a set of articles, kept up to date as articles come and go, in one file.

All that is derived is a function of the set of articles and of the curators' decisions, in whatever order they came. It
is told either by two profiles (that two articles are one work, that two principles agree) or by counting what speaks of
one thing; so an update looks at no more than it touches, and costs no more in a large collection than in a small one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg.derive.collection import Collection
from kg.derive.conclusions import Conclusions
from kg.derive.decisions import Decision
from kg.derive.profile import Profile
from kg.derive.said import Changes, Said
from kg.errors import BuildError
from kg.model import Fact, Iri

_MEMORY: Final = "PRAGMA cache_size = -32768"
"""KiB of the file that are kept in memory: what is looked up stands anywhere in it."""


class Derivation:
    """What follows from a set of articles, in a file that can be copied when it is closed, or (without one) in memory.

    Use it as a context manager, or close it. Raises BuildError for a file that is none of these.

    >>> with Derivation("urn:") as derived:
    ...     list(derived.update([], []).came())
    []
    """

    def __init__(self, base: str, file: Path | None = None) -> None:
        self._base = base
        try:
            self._db = sqlite3.connect(file or ":memory:", isolation_level=None)
            self._db.execute(_MEMORY)
            self._db.execute("BEGIN")
            self._begin()
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise BuildError(str(file), f"cannot be opened ({error})", "build again: kg build") from error

    def _begin(self) -> None:
        """Begin from what stands in the file."""
        self._collection, self._said = Collection(self._db), Said(self._db, self._base)
        self._conclusions = Conclusions(self._collection, self._said)

    def update(self, gone: Iterable[Iri], new: Iterable[Profile], decisions: Iterable[Decision] = ()) -> Changes:
        """Take articles out and others in (in place of those of the same name), and return what that changes.

        `decisions` are all that hold from now on. All is done or, where an error is raised, nothing.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for article in gone:
                self._collection.remove(article)
            for profile in new:
                self._collection.add(profile)
            self._collection.decide(decisions)
            self._conclusions.conclude()
            changes = self._said.changes()
        except BaseException:
            self._db.execute("ROLLBACK")
            self._begin()
            raise
        self._db.execute("COMMIT")
        return changes

    def facts(self) -> Iterator[Fact]:
        """Yield all facts that follow, each once."""
        return self._said.facts()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file."""
        self.close()
