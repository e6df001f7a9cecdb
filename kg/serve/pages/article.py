"""An article as its digest reads: what is known of it, section by section, each sentence with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.facts import Facts, Ref, Statements
from kg.vocab import term

_PLACE: Final = re.compile(r"\.((?:\d+\.)?\d+-\d+)$")


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """Exact words of an article. `place` names where they stand, on the page of the article's text."""

    file: str
    start: int
    end: int
    exact: str
    place: str
    section: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """A principle of an article, and the sentences that state it."""

    ref: Ref
    modality: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """All that is known of one article, in the order of its digest."""

    ref: Ref
    url: str
    day: str
    language: str
    abstract: str
    is_abstract_inferred: bool
    refs: dict[str, list[Ref]]
    """Things by what they are to the article: publisher, curator, authors, fields, levels, lengths, topics, ..."""
    sentences: dict[str, list[Sentence]]
    """Sentences by what they are: summary, takeaway, insight, method, practice."""
    principles: list[Advice]
    keywords: list[str]
    others: list[str]
    """Titles of related articles that are not in this collection."""
    empty: list[str]
    """The sections that stand empty in it: what they would say is not known."""


_REFS: Final = {
    "publisher": "schema:publisher",
    "curator": "schema:sdPublisher",
    "authors": "schema:author",
    "fields": "schema:articleSection",
    "levels": "schema:educationalLevel",
    "lengths": "kg:length",
    "topics": "schema:about",
    "roles": "schema:audience",
    "cited": "schema:citation",
    "code": "schema:mentions",
}
_SENTENCES: Final = ("summary", "takeaway", "insight", "method", "practice")


def article(catalogue: Catalogue, iri: str) -> Article:
    """Return what is known of an article."""
    facts = catalogue.facts
    said = facts.said_in(iri)
    inferred = dict(_inferred(said))
    refs = {name: sorted(_refs(facts, said, iri, p, inferred)) for name, p in _REFS.items()}
    related, others = _related(catalogue, iri, _all(said, iri, "kg:relatedTitle"))
    sentences = {name: sorted(_sentences(said, iri, f"kg:{name}", inferred)) for name in _SENTENCES}
    derived = inferred.get((term("schema:abstract"), ""))
    return Article(
        facts.ref(iri),
        next((u for u in _all(said, iri, "schema:url") if u.startswith(("http://", "https://"))), ""),
        _one(said, iri, "schema:datePublished"),
        _one(said, iri, "schema:inLanguage"),
        _one(said, iri, "schema:abstract"),
        derived is not None,
        {**refs, "related": related, "copies": facts.refs(iri, "kg:sameWorkAs")},
        {**sentences, "summary": sentences["summary"] or sorted(_sentence(said, iri, p) for p in derived or ())},
        sorted(_principles(facts, said, iri), key=lambda advice: (advice.sentences, advice.ref)),
        _all(said, iri, "schema:keywords"),
        others,
        _all(said, iri, "kg:emptySection"),
    )


def passages(said: Statements, iri: str) -> Iterator[Sentence]:
    """Yield every passage of an article."""
    for (subject, property_), values in said.items():
        if property_ == term("schema:isPartOf") and iri in values:
            yield _sentence(said, iri, subject)


def sentence(facts: Facts, passage: str) -> Sentence:
    """Return one passage of any article."""
    iri = facts.first(passage, "schema:isPartOf")
    file = facts.first(passage, "kg:path") or facts.first(iri, "kg:path")
    start, end = (int(facts.first(passage, p) or 0) for p in ("kg:start", "kg:end"))
    return Sentence(
        file, start, end, facts.first(passage, "kg:exact"), place(passage), facts.first(passage, "kg:section")
    )


def place(passage: str) -> str:
    """Return the name of a passage's place on the page of its article's text.

    >>> place("https://example.org/passage/on-review-730603f1.2.120-155")
    '2.120-155'
    """
    found = _PLACE.search(passage)
    return found[1] if found else ""


def _all(said: Statements, subject: str, property_: str) -> list[str]:
    return said.get((subject, term(property_)), [])


def _one(said: Statements, subject: str, property_: str) -> str:
    return "".join(_all(said, subject, property_)[:1])


def _sentence(said: Statements, iri: str, passage: str, *, inferred: bool = False) -> Sentence:
    file = _one(said, passage, "kg:path") or _one(said, iri, "kg:path")
    start, end = (int(_one(said, passage, p) or 0) for p in ("kg:start", "kg:end"))
    exact, section = _one(said, passage, "kg:exact"), _one(said, passage, "kg:section")
    return Sentence(file, start, end, exact, place(passage), section, inferred)


def _inferred(said: Statements) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Yield what was found out about an article: property and object, and the passages it was derived from."""
    for subject, property_ in said:
        if property_ == term("kg:inferred"):
            yield (
                (_one(said, subject, "rdf:predicate"), _one(said, subject, "rdf:object")),
                _all(said, subject, "prov:wasDerivedFrom"),
            )


def _refs(
    facts: Facts, said: Statements, iri: str, property_: str, inferred: dict[tuple[str, str], list[str]]
) -> Iterator[Ref]:
    for thing in _all(said, iri, property_):
        ref = facts.ref(thing)
        yield Ref(ref.label, ref.kind, ref.iri, (term(property_), thing) in inferred)


def _sentences(
    said: Statements, iri: str, property_: str, inferred: dict[tuple[str, str], list[str]]
) -> Iterator[Sentence]:
    for passage in _all(said, iri, property_):
        yield _sentence(said, iri, passage, inferred=(term(property_), passage) in inferred)


def _principles(facts: Facts, said: Statements, iri: str) -> Iterator[Advice]:
    for (subject, property_), stated in said.items():
        if property_ == term("kg:statedIn"):
            modality = facts.first(subject, "kg:modality").rpartition("#")[2]
            yield Advice(
                facts.ref(subject), modality, tuple(sorted(_sentence(said, iri, passage) for passage in stated))
            )


def _related(catalogue: Catalogue, iri: str, titles: list[str]) -> tuple[list[Ref], list[str]]:
    """Return the related articles that are here, those that the article names itself first, and the other titles."""
    named = {title: catalogue.index.titled(title) for title in titles}
    here = [catalogue.facts.ref(other) for others in named.values() for other in others if other != iri]
    near = catalogue.facts.refs(iri, "kg:relatedTo")
    return list(dict.fromkeys([*here, *near])), [title for title, others in named.items() if not others]


def kind_of_advice(modality: str) -> str:
    """Return what kind of advice a modality is, in the words of who gives it.

    >>> kind_of_advice("Prohibition")
    'must not'
    """
    return {"Obligation": "must", "Recommendation": "should", "Prohibition": "must not", "Permission": "may",
            "Preference": "rather", "Observation": "holds"}.get(modality, modality)  # fmt: skip
