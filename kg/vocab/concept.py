"""A concept of a vocabulary: what an entry says of it, as labels by language and as facts that fit the shapes.

Real SKOS is less tidy than the standard. Here each language has one preferred label, no blank node is named, and what
nothing in the graph would explain is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kg.model import Fact, Iri, Kind, Value
from kg.vocab.names import is_iri, term
from kg.vocab.shelf import Statement

PREF: Final = "skos:prefLabel"
ALTERNATIVE: Final = ("skos:altLabel", "skos:hiddenLabel")
AMBIGUOUS: Final = "kg:ambiguousLabel"
LABELS: Final = (PREF, *ALTERNATIVE, AMBIGUOUS)
BROADER: Final = "skos:broader"
SCHEMES: Final = ("skos:inScheme", "skos:topConceptOf")
PARENTS: Final = (BROADER, "kg:field", "kg:function", "kg:seniority", *SCHEMES)
"""What leads to all that a concept stands under."""

UPWARDS: Final = frozenset(map(term, PARENTS))
"""The same, as IRIs."""

LINKS: Final = (*PARENTS, "skos:related")
TITLES: Final = (PREF, "dcterms:title", "dc:title", "rdfs:label")
"""What a scheme is called, the first that it has."""

_PREF: Final = term(PREF)
_DEFINITION: Final = "skos:definition"
_TYPE: Final = term("rdf:type")
_TAG: Final = re.compile(r"@[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_PLAIN: Final = "string"
_NO_LANGUAGE: Final = {"und", "mul", "zxx", "mis"}
_LAST_PART: Final = re.compile(r"[^/#]+(?=[/#]*$)")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its IRI, kind and English labels, and the facts that describe it.

    Labels without a language count as English ones; where there are none, `label` is in another language.
    """

    iri: Iri
    kind: Kind
    label: str
    alternatives: tuple[str, ...]
    ambiguous: tuple[str, ...]
    broader: tuple[Iri, ...]
    facts: tuple[Fact, ...] = field(repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """All its English labels, the preferred one first, those it shares with others last."""
        return (self.label, *self.alternatives, *self.ambiguous)

    def called(self, language: str) -> str:
        """Return its preferred label in a language (its primary subtag), else the one that `label` is.

        >>> facts = (Fact(Iri("urn:tea"), term("skos:prefLabel"), Value("Tee", "@de")),)
        >>> Concept(Iri("urn:tea"), Kind.TOPIC, "tea", (), (), (), facts).called("de")
        'Tee'
        """
        return next(iter(_texts(self.facts, language, PREF)), self.label)


@lru_cache(1000)
def language_of(type_: str) -> str:
    """Return the language of a label by its type, "" for a label that has none.

    >>> language_of("@pt-br"), language_of("string"), language_of("@und")
    ('pt', '', '')
    """
    language = type_[1:].partition("-")[0] if _TAG.fullmatch(type_) else ""
    return "" if language in _NO_LANGUAGE else language


def made(iri: Iri, kind: Kind, statements: Sequence[Statement], home: Iri) -> Concept:
    """Return the concept of an entry; `home` is the scheme that it is in where it names none."""
    told = list(_facts(iri, statements, home))
    shown = min((f.object for f in told if f.predicate == _PREF and isinstance(f.object, Value)), key=_rank)
    facts = tuple(sorted({*told, Fact(iri, term("rdfs:label"), shown)}, key=lambda fact: fact.key))
    return Concept(
        iri,
        kind,
        shown.text,
        tuple(_texts(facts, "en", *ALTERNATIVE)),
        tuple(_texts(facts, "en", AMBIGUOUS)),
        tuple(f.object for f in facts if f.predicate == term(BROADER) and not isinstance(f.object, Value)),
        facts,
    )


def _rank(label: Value) -> tuple[int, str, str]:
    """Return the order in which labels are shown: English ones, those of no language, others."""
    return {"en": 0, "": 1}.get(language_of(label.type), 2), label.type, label.text


def _texts(facts: Iterable[Fact], language: str, *names: str) -> list[str]:
    """Return the labels of a language and those of none, property by property."""
    told = [(f.predicate, f.object) for f in facts if isinstance(f.object, Value)]
    return [
        value.text
        for name in names
        for predicate, value in told
        if predicate == term(name) and language_of(value.type) in {language, ""}
    ]


def _facts(iri: Iri, statements: Sequence[Statement], home: Iri) -> Iterator[Fact]:
    yield Fact(iri, _TYPE, term("skos:Concept"))
    yield from _labels(iri, statements)
    yield from _first_of_each(iri, _DEFINITION, _literals(statements, _DEFINITION))
    links = [(name, value) for name, value, type_ in statements if name in LINKS and not type_ and is_iri(value)]
    yield from (Fact(iri, term(name), Iri(value)) for name, value in links if value != iri)
    schemes = {value for name, value in links if name in SCHEMES} or {home}
    yield from (Fact(iri, term(SCHEMES[0]), Iri(value)) for value in schemes)


def _labels(iri: Iri, statements: Sequence[Statement]) -> Iterator[Fact]:
    """Yield one preferred label for each language, and what else the concept is called."""
    all_ = {name: _literals(statements, name) for name in LABELS}
    preferred = list(_first_of_each(iri, PREF, all_[PREF] or all_[ALTERNATIVE[0]] or [Value(_last_part(iri))]))
    yield from preferred
    taken = {fact.object for fact in preferred}
    others = {ALTERNATIVE[0]: [*all_[ALTERNATIVE[0]], *all_[PREF]], **{n: all_[n] for n in LABELS[2:]}}
    yield from (Fact(iri, term(name), value) for name in others for value in others[name] if value not in taken)


def _first_of_each(iri: Iri, name: str, values: Iterable[Value]) -> Iterator[Fact]:
    """Yield the first value in each language."""
    first: dict[str, Value] = {}
    for value in values:
        first.setdefault(value.type, value)
    yield from (Fact(iri, term(name), value) for value in first.values())


def _literals(statements: Iterable[Statement], name: str) -> list[Value]:
    """Return what a property says, on one line each, without a tag that names no language."""
    texts = ((" ".join(value.split()), type_) for told, value, type_ in statements if told == name and type_)
    return [Value(text, type_ if _TAG.fullmatch(type_) else _PLAIN) for text, type_ in texts if text]


def scheme_facts(iri: Iri, statements: Sequence[Statement]) -> Iterator[Fact]:
    """Yield what describes a scheme: that it is one, what it is called, and what it is for."""
    yield Fact(iri, _TYPE, term("skos:ConceptScheme"))
    titles = next((found for name in TITLES if (found := _literals(statements, name))), [Value(_last_part(iri))])
    yield from _first_of_each(iri, PREF, titles)
    yield from _first_of_each(iri, _DEFINITION, _literals(statements, _DEFINITION))


def _last_part(iri: str) -> str:
    """Return what an IRI ends in, the name of a thing that nobody has named.

    >>> _last_part("https://example.org/id/tea#")
    'tea'
    """
    found = _LAST_PART.search(iri)
    return found[0] if found else iri
