"""Write a dataset as Turtle, TriG, N-Quads, N-Triples, RDF/XML or JSON-LD.

The engine's own serialisers group and abbreviate what they are given in order, so sorted quads are all they need.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.model import Kind
from kg.publish.jsonld import jsonld
from kg.vocab import prefixes, term, value_of

_TYPE: Final = term("rdf:type")
_PASSAGE: Final = f"/{Kind.PASSAGE}/"
_NUMBER: Final = re.compile(r"\d+(?=-)|(?<=-)\d+(?=>?$)")
_DIGITS: Final = 9
_PREFIX: Final = b"@prefix "


def order(quad: ox.Quad) -> tuple[str, str, str, str]:
    """Return the place of a quad: by graph, subject, predicate (the type first) and object, passages as they stand."""
    predicate = quad.predicate.value
    graph, subject = value_of(quad.graph_name), _natural(value_of(quad.subject))
    return graph, subject, "" if predicate == _TYPE else predicate, _natural(str(quad.object))


def _natural(name: str) -> str:
    """Return a name that sorts the places in a text by number: 20-80 before 100-120."""
    return _NUMBER.sub(lambda found: found.group().zfill(_DIGITS), name) if _PASSAGE in name else name


def _quads(format_: ox.RdfFormat) -> Callable[[Iterable[ox.Quad], str], bytes]:
    def serialise(quads: Iterable[ox.Quad], base: str) -> bytes:
        ordered = sorted(quads, key=order)
        return _tidy(ox.serialize(ordered, format=format_, prefixes=prefixes(base)) or b"", format_)

    return serialise


def _triples(format_: ox.RdfFormat) -> Callable[[Iterable[ox.Quad], str], bytes]:
    def serialise(quads: Iterable[ox.Quad], base: str) -> bytes:
        union = sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads}, key=order)
        return _tidy(ox.serialize((q.triple for q in union), format=format_, prefixes=prefixes(base)) or b"", format_)

    return serialise


def _tidy(data: bytes, format_: ox.RdfFormat) -> bytes:
    """Sort the prefixes of Turtle and TriG, drop those not used, and put a blank line after each thing.

    A line end stands in these formats only where it ends a statement: inside a literal it is written as an escape.
    """
    if format_ not in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}:
        return data
    lines = data.split(b"\n")
    body = b"\n".join(line + b"\n" if line.endswith(b" .") else line for line in lines if not line.startswith(_PREFIX))
    header = sorted(line for line in lines if line.startswith(_PREFIX) and line.split()[1] in body)
    return b"\n".join([*header, b"", body])


FORMATS: Final = {
    ".jsonld": jsonld,
    ".nq": _quads(ox.RdfFormat.N_QUADS),
    ".nt": _triples(ox.RdfFormat.N_TRIPLES),
    ".rdf": _triples(ox.RdfFormat.RDF_XML),
    ".trig": _quads(ox.RdfFormat.TRIG),
    ".ttl": _triples(ox.RdfFormat.TURTLE),
}
"""By suffix, what turns quads and a base IRI into bytes. Formats without graphs hold the union, each triple once."""


def write(quads: Iterable[ox.Quad], base: str, path: Path) -> None:
    """Write quads to a file in the format of its suffix; the file is there whole or not at all.

    Raises KgError for a suffix that no format has, and when the file cannot be written.
    """
    if path.suffix not in FORMATS:
        raise KgError(str(path), f"no format has the suffix {path.suffix!r}", f"use one of: {' '.join(FORMATS)}")
    data = FORMATS[path.suffix](quads, base)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path.resolve() if path.is_symlink() else path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KgError(
            str(path), f"cannot be written ({error.strerror})", "check the folder and its permissions"
        ) from error
