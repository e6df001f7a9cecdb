"""What a collection holds, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model import Iri, Thing
from kg.query import Evidence


@dataclass(frozen=True, slots=True)
class Document:
    """An article of the collection; what is not known is None."""

    iri: Iri
    title: str
    path: str
    published: date | None
    publisher: str | None
    level: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic or a role, the number of articles about it or for it, and of publishers of these."""

    iri: Iri
    label: str
    articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class Advice:
    """A principle, what kind of advice it is, the number of articles that state it, and of publishers of these."""

    iri: Iri
    text: str
    modality: str
    articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class Origin:
    """A source, and the number of articles that it published, wrote or curated, and of those that cite it."""

    iri: Iri
    name: str
    articles: int
    cited: int


@dataclass(frozen=True, slots=True)
class Step:
    """One statement on the way between two things, and the words that say it."""

    subject: Thing
    relation: str
    object: Thing
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The way from one thing to another: all things on it, in order, and the step from each to the next."""

    things: tuple[Thing, ...]
    steps: tuple[Step, ...]
