"""From what a person types to the thing that is meant: an IRI, a prefixed name, a slug, a path, or a label."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain, pairwise
from typing import Final

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.model import Iri, Kind
from kg.vocab import Kinds, compact, is_iri, kind_of, normal_form, prefixes, slug, term, value_of

KINDS: Final = tuple(
    kind.value
    for kind in (
        Kind.ARTICLE,
        Kind.CODE,
        Kind.FIELD,
        Kind.LENGTH,
        Kind.LEVEL,
        Kind.PRINCIPLE,
        Kind.ROLE,
        Kind.SOURCE,
        Kind.TOPIC,
    )
)
"""The kinds of thing that can be asked for by name."""

_NAMES: Final = ("rdfs:label", "schema:name", "schema:headline", "schema:text")
_OTHER_NAMES: Final = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "kg:path", "kg:surfaceForm")
_SHARED_NAMES: Final = ("kg:ambiguousLabel",)
_RANKS: Final = (_NAMES, _OTHER_NAMES, _SHARED_NAMES)
_ONLY: Final = {
    "schema:name": {"code", "source"},
    "schema:headline": {"article"},
    "schema:text": {"principle"},
    "kg:path": {"article"},
    "kg:surfaceForm": {"code", "role", "source", "topic"},
}
"""The kinds of thing that have a name of this sort, where not all do."""

_LABEL_OF: Final = {
    "article": "schema:headline",
    "code": "schema:name",
    "principle": "schema:text",
    "source": "schema:name",
}
"""What holds the label of a thing, where it is not rdfs:label."""

_MOST: Final = 5
_COMPARED: Final = 300
MOST_OFFERED: Final = 50
_LISTED: Final = {"article", "field", "role", "source", "topic"}
"""The kinds of which a named question lists all."""


def resolve(engine: ox.Store, base: str, name: str, *kinds: str) -> Iri:
    """Return the one thing of the given kinds (default: any) that a name stands for.

    A label that is written so wins over one that says the same in other forms of its words, and of these a preferred
    label over any other. Raises UnknownNameError, listing the candidates, when several things have the name, and naming
    the nearest when none has.
    """
    wanted = kinds or KINDS
    kind = Kinds.in_store(base, engine)
    if iri := _as_iri(engine, base, name, wanted, kind):
        return iri
    for found in chain(_written(engine, kind, name, wanted), _meant(engine, kind, name, wanted)):
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(name, found, base)
    raise _unknown(name, wanted, list(_all_names(engine, kind, wanted)))


def _written(engine: ox.Store, kind: Kinds, name: str, kinds: tuple[str, ...]) -> Iterator[list[Iri]]:
    """Yield by rank what has a label that is written as a name is, whatever its capitals: looked up, not searched."""
    spellings = dict.fromkeys((name, name.casefold(), name.capitalize(), name.title()))
    labels = [ox.Literal(text, language=tag) for text in spellings for tag in (None, "en")]
    for rank in _RANKS[:-1]:
        named = ((ox.NamedNode(term(predicate)), label) for predicate in _telling(rank, kinds) for label in labels)
        quads = (quad for at in named for quad in engine.quads_for_pattern(None, *at))
        yield sorted({iri for quad in quads if kind(iri := Iri(value_of(quad.subject))) in kinds})


def _meant(engine: ox.Store, kind: Kinds, name: str, kinds: tuple[str, ...]) -> Iterator[list[Iri]]:
    """Yield by rank what has a label that says what a name says."""
    for rank in _RANKS:
        labels = _labels(engine, kind, _telling(rank, kinds), kinds)
        for form in dict.fromkeys((normal_form(name), normal_form(name.casefold()))):
            yield sorted(labels.get(form, ()))


def _telling(rank: Sequence[str], kinds: tuple[str, ...]) -> list[str]:
    """Return the properties of a rank that things of some kinds can have."""
    return [name for name in rank if name not in _ONLY or not _ONLY[name].isdisjoint(kinds)]


def _as_iri(engine: ox.Store, base: str, name: str, kinds: tuple[str, ...], kind: Kinds) -> Iri | None:
    prefix, colon, local = name.partition(":")
    names = prefixes(base)
    candidates = [name, names[prefix] + local] if colon and prefix in names else [name]
    candidates += [f"{base}{folder}/{slug(name)}" for folder in kinds]
    found = [Iri(c) for c in candidates if _is_there(engine, c) and kind(c) in kinds]
    return found[0] if len(found) == 1 else None


def _is_there(engine: ox.Store, iri: str) -> bool:
    return is_iri(iri) and any(True for _ in engine.quads_for_pattern(ox.NamedNode(iri), None, None))


def _labels(engine: ox.Store, kind: Kinds, rank: Sequence[str], kinds: tuple[str, ...]) -> dict[str, set[Iri]]:
    """Return the things by the normal forms of their labels of one rank."""
    found: defaultdict[str, set[Iri]] = defaultdict(set)
    for predicate in rank:
        for iri, label in _named(engine, kind, predicate, kinds):
            found[normal_form(label)].add(iri)
    return found


def _named(engine: ox.Store, kind: Kinds, predicate: str, kinds: tuple[str, ...]) -> Iterator[tuple[Iri, str]]:
    sparql = f"SELECT DISTINCT ?thing ?label {{ ?thing <{term(predicate)}> ?label }}"  # faster than all its quads
    found = engine.query(sparql, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT has solutions; this tells the type checker
    for thing, label in found:
        iri = Iri(value_of(thing))
        if kind(iri) in kinds:
            yield iri, value_of(label)


def _all_names(engine: ox.Store, kind: Kinds, kinds: tuple[str, ...]) -> Iterator[str]:
    for predicate in _telling((*_NAMES, *_OTHER_NAMES[:1]), kinds):
        yield from (label for _, label in _named(engine, kind, predicate, kinds))


def _ambiguous(name: str, found: list[Iri], base: str) -> UnknownNameError:
    names = prefixes(base)
    listed = ", ".join(compact(iri, names) for iri in found[:_MOST])
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return UnknownNameError(repr(name), f"stands for {len(found)} things", f"say which: {listed}{more}")


def _unknown(name: str, kinds: tuple[str, ...], labels: list[str]) -> UnknownNameError:
    by_form = {label.casefold(): label for label in sorted(labels)}
    near = difflib.get_close_matches(name.casefold(), _alike(name.casefold(), by_form), n=3, cutoff=0.5)
    near += [form for form in by_form if name.casefold() in form][: 3 - len(near)]
    listing = f"kg query {kinds[0]}s" if len(kinds) == 1 and kinds[0] in _LISTED else "kg query topics"
    hint = f"try: {', '.join(dict.fromkeys(by_form[form] for form in near))}" if near else f"see: {listing}"
    what = kinds[0] if len(kinds) == 1 else "thing"
    return UnknownNameError(repr(name), f"no {what} of that name here", hint)


def _alike(name: str, forms: Iterable[str]) -> list[str]:
    """Return some forms that share pairs of letters with a name: difflib takes seconds for tens of thousands."""
    pairs = set(pairwise(name))
    return nlargest(_COMPARED, forms, key=lambda form: len(pairs.intersection(pairwise(form))) / (len(form) + 1))


def beginning(engine: ox.Store, base: str, text: str, *kinds: str) -> list[tuple[str, str]]:
    """Return names without spaces of the things of some kinds that begin with a text, each with its label.

    A thing is found by its label or by its name. At most `MOST_OFFERED` are returned, in the order of the names.
    """
    kind = Kinds.in_store(base, engine)
    start, local_start = text.casefold(), slug(text) if text else ""
    found: dict[str, str] = {}
    for predicate in dict.fromkeys(_LABEL_OF.get(k, "rdfs:label") for k in kinds):
        for iri, label in _named(engine, kind, predicate, kinds):
            local = iri.rpartition("/")[2]
            if label.casefold().startswith(start) or local.startswith(local_start):
                found.setdefault(local if kind_of(base, iri) else slug(label), label)
    return sorted(found.items())[:MOST_OFFERED]
