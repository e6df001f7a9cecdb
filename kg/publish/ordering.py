"""Bring any number of quads into one order, in little memory.

A quad becomes a line of bytes that sorts by itself: its place in the order, then the quad as N-Quads write it. Lines
beyond what memory should hold are sorted in runs on disk, and merged as they are asked for.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import pyoxigraph as ox

from kg.model import Kind
from kg.vocab import term, value_of

_TYPE: Final = term("rdf:type")
_PASSAGE: Final = f"/{Kind.PASSAGE}/"
_NUMBER: Final = re.compile(r"\d+(?=-)|(?<=-)\d+(?=>?$)")
_DIGITS: Final = 9
_RUN: Final = 64_000_000
"""Bytes of lines that are sorted in memory at once."""


def quad_lines(quads: Iterable[ox.Quad], scratch: Path | None = None) -> Iterator[bytes]:
    r"""Yield quads as lines of N-Quads: by graph, and in each as triples are. Runs on disk go into `scratch`.

    >>> a, b = (ox.Quad(ox.NamedNode(s), ox.NamedNode("urn:p"), ox.Literal("x")) for s in ("urn:a", "urn:b"))
    >>> list(quad_lines([b, a]))
    [b'<urn:a> <urn:p> "x" .\n', b'<urn:b> <urn:p> "x" .\n']
    """
    return _in_order((_line(value_of(q.graph_name), q, str(q)) for q in quads), scratch)


def triple_lines(quads: Iterable[ox.Quad], scratch: Path | None = None) -> Iterator[bytes]:
    """Yield the union of quads as lines of N-Triples, each once: by subject, predicate (the type first) and object."""
    lines = _in_order((_line("", q, str(q.triple)) for q in quads), scratch)
    return (line for line, _ in groupby(lines))


def _line(graph: str, quad: ox.Quad, text: str) -> bytes:
    """Return a line whose fields end in what no IRI holds and sorts before all that literals are written with."""
    predicate = quad.predicate.value
    subject, object_ = _natural(value_of(quad.subject)), _natural(str(quad.object))
    return f"{graph}\0{subject}\0{'' if predicate == _TYPE else predicate}\0{object_}\0{text} .\n".encode()


@lru_cache(4096)  # what is said of one thing often comes together
def _natural(name: str) -> str:
    """Return a name that sorts the places in a text by number: 20-80 before 100-120."""
    return _NUMBER.sub(lambda found: found.group().zfill(_DIGITS), name) if _PASSAGE in name else name


def _in_order(lines: Iterable[bytes], scratch: Path | None) -> Iterator[bytes]:
    with ExitStack() as files:
        for line in heapq.merge(*_runs(lines, scratch, files)):
            yield line.rpartition(b"\0")[2]


def _runs(lines: Iterable[bytes], scratch: Path | None, files: ExitStack) -> Iterator[Iterable[bytes]]:
    """Yield the lines in sorted runs, the last of which stays in memory."""
    run: list[bytes] = []
    size = 0
    for line in lines:
        run.append(line)
        size += len(line)
        if size >= _RUN:
            run.sort()
            file = files.enter_context(TemporaryFile(dir=scratch))  # noqa: SIM115 - the stack closes it
            file.writelines(run)
            file.seek(0)
            yield file
            run, size = [], 0
    yield sorted(run)
