"""New terms of a build: listed with what speaks for them, and written as a vocabulary that the next build uses."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.files import replacing
from kg.model import Iri, Kind
from kg.pipeline.articles import vocabulary
from kg.pipeline.options import vocabularies
from kg.publish import serialise
from kg.query import Evidence, Term, new_terms, sentences
from kg.store import Build
from kg.vocab import Nearest, concepts_graph, nearest, normal_form, scheme, slug, subjects, term

_TYPE, _LABEL, _SCHEME, _TOP, _BROADER = (
    ox.NamedNode(term(name))
    for name in ("rdf:type", "skos:prefLabel", "skos:inScheme", "skos:topConceptOf", "skos:broader")
)
_LABELS: Final = (_LABEL, ox.NamedNode(term("skos:altLabel")))


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A new term, sentences that speak of it, and the concept of a vocabulary that it is most like, if any."""

    term: Term
    sentences: Sequence[Evidence]
    nearest: Nearest | None


def list_terms(build_: Build, output: Path, least: int = 1) -> list[NewTerm]:
    """Return the topics of a build that no vocabulary knows, the most frequent first.

    `least` is the number of articles that must speak of one. Raises InputError when a vocabulary that the build was
    made with cannot be read any more.
    """
    known = vocabulary(build_.base, tuple(path for path, _ in vocabularies(build_.report, output)))
    engine = build_.store.engine
    found = new_terms(engine, known.concepts, least)
    like = nearest([one.label for one in found], known.labelled(Kind.TOPIC, Kind.ROLE)) if found else {}
    return [NewTerm(one, sentences(engine, one.iri), like.get(one.label)) for one in found]


def choose(found: Sequence[NewTerm], names: Iterable[str]) -> list[NewTerm]:
    """Return the terms that are called so, by any label, slug or IRI, each once, in the order in which they were found.

    Raises UnknownNameError for a name that no new term has.
    """
    by_name = {name: new for new in reversed(found) for name in _names(new.term)}
    chosen = set()
    for name in names:
        new = by_name.get(name) or by_name.get(normal_form(name))
        if new is None:
            near = difflib.get_close_matches(name, [one.term.label for one in found], n=3, cutoff=0.5)
            hint = f"try: {', '.join(near)}" if near else "see: kg terms"
            raise UnknownNameError(repr(name), "is no new term", hint)
        chosen.add(new.term.iri)
    return [new for new in found if new.term.iri in chosen]


def _names(one: Term) -> Iterator[str]:
    yield from (one.iri, slug(one.label))
    yield from (normal_form(label) for label in (one.label, *one.alternatives))


def write_terms(chosen: Sequence[NewTerm], build_: Build, file: Path, *, broader: bool = False) -> int:
    """Write terms to a SKOS file in Turtle, behind what is there; return how many are new to it.

    Each keeps the name that it has in the graph, so that the next build with this vocabulary says the same of it. With
    `broader` each stands under the concept that it is most like. Raises InputError for a file that is no Turtle.
    """
    there = subjects(file) if file.exists() else frozenset[str]()
    fresh = [new for new in chosen if new.term.iri not in there]
    if fresh:
        quads = [q for new in fresh for q in _described(new, build_, broader=broader)]
        home = scheme(build_.base, Kind.TOPIC)
        more = serialise([*quads, *([] if home in there else _scheme(home))], build_.base, ".ttl")
        before = file.read_bytes().rstrip() + b"\n\n" if there else b""
        with replacing(file) as kept:
            kept.write(before + more)
    return len(fresh)


def _described(new: NewTerm, build_: Build, *, broader: bool) -> Iterator[ox.Quad]:
    subject, graph = ox.NamedNode(new.term.iri), ox.NamedNode(concepts_graph(build_.base))
    yield ox.Quad(subject, _TYPE, ox.NamedNode(term("skos:Concept")))
    for predicate in _LABELS:
        told = build_.store.engine.quads_for_pattern(subject, predicate, None, graph)
        yield from (ox.Quad(subject, predicate, q.object) for q in told)
    home = ox.NamedNode(scheme(build_.base, Kind.TOPIC))
    yield ox.Quad(subject, _SCHEME, home)
    if broader and new.nearest:
        yield ox.Quad(subject, _BROADER, ox.NamedNode(new.nearest.iri))
    else:
        yield ox.Quad(subject, _TOP, home)


def _scheme(home: Iri) -> Iterator[ox.Quad]:
    yield ox.Quad(ox.NamedNode(home), _TYPE, ox.NamedNode(term("skos:ConceptScheme")))
    yield ox.Quad(ox.NamedNode(home), _LABEL, ox.Literal("Topics", language="en"))
