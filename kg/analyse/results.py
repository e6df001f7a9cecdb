"""What the graph questions answer with: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Iri, Thing


@dataclass(frozen=True, slots=True)
class Link:
    """One statement: the subject stands in a relation, a verb phrase, to the object."""

    subject: Thing
    relation: str
    object: Thing
    predicate: Iri


@dataclass(frozen=True, slots=True)
class Kin:
    """A related thing, how closely (more is closer), and the things through which, the most telling first."""

    thing: Thing
    score: float
    through: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """What a thing is related to, of three kinds, the closest first."""

    thing: Thing
    articles: tuple[Kin, ...]
    topics: tuple[Kin, ...]
    roles: tuple[Kin, ...]


@dataclass(frozen=True, slots=True)
class Central:
    """A central thing: its score (1 for the most central), its articles, and how it bridges communities.

    `bridging` is 0 where all that it occurs together with is of one community, near 1 where that is spread evenly over
    many.
    """

    thing: Thing
    score: float
    articles: int
    bridging: float


@dataclass(frozen=True, slots=True)
class Community:
    """Topics that occur together more than with others, the most typical first, and the articles that treat them.

    An article counts for the community of most of its topics.
    """

    name: str
    topics: tuple[Thing, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Stop:
    """An article of a reading path, its level ("" where it is not known), and the topics that it adds."""

    article: Thing
    level: str
    adds: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """What a role should read, in order, and how many of the topics that it should know are covered by that."""

    role: Thing
    stops: tuple[Stop, ...]
    covered: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Two topics that occur together in fewer articles than chance would have it, and topics that both occur with."""

    first: Thing
    second: Thing
    together: int
    expected: float
    bridges: tuple[Thing, ...]
