"""Check that every passage cuts its own words out of the page that it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from kg.check.problems import Problem
from kg.errors import InputError
from kg.model import Fact, Kind, Page, Value
from kg.vocab import kind_of, term, value_of

PATH: Final = term("kg:path")
_EXACT, _START, _END = term("kg:exact"), term("kg:start"), term("kg:end")
_NOWHERE: Final = Page("", "", ())

Passages = Mapping[str, Mapping[str, str]]
"""The properties of each passage, by its IRI."""


def refuse_miscut(facts: Iterable[Fact], base: str, pages: dict[str, Page]) -> None:
    """Raise InputError for the first passage among the facts of an article that does not cut its own words."""
    triples = [(f.subject, f.predicate, f.object.text if isinstance(f.object, Value) else f.object) for f in facts]
    for problem in miscut(_passages(triples, base), next(iter(pages)), pages):
        raise InputError(problem.where, problem.what, "please report this as a bug")


def passages_of(quads: Iterable[ox.Quad], base: str) -> Passages:
    """Return the passages among some quads."""
    return _passages(((value_of(q.subject), q.predicate.value, value_of(q.object)) for q in quads), base)


def _passages(triples: Iterable[tuple[str, str, str]], base: str) -> Passages:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in triples:
        if kind_of(base, subject) is Kind.PASSAGE:
            found[subject][predicate] = value
    return found


def miscut(passages: Passages, first: str, pages: Mapping[str, Page]) -> Iterator[Problem]:
    """Yield the passages whose words do not stand where they are said to.

    `first` is the path of the article's first page: where a passage stands that names no other.
    """
    for iri, passage in sorted(passages.items()):
        path, exact = passage.get(PATH, first), passage.get(_EXACT, "")
        start, end = passage.get(_START, ""), passage.get(_END, "")
        text = pages.get(path, _NOWHERE).text
        if not (start.isdigit() and end.isdigit() and exact and text[int(start) : int(end)] == exact):
            yield Problem(f"{path}:{start}-{end}", f"does not say {exact!r} ({iri.rpartition('/')[2]})")
