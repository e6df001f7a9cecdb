"""What curators decide about two articles or two principles of a build: where that is kept, and what it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.derive import Decision, Verdict
from kg.errors import UnknownNameError
from kg.model import Iri, Kind
from kg.pipeline.options import Options
from kg.query import resolve
from kg.store import Build
from kg.vocab import kind_of

_DECIDED: Final = (Kind.ARTICLE, Kind.PRINCIPLE)


def usual_decisions(output: Path) -> Path:
    """Return the file of decisions where none is named: beside the output folder, and called after it.

    By its suffix it is no article, so that it may stand among articles.

    >>> usual_decisions(Path("graphs/output")).as_posix()
    'graphs/output.decisions'
    """
    return output.parent / f"{output.resolve().name}.decisions"


def decisions_of(build_: Build, output: Path) -> Path:
    """Return the file of decisions that a build was made with or, where there was none, the usual one."""
    return Options.from_report(build_.report, output).decisions or usual_decisions(output)


def decision(build_: Build, verdict: Verdict, one: str, other: str, *, is_undone: bool = False) -> Decision:
    """Return the decision about two things of a build, each named by any of its labels, its slug, its path or its IRI.

    One that is undone may be about what is there no more, named by IRI. Raises UnknownNameError where a name stands for
    nothing or several things, and where the two are not two articles or two principles.
    """
    things = [_thing(build_, name, is_undone=is_undone) for name in (one, other)]
    both = f"{one!r} and {other!r}"
    if things[0] == things[1]:
        raise UnknownNameError(both, f"are one thing: {things[0]}", "name two")
    kinds = [kind_of(build_.base, thing) for thing in things]
    if kinds[0] is not kinds[1]:
        what = f"are of two kinds: {kinds[0]} and {kinds[1]}"
        raise UnknownNameError(both, what, "name two articles or two principles")
    return Decision.of(verdict, *things)


def _thing(build_: Build, name: str, *, is_undone: bool) -> Iri:
    if is_undone and kind_of(build_.base, name) in _DECIDED:
        return Iri(name)
    return resolve(build_.store.engine, build_.base, name, *_DECIDED)
