"""The named questions: each a SPARQL query in a file of its own, its first line the question in English.

Lines such as `# param role: role` name what may be asked for: the query's variable and the kind of thing it stands
for. A question asked without it answers for all; asked with it, the variable is bound to that thing before the query
runs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import QuestionError
from kg.model import Modality
from kg.query.names import resolve
from kg.vocab import ontology_dir, term

_PARAMETER: Final = re.compile(r"#\s*param\s+(\w+)\s*:\s*(\w+)")
_WHERE: Final = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_SPOKEN: Final = {"must": "obligation", "must not": "prohibition", "should": "recommendation", "may": "permission"}


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """A question with a name: its English, its parameters with their kinds, and its SPARQL."""

    name: str
    english: str
    parameters: tuple[tuple[str, str], ...]
    sparql: str


def questions(folder: Path | None = None) -> list[Question]:
    """Return the questions of a folder, ordered by name; by default those that come with the program.

    >>> [q.english for q in questions() if q.name == "reading"]
    ['What should a role read?']
    """
    files = sorted((folder or ontology_dir() / "queries").glob("*.rq"))
    return [_read(file) for file in files]


def _read(file: Path) -> Question:
    text = file.read_text(encoding="utf-8")
    english = text.partition("\n")[0].lstrip("# ").strip()
    return Question(file.stem, english, tuple(_PARAMETER.findall(text)), text)


def find_question(name: str, folder: Path | None = None) -> Question:
    """Return the question of that name.

    Raises QuestionError, naming the nearest, when there is none.
    """
    known = {q.name: q for q in questions(folder)}
    if name in known:
        return known[name]
    wanted = name.casefold()
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4) or [n for n in known if n in wanted]
    hint = f"try one of: {', '.join(near)}" if near else "see kg questions"
    raise QuestionError("query", f"no question named {name!r}", hint)


def bind(question: Question, values: Mapping[str, str], engine: ox.Store, base: str) -> str:
    """Return the SPARQL of a question with its parameters bound to the things that `values` names.

    Raises QuestionError for a parameter that the question has not, UnknownNameError for a name that is no thing of
    its kind.
    """
    kinds = dict(question.parameters)
    rows = []
    for name, value in values.items():
        if name not in kinds:
            hint = f"it has: {', '.join(kinds)}" if kinds else "it has none"
            raise QuestionError(f"question {question.name!r}", f"has no parameter {name!r}", hint)
        rows.append(f"VALUES ?{name} {{ <{_value(value, kinds[name], engine, base)}> }}")
    return _WHERE.sub(lambda found: " ".join([found.group(), *rows]), question.sparql, count=1)


def _value(value: str, kind: str, engine: ox.Store, base: str) -> str:
    return _modality(value) if kind == "modality" else resolve(engine, base, value, kind)


def _modality(value: str) -> str:
    name = value.removeprefix("kg:").removeprefix(term("kg:")).casefold()
    name = _SPOKEN.get(" ".join(name.split()), name).capitalize()
    if name not in set(Modality):
        near = difflib.get_close_matches(name, list(Modality), n=1)
        hint = f"try {near[0].lower()}" if near else f"it is one of: {', '.join(m.lower() for m in Modality)}"
        raise QuestionError("modality", f"no modality {value!r}", hint)
    return term(f"kg:{name}")
