"""Which entries of a shelf are concepts, of what kind each is, and the concepts themselves, made when asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from kg.model import Iri, Kind
from kg.vocab.concept import LABELS, PREF, SCHEMES, Concept, language_of, made
from kg.vocab.forms import normal_form
from kg.vocab.names import kind_of, scheme, term
from kg.vocab.shelf import Entry, Shelf, Statement
from kg.vocab.skos import BLANK, DEPRECATED, HAS_TOP, LITERAL, TYPE, XL_LABELS, Source

SPOKEN: Final = (Kind.TOPIC, Kind.ROLE)
"""What running text speaks of; their labels are looked up together."""

_KINDS: Final = (*SPOKEN, Kind.FIELD, Kind.LEVEL, Kind.LENGTH, Kind.FUNCTION, Kind.SENIORITY, Kind.SECTION)
_UNTOLD: Final = "concept"
_TYPES: Final = {term("kg:Topic"): Kind.TOPIC.value, term("kg:Role"): Kind.ROLE.value}
_CONCEPTS: Final = frozenset({term("skos:Concept"), *_TYPES})
_OTHERS: Final = frozenset({term(f"skos:{name}") for name in ("ConceptScheme", "Collection", "OrderedCollection")})
_OF_CONCEPTS: Final = frozenset({*LABELS, *XL_LABELS, *SCHEMES})
"""What only concepts have, and schemes and collections, which say that they are such."""

_TELLING: Final = frozenset({TYPE, *SCHEMES})
_TRUE: Final = frozenset({"true", "1"})
_REMEMBERED: Final = 20_000


class StatedKind:
    """Tells of an entry the kind of concept that its name, type or scheme states, and whether it is deprecated.

    It is a concept when it is typed so, or named or filed as concepts are and typed as nothing else.

    >>> StatedKind("https://example.org/")("urn:tea", [("skos:prefLabel", "tea", "@en")])
    ('concept', False)
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._told = {**_TYPES, **{scheme(base, kind): kind.value for kind in _KINDS}}

    def __call__(self, subject: str, statements: list[Statement]) -> tuple[str, bool]:
        """Return the kind, "concept" where none is stated, "" for what is no concept; and whether it is deprecated."""
        names = {name for name, _, _ in statements}
        telling = {value for name, value, _ in statements if name in _TELLING}
        if subject.startswith(BLANK) or not self._is_concept(names, telling):
            return "", False
        is_deprecated = DEPRECATED in names and any(n == DEPRECATED and v in _TRUE for n, v, _ in statements)
        return self._kind(subject, telling), is_deprecated

    def _is_concept(self, names: set[str], telling: set[str]) -> bool:
        if not telling.isdisjoint(_CONCEPTS):
            return True
        return telling.isdisjoint(_OTHERS) and HAS_TOP not in names and not names.isdisjoint(_OF_CONCEPTS)

    def _kind(self, subject: str, telling: set[str]) -> str:
        if kind := kind_of(self._base, subject):
            return kind.value if kind in _KINDS else ""
        return min([self._told[Iri(value)] for value in telling if value in self._told], default=_UNTOLD)


