"""Every IRI in the project: the prefixes, the terms of the ontology, and the one function that names things."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Final

import pyoxigraph as ox

from kg.model import Iri, Kind

BASE: Final = "https://w3id.org/article-kg/"
"""Where things live unless the user names another base."""

PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "kg": "https://w3id.org/article-kg/ontology#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of the vocabularies that the graph is written in."""

_KINDS: Final = {kind.value: kind for kind in Kind}
_LONGEST_SLUG: Final = 72
_SPOKEN: Final = (("&", " and "), ("+", " plus "), ("#", " sharp "), ("@", " at "), ("%", " percent "))
_SILENT: Final = re.compile(r"['’‘`\"“”]")
_LEADING_DOT: Final = re.compile(r"(?<!\S)\.(?=\w)")
_BREAK: Final = re.compile(r"[\W_]+")


def prefixes(base: str) -> dict[str, str]:
    """Return all prefixes, those of the things under `base` among them.

    >>> prefixes(BASE)["topic"]
    'https://w3id.org/article-kg/topic/'
    """
    return dict(sorted({**PREFIXES, **{kind.value: f"{base}{kind}/" for kind in Kind}}.items()))


@cache
def term(name: str) -> Iri:
    """Return the IRI of a prefixed name.

    >>> term("skos:prefLabel")
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """
    prefix, _, local = name.partition(":")
    return Iri(PREFIXES[prefix] + local)


def concepts_graph(base: str) -> Iri:
    """Return the name of the graph in which every shared thing is described once."""
    return Iri(f"{base}concepts")


def derived_graph(base: str) -> Iri:
    """Return the name of the graph of what follows from the articles together."""
    return Iri(f"{base}derived")


def scheme(base: str, kind: Kind) -> Iri:
    """Return the SKOS scheme that concepts of a kind stand in.

    >>> scheme(BASE, Kind.TOPIC)
    'https://w3id.org/article-kg/topics'
    """
    return Iri(f"{base}{kind[:-1]}ies" if kind.endswith("y") else f"{base}{kind}s")


def digest(text: str, length: int = 8) -> str:
    """Return the first hexadecimal digits of the SHA-256 of `text` in UTF-8.

    >>> digest("large language model")
    '9c26adb2'
    """
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:length]


def slug(label: str) -> str:
    """Return the readable, case-folded form of a label that serves as its identity.

    Labels that differ only in case, spacing, hyphens, quotes or punctuation have one slug. One that would be too
    long, or of which nothing readable is left, gets a digest instead of what was cut.

    >>> slug("Signal & Sediment"), slug("C++"), slug("Marit Oduya's Notebook")
    ('signal-and-sediment', 'c-plus-plus', 'marit-oduyas-notebook')
    """
    text = _SILENT.sub("", unicodedata.normalize("NFKC", label).casefold())
    for sign, spoken in _SPOKEN:
        text = text.replace(sign, spoken)
    text = _BREAK.sub("-", _LEADING_DOT.sub("dot ", text)).strip("-")
    if not text:
        return digest(label)
    if len(text) > _LONGEST_SLUG:
        return f"{text[:_LONGEST_SLUG].rsplit('-', 1)[0]}-{digest(text)}"
    return text


def mint(base: str, kind: Kind, label: str, identity: str = "") -> Iri:
    """Name a thing: `base`, its kind, its slug, and a digest of `identity` where the label alone does not identify it.

    The same arguments give the same IRI on every machine, in every run.

    >>> mint(BASE, Kind.ROLE, "VP of Engineering")
    'https://w3id.org/article-kg/role/vp-of-engineering'
    >>> mint(BASE, Kind.ARTICLE, "On review", "On review|Quiet Deploy")
    'https://w3id.org/article-kg/article/on-review-730603f1'
    """
    name = slug(label)
    return Iri(f"{base}{kind}/{name}-{digest(identity)}" if identity else f"{base}{kind}/{name}")


def is_iri(text: str) -> bool:
    """Tell whether a text can be the name of a thing in RDF: an absolute IRI that the engine accepts.

    >>> is_iri("https://example.org/a"), is_iri("https://example.org/[x]"), is_iri("topic:coding agent")
    (True, False, False)
    """
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def kind_of(base: str, iri: str) -> Kind | None:
    """Return the kind of thing that an IRI under `base` names, None for any other IRI.

    >>> kind_of(BASE, "https://w3id.org/article-kg/role/cto")
    <Kind.ROLE: 'role'>
    """
    if not iri.startswith(base):
        return None
    folder, _, name = iri.removeprefix(base).partition("/")
    return _KINDS.get(folder) if name else None


def compact(iri: str, names: dict[str, str]) -> str:
    """Return an IRI by the longest prefix of `names` that fits, as it is where none does.

    >>> compact("https://schema.org/about", {"schema": "https://schema.org/"})
    'schema:about'
    """
    found = max((p for p in names if iri.startswith(names[p])), key=lambda p: len(names[p]), default="")
    return f"{found}:{iri.removeprefix(names[found])}" if found else iri


def value_of(term_: object) -> str:
    """Return the text of a term of the engine: an IRI or what a literal says, nothing for no term or the default graph.

    >>> value_of(ox.Literal("a")), value_of(ox.NamedNode("urn:b")), value_of(None), value_of(ox.DefaultGraph())
    ('a', 'urn:b', '', '')
    """
    return str(getattr(term_, "value", ""))
