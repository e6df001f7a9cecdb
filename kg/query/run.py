"""Run SPARQL on the union of all graphs, and give the answer as rows or in a standard format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.errors import QuestionError
from kg.query.tokens import TOKEN
from kg.query.values import table
from kg.vocab import compact, is_iri, prefixes

FORMATS: Final = ("table", "csv", "tsv", "json", "jsonl", "xml", "ttl")
_RESULTS: Final = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UNANSWERABLE: Final = (RuntimeError, ValueError, OSError)
_DEEPEST: Final = 500
"""Open brackets at once; the engine's parser, which recurses, is killed by some thousands."""


Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked of: none named means that the query chooses, else the union of all."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer to a query: its columns and rows as text, or a whole document in a standard format."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    document: str = ""


_ALL: Final = Dataset()


def ask(engine: ox.Store, sparql: str, base: str, format_: str = "table", where: str = "query") -> Answer:
    """Run a query; rows come as text, IRIs by their prefixed names.

    The default graph is the union of all graphs, unless the query chooses its own with FROM. `where` names the query
    in messages. Raises QuestionError: for SPARQL that does not parse, naming line and column; for SERVICE, as nothing
    here reaches the network; and for a format that the kind of query cannot have.
    """
    names = prefixes(base)
    found = solve(engine, sparql, base, where)
    try:
        return _rows(found, names) if format_ == "table" else Answer(document=_document(found, format_, where, names))
    except _UNANSWERABLE as error:
        raise unanswerable(error, where) from None


def solve(engine: ox.Store, sparql: str, base: str, where: str = "query", dataset: Dataset = _ALL) -> Found:
    """Run a query, of the graphs of `dataset` where it names any; raises QuestionError as `ask` does.

    A graph that is not here is refused, not taken as empty: whoever names a file or an address expects it to be read.
    What goes wrong later, while the answer is read, is one of the engine's errors: `unanswerable` tells of it.
    """
    tokens = list(TOKEN.finditer(sparql))
    words = [token["word"].upper() for token in tokens if token["word"]]
    _refuse(words, [token.group() for token in tokens], where)
    _refuse_unknown(engine, [*_from(tokens), *dataset.default, *dataset.named], where)
    chosen = bool(dataset.default or dataset.named)
    try:
        return engine.query(
            sparql,
            use_default_graph_as_union=not chosen and "FROM" not in words,
            prefixes=prefixes(base),
            default_graph=[ox.NamedNode(name) for name in dataset.default] if chosen else None,
            named_graphs=[ox.NamedNode(name) for name in dataset.named] if chosen else None,
        )
    except SyntaxError as error:
        raise _syntax_error(error, sparql, where) from None
    except _UNANSWERABLE as error:
        raise unanswerable(error, where) from None


def unanswerable(error: Exception, where: str) -> QuestionError:
    """Return what the engine complained of as an error of ours."""
    return QuestionError(where, f"cannot be answered ({error})", "simplify it, or see kg questions")


def _from(tokens: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield the absolute IRIs that FROM and FROM NAMED are followed by."""
    kept = [token for token in tokens if not token.group().isspace() and token.group()[0] != "#"]
    for before, token in pairwise(kept):
        if (before["word"] or "").upper() in {"FROM", "NAMED"} and re.match(r"<\w[\w+.-]*:", token.group()):
            yield token.group()[1:-1]


def _refuse_unknown(engine: ox.Store, graphs: Sequence[str], where: str) -> None:
    for name in graphs:
        if not (is_iri(name) and engine.contains_named_graph(ox.NamedNode(name))):
            hint = "nothing is fetched; graphs are named by their articles: SELECT ?g { GRAPH ?g {} }"
            raise QuestionError(where, f"no graph {name} here", hint)


def _refuse(words: Sequence[str], tokens: Sequence[str], where: str) -> None:
    """Raise QuestionError for a query that is not to be run at all."""
    if not words:
        raise QuestionError(where, "is empty", "write a SPARQL query, or see kg questions")
    if "SERVICE" in words:
        raise QuestionError(where, "SERVICE would ask another machine", "load that data into the collection instead")
    depth = deepest = 0
    for mark in tokens:
        deepest += mark == "!"
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(mark, 0)
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise QuestionError(where, f"is nested {deepest} deep", f"nest at most {_DEEPEST} brackets")


def _syntax_error(error: SyntaxError, sparql: str, where: str) -> QuestionError:
    place = _PLACE.match(str(error))
    if place is None:
        return QuestionError(where, f"is no SPARQL ({error})", "see kg questions for examples")
    line, column, what = int(place[1]), int(place[2]), _expected(place[3])
    lines = sparql.split("\n")
    near = lines[min(line, len(lines)) - 1].strip()
    return QuestionError(where, f"line {line}, column {column}: {what}", f"in: {near}")


def _expected(what: str) -> str:
    """Return the parser's complaint without the classes of characters that it would have taken too."""
    if "Prefix not found" in what:
        return "a prefix that is not declared"
    names = re.sub(r"\[(?:[^\]\\]|\\.)*\](?:, | or )?", "", " ".join(what.split()))
    return re.sub(r"(?:, |\s|expected(?: one of)?)+$", "", names) or "not expected"


def _rows(found: Found, names: dict[str, str]) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return Answer(("answer",), (("yes" if found else "no",),))
    if isinstance(found, ox.QueryTriples):
        rows = sorted({tuple(shown(term, names) for term in triple) for triple in found})
        return Answer(("subject", "predicate", "object"), tuple(rows))
    columns = tuple(v.value for v in found.variables)
    return Answer(columns, tuple(tuple(shown(value, names) for value in row) for row in found))


def shown(value: object, names: dict[str, str]) -> str:
    """Return a term as people read it: the text of a literal, the prefixed name of an IRI, nothing for what is unbound.

    >>> shown(ox.NamedNode("https://schema.org/about"), {"schema": "https://schema.org/"})
    'schema:about'
    """
    if isinstance(value, ox.NamedNode):
        return compact(value.value, names)
    return "" if value is None else str(getattr(value, "value", value))


def _document(
    found: Found,
    format_: str,
    where: str,
    names: dict[str, str],
) -> str:
    if isinstance(found, ox.QueryTriples):
        if format_ != "ttl":
            raise QuestionError(where, f"builds a graph, which {format_} cannot hold", "use --format ttl or table")
        triples = sorted(set(found), key=str)
        return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=names) or b"").decode()
    if format_ == "jsonl":
        rows = table(found).records()
        return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
    if format_ not in _RESULTS:
        raise QuestionError(
            where, f"has rows, which {format_} cannot hold", f"use one of: {', '.join(_RESULTS)}, jsonl, table"
        )
    if isinstance(found, ox.QueryBoolean) and format_ in {"csv", "tsv"}:
        return f"{str(bool(found)).lower()}\n"
    return (found.serialize(format=_RESULTS[format_]) or b"").decode()