class ConceptKinds:
    """The kinds of the concepts on a shelf; those of the sources before number `own` are the user's.

    A concept of the user's of which no kind is stated is what the concept of ours is that it matches, a role where its
    preferred label is one of a role of ours, else a topic.
    """

    def __init__(self, base: str, shelf: Shelf, sources: Sequence[Source], own: int) -> None:
        self._base, self._shelf = base, shelf
        matches = (match for source in sources[:own][::-1] for match in source.matches[::-1])
        self.exact = {ours: theirs for theirs, ours in matches if self._is_in_use(theirs)}
        """The concepts of ours that one of the user's matches exactly, each with the first that does."""
        self._matched = {theirs: ours for ours, theirs in self.exact.items()}
        self.ours = range(bisect_left(range(len(shelf)), own, key=lambda number: shelf[number].source), len(shelf))
        """The numbers of our entries, but for those that the user adds to."""
        self.of = lru_cache(_REMEMBERED)(lambda number: self.kind(shelf[number]))

    def _is_in_use(self, iri: Iri) -> bool:
        number = self._shelf.find(iri)
        return number is not None and not self._shelf[number].is_deprecated

    def kind(self, entry: Entry) -> Kind | None:
        """Return the kind of the concept that an entry is, None where it is none."""
        if entry.kind == _UNTOLD:
            return self._as_ours(entry)
        return Kind(entry.kind) if entry.kind else None

    def is_among(self, entry: Entry, kinds: Sequence[Kind]) -> bool:
        """Tell whether an entry is a concept of some kinds; topic or role is found out only where one of them is."""
        spoken = set(SPOKEN) & set(kinds)
        if entry.kind == _UNTOLD and len(spoken) != 1 and Iri(entry.subject) not in self._matched:
            return bool(spoken)
        return self.kind(entry) in kinds

    def _as_ours(self, entry: Entry) -> Kind:
        """Return the kind of the concept of ours that a concept of the user's is, TOPIC where it is none."""
        if ours := self._matched.get(Iri(entry.subject)):
            return kind_of(self._base, ours) or Kind.TOPIC
        told = plain(entry.statements, self._shelf)
        labels = (text for name, text, type_ in told if name == PREF and language_of(type_) in {"en", ""})
        return Kind.ROLE if any(normal_form(label) in self._role_names for label in labels) else Kind.TOPIC

    @cached_property
    def _role_names(self) -> frozenset[str]:
        """The normal forms of what our roles are called in English."""
        entries = (self._shelf[number] for number in self.ours)
        roles = (entry for entry in entries if entry.kind == Kind.ROLE)
        return frozenset(
            normal_form(text)
            for entry in roles
            for name, text, type_ in entry.statements
            if name in LABELS and language_of(type_) == "en"
        )


class Concepts(Mapping[Iri, Concept]):
    """The concepts on a shelf by IRI, in order; each is made when it is asked for."""

    def __init__(self, base: str, shelf: Shelf, kinds: ConceptKinds) -> None:
        self._base, self._shelf, self._kinds = base, shelf, kinds
        self._known = lru_cache(_REMEMBERED)(self._made)

    def __getitem__(self, iri: Iri) -> Concept:
        """Return the concept of that name."""
        if concept := self._known(iri):
            return concept
        raise KeyError(iri)

    def __contains__(self, iri: object) -> bool:
        """Tell whether a concept has that name."""
        return self._known(Iri(str(iri))) is not None

    def _made(self, iri: Iri) -> Concept | None:
        number = self._shelf.find(iri)
        kind = None if number is None else self._kinds.of(number)
        if number is None or kind is None:
            return None
        return made(iri, kind, plain(self._shelf[number].statements, self._shelf), scheme(self._base, kind))

    def __iter__(self) -> Iterator[Iri]:
        """Yield the names of all concepts, sorted."""
        yield from sorted(Iri(entry.subject) for entry in self._shelf if self._kinds.kind(entry))

    def __len__(self) -> int:
        """Return how many concepts there are."""
        return sum(1 for _ in self)


def plain(statements: Sequence[Statement], shelf: Shelf) -> Sequence[Statement]:
    """Return statements with plain labels in place of those that are things of their own, where there are no others."""
    names = {name for name, _, _ in statements}
    if names.isdisjoint(XL_LABELS):
        return statements
    wanted = [(XL_LABELS[n], node) for n, node, _ in statements if n in XL_LABELS and XL_LABELS[n] not in names]
    literals = [(name, s) for name, node in wanted for s in shelf.statements(node) if s[0] == LITERAL]
    return [*statements, *((name, text, type_) for name, (_, text, type_) in literals)]
