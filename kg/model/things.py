"""Names and kinds of things, and the facts that are said of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

Iri = NewType("Iri", str)
"""The name of a thing. Only `kg.vocab` makes one."""


class Kind(StrEnum):
    """The kinds of thing in the graph; the value is the folder that its IRIs live in."""

    ARTICLE = "article"
    PASSAGE = "passage"
    TOPIC = "topic"
    ROLE = "role"
    PRINCIPLE = "principle"
    SOURCE = "source"
    FIELD = "field"
    LEVEL = "level"
    LENGTH = "length"
    CODE = "code"
    FUNCTION = "function"
    SENIORITY = "seniority"
    SECTION = "section"
    INFERENCE = "inference"
    PAIR = "pair"


class Value(NamedTuple):
    """A literal: its canonical lexical form, and its datatype ("string", "integer", ...) or language tag ("@en")."""

    text: str
    type: str = "string"


class Fact(NamedTuple):
    """One statement, and the passages that say it (none for what describes the file itself)."""

    subject: Iri
    predicate: Iri
    object: Iri | Value
    evidence: tuple[Iri, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """The order of facts: subject, predicate, then IRIs before literals."""
        if isinstance(self.object, Value):
            return (self.subject, self.predicate, "~", self.object.text, self.object.type)
        return (self.subject, self.predicate, self.object, "", "")


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of one article, sorted: `facts` are what it says, `shared` describes its principles."""

    iri: Iri
    path: str
    facts: tuple[Fact, ...]
    shared: tuple[Fact, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """(path, sha256) of each file that the article was read from."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """An article, topic, role, principle, source or code reference, by the name that people know it by."""

    iri: Iri
    kind: str
    label: str
