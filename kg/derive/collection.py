"""The articles of a collection and what is known of them together; a change tells what it touches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from kg.derive.advice import Advice
from kg.derive.agreement import compare, keys
from kg.derive.alike import related, same_text, text_keys, topic_keys
from kg.derive.archive import Archive, identify
from kg.derive.blocks import Blocks, Pair
from kg.derive.decisions import Decision, Verdict
from kg.derive.gist import gist, may_match
from kg.derive.matches import TABLE, Matches, pair
from kg.derive.profile import Profile
from kg.derive.tallies import UNKNOWN, Tallies
from kg.model import Iri


@dataclass
class Touched:
    """What a change touches: what is said of it must be told anew.

    `works` and `principles` are pairs that match or did; `related` the articles whose related ones may be others;
    `counted` the principles, and `topics` and `together` the topics, of which an article came, went or became a copy.
    """

    works: set[Pair] = field(default_factory=set)
    principles: set[Pair] = field(default_factory=set)
    related: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    topics: set[Iri] = field(default_factory=set)
    together: set[tuple[Iri, Iri]] = field(default_factory=set)
    names: dict[int, Iri] = field(default_factory=dict)
    """Names of articles and principles that came or went."""


class Collection:
    """The articles, and what is known of them together, in a database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute(TABLE)
        db.execute("CREATE TABLE IF NOT EXISTS decision (line TEXT PRIMARY KEY)")
        db.execute(
            "CREATE TABLE IF NOT EXISTS decided (one INTEGER, other INTEGER, verdict TEXT, PRIMARY KEY (one, other))"
            " WITHOUT ROWID"
        )
        self.archive, self.tallies, blocks = Archive(db), Tallies(db), Blocks(db)
        self.texts = Matches("text", db, blocks, text_keys, same_text, self.archive.profile)
        self.subjects = Matches("subject", db, blocks, topic_keys, related, self.archive.profile)
        self.advice = Matches("advice", db, blocks, keys, compare, self.archive.advice, gist, may_match)
        self.touched = Touched()

    def add(self, profile: Profile) -> None:
        """Add an article, in place of the one of the same name."""
        self.remove(profile.article)
        me = identify(profile.article)
        self.archive.put(me, profile)
        self.touched.names[me] = profile.article
        for one in profile.principles:
            self._state(identify(one.iri), me, one)
        self._touch(me, self.texts.add(me), self.subjects.add(me))
        self._count(me, copy=False)

    def remove(self, article: Iri) -> None:
        """Remove an article, if it is there."""
        me = identify(article)
        if not self.archive.has_article(me):
            return
        self.touched.names[me] = article
        self._touch(me, self.texts.remove(me), self.subjects.remove(me))
        self._uncount(me)
        for principle in self.archive.stated(me):
            self._unstate(principle, me)
        self.archive.drop(me)

    def _touch(self, article: int, works: set[Pair], related_: set[Pair]) -> None:
        self.touched.works |= works | self._decided_pairs(article)
        self.touched.related |= {article, *(end for two in related_ for end in two)}

    def _state(self, principle: int, article: int, words: Advice) -> None:
        """Add a statement; where the principle now counts as this article words it, compare it anew."""
        self.touched.names[principle] = words.iri
        before = self.archive.wording(principle, without=article)
        reworded = before is None or (article < before[0] and words != before[1])
        if before and reworded:
            self._forget(principle)
        self.archive.state(principle, article, words)
        if reworded:
            self._compare(principle)

    def _unstate(self, principle: int, article: int) -> None:
        """Remove a statement; where the principle counted as this article words it, compare it anew."""
        words = self.archive.words(principle, article)
        self.touched.names[principle] = words.iri
        after = self.archive.wording(principle, without=article)
        reworded = after is None or (article < after[0] and words != after[1])
        if reworded:
            self._forget(principle)
        self.archive.unstate(principle, article)
        if after and reworded:
            self._compare(principle)

    def _forget(self, principle: int) -> None:
        self.touched.principles |= self.advice.remove(principle) | self._decided_pairs(principle)
        self.archive.reword()

    def _compare(self, principle: int) -> None:
        self.touched.principles |= self.advice.add(principle) | self._decided_pairs(principle)

    def recount(self, article: int, *, copy: bool) -> None:
        """Count an article anew, as a copy of another or as none."""
        self._uncount(article)
        self.archive.set_copy(article, copy=copy)
        self._count(article, copy=copy)

    def _count(self, article: int, *, copy: bool) -> None:
        profile = self.archive.profile(article)
        self.tallies.count(self._counted(article, profile), _source(profile), copy=copy)

    def _uncount(self, article: int) -> None:
        profile, copy = self.archive.profile(article), self.archive.is_copy(article)
        self.tallies.uncount(self._counted(article, profile), _source(profile), copy=copy)

    def _counted(self, article: int, profile: Profile) -> list[int]:
        """Return the numbers of all that an article is counted for; the counts of these are touched."""
        principles = self.archive.stated(article)
        topics = [topic for topic, _ in profile.topics]
        together = set(combinations(topics, 2))
        self.touched.counted.update(principles)
        self.touched.topics.update(topics)
        self.touched.together |= together
        return [*principles, *map(tally_key, topics), *(tally_key(*two) for two in together)]

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Hold these decisions, and no others."""
        known = {line for (line,) in self._db.execute("SELECT line FROM decision")}
        wanted = {str(one): one for one in decisions}
        for line in sorted(known - wanted.keys()):
            self._decide(line, "DELETE FROM decision WHERE line = ?", "DELETE FROM decided WHERE (one, other) = (?, ?)")
        for line in sorted(wanted.keys() - known):
            put = f"INSERT INTO decided VALUES (?, ?, '{wanted[line].verdict}')"  # noqa: S608 - one of two words
            self._decide(line, "INSERT INTO decision VALUES (?)", put)

    def _decide(self, line: str, of_line: str, of_pair: str) -> None:
        one, other = map(identify, line.split()[1:])
        self._db.execute(of_line, (line,))
        self._db.executemany(of_pair, ((one, other), (other, one)))
        self.touched.works.add(pair(one, other))
        self.touched.principles.add(pair(one, other))

    def verdict(self, one: int, other: int) -> Verdict | None:
        """Return what was decided about two things."""
        row = self._db.execute("SELECT verdict FROM decided WHERE one = ? AND other = ?", (one, other)).fetchone()
        return Verdict(row[0]) if row else None

    def decided(self, thing: int) -> set[int]:
        """Return the things about which and this one something was decided."""
        return {other for (other,) in self._db.execute("SELECT other FROM decided WHERE one = ?", (thing,))}

    def _decided_pairs(self, thing: int) -> set[Pair]:
        return {pair(thing, other) for other in self.decided(thing)}


def tally_key(*topics: str) -> int:
    """Return the number by which it is counted what speaks of a topic, or of two together."""
    return identify(" ".join(("about", *topics)))


def _source(profile: Profile) -> int:
    return identify(f"source {profile.source}") if profile.source else UNKNOWN
