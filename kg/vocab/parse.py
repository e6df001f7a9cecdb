"""Read a SKOS file of any format as triples: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, also compressed.

The suffix tells the format, else the content. Nothing is fetched from a network.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import InputError

_SUFFIXES: Final = {
    ".json": ox.RdfFormat.JSON_LD,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".owl": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".xml": ox.RdfFormat.RDF_XML,
}
_NODE: Final = rb"(?:<[^>\n]*>|_:\S+)"
_LITERAL: Final = rb'"(?:[^"\\\n]|\\.)*"\S*'
_QUAD: Final = rb"(?:\s*#.*\n)*\s*%b\s+<[^>\n]*>\s+(?:%b|%b)\s+%b\s*\." % (_NODE, _NODE, _LITERAL, _NODE)
_CONTENT: Final = (
    (re.compile(rb"\s*<(?:\?xml|!DOCTYPE|!--|rdf:RDF)"), ox.RdfFormat.RDF_XML),
    (re.compile(rb"\s*(?:\{|\[\s*\{)"), ox.RdfFormat.JSON_LD),
    (re.compile(_QUAD), ox.RdfFormat.N_QUADS),
)
"""How a file begins in each format; what begins otherwise is TriG, of which Turtle and N-Triples are a part."""

_GZIP: Final = b"\x1f\x8b"
_MARK: Final = b"\xef\xbb\xbf"
_HEAD: Final = 4096
_NO_NETWORK: Final = "LoadDocumentCallback"


def quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the triples of a file, IRIs unchecked.

    Raises InputError for a file that cannot be read, naming the line where that is known.
    """
    try:
        with _opened(path) as file:
            format_ = _format(path, file)
            yield from ox.parse(input=file, format=format_, lenient=True)
    except SyntaxError as error:
        raise _malformed(path, error) from error
    except (OSError, EOFError, zlib.error) as error:
        what = f"cannot be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(str(path), what, "give a SKOS file: .ttl .rdf .jsonld .nt .nq .trig, also as .gz") from error


def subjects(path: Path) -> frozenset[str]:
    """Return the names of all that a file speaks of.

    Raises InputError as `quads` does.
    """
    return frozenset(quad.subject.value for quad in quads(path) if isinstance(quad.subject, ox.NamedNode))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, unpacked, behind its byte order mark."""
    with path.open("rb") as packed:
        is_packed = packed.read(len(_GZIP)) == _GZIP
        packed.seek(0)
        with gzip.open(packed) if is_packed else packed as file:
            if file.read(len(_MARK)) != _MARK:
                file.seek(0)
            yield cast("IO[bytes]", file)


def _format(path: Path, file: IO[bytes]) -> ox.RdfFormat:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    known = _SUFFIXES.get(next((suffix for suffix in reversed(suffixes) if suffix != ".gz"), ""))
    if known:
        return known
    start = file.tell()
    head = file.read(_HEAD)
    file.seek(start)
    return next((format_ for pattern, format_ in _CONTENT if pattern.match(head)), ox.RdfFormat.TRIG)


def _malformed(path: Path, error: SyntaxError) -> InputError:
    if _NO_NETWORK in str(error):
        what = "has its JSON-LD context on the network, which nothing here reaches"
        return InputError(str(path), what, "put the context itself into the file")
    line = "" if error.lineno else _xml_line(path)
    return InputError(str(path), f"{error.msg}{line}", "correct it at that place")


def _xml_line(path: Path) -> str:
    """Return where XML breaks off, which the engine's parser does not tell."""
    parser = expat.ParserCreate()
    try:
        with _opened(path) as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        return f" (line {error.lineno})"
    except (OSError, EOFError, zlib.error):
        pass
    return ""
