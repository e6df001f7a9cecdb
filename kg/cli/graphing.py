"""`kg path`, `related`, `central`, `communities`, `reading-path` and `gaps`: what the graph as a whole tells."""

from __future__ import annotations

import csv
import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeAlias

import click

from kg.cli.common import common_options, is_set
from kg.cli.completing import Named
from kg.cli.tables import counted, say_table

if TYPE_CHECKING:
    from kg.collection import Step
    from kg.model import Thing

_P = ParamSpec("_P")
_Rows: TypeAlias = "Iterable[tuple[str | int | float, ...]]"
_SHOWN: Final = 8
"""Things that one cell of a table lists; the other formats list all."""


def _graph_options(command: Callable[_P, None]) -> Callable[_P, None]:
    formats = click.Choice(("table", "csv", "json"))
    return click.option("--format", "format_", type=formats, default="table", show_default=True)(
        common_options(command)
    )


def _most(default: int) -> Callable[[Callable[_P, None]], Callable[_P, None]]:
    return click.option(
        "-n", "--most", type=click.IntRange(1), default=default, show_default=True, help="How many to show at most."
    )


def _say(format_: str, columns: Sequence[str], rows: _Rows, found: Any) -> None:  # noqa: ANN401 - any frozen answer
    """Print an answer: as JSON whole, else as rows."""
    if format_ == "json":
        plain = [dataclasses.asdict(f) for f in found] if isinstance(found, tuple) else dataclasses.asdict(found)
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    elif format_ == "csv":
        csv.writer(sys.stdout).writerows([columns, *rows])
    else:
        say_table(columns, [tuple(map(str, row)) for row in rows])


def _listed(things: Sequence[Thing], format_: str) -> str:
    labels = [thing.label for thing in things]
    more = f" … {len(labels)} in all" if format_ == "table" and len(labels) > _SHOWN else ""
    return "; ".join(labels[:_SHOWN] if more else labels) + more


def _tell(line: str) -> None:
    if not is_set("quiet"):
        click.echo(line, err=True)


@click.command(epilog="Example: kg path CTO 'incident response'")
@click.argument("one", metavar="A", type=Named())
@click.argument("other", metavar="B", type=Named())
@_graph_options
def path(one: str, other: str, format_: str, output: Path) -> None:
    """Show how two things hang together.

    The way from A to B over the least common things, with the words behind each step. A and B are topics, roles,
    principles, sources, articles or code references.
    """
    from kg.collection import open_collection  # noqa: PLC0415

    route = open_collection(output).path(one, other)
    rows = ((s.subject.label, s.relation, s.object.label, *_first_words(s)) for s in route.steps)
    _say(format_, ("this", "stands so", "to that", "in these words", "of"), rows, route)


def _first_words(step: Step) -> tuple[str, str]:
    """Return the words that say a statement first, and their file; a path or a host may have said it alone."""
    return next(((e.exact, e.path) for e in step.evidence), ("", ""))


@click.command(epilog="Example: kg related 'coding agent'")
@click.argument("thing", type=Named())
@_most(10)
@_graph_options
def related(thing: str, most: int, format_: str, output: Path) -> None:
    """Show what a thing is related to, and through what.

    Related are articles, topics and roles that share rare neighbours with THING.
    """
    from kg.collection import open_collection  # noqa: PLC0415

    found = open_collection(output).related(thing, most)
    itself = dataclasses.replace(found.thing, label="directly")
    rows = (
        (k.thing.kind, k.thing.label, k.score, _listed([itself if t == found.thing else t for t in k.through], format_))
        for k in (*found.articles, *found.topics, *found.roles)
    )
    _say(format_, ("kind", "related", "score", "through"), rows, found)


@click.command(epilog="Example: kg central --kind role")
@click.option("--kind", type=click.Choice(("topic", "role", "source")), default="topic", show_default=True)
@_most(20)
@_graph_options
def central(kind: str, most: int, format_: str, output: Path) -> None:
    """Show what holds the collection together.

    A thing is central when it often occurs together with what is central. Bridging is near 1 for what occurs together
    with things of many communities.
    """
    from kg.collection import open_collection  # noqa: PLC0415

    found = open_collection(output).central(kind, most)
    rows = ((c.thing.label, c.articles, c.score, c.bridging) for c in found)
    _say(format_, (kind, "articles", "score", "bridging"), rows, found)


@click.command(epilog="Example: kg communities")
@_graph_options
def communities(format_: str, output: Path) -> None:
    """Show which topics belong together.

    Topics are in one community when they occur together in articles more than with others. Each is named by its three
    most typical topics.
    """
    from kg.collection import open_collection  # noqa: PLC0415

    found = open_collection(output).communities()
    rows = ((c.name, c.articles, len(c.topics), _listed(c.topics, format_)) for c in found)
    _say(format_, ("community", "articles", "topics", "which"), rows, found)


@click.command("reading-path", epilog="Example: kg reading-path 'VP of Engineering'")
@click.argument("role", type=Named("role"))
@_most(10)
@_graph_options
def reading_path(role: str, most: int, format_: str, output: Path) -> None:
    """Show what a role should read, the easiest first.

    As few articles as cover the topics that the articles for ROLE share.
    """
    from kg.collection import open_collection  # noqa: PLC0415

    found = open_collection(output).reading_path(role, most)
    rows = ((at, s.level, s.article.label, _listed(s.adds, format_)) for at, s in enumerate(found.stops, 1))
    _say(format_, ("", "level", "article", "adds"), rows, found)
    _tell(f"{counted('article', len(found.stops))}: {found.covered} of {counted('topic', found.wanted)} covered")


@click.command(epilog="Example: kg gaps --format csv")
@_most(20)
@_graph_options
def gaps(most: int, format_: str, output: Path) -> None:
    """Show topics that nobody brings together.

    Pairs of frequent topics that occur together in far fewer articles than expected, though much connects them.
    """
    from kg.collection import open_collection  # noqa: PLC0415

    found = open_collection(output).gaps(most)
    rows = ((g.first.label, g.second.label, g.together, g.expected, _listed(g.bridges, format_)) for g in found)
    _say(format_, ("topic", "and topic", "together", "expected", "both with"), rows, found)
    if not found:
        _tell("no gaps: that takes two topics of which five articles at least are expected to treat both")
