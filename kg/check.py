"""Check a build: its shapes, every passage against its file, and that all that is pointed to is described."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.model import Fact, Iri, Kind, Page, Value
from kg.vocab import concepts_graph, kind_of, ontology_dir, term, value_of

if TYPE_CHECKING:
    import rdflib

_BATCH: Final = 100
"""Articles validated together: enough that reading the shapes costs little, few enough for any memory."""

_NOWHERE: Final = Page("", "", ())
_EXACT, _START, _END = term("kg:exact"), term("kg:start"), term("kg:end")
_PATH = term("kg:path")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in a build that is not as it must be."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check: how much was looked at, and what is wrong."""

    articles: int
    passages: int
    problems: tuple[Problem, ...]


class _Things:
    """The quads of a build, sorted into articles and shared descriptions."""

    def __init__(self, quads: Iterable[ox.Quad], base: str) -> None:
        self.base = base
        self.articles: defaultdict[Iri, list[ox.Quad]] = defaultdict(list)
        self.described: defaultdict[str, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            graph = Iri(value_of(quad.graph_name))
            if graph == concepts_graph(base):
                self.described[value_of(quad.subject)].append(quad)
            else:
                self.articles[graph].append(quad)

    def reachable(self, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """Return the descriptions of all that some quads point to, and of all that those point to in turn."""
        found: dict[str, list[ox.Quad]] = {}
        waiting = [end for q in quads for end in _ends(q)]
        while waiting:
            name = waiting.pop()
            if name not in found and name in self.described:
                found[name] = self.described[name]
                waiting += [end for q in found[name] for end in _ends(q)]
        return [quad for quads_ in found.values() for quad in quads_]


def _ends(quad: ox.Quad) -> list[str]:
    return [str(node.value) for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build was made from: its articles, the SHA-256 of each input file, and how to read files again."""

    articles: tuple[Iri, ...]
    files: dict[str, str]
    read: Callable[[Iterable[str]], Iterator[Page]]
    vocabularies: tuple[tuple[Path, str], ...] = ()
    """The vocabularies that the user named, each with its SHA-256."""


def check(quads: Iterable[ox.Quad], base: str, inputs: Inputs) -> Verdict:
    """Check a whole build against what it was made from."""
    things = _Things(quads, base)
    pages, problems = _read_again(inputs)
    passages = {iri: _passages(_triples(quads_), base) for iri, quads_ in things.articles.items()}
    known: dict[str, Page | None] = {**dict.fromkeys(inputs.files), **pages}
    for article in sorted(things.articles):
        problems += _miscut(passages[article], _first_path(things.articles[article], article), known)
    known_articles = Counter(inputs.articles)
    problems += [Problem(a, "is twice in the report") for a, times in sorted(known_articles.items()) if times > 1]
    problems += [Problem(a, "is in the report and not in the store") for a in sorted({*known_articles} - {*passages})]
    problems += [Problem(a, "is in the store and not in the report") for a in sorted({*passages} - {*known_articles})]
    problems += _dangling(things)
    problems += _misshapen(things)
    problems += _other_vocabularies(inputs.vocabularies)
    count = sum(len(p) for p in passages.values())
    return Verdict(len(things.articles), count, tuple(sorted(set(problems))))


def refuse_miscut(facts: Iterable[Fact], base: str, pages: dict[str, Page]) -> None:
    """Raise InputError for the first passage among the facts of an article that does not cut its own words."""
    triples = [(f.subject, f.predicate, f.object.text if isinstance(f.object, Value) else f.object) for f in facts]
    for problem in _miscut(_passages(triples, base), next(iter(pages)), pages):
        raise InputError(problem.where, problem.what, "please report this as a bug")


_Triples = Iterable[tuple[str, str, str]]


def _triples(quads: Iterable[ox.Quad]) -> _Triples:
    return ((value_of(q.subject), q.predicate.value, value_of(q.object)) for q in quads)


def _read_again(inputs: Inputs) -> tuple[dict[str, Page], list[Problem]]:
    pages = {page.path: page for page in inputs.read(inputs.files)}
    problems: list[Problem] = []
    for path, sha256 in sorted(inputs.files.items()):
        if path not in pages:
            problems.append(Problem(path, "cannot be read any more; it was there when this was built"))
        elif pages[path].sha256 != sha256:
            problems.append(Problem(path, "has changed since this was built; build again"))
    return pages, problems


def _other_vocabularies(vocabularies: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Yield the vocabularies that are not what they were when the articles were read with them."""
    for path, digest in vocabularies:
        if not path.is_file():
            yield Problem(str(path), "is gone; the vocabulary was there when this was built")
        elif sha256(path) != digest:
            yield Problem(str(path), "is another vocabulary than when this was built; build again")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _passages(triples: _Triples, base: str) -> dict[str, dict[str, str]]:
    """Return the properties of each passage, by its IRI."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in triples:
        if kind_of(base, subject) is Kind.PASSAGE:
            found[subject][predicate] = value
    return dict(found)


def _first_path(quads: Iterable[ox.Quad], article: Iri) -> str:
    """Return the path of an article's first file."""
    return next((value for s, p, value in _triples(quads) if (s, p) == (article, _PATH)), "")


def _miscut(passages: dict[str, dict[str, str]], first: str, pages: Mapping[str, Page | None]) -> Iterator[Problem]:
    """Yield the passages whose words do not stand where they are said to; a page that is None is told of elsewhere."""
    for iri, passage in sorted(passages.items()):
        path, exact = passage.get(_PATH, first), passage.get(_EXACT, "")
        start, end = passage.get(_START, ""), passage.get(_END, "")
        page = pages.get(path, _NOWHERE)
        if page is None:
            continue
        there = page.text
        if not (start.isdigit() and end.isdigit() and exact and there[int(start) : int(end)] == exact):
            yield Problem(f"{path}:{start}-{end}", f"does not say {exact!r} ({iri.rpartition('/')[2]})")


def _dangling(things: _Things) -> Iterator[Problem]:
    """Yield the things under the base that are pointed to and described nowhere."""
    known = {
        *things.described,
        *(end for quads in things.articles.values() for q in quads for end in _ends(q)[:1]),
    }
    pointed = {
        end for quads in [*things.articles.values(), *things.described.values()] for q in quads for end in _ends(q)
    }
    for iri in sorted(pointed - known):
        if kind_of(things.base, iri):
            yield Problem(iri, "is pointed to and described nowhere")


def _misshapen(things: _Things) -> Iterator[Problem]:
    """Yield what breaks the shapes, some articles with all they point to at a time."""
    articles = iter(sorted(things.articles))
    while batch := list(islice(articles, _BATCH)):
        quads = [q for article in batch for q in things.articles[article]]
        yield from validate([*quads, *things.reachable(quads)])


@cache
def _shapes() -> rdflib.Graph:
    import rdflib  # noqa: PLC0415 - only a check needs rdflib and pySHACL, and they take long to load

    return rdflib.Graph().parse(str(ontology_dir() / "shapes.ttl"))


def validate(quads: Iterable[ox.Quad]) -> Iterator[Problem]:
    """Yield what in the union of some quads breaks the shapes of the ontology."""
    import pyshacl  # noqa: PLC0415 - see _shapes
    import rdflib  # noqa: PLC0415
    from rdflib.namespace import SH  # noqa: PLC0415

    triples = "".join(f"{line} .\n" for line in sorted({str(q.triple) for q in quads}))
    data = rdflib.Graph().parse(data=triples, format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_shapes())
    if conforms:
        return
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus, path, message = (report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.resultMessage))
        yield Problem(str(focus), f"{str(path or '').rpartition('#')[2]}: {message}")
