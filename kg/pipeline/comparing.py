"""What differs between two builds: their articles, and what these say together.

The reports tell which articles came, went and changed. The rest is asked of both stores, and only what differs is
looked at closer: so comparing two large collections costs little more than counting what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Generic, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.errors import BuildError
from kg.model import Iri, Kind, Thing
from kg.query import solve
from kg.store import Build, open_build
from kg.vocab import derived_graph, kind_of, term, value_of

_T = TypeVar("_T")
_NAMES: Final = tuple(term(name) for name in ("schema:headline", "schema:text", "rdfs:label", "schema:name", "kg:path"))
"""What a thing is known by, the first that it has."""

_SOURCES: Final = term("kg:independentSources")
_SPEAKING_OF: Final = """
SELECT ?thing (COUNT(DISTINCT ?article) AS ?n) {{ GRAPH ?article {{ {} ?thing }} }} GROUP BY ?thing
"""
"""What articles speak of, and how many: each has a graph of its own, of its name."""

_TOPICS: Final = _SPEAKING_OF.format("?article schema:about")
_ROLES: Final = _SPEAKING_OF.format("?said schema:audience|kg:appliesTo")
_ORIGINS: Final = _SPEAKING_OF.format("?article schema:publisher|schema:author|schema:sdPublisher|schema:citation")
_CONFIRMED: Final = "SELECT ?thing ?n {{ GRAPH <{}> {{ ?thing <{}> ?n }} FILTER(?n >= 2) }}"

_Files: TypeAlias = dict[str, str]
"""The files of an article, each with its SHA-256."""


@dataclass(frozen=True, slots=True)
class Turnover(Generic[_T]):
    """What only the new build has, and what only the old one has."""

    new: tuple[_T, ...]
    gone: tuple[_T, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An article as it was and as it is now, maybe by another name, and the files that are not what they were."""

    before: Thing
    now: Thing
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A topic, role or source, and in how many articles, of the build that has it."""

    thing: Thing
    articles: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A principle, and how many independent sources state it in the old build (0: none) and in the new one."""

    principle: Thing
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles or two principles between which something holds."""

    one: Thing
    other: Thing


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two builds.

    `topics` are those that articles are about, `roles` those that articles or principles are for, `sources` those that
    publish, write, curate or are cited. `confirmed` are principles that two independent sources state. The pairs are
    articles that are one work (`copies`), and principles that restate each other or are in tension.
    """

    is_same_program: bool
    """Whether both were made by one version of the program, with the same vocabularies and limits. Where not, more may
    differ than the articles do."""
    articles: Turnover[Thing]
    changed: tuple[Changed, ...]
    topics: Turnover[Spoken]
    roles: Turnover[Spoken]
    sources: Turnover[Spoken]
    confirmed: Turnover[Confirmed]
    copies: Turnover[Pair]
    restated: Turnover[Pair]
    tensions: Turnover[Pair]


def build_before(output: Path) -> Build:
    """Return the build before the newest one in a folder, which is there until the next is begun.

    Raises BuildError where there is none.
    """
    newest = open_build(output).folder
    earlier = [f for f in newest.parent.glob("*/report.json") if f.parent.name.isdigit()]
    numbers = [int(f.parent.name) for f in earlier if int(f.parent.name) < int(newest.name)]
    if not numbers:
        hint = "name two folders: kg diff OLD NEW"
        raise BuildError(str(output), "does not hold the build before its newest", hint)
    return open_build(newest.parent / str(max(numbers)))


def compare(old: Build, new: Build) -> Difference:
    """Return what differs between two builds; in each list what matters to most articles or sources comes first.

    Raises BuildError where their things live under different base IRIs.
    """
    if old.base != new.base:
        what = f"has the base {new.base}, the other build {old.base}: they have nothing in common"
        raise BuildError(str(new.folder), what, "build both with one --base")
    was, now = _Side(old), _Side(new)
    articles, changed = _articles(was, now)
    return Difference(
        old.report.get("key", "old") == new.report.get("key", "new"),  # builds of the first format have none
        articles,
        changed,
        _spoken(was, now, Kind.TOPIC, _TOPICS),
        _spoken(was, now, Kind.ROLE, _ROLES),
        _spoken(was, now, Kind.SOURCE, _ORIGINS),
        _confirmed(was, now),
        _pairs(was, now, Kind.ARTICLE, "kg:sameWorkAs"),
        _pairs(was, now, Kind.PRINCIPLE, "kg:restates"),
        _pairs(was, now, Kind.PRINCIPLE, "kg:tensionWith"),
    )


