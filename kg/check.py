"""Check a build: its shapes, every passage against its file, and that all that is pointed to is described."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.model import Iri, Kind, Page
from kg.vocab import concepts_graph, kind_of, ontology_dir, term

if TYPE_CHECKING:
    import rdflib

_BATCH: Final = 100
"""Articles validated together: enough that reading the shapes costs little, few enough for any memory."""

_EXACT, _START, _END = term("kg:exact"), term("kg:start"), term("kg:end")
_PATH, _PART_OF = term("kg:path"), term("schema:isPartOf")


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
            graph = Iri(str(getattr(quad.graph_name, "value", "")))
            if graph == concepts_graph(base):
                self.described[str(getattr(quad.subject, "value", ""))].append(quad)
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


def check(quads: Iterable[ox.Quad], base: str, files: dict[str, str], read: Callable[[str], Page]) -> Verdict:
    """Check a whole build.

    `files` gives the SHA-256 that each input file had when it was built; `read` reads a file as a page again.
    """
    things = _Things(quads, base)
    pages, problems = _read_again(files, read)
    passages = {iri: _texts(quads_, base) for iri, quads_ in things.articles.items()}
    for article in sorted(things.articles):
        problems += _miscut(article, passages[article], pages, things)
    problems += _dangling(things)
    problems += _misshapen(things)
    count = sum(len(p) for p in passages.values())
    return Verdict(len(things.articles), count, tuple(sorted(set(problems))))


def _read_again(files: dict[str, str], read: Callable[[str], Page]) -> tuple[dict[str, Page], list[Problem]]:
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for path, sha256 in sorted(files.items()):
        try:
            pages[path] = read(path)
        except InputError as error:
            problems.append(Problem(path, f"{error.what}; it was there when this was built"))
            continue
        if pages[path].sha256 != sha256:
            problems.append(Problem(path, "has changed since this was built; build again"))
    return pages, problems


def _texts(quads: Iterable[ox.Quad], base: str) -> dict[str, dict[str, str]]:
    """Return the literal properties of each passage of an article."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for q in quads:
        subject = str(getattr(q.subject, "value", ""))
        if kind_of(base, subject) is Kind.PASSAGE:
            found[subject][q.predicate.value] = str(getattr(q.object, "value", ""))
    return dict(found)


def _miscut(
    article: Iri, passages: dict[str, dict[str, str]], pages: dict[str, Page], things: _Things
) -> Iterator[Problem]:
    """Yield the passages whose words do not stand where they are said to."""
    paths = [str(getattr(q.object, "value", "")) for q in things.articles[article] if _is_path_of(q, article)]
    first = paths[0] if paths else ""
    for iri, passage in sorted(passages.items()):
        path = passage.get(_PATH, first)
        page = pages.get(path)
        start, end = passage.get(_START, ""), passage.get(_END, "")
        if page is None or not (start.isdigit() and end.isdigit()):
            continue
        if page.text[int(start) : int(end)] != passage.get(_EXACT):
            yield Problem(
                f"{path}:{start}-{end}",
                f"does not say {passage.get(_EXACT, '')!r} ({iri.rpartition('/')[2]})",
            )


def _is_path_of(quad: ox.Quad, article: Iri) -> bool:
    return quad.predicate.value == _PATH and getattr(quad.subject, "value", "") == article


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
