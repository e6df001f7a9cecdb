"""What the words of the page are in the ontology, so that a reader can save what is seen as Turtle."""

from __future__ import annotations

from typing import Final

from kg.vocab import term

_KINDS: Final = {  # its class, and the property that holds its label
    "article": ("schema:Article", "schema:headline"),
    "topic": ("kg:Topic", "skos:prefLabel"),
    "role": ("kg:Role", "skos:prefLabel"),
    "principle": ("kg:Principle", "schema:text"),
    "source": ("kg:Source", "schema:name"),
    "field": ("skos:Concept", "skos:prefLabel"),
    "code": ("schema:SoftwareSourceCode", "schema:name"),
    "other": ("", "rdfs:label"),
}
_RELATIONS: Final = {  # ^ where the ontology says it the other way round
    "is about": "schema:about",
    "mentions": "schema:mentions",
    "is for": "schema:audience",
    "is likely for": "schema:audience",
    "published by": "schema:publisher",
    "curated by": "schema:sdPublisher",
    "written by": "schema:author",
    "cites": "schema:citation",
    "filed under": "schema:articleSection",
    "is likely filed under": "schema:articleSection",
    "refers to": "schema:mentions",
    "is part of": "skos:broader",
    "applies to": "kg:appliesTo",
    "concerns": "schema:about",
    "states": "^prov:wasDerivedFrom",
}


def terms() -> dict[str, dict[str, str | tuple[str, str]]]:
    """Return the class and label property of each kind, and the property of each relation.

    >>> terms()["relations"]["states"]
    '^http://www.w3.org/ns/prov#wasDerivedFrom'
    """
    return {
        "kinds": {kind: (_iri(class_), _iri(label)) for kind, (class_, label) in _KINDS.items()},
        "relations": {relation: _iri(name) for relation, name in _RELATIONS.items()},
    }


def _iri(name: str) -> str:
    way, bare = ("^", name[1:]) if name.startswith("^") else ("", name)
    return way + term(bare) if bare else ""
