"""From what a person types to the thing that is meant: an IRI, a prefixed name, a slug, a path, or a label."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
_LABEL_OF: Final = {
    "article": "schema:headline",
    "code": "schema:name",
    "principle": "schema:text",
    "source": "schema:name",
}
"""What holds the label of a thing, where it is not rdfs:label."""

_MOST: Final = 5
MOST_OFFERED: Final = 50
_LISTED: Final = {"article", "field", "role", "source", "topic"}
"""The kinds of which a named question lists all."""


def resolve(engine: ox.Store, base: str, name: str, *kinds: str) -> Iri:
    """Return the one thing of the given kinds (default: any) that a name stands for.

    A preferred label wins over any other. Raises UnknownNameError, listing the candidates, when several things have
    the name, and naming the nearest when none has.
    """
    wanted = kinds or KINDS
    kind = Kinds.in_store(base, engine)
    if iri := _as_iri(engine, base, name, wanted, kind):
        return iri
    for rank in _RANKS:
        labels = _labels(engine, kind, rank, wanted)
        for form in dict.fromkeys((normal_form(name), normal_form(name.casefold()))):
            found = sorted(labels.get(form, ()))
            if len(found) == 1:
                return found[0]
            if found:
                raise _ambiguous(name, found, base)
    raise _unknown(name, wanted, list(_all_names(engine, kind, wanted)))


def _as_iri(engine: ox.Store, base: str, name: str, kinds: tuple[str, ...], kind: Kinds) -> Iri | None:
    prefix, colon, local = name.partition(":")
    names = prefixes(base)
    candidates = [name, names[prefix] + local] if colon and prefix in names else [name]
    candidates += [f"{base}{folder}/{slug(name)}" for folder in kinds]
    found = [Iri(c) for c in candidates if kind(c) in kinds and _is_there(engine, c)]
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
    for quad in engine.quads_for_pattern(None, ox.NamedNode(term(predicate)), None):
        iri = Iri(value_of(quad.subject))
        if kind(iri) in kinds:
            yield iri, value_of(quad.object)


def _all_names(engine: ox.Store, kind: Kinds, kinds: tuple[str, ...]) -> Iterator[str]:
    for predicate in (*_NAMES, *_OTHER_NAMES[:1]):
        yield from (label for _, label in _named(engine, kind, predicate, kinds))


def _ambiguous(name: str, found: list[Iri], base: str) -> UnknownNameError:
    names = prefixes(base)
    listed = ", ".join(compact(iri, names) for iri in found[:_MOST])
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return UnknownNameError(repr(name), f"stands for {len(found)} things", f"say which: {listed}{more}")


def _unknown(name: str, kinds: tuple[str, ...], labels: list[str]) -> UnknownNameError:
    by_form = {label.casefold(): label for label in sorted(labels)}
    near = difflib.get_close_matches(name.casefold(), by_form, n=3, cutoff=0.5)
    near += [form for form in by_form if name.casefold() in form][: 3 - len(near)]
    listing = f"kg query {kinds[0]}s" if len(kinds) == 1 and kinds[0] in _LISTED else "kg query topics"
    hint = f"try: {', '.join(dict.fromkeys(by_form[form] for form in near))}" if near else f"see: {listing}"
    what = kinds[0] if len(kinds) == 1 else "thing"
    return UnknownNameError(repr(name), f"no {what} of that name here", hint)


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
