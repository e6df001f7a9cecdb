"""Write a dataset as Turtle, TriG, N-Quads, N-Triples, RDF/XML or JSON-LD.

The engine's own serialisers group and abbreviate what they are given in order, so it is enough to give them sorted quads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.publish.jsonld import jsonld
from kg.vocab import prefixes, term

_TYPE: Final = term("rdf:type")


def order(quad: ox.Quad) -> tuple[str, str, str, str, str]:
    """Return the place of a quad: by graph, subject, predicate (the type first) and object."""
    predicate = quad.predicate.value
    subject = getattr(quad.subject, "value", "")
    return (getattr(quad.graph_name, "value", ""), subject, "" if predicate == _TYPE else predicate, *_object_order(quad))


def _object_order(quad: ox.Quad) -> tuple[str, str]:
    text = getattr(quad.object, "value", "")
    return (f"{len(text):9}" if text.isdigit() else "", str(quad.object))


def _quads(format_: ox.RdfFormat) -> Callable[[Iterable[ox.Quad], str], bytes]:
    def serialise(quads: Iterable[ox.Quad], base: str) -> bytes:
        return ox.serialize(sorted(quads, key=order), format=format_, prefixes=prefixes(base)) or b""

    return serialise


def _triples(format_: ox.RdfFormat) -> Callable[[Iterable[ox.Quad], str], bytes]:
    def serialise(quads: Iterable[ox.Quad], base: str) -> bytes:
        union = {ox.Quad(q.subject, q.predicate, q.object) for q in quads}
        return ox.serialize((q.triple for q in sorted(union, key=order)), format=format_, prefixes=prefixes(base)) or b""

    return serialise


FORMATS: Final = {
    ".jsonld": jsonld,
    ".nq": _quads(ox.RdfFormat.N_QUADS),
    ".nt": _triples(ox.RdfFormat.N_TRIPLES),
    ".rdf": _triples(ox.RdfFormat.RDF_XML),
    ".trig": _quads(ox.RdfFormat.TRIG),
    ".ttl": _triples(ox.RdfFormat.TURTLE),
}
"""By suffix, what turns quads and their base IRI into bytes. Formats without graphs hold the union, each triple once."""


def write(quads: Iterable[ox.Quad], base: str, path: Path) -> None:
    """Write quads to a file in the format of its suffix; the file is there whole or not at all.

    Raises KgError for a suffix that no format has, and when the file cannot be written.
    """
    if path.suffix not in FORMATS:
        raise KgError(str(path), f"no format has the suffix {path.suffix!r}", f"use one of: {' '.join(FORMATS)}")
    data = FORMATS[path.suffix](quads, base)
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(data)
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError as error:
        raise KgError(str(path), f"cannot be written ({error.strerror})", "check the folder and its permissions") from error
