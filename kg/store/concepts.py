"""Describe, once, every thing that articles share: from the vocabulary, else from what the articles call it.

A pure function of the articles and the vocabulary. That is what makes a build the same whatever the order of its
articles, and what makes removing an article leave nothing behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pyoxigraph as ox

from kg.model import Fact, Iri, Kind, Value
from kg.vocab import Vocabulary, is_iri, kind_of, scheme, slug, term, value_of

_SURFACE, _FILED_UNDER = term("kg:surfaceForm"), term("kg:filedUnder")
_TYPE: Final = term("rdf:type")
_CONCEPT: Final = term("skos:Concept")
_CLASSES: Final = {
    Kind.TOPIC: (_CONCEPT, term("kg:Topic")),
    Kind.ROLE: (_CONCEPT, term("kg:Role")),
    Kind.FIELD: (_CONCEPT,),
    Kind.LEVEL: (_CONCEPT,),
    Kind.LENGTH: (_CONCEPT,),
    Kind.SOURCE: (term("kg:Source"),),
    Kind.CODE: (term("schema:SoftwareSourceCode"),),
}
"""What each kind of shared thing is. Principles are described by the articles that state them."""

_SCHEME_NAMES: Final = {
    Kind.TOPIC: "Topics",
    Kind.ROLE: "Roles",
    Kind.FIELD: "Fields",
    Kind.LEVEL: "Levels",
    Kind.LENGTH: "Lengths",
}
_ADDRESS: Final = ("http://", "https://")


_NO_USE: Final = {_TYPE, term("schema:url"), term("schema:codeRepository")}
"""Properties that lead to no thing of ours, whatever a vocabulary calls what they lead to."""


@dataclass(slots=True)
class _Used:
    """A thing that articles use: what they call it, each in the article's language, and where they file it."""

    names: set[Value] = field(default_factory=set)
    parents: set[Iri] = field(default_factory=set)


def describe(article_quads: Iterable[ox.Quad], vocabulary: Vocabulary, languages: Mapping[str, str]) -> Iterator[Fact]:
    """Yield the description of every thing that the quads of all articles use, principles excepted.

    `languages` has the language of each article that has one.
    """
    used = _used(article_quads, vocabulary, languages)
    known = [iri for iri in used if iri in vocabulary.concepts]
    yield from vocabulary.describe(known)
    for iri, use in sorted(used.items()):
        if iri not in vocabulary.concepts:
            yield from _own(iri, use, vocabulary)


def _used(quads: Iterable[ox.Quad], vocabulary: Vocabulary, languages: Mapping[str, str]) -> dict[Iri, _Used]:
    used: defaultdict[Iri, _Used] = defaultdict(_Used)
    for q in quads:
        subject, predicate = Iri(value_of(q.subject)), q.predicate.value
        if predicate == _SURFACE and isinstance(q.object, ox.Literal):
            language = languages.get(value_of(q.graph_name)) or "en"
            used[subject].names.add(Value(q.object.value, f"@{language}"))
        elif isinstance(q.object, ox.NamedNode) and predicate not in _NO_USE:
            thing = Iri(q.object.value)
            if kind_of(vocabulary.base, thing) in _CLASSES or thing in vocabulary.concepts:
                used[thing]
            if predicate == _FILED_UNDER:
                used[subject].parents.add(thing)
    return used


def _own(iri: Iri, use: _Used, vocabulary: Vocabulary) -> Iterator[Fact]:
    """Describe a thing that no vocabulary knows by the names that articles give it, in code point order."""
    kind = kind_of(vocabulary.base, iri)
    if kind not in _CLASSES:
        return
    yield from (Fact(iri, _TYPE, class_) for class_ in _CLASSES[kind])
    names = sorted(use.names, key=partial(_by_fitness, iri)) or [Value(iri.rpartition("/")[2], "@en")]
    if kind is Kind.CODE:
        yield from _code(iri, [name.text for name in names])
    elif kind is Kind.SOURCE:
        yield Fact(iri, term("schema:name"), Value(names[0].text))
    else:
        yield from _concept(iri, kind, names, use.parents, vocabulary)


def _by_fitness(iri: Iri, name: Value) -> tuple[bool, bool, Value]:
    """Return where a name comes among all: first those that the thing was named by, in small letters or an acronym."""
    is_plain = name.text == name.text.lower() or (name.text.isupper() and " " not in name.text)
    return slug(name.text) != iri.rpartition("/")[2], not is_plain, name


def _code(iri: Iri, names: list[str]) -> Iterator[Fact]:
    addresses = [name for name in names if name.startswith(_ADDRESS) and is_iri(name)]
    plain = [name for name in names if name not in addresses] or [_last_parts(addresses[0])]
    yield Fact(iri, term("schema:name"), Value(plain[0]))
    yield from (Fact(iri, term("schema:codeRepository"), Iri(address)) for address in addresses)


def _last_parts(address: str) -> str:
    """Return what people call a repository by its address: "org/repo"."""
    page = address.partition("#")[0]
    return "/".join(page.rstrip("/").removesuffix(".git").split("/")[3:]) or address


def _concept(iri: Iri, kind: Kind, names: list[Value], parents: set[Iri], vocabulary: Vocabulary) -> Iterator[Fact]:
    preferred = {name.type: name for name in reversed(names)}
    yield Fact(iri, term("rdfs:label"), preferred.get("@en") or names[0])
    yield from (Fact(iri, term("skos:prefLabel"), name) for name in preferred.values())
    yield from (Fact(iri, term("skos:altLabel"), name) for name in names if preferred[name.type] != name)
    yield from (Fact(iri, term("skos:broader"), parent) for parent in sorted(parents - {iri})[:1])
    home = scheme(vocabulary.base, kind)
    yield Fact(iri, term("skos:inScheme"), home)
    if not parents:
        yield Fact(iri, term("skos:topConceptOf"), home)
    yield Fact(home, _TYPE, term("skos:ConceptScheme"))
    yield Fact(home, term("skos:prefLabel"), Value(_SCHEME_NAMES[kind], "@en"))
