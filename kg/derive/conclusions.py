"""Conclude from what is known of the articles together what is said of them, for what a change touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.derive.blocks import Pair
from kg.derive.collection import Collection, Touched, tally_key
from kg.derive.decisions import Verdict
from kg.derive.match import Match, Relation
from kg.derive.matches import pair
from kg.derive.said import PRINCIPLE, TOGETHER, TOPIC, Said
from kg.derive.tallies import UNKNOWN, Tally
from kg.model import Iri

_MOST_RELATED: Final = 5
"""Articles that are named as related to one: as many as a reader looks at."""

_CURATED: Final = "curator"


@dataclass
class Conclusions:
    """Says what follows from a collection; what depends on other conclusions is concluded after them."""

    collection: Collection
    said: Said

    def conclude(self) -> None:
        """Say anew what was touched since this was asked last."""
        touched = self.collection.touched
        for two in sorted(touched.works):
            self._say(two, Relation.SAME_WORK, self._work(*two))
        ends = {end for two in touched.works for end in two}
        self._recognise_copies(ends)
        self.collection.tallies.write()
        self._compare_principles()
        self._count_topics()
        self._relate(touched.related | ends)
        self.collection.touched = Touched()

    def _say(self, two: Pair, relation: Relation, match: Match | None) -> bool:
        """Say what two things are to each other; return whether that is new."""
        names = [self._name(thing) for thing in two]
        subject = " ".join((relation, *sorted(filter(None, names))))
        return all(names) and self.said.say(subject, _line(match) if match and match.relation is relation else "")

    def _name(self, thing: int) -> Iri | None:
        """Return the name of an article or principle that is there, or just was; others stand only in decisions."""
        return self.collection.touched.names.get(thing) or self.collection.archive.name(thing)

    def _judged(self, two: Pair, found: Match | None, relation: Relation) -> Match | None:
        """Return what was decided about two things that are there, else what was found."""
        verdict = self.collection.verdict(*two)
        return Match(relation, 0, _CURATED) if verdict is Verdict.SAME else found if verdict is None else None

    def _work(self, one: int, other: int) -> Match | None:
        if not all(map(self.collection.archive.has_article, (one, other))):
            return None
        return self._judged((one, other), self.collection.texts.between(one, other), Relation.SAME_WORK)

    def _publications(self, article: int) -> set[int]:
        """Return the other publications of an article's work."""
        candidates = {*self.collection.texts.of(article), *self.collection.decided(article)}
        return {other for other in candidates if self._work(article, other)}

    def _recognise_copies(self, articles: Iterable[int]) -> None:
        """Tell which of some articles are copies: all publications of a work but the first."""
        archive = self.collection.archive
        for article in sorted(filter(archive.has_article, articles)):
            age = archive.profile(article).age
            copy = any(archive.profile(other).age < age for other in self._publications(article))
            if copy != archive.is_copy(article):
                self.collection.recount(article, copy=copy)

    def _agreement(self, one: int, other: int) -> Match | None:
        """Return what two principles are to each other, as far as it counts that different sources state them."""
        found = self.collection.advice.between(one, other)
        if not (found or all(map(self.collection.archive.has_principle, (one, other)))):
            return None
        if found and not self._counts(found.relation, one, other):
            found = None
        return self._judged((one, other), found, Relation.RESTATES)

    def _counts(self, relation: Relation, one: int, other: int) -> bool:
        if relation is Relation.TENSION:
            return self.collection.archive.stated_apart(one, other)
        sources = self.collection.tallies.sources(one) | self.collection.tallies.sources(other)
        return len(sources) > 1 or (sources == {UNKNOWN} and self.collection.archive.stated_apart(one, other))

    def _compared(self, principle: int) -> set[int]:
        """Return the principles of which it was found or decided how they stand to one."""
        return {*self.collection.advice.of(principle), *self.collection.decided(principle)}

    def _restating(self, principle: int) -> set[int]:
        agreed = ((other, self._agreement(principle, other)) for other in self._compared(principle))
        return {other for other, match in agreed if match and match.relation is Relation.RESTATES}

    def _compare_principles(self) -> None:
        touched = self.collection.touched
        changed: set[int] = set()
        beside = {pair(one, other) for one in touched.counted for other in self._compared(one)}
        for two in sorted(touched.principles | beside):
            match = self._agreement(*two)
            for relation in (Relation.RESTATES, Relation.TENSION):
                if self._say(two, relation, match):
                    changed.update(two)
        near = {end for two in beside for end in two}
        for principle in sorted(touched.counted | changed | near):
            self._count_principle(principle)

    def _count_principle(self, principle: int) -> None:
        there = self.collection.archive.has_principle(principle)
        same = {principle, *self._restating(principle)} if there else ()
        sources = {source for one in same for source in self.collection.tallies.sources(one)} - {UNKNOWN}
        self.said.say(f"{PRINCIPLE} {self._name(principle)}", str(max(1, len(sources))) if there else "")

    def _count_topics(self) -> None:
        """Say how many articles and sources speak of a topic, and of two together where two articles do."""
        touched, tallies = self.collection.touched, self.collection.tallies
        alone, together = ((TOPIC, topic) for topic in touched.topics), ((TOGETHER, *two) for two in touched.together)
        places = sorted((tally_key(*topics), (subject, *topics)) for subject, *topics in (*alone, *together))
        lines = {" ".join(names): _counted(tallies.of(place), len(names) - 1) for place, names in places}
        for subject, line in sorted(lines.items()):  # both tables are gone through once, in their own orders
            self.said.say(subject, line)

    def _relate(self, articles: Iterable[int]) -> None:
        """Say which articles are most about what each of some is about, other publications of its work left out."""
        archive = self.collection.archive
        for article in sorted(articles):
            near = self.collection.subjects.of(article)
            others = near.keys() - self._publications(article)
            best = sorted((-near[other].score, archive.profile(other).article) for other in others)[:_MOST_RELATED]
            self.said.say(f"{Relation.RELATED} {self._name(article)}", " ".join(name for _, name in best))


def _counted(tally: Tally, topics: int) -> str:
    return f"{tally.articles} {tally.sources}" if tally.articles >= topics else ""


def _line(match: Match) -> str:
    """Return a match as it is said: its score in the canonical form of a decimal number, and its rule."""
    score = f"{match.score:.2f}".rstrip("0").rstrip(".")
    return f"{score if match.rule != _CURATED else ''};{match.rule}"
