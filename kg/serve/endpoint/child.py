"""The process that answers queries: `python -m kg.serve.endpoint.child STORE BASE MEMORY`.

It opens a store read-only, then reads one question after another from standard input, each a line of JSON, and writes
for each a line of JSON (`status`, `type`, `length`) and so many bytes. The engine cannot be interrupted, so the kernel
ends this process when a query takes longer than it may, or more memory; whoever started it takes another.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from kg.errors import QuestionError, RequestError
from kg.publish import serialise
from kg.query import Dataset, Found, solve, unanswerable
from kg.serve.endpoint.negotiation import GRAPHS, RESULTS, chosen, media_type
from kg.serve.limits import OUT_OF_MEMORY

_Wanted = tuple[str, str]
_RESULTS: Final = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_PLAIN: Final = "text/plain; charset=utf-8"


class _Bounded(BytesIO):
    """Bytes in memory, so many at most."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever the engine writes
        """Take some bytes, or raise RequestError."""
        if self.tell() + len(data) > self._most:
            raise RequestError(422, "query", f"has an answer of more than {self._most} bytes", "give it a LIMIT")
        return super().write(data)


def answer(engine: ox.Store, base: str, question: dict[str, Any]) -> tuple[str, bytes]:
    """Return the answer to a question and its media type.

    Raises QuestionError for a query that cannot be answered, RequestError for an answer that is too large or that the
    client does not accept.
    """
    dataset = Dataset(tuple(question["default"]), tuple(question["named"]))
    found = solve(engine, question["query"], base, dataset=dataset)
    media, format_ = _wanted(found, question["accept"])
    out = _Bounded(question["bytes"])
    try:
        _write(found, format_, base, out)
    except (RuntimeError, ValueError, OSError) as error:
        raise unanswerable(error, "query") from None
    return media, out.getvalue()


def _wanted(found: Found, accept: str) -> _Wanted:
    """Return the media type and format of an answer.

    Many clients ask for the formats of rows whatever they ask: they get a graph in the format that comes first.
    """
    own, other = (GRAPHS, RESULTS) if isinstance(found, ox.QueryTriples) else (RESULTS, GRAPHS)
    format_ = chosen(accept, own) or (next(iter(own.values())) if chosen(accept, other) else None)
    if format_ is None:
        raise RequestError(406, "Accept", f"none of {accept} is offered", f"accept one of: {', '.join(own)}")
    return media_type(format_, own), format_


def _write(found: Found, format_: str, base: str, out: BinaryIO) -> None:
    if isinstance(found, ox.QueryTriples):
        quads = {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found}
        out.write(serialise(quads, base, format_))
    elif isinstance(found, ox.QueryBoolean) and format_ in {"csv", "tsv"}:
        out.write(f"{str(bool(found)).lower()}\n".encode())
    else:
        found.serialize(out, format=_RESULTS[format_])


def _reply(engine: ox.Store, base: str, line: bytes) -> tuple[int, str, bytes]:
    """Return status, media type and bytes of the answer to a line of input, in the time that it allows."""
    question = json.loads(line)
    signal.setitimer(signal.ITIMER_REAL, question["seconds"])
    try:
        return (200, *answer(engine, base, question))
    except QuestionError as error:
        return 400, _PLAIN, f"{error}\n".encode()
    except RequestError as error:
        return error.status, _PLAIN, f"{error}\n".encode()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def run(engine: ox.Store, base: str, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions until there are none."""
    for line in questions:
        status, media, body = _reply(engine, base, line)
        header = json.dumps({"status": status, "type": media, "length": len(body)})
        answers.write(header.encode() + b"\n" + body)
        answers.flush()


def _silence_the_engine() -> None:
    """Keep standard error for Python alone: running out of memory is expected, and told by the exit code."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _main(store: str, base: str, memory: str) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _silence_the_engine()
    try:
        run(ox.Store.read_only(str(Path(store))), base, sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    _main(*sys.argv[1:])
