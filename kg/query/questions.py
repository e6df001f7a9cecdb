"""The named questions: each a SPARQL query in a file of its own, its first line the question in English.

Lines such as `# param role: role` name what may be asked for: a variable of the query, and the kind of thing that it
stands for, or `modality`, `number`, `text`, `date` or `limit`. A question asked without it answers for all, or for the
default, as in `# param least: number = 2`; asked with it, the variable is bound to that value before the query runs: in
the query's pattern, and in the subquery that this begins with. A line such as
`# given topic: ?article schema:about ?topic .` is a comment unless there is a value for `topic`.

A limit says how many rows are wanted, or `all` of them: `# param most: limit = 100`, and in the query
`# given most: LIMIT ?most`. In a subquery it counts the rows of that: those that are chosen before they are described.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import QuestionError
from kg.model import Modality
from kg.query.names import KINDS, resolve
from kg.query.tokens import pattern_starts
from kg.vocab import ontology_dir, term

_ENGLISH: Final = re.compile(r"#\s*(\S.*?)\s*(?:\n|$)")
_PARAMETER: Final = re.compile(r"^#\s*param\b[ \t]*(.*?)\s*$", re.MULTILINE)
_DECLARED: Final = re.compile(r"(?P<name>\w+)\s*:\s*(?P<kind>\w+)(?:\s*=\s*(?P<default>\S.*))?")
_GIVEN: Final = re.compile(r"^([ \t]*)#\s*given\s+(\w+)\s*:[ \t]*(.*)$", re.MULTILINE)
_LIMIT: Final = re.compile(r"\bLIMIT\s+\?(\w+)")
_SPOKEN: Final = {"must": "obligation", "must not": "prohibition", "should": "recommendation", "may": "permission"}

LIMIT: Final = "limit"
"""The kind of parameter that says how many rows an answer has at most."""

_ALL: Final = "all"


@dataclass(frozen=True, slots=True, order=True)
class Parameter:
    """What a question may be asked for: a variable of its query, the kind of value, and the value if none is given."""

    name: str
    kind: str
    default: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """A question with a name: its English, what it may be asked for, and its SPARQL."""

    name: str
    english: str
    parameters: tuple[Parameter, ...]
    sparql: str


def own_questions(output: Path) -> Path:
    """Return the folder in which the questions of users are looked for: beside the output folder.

    >>> own_questions(Path("graphs/output")).as_posix()
    'graphs/queries'
    """
    return output.parent / "queries"


def questions(own: Path | None = None) -> list[Question]:
    """Return the questions that come with the program and those in a folder, ordered by name.

    One in the folder replaces ours of the same name. Raises QuestionError, naming file and line, for one that is no
    question.

    >>> [q.english for q in questions() if q.name == "reading"]
    ['What should a role read?']
    """
    return [_read(file) for _, file in sorted(_files(own).items())]


def find_question(name: str, own: Path | None = None) -> Question:
    """Return the question of that name, as `questions` would.

    Raises QuestionError, naming the nearest, when there is none.
    """
    known = _files(own)
    if name in known:
        return _read(known[name])
    wanted = name.casefold()
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4) or [n for n in known if n in wanted]
    hint = f"try one of: {', '.join(near)}" if near else "see kg questions"
    raise QuestionError("query", f"no question named {name!r}", hint)


def _files(own: Path | None) -> dict[str, Path]:
    folders = [ontology_dir() / "queries", *([own] if own else [])]
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.rq"))}


def _read(file: Path) -> Question:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise QuestionError(str(file), "is not UTF-8 text", "give a file with a SPARQL query") from None
    english = _ENGLISH.match(text)
    if english is None:
        raise QuestionError(f"{file}: line 1", "is no comment", "begin with the question: # Which ... are there?")
    return Question(file.stem, english[1], tuple(_parameters(file, text)), text)


def _parameters(file: Path, text: str) -> list[Parameter]:
    found = []
    for line in _PARAMETER.finditer(text):
        declared = _DECLARED.fullmatch(line[1])
        where = f"{file}: line {text.count(chr(10), 0, line.start()) + 1}"
        if declared is None:
            raise QuestionError(where, "is no parameter", "write: # param NAME: KIND, or # param NAME: KIND = DEFAULT")
        if declared["kind"] not in (*KINDS, *_PLAIN):
            raise QuestionError(where, f"no kind {declared['kind']!r}", f"use one of: {', '.join((*KINDS, *_PLAIN))}")
        if not re.search(rf"[?$]{declared['name']}\b", text):
            raise QuestionError(where, f"the query has no ?{declared['name']}", "use it, or delete the line")
        found.append(Parameter(*declared.group("name", "kind", "default")))
    return found


def bind(question: Question, values: Mapping[str, str], engine: ox.Store, base: str, *, is_beyond: bool = False) -> str:
    """Return the SPARQL of a question with its parameters bound to what `values` says, else to their defaults.

    With `is_beyond` it asks for what comes next behind its limit: has that no row, the limit cut nothing off.

    Raises QuestionError for a parameter that the question has not or a value that is none of its kind, and
    UnknownNameError for a name that is no thing of its kind.
    """
    kinds = {p.name: p.kind for p in question.parameters}
    for name in values:
        if name not in kinds:
            hint = f"it has: {', '.join(kinds)}" if kinds else "it has none"
            raise QuestionError(f"question {question.name!r}", f"has no parameter {name!r}", hint)
    given = _given(question, values)
    sparql = _GIVEN.sub(lambda line: line[1] + line[3] if line[2] in given else line[0], question.sparql)
    written = {name: _value(value, kinds[name], engine, base) for name, value in given.items()}
    rows = "LIMIT 1 OFFSET" if is_beyond else "LIMIT"
    sparql = _LIMIT.sub(lambda limit: f"{rows} {written[limit[1]]}" if limit[1] in written else limit[0], sparql)
    bound = "".join(f" VALUES ?{name} {{ {value} }}" for name, value in written.items() if kinds[name] != LIMIT)
    for start in reversed(pattern_starts(sparql)):
        sparql = sparql[:start] + bound + sparql[start:]
    return sparql


def _given(question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """Return the value of each parameter that has one, given or by default."""
    given = {p.name: p.default for p in question.parameters if p.default is not None} | dict(values)
    limits = {p.name for p in question.parameters if p.kind == LIMIT}
    return {name: value for name, value in given.items() if not (name in limits and value == _ALL)}


def limit_of(question: Question, values: Mapping[str, str]) -> str:
    """Return the name of the limit that holds when a question is asked for some values, nothing where none does.

    >>> newest = find_question("newest")
    >>> limit_of(newest, {"most": "5"}), limit_of(newest, {}), limit_of(newest, {"most": "all"})
    ('most', 'most', '')
    """
    given = _given(question, values)
    return next((p.name for p in question.parameters if p.kind == LIMIT and p.name in given), "")


def unlimited(question: Question) -> dict[str, str]:
    """Return what a question is asked with to have all its rows, as programs want them.

    >>> unlimited(find_question("newest")), unlimited(find_question("roles"))
    ({'most': 'all'}, {})
    """
    return {p.name: _ALL for p in question.parameters if p.kind == LIMIT}


def _value(value: str, kind: str, engine: ox.Store, base: str) -> str:
    """Return a value as SPARQL writes it."""
    return _PLAIN[kind](value) if kind in _PLAIN else str(ox.NamedNode(resolve(engine, base, value, kind)))


def _modality(value: str) -> str:
    name = value.removeprefix("kg:").removeprefix(term("kg:")).casefold()
    name = _SPOKEN.get(" ".join(name.split()), name).capitalize()
    if name not in set(Modality):
        near = difflib.get_close_matches(name, list(Modality), n=1)
        hint = f"try {near[0].lower()}" if near else f"it is one of: {', '.join(m.lower() for m in Modality)}"
        raise QuestionError("modality", f"no modality {value!r}", hint)
    return str(ox.NamedNode(term(f"kg:{name}")))


def _number(value: str) -> str:
    if not re.fullmatch(r"-?[0-9]+", value):
        raise QuestionError("number", f"{value!r} is none", "give a whole number, such as 2")
    return str(int(value))


def _limit(value: str) -> str:
    if not re.fullmatch(r"[0-9]+", value):
        raise QuestionError(LIMIT, f"{value!r} is none", f"give a whole number, such as 100, or {_ALL!r}")
    return str(int(value))


def _date(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise QuestionError("date", f"{value!r} is none", "give a day, such as 2026-01-31") from None
    return str(ox.Literal(day.isoformat(), datatype=ox.NamedNode(term("xsd:date"))))


def _text(value: str) -> str:
    return str(ox.Literal(value))


_PLAIN: Final[dict[str, Callable[[str], str]]] = {
    "modality": _modality,
    "number": _number,
    "text": _text,
    "date": _date,
    LIMIT: _limit,
}
"""The kinds of value that are no things of the graph, and how each is written in SPARQL."""
