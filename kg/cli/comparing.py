"""`kg diff` and `kg decide`: what changed between two builds, and what curators say of two things in one."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from kg.cli.common import PATH, common_options, is_set
from kg.cli.completing import Named
from kg.cli.progress import progress
from kg.cli.tables import counted, say_table
from kg.errors import printable

if TYPE_CHECKING:
    from kg.pipeline import Difference
    from kg.pipeline.comparing import Changed, Confirmed, Pair, Spoken, Turnover
    from kg.store import Build

_T = TypeVar("_T")
_NOTE: Final = "The two builds differ in program, vocabularies or limits: more may differ than the articles do."
_MARKS: Final = re.compile(r"[\\`*_\[\]<>#|~&$]")
_AT_START: Final = re.compile(r"^(\d*)([-+=.)])")
"""What would begin a list, or a heading, where a line begins with it."""


@click.command(epilog="Example: kg diff ~/graph-in-may ~/graph --format markdown >> changes.md")
@click.argument("folders", nargs=-1, type=PATH, metavar="[OLD NEW]")
@click.option("-n", "--most", type=click.IntRange(1), default=20, show_default=True, help="Lines for each list.")
@click.option(
    "--format", "format_", type=click.Choice(("table", "json", "markdown")), default="table", show_default=True
)
@common_options
def diff(folders: tuple[Path, ...], most: int, format_: str, output: Path) -> None:
    """Show what changed between two builds.

    OLD and NEW are output folders. With one folder, or none (then that of -o), its newest build is compared with the
    one before, which is kept until the next build.

    Articles that came, went or changed; topics, roles and sources that are new or gone; principles that a second
    independent source confirms; articles found to be one work; principles that restate each other or are in tension.
    JSON lists all, whatever -n says.
    """
    from kg.pipeline import compare  # noqa: PLC0415

    difference = compare(*_builds(folders or (output,)))
    if format_ == "json":
        click.echo(json.dumps(dataclasses.asdict(difference), ensure_ascii=False, indent=1))
    elif format_ == "markdown":
        click.echo("\n".join(_markdown(difference, most)))
    else:
        _say_difference(difference, most)


def _builds(folders: Sequence[Path]) -> tuple[Build, Build]:
    from kg.pipeline import build_before  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    first, *rest = folders
    if not rest:
        return build_before(first), open_build(first)
    if len(rest) > 1:
        raise click.UsageError("name two folders at most: OLD and NEW")
    return open_build(first), open_build(rest[0])


@dataclass(frozen=True, slots=True)
class _List:
    """One list of what changed: of what, how, its heading, and the lines, each a text and what goes with it."""

    what: str
    how: str
    heading: str
    lines: tuple[tuple[str, str], ...]


def _lists(difference: Difference) -> Iterator[_List]:
    """Yield the lists that are not empty."""
    d = difference
    changed = tuple(map(_changed, d.changed))
    lists = (
        *_both("article", d.articles, lambda a: (a.label, ""), "New articles", "Articles that are gone"),
        _List("article", "changed", "Changed articles", changed),
        *_both("topic", d.topics, _spoken, "New topics", "Topics that are gone"),
        *_both("role", d.roles, _spoken, "New roles", "Roles that are gone"),
        *_both("source", d.sources, _spoken, "New sources", "Sources that are gone"),
        *_both("confirmed", d.confirmed, _confirmed, "Confirmed by a second source", "No longer confirmed"),
        *_both("one work", d.copies, _pair, "Articles that are one work", "Articles that are one work no longer"),
        *_both("restated", d.restated, _pair, "Principles that agree", "Principles that agree no longer"),
        *_both("tension", d.tensions, _pair, "Principles in tension", "Principles in tension no longer"),
    )
    return (one for one in lists if one.lines)


def _both(
    what: str, turnover: Turnover[_T], line: Callable[[_T], tuple[str, str]], new: str, gone: str
) -> Iterator[_List]:
    yield _List(what, "new", new, tuple(map(line, turnover.new)))
    yield _List(what, "gone", gone, tuple(map(line, turnover.gone)))


def _changed(one: Changed) -> tuple[str, str]:
    renamed = one.before.label != one.now.label
    return f"{one.before.label} → {one.now.label}" if renamed else one.now.label, ", ".join(one.files)


def _spoken(one: Spoken) -> tuple[str, str]:
    return one.thing.label, counted("article", one.articles)


def _confirmed(one: Confirmed) -> tuple[str, str]:
    return one.principle.label, f"{counted('source', one.now)}, {one.before} before"


def _pair(one: Pair) -> tuple[str, str]:
    return one.one.label, one.other.label


def _say_difference(difference: Difference, most: int) -> None:
    lists = list(_lists(difference))
    if lists:
        say_table(("what", "how", "how many"), [(one.what, one.how, str(len(one.lines))) for one in lists])
        click.echo()
        say_table(("what", "how", "which", ""), [row for one in lists for row in _rows(one, most)])
    elif not is_set("quiet"):
        click.echo("nothing changed", err=True)
    if not difference.is_same_program and not is_set("quiet"):
        click.echo(f"\n{_NOTE}", err=True)


def _rows(one: _List, most: int) -> Iterator[tuple[str, ...]]:
    yield from ((one.what, one.how, *line) for line in one.lines[:most])
    if (more := len(one.lines) - most) > 0:
        yield one.what, one.how, f"… and {more} more", ""


def _markdown(difference: Difference, most: int) -> Iterator[str]:
    lists = list(_lists(difference))
    yield "## What changed"
    if not difference.is_same_program:
        yield from ("", _NOTE)
    if not lists:
        yield from ("", "Nothing.")
    for one in lists:
        yield from ("", f"### {one.heading} ({len(one.lines)})", "")
        yield from (f"- {_item(line)}" for line in one.lines[:most])
        if (more := len(one.lines) - most) > 0:
            yield f"- … and {more} more"


def _item(line: tuple[str, str]) -> str:
    return " — ".join(plain(part) for part in line if part)


def plain(text: str) -> str:
    r"""Return one line of Markdown that shows a text as it is, whatever marks stand in it.

    >>> print(plain("1. *Never* use <b> in my_file"))
    1\. \*Never\* use \<b\> in my\_file
    """
    line = printable(" ".join(text.split()))
    return _AT_START.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", line))


@click.command(epilog="Example: kg decide apart a/on-review.md b/on-review.md && kg diff")
@click.argument("verdict", type=click.Choice(("same", "apart")))
@click.argument("one", metavar="A", type=Named("article", "principle"))
@click.argument("other", metavar="B", type=Named("article", "principle"))
@click.option("--undo", "is_undone", is_flag=True, help="Take this decision back.")
@click.option(
    "--decisions",
    "file",
    type=PATH,
    metavar="FILE",
    help="The file to keep and hold to, in place of that of the build.",
)
@common_options
def decide(  # noqa: PLR0913, PLR0917 - one argument for each option
    verdict: str,
    one: str,
    other: str,
    is_undone: bool,  # noqa: FBT001 - click passes flags so
    file: Path | None,
    output: Path,
) -> None:
    """Decide that two articles, or two principles, are the same or are not.

    Whatever is found: two articles are one work, published twice, or are two; two principles restate each other, or do
    not. A and B are each an IRI, a slug, a title or the words of a principle, or the path of an article.

    The decision becomes a line of a text file, and the build holds to it at once; no article is read again. The file is
    the one that the build was made with, else OUTPUT.decisions beside the output folder, where kg build finds it by
    itself. Any other has to be named: kg build --decisions FILE.
    """
    from kg import derive, pipeline  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415
    from kg.vocab import compact, prefixes  # noqa: PLC0415

    build_ = open_build(output)
    decision = pipeline.decision(build_, derive.Verdict(verdict), one, other, is_undone=is_undone)
    file = file or pipeline.decisions_of(build_, output)
    is_new = (derive.undo if is_undone else derive.decide)(decision, file, build_.base)
    with progress() as tell:
        pipeline.replay(file, output, tell)
    if not is_set("quiet"):
        names = prefixes(build_.base)
        shown = f"{verdict} {compact(decision.one, names)} {compact(decision.other, names)}"
        click.echo(f"{file}: {_told(is_new=is_new, is_undone=is_undone)}: {shown}")


def _told(*, is_new: bool, is_undone: bool) -> str:
    if is_undone:
        return "no longer says" if is_new else "did not say"
    return "says from now on" if is_new else "says already"
