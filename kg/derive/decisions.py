"""What curators decided: that two articles, or two principles, are the same whatever is found, or are not.

A text file of lines such as `same A B` or `apart A B`, A and B the IRIs of two articles or two principles. What stands
behind ` # ` on a line, or on a line that begins with `#`, is a comment. The file is replayed at every build, so that a
line that is deleted is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.files import replacing
from kg.model import Iri, Kind
from kg.vocab import is_iri, kind_of

_DECIDED: Final[tuple[set[Kind | None], ...]] = ({Kind.ARTICLE}, {Kind.PRINCIPLE})
"""Kinds of two things about which something can be decided."""

_FORM: Final = "write: same IRI IRI, or: apart IRI IRI"


class Verdict(StrEnum):
    """What was decided about two things."""

    SAME = "same"
    APART = "apart"


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What was decided about two things; `one` comes before `other` in the order of their IRIs."""

    one: Iri
    other: Iri
    verdict: Verdict

    @classmethod
    def of(cls, verdict: Verdict, one: Iri, other: Iri) -> Decision:
        """Return the decision about two things, in whatever order they are given.

        >>> Decision.of(Verdict.SAME, Iri("urn:b"), Iri("urn:a")).one
        'urn:a'
        """
        return cls(min(one, other), max(one, other), verdict)

    def __str__(self) -> str:
        """Return the line of the file that says it."""
        return f"{self.verdict} {self.one} {self.other}"


def read_decisions(file: Path, base: str) -> tuple[Decision, ...]:
    """Return the decisions in a file, sorted, each once; none where there is no file.

    Raises InputError for a line that is none, and for two that contradict each other.
    """
    places: dict[Decision, int] = {}
    for number, decision in _decisions(_lines(file), file, base):
        places.setdefault(decision, number)
    decided: dict[tuple[Iri, Iri], Decision] = {}
    for decision, number in sorted(places.items(), key=lambda item: item[1]):
        before = decided.setdefault((decision.one, decision.other), decision)
        if before != decision:
            what = f"says that they are {decision.verdict}, line {places[before]} that they are {before.verdict}"
            raise InputError(f"{file}, line {number}", what, "delete one of the two lines")
    return tuple(sorted(decided.values()))


def decide(decision: Decision, file: Path, base: str) -> bool:
    """Write a decision into a file, at its place in the order of decisions; return whether it is new there.

    Raises InputError where the file cannot be read or written, or says the contrary.
    """
    known = read_decisions(file, base)
    if decision in known:
        return False
    contrary = Decision(decision.one, decision.other, _OTHER[decision.verdict])
    if contrary in known:
        raise InputError(str(file), f"says: {contrary}", "undo that first")
    lines = _lines(file)
    places = [number - 1 for number, other in _decisions(lines, file, base) if other > decision]
    lines.insert(min(places, default=len(lines)), str(decision))
    _write(lines, file)
    return True


def undo(decision: Decision, file: Path, base: str) -> bool:
    """Take a decision out of a file; return whether it was there.

    Raises InputError where the file cannot be read or written.
    """
    lines = _lines(file)
    gone = {number for number, other in _decisions(lines, file, base) if other == decision}
    if gone:
        _write([line for number, line in enumerate(lines, 1) if number not in gone], file)
    return bool(gone)


def _write(lines: Iterable[str], file: Path) -> None:
    with replacing(file) as kept:
        kept.writelines(f"{line}\n".encode() for line in lines)


_OTHER: Final = {Verdict.SAME: Verdict.APART, Verdict.APART: Verdict.SAME}


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), f"cannot be read ({error})", "it is a text file in UTF-8") from error


def _decisions(lines: list[str], file: Path, base: str) -> Iterator[tuple[int, Decision]]:
    """Yield the decisions with the numbers of their lines, from 1."""
    for number, line in enumerate(lines, 1):
        said = "" if line.lstrip().startswith("#") else line.partition(" #")[0].strip()
        if said:
            yield number, _decision(said, f"{file}, line {number}", base)


def _decision(said: str, where: str, base: str) -> Decision:
    word, *things = said.split()
    if word not in set(Verdict) or len(things) != len(("one", "other")):
        raise InputError(where, f"is no decision: {said!r}", _FORM)
    for check, what, hint in _CHECKS:
        if not check(base, things):
            raise InputError(where, what.format(*things), hint)
    return Decision.of(Verdict(word), Iri(things[0]), Iri(things[1]))


def _kinds(base: str, things: list[str]) -> set[Kind | None]:
    return {kind_of(base, thing) for thing in things}


_CHECKS: Final[tuple[tuple[Callable[[str, list[str]], bool], str, str], ...]] = (
    (lambda _, things: all(map(is_iri, things)), "does not name two things by their IRIs", _FORM),
    (lambda _, things: things[0] != things[1], "names one thing twice: {0}", "name two"),
    (
        lambda base, things: _kinds(base, things) in _DECIDED,
        "is not about two articles or two principles of this graph: {0} {1}",
        "take both IRIs from graph.ttl",
    ),
)
"""What must hold of the two things of a decision, and what is wrong where it does not."""