class _Side:
    """One of the two builds, and what can be asked of it."""

    def __init__(self, build: Build) -> None:
        self.base, self.engine = build.base, build.store.engine
        self.files = build.files
        self.derived = derived_graph(build.base)

    def thing(self, kind: Kind, iri: Iri) -> Thing:
        names = (sorted(self._objects(iri, name)) for name in _NAMES)
        return Thing(iri, kind, next((found[0] for found in names if found), iri))

    def numbers(self, sparql: str) -> dict[Iri, int]:
        found = solve(self.engine, sparql, self.base)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT has solutions; this tells the type checker
        return {Iri(value_of(row["thing"])): int(value_of(row["n"])) for row in found}

    def sources(self, principle: Iri) -> int:
        return max(map(int, self._objects(principle, _SOURCES)), default=0)

    def related(self, predicate: str) -> dict[tuple[Iri, Iri], None]:
        """Return the pairs between which something holds that is said both ways, each once."""
        quads = self.engine.quads_for_pattern(None, ox.NamedNode(term(predicate)), None, ox.NamedNode(self.derived))
        both = ((Iri(value_of(quad.subject)), Iri(value_of(quad.object))) for quad in quads)
        return {(one, other): None for one, other in both if one < other}

    def _objects(self, iri: Iri, predicate: Iri) -> Iterator[str]:
        found = self.engine.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
        return (value_of(quad.object) for quad in found)


def _articles(was: _Side, now: _Side) -> tuple[Turnover[Thing], tuple[Changed, ...]]:
    """Tell articles that came or went from those that changed: an article of another name, of the same file."""
    gone, come = was.files.keys() - now.files.keys(), now.files.keys() - was.files.keys()
    stays = [(iri, iri) for iri in was.files.keys() & now.files.keys() if _digests(was, iri) != _digests(now, iri)]
    renamed = list(_renamed(was, now, sorted(gone), sorted(come)))
    changed = [
        Changed(was.thing(Kind.ARTICLE, old), now.thing(Kind.ARTICLE, new), _differing(was.files[old], now.files[new]))
        for old, new in (*stays, *renamed)
    ]
    new = (now.thing(Kind.ARTICLE, iri) for iri in come.difference(iri for _, iri in renamed))
    old = (was.thing(Kind.ARTICLE, iri) for iri in gone.difference(iri for iri, _ in renamed))
    turnover = Turnover(tuple(sorted(new, key=_name)), tuple(sorted(old, key=_name)))
    return turnover, tuple(sorted(changed, key=lambda one: _name(one.now)))


def _digests(side: _Side, article: Iri) -> list[str]:
    """Return what tells the content of an article, wherever its files are."""
    return sorted(side.files[article].values())


def _renamed(was: _Side, now: _Side, gone: Iterable[Iri], come: Iterable[Iri]) -> Iterator[tuple[Iri, Iri]]:
    """Yield the articles that stand in the place of others: which was there before, and which is now."""
    owners = {path: iri for iri in gone for path in was.files[iri]}
    taken = set[Iri]()
    for new in come:
        here = (owners[path] for path in now.files[new] if path in owners)
        if old := next((iri for iri in here if iri not in taken), None):
            taken.add(old)
            yield old, new


def _differing(was: _Files, now: _Files) -> tuple[str, ...]:
    return tuple(sorted(path for path in was.keys() | now.keys() if was.get(path) != now.get(path)))


def _spoken(was: _Side, now: _Side, kind: Kind, sparql: str) -> Turnover[Spoken]:
    def spoken(side: _Side, iri: Iri, articles: int) -> Spoken:
        return Spoken(side.thing(kind, iri), articles)

    before, after = was.numbers(sparql), now.numbers(sparql)
    return _turnover(
        before, after, partial(spoken, was), partial(spoken, now), lambda s: (-s.articles, *_name(s.thing))
    )


def _confirmed(was: _Side, now: _Side) -> Turnover[Confirmed]:
    sparql = _CONFIRMED.format(was.derived, _SOURCES)

    def principles(side: _Side) -> dict[Iri, int]:
        return {iri: n for iri, n in side.numbers(sparql).items() if kind_of(side.base, iri) is Kind.PRINCIPLE}

    def new(iri: Iri, sources: int) -> Confirmed:
        return Confirmed(now.thing(Kind.PRINCIPLE, iri), was.sources(iri), sources)

    def gone(iri: Iri, sources: int) -> Confirmed:
        return Confirmed(was.thing(Kind.PRINCIPLE, iri), sources, now.sources(iri))

    return _turnover(
        principles(was), principles(now), gone, new, lambda c: (-max(c.before, c.now), *_name(c.principle))
    )


def _pairs(was: _Side, now: _Side, kind: Kind, predicate: str) -> Turnover[Pair]:
    def pair(side: _Side, both: tuple[Iri, Iri], _: None) -> Pair:
        one, other = sorted((side.thing(kind, iri) for iri in both), key=_name)
        return Pair(one, other)

    before, after = was.related(predicate), now.related(predicate)
    return _turnover(before, after, partial(pair, was), partial(pair, now), lambda p: (*_name(p.one), *_name(p.other)))


_K = TypeVar("_K")
_V = TypeVar("_V")


def _turnover(
    before: Mapping[_K, _V],
    after: Mapping[_K, _V],
    gone: Callable[[_K, _V], _T],
    new: Callable[[_K, _V], _T],
    order: Callable[[_T], tuple[int | str, ...]],
) -> Turnover[_T]:
    came = sorted((new(key, after[key]) for key in after.keys() - before.keys()), key=order)
    went = sorted((gone(key, before[key]) for key in before.keys() - after.keys()), key=order)
    return Turnover(tuple(came), tuple(went))


def _name(thing: Thing) -> tuple[str, str]:
    return thing.label.casefold(), thing.iri
