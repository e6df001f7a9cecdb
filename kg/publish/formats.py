"""Write a dataset as Turtle, TriG, N-Quads, N-Triples, RDF/XML or JSON-LD.

The engine's own serialisers group and abbreviate what they are given in order, so sorted quads are all they need.
Only JSON-LD, which is one nested value, is made in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import pyoxigraph as ox

from kg.files import replacing
from kg.publish.graphs import GRAPH_FORMATS
from kg.publish.jsonld import jsonld
from kg.publish.ordering import quad_lines, triple_lines
from kg.publish.suffixes import known
from kg.vocab import prefixes

_PREFIX: Final = b"@prefix "
_BLOCK: Final = 4096
"""Lines handled at once."""

_Write = Callable[[Iterable[ox.Quad], str, IO[bytes], Path | None], None]


def _lines(quads: Iterable[ox.Quad], format_: ox.RdfFormat, scratch: Path | None) -> Iterator[bytes]:
    return (quad_lines if format_.supports_datasets else triple_lines)(quads, scratch)


def _blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    rest = iter(lines)
    return iter(lambda: b"".join(islice(rest, _BLOCK)), b"")


def _plain(format_: ox.RdfFormat) -> _Write:
    def write_lines(quads: Iterable[ox.Quad], _: str, file: IO[bytes], scratch: Path | None) -> None:
        file.writelines(_blocks(_lines(quads, format_, scratch)))

    return write_lines


def _grouped(format_: ox.RdfFormat) -> _Write:
    def write_things(quads: Iterable[ox.Quad], base: str, file: IO[bytes], scratch: Path | None) -> None:
        blocks = _blocks(_lines(quads, format_, scratch))
        ordered = (q for block in blocks for q in ox.parse(block, format=ox.RdfFormat.N_QUADS, lenient=True))
        things = ordered if format_.supports_datasets else (q.triple for q in ordered)
        ox.serialize(things, file, format=format_, prefixes=prefixes(base))

    return write_things


def _tidy(format_: ox.RdfFormat) -> _Write:
    """Return what sorts the prefixes of Turtle and TriG, drops those not used, and puts a blank line after each thing.

    A line end stands in these formats only where it ends a statement: inside a literal it is written as an escape.
    """

    def write_tidily(quads: Iterable[ox.Quad], base: str, file: IO[bytes], scratch: Path | None) -> None:
        with TemporaryFile(dir=scratch) as body:
            _grouped(format_)(quads, base, body, scratch)
            body.seek(0)
            file.writelines(_header(body))
            file.write(b"\n")
            file.writelines(block.replace(b" .\n", b" .\n\n") for block in _blocks(_without_prefixes(body)))

    return write_tidily


def _without_prefixes(body: IO[bytes]) -> Iterator[bytes]:
    body.seek(0)
    return (line for line in body if not line.startswith(_PREFIX))


def _header(body: IO[bytes]) -> list[bytes]:
    """Return the lines that declare prefixes which stand in the body, sorted."""
    unseen = sorted(line for line in islice(body, len(prefixes(""))) if line.startswith(_PREFIX))
    declared = list(unseen)
    for block in _blocks(_without_prefixes(body)):
        unseen = [line for line in unseen if line.split()[1] not in block]
    return [line for line in declared if line not in unseen]


def _jsonld(quads: Iterable[ox.Quad], base: str, file: IO[bytes], _: Path | None) -> None:
    file.write(jsonld(quads, base))


FORMATS: Final = {
    ".jsonld": _jsonld,
    ".nq": _plain(ox.RdfFormat.N_QUADS),
    ".nt": _plain(ox.RdfFormat.N_TRIPLES),
    ".rdf": _grouped(ox.RdfFormat.RDF_XML),
    ".trig": _tidy(ox.RdfFormat.TRIG),
    ".ttl": _tidy(ox.RdfFormat.TURTLE),
}
"""By suffix, what writes quads to a file, given a base IRI and a folder for what does not fit into memory.

Formats without graphs hold the union, each triple once.
"""


def write(quads: Iterable[ox.Quad], base: str, path: Path) -> None:
    """Write quads to a file in the format of its suffix; the file is there whole or not at all.

    Quads are taken one by one, so a store of any size can be given as it yields them. Raises KgError for a suffix that
    no format has, and when the file cannot be written.
    """
    serialise = FORMATS[known(path, FORMATS)]
    with replacing(path) as file:
        serialise(quads, base, file, path.parent)


def suffix_of(path: Path) -> str:
    """Return the suffix of a file that some format has; raises KgError, naming all, when none has it.

    >>> suffix_of(Path("links.csv"))
    '.csv'
    """
    return known(path, [*FORMATS, *GRAPH_FORMATS])


def serialise(quads: Iterable[ox.Quad], base: str, suffix: str) -> bytes:
    """Return a few quads in the format of a suffix."""
    file = BytesIO()
    FORMATS[suffix](quads, base, file, None)
    return file.getvalue()
