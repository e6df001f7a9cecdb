"""Read SKOS files as entries, each with what we keep of what is said of a subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.model import Iri
from kg.vocab.concept import LABELS, LINKS, SCHEMES, TITLES, language_of
from kg.vocab.names import BASE, PREFIXES, is_iri, term
from kg.vocab.parse import quads
from kg.vocab.shelf import Entry, Judge, Statement

BLANK: Final = "_:"
TYPE: Final = "rdf:type"
DEPRECATED: Final = "owl:deprecated"
EXACT: Final = "skos:exactMatch"
HAS_TOP: Final = "skos:hasTopConcept"
LITERAL: Final = "xl:literalForm"
XL_LABELS: Final = {"xl:prefLabel": LABELS[0], "xl:altLabel": LABELS[1], "xl:hiddenLabel": LABELS[2]}
"""The labels that are things of their own (SKOS-XL), each with the plain label that it stands for."""

_MORE: Final = {
    "dc:": "http://purl.org/dc/elements/1.1/",
    "owl:": "http://www.w3.org/2002/07/owl#",
    "xl:": "http://www.w3.org/2008/05/skos-xl#",
}
"""Prefixes that nothing in the graph is written in."""

_PROPERTIES: Final = (
    *(*LABELS, *LINKS, *SCHEMES, *TITLES, *XL_LABELS),
    *("skos:definition", DEPRECATED, EXACT, HAS_TOP, LITERAL, TYPE),
)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _MORE[f"{prefix}:"] + local if prefix not in PREFIXES else term(name)


_KEPT: Final = {_iri(name): name for name in _PROPERTIES}
"""The properties that are kept, by IRI."""

_LABELS: Final = frozenset(LABELS)


@dataclass(slots=True)
class Source:
    """A file of a vocabulary, and what was met in it once its entries are read."""

    path: Path
    has_concepts: bool = False
    has_xl: bool = False
    tags: dict[str | None, str] = field(default_factory=dict)
    """The languages of its literals as they are written, each with the type of the literal."""
    matches: list[tuple[Iri, Iri]] = field(default_factory=list)
    """Its concepts that match one under our base exactly, each with that."""
    _small: int = 0

    @property
    def languages(self) -> frozenset[str]:
        """The languages of its literals."""
        return frozenset(map(language_of, self.tags.values())) - {""}

    @property
    def is_small(self) -> bool:
        """Whether more of its labels begin with a small letter than do not, so that a capital means something."""
        return self._small > 0

    def entries(self, number: int, base: str, judge: Judge) -> Iterator[Entry]:
        """Yield the entries of the file, names of ours moved under `base`; `number` is the file's own.

        Raises InputError, naming the line where it is known, for a file that does not parse, and for a relative IRI.
        """
        for found, said in self._runs(f"{BLANK}{number}:"):
            subject, statements = _moved(found, said, base) if base != BASE else (found, said)
            kind, is_deprecated = judge(subject, statements)
            self._note(subject, statements, base)
            if kind:
                self._note_concept(subject)
            yield Entry(number, subject, sorted(statements), kind, is_deprecated)

    def _note(self, subject: str, statements: list[Statement], base: str) -> None:
        for name, value, _ in statements:
            if name in _LABELS:
                self._small += 1 if value[:1].islower() else -1
            elif name == EXACT and value.startswith(base):
                self.matches.append((Iri(subject), Iri(value)))
            elif name == LITERAL:
                self.has_xl = True

    def _note_concept(self, subject: str) -> None:
        self.has_concepts = True
        if not is_iri(subject):
            hint = "give the file a base: @base <https://example.org/> ."
            raise InputError(str(self.path), f"<{subject}> is no absolute IRI", hint)

    def _runs(self, blank: str) -> Iterator[tuple[str, list[Statement]]]:
        """Yield the subjects of the file, each with what is said of it in one go; blank nodes get a prefix."""
        subject, told = "", list[Statement]()
        for quad in quads(self.path):
            name = _KEPT.get(quad.predicate.value)
            if name is None:
                continue
            of, value = quad.subject, quad.object
            named = of.value if type(of) is ox.NamedNode else blank + str(of)
            if named != subject:
                if told:
                    yield subject, told
                subject, told = named, []
            if type(value) is ox.Literal:
                told.append((name, value.value, self.tags.get(value.language) or self._type(value)))
            else:
                told.append((name, value.value if type(value) is ox.NamedNode else blank + str(value), ""))
        if told:
            yield subject, told

    def _type(self, value: ox.Literal) -> str:
        """Return the tag of a literal's language, or its datatype."""
        if not value.language:
            return value.datatype.value.rpartition("#")[2]
        return self.tags.setdefault(value.language, f"@{value.language.lower()}")


def _moved(subject: str, statements: list[Statement], base: str) -> tuple[str, list[Statement]]:
    """Return what is said of a subject with all things of ours under another base."""
    told = [(name, value if type_ else _under(base, value), type_) for name, value, type_ in statements]
    return _under(base, subject), told


def _under(base: str, iri: str) -> str:
    moves = iri.startswith(BASE) and not iri.startswith(PREFIXES["kg"])
    return base + iri.removeprefix(BASE) if moves else iri
