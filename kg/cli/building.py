"""`kg build`: what it takes, and what it says when it is done."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.common import DEFAULT_OUTPUT, PATH, common_options, is_set
from kg.cli.limits import limit_options
from kg.cli.progress import progress
from kg.cli.tables import counted, say_table
from kg.errors import KgError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.pipeline import Summary

BASE: Final = "https://w3id.org/article-kg/"
_WORDS: Final = {"code": "code reference"}
_MOST_SHOWN: Final = 50
"""Rows of the closing table: more would push what was built off the screen."""


_workers = click.option(
    "--workers", type=click.IntRange(0), default=0, help="Processes to use; 0 lets the number of files decide."
)


@click.command(epilog="Example: kg build ~/articles https://example.org/feed.xml -o ~/graph")
@click.argument("names", nargs=-1, metavar="[PATH ...]")
@click.option("--base", default=BASE, show_default=True, help="The IRI that things live under.")
@_workers
@click.option(
    "--vocab",
    "vocabularies",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="A vocabulary of yours, in SKOS; its concepts come first. Again for more, the first decides.",
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What you decided with kg decide; without it, OUTPUT.decisions beside the output folder, where that is.",
)
@limit_options
@common_options
def build(  # noqa: PLR0913, PLR0917 - one argument for each option
    names: tuple[str, ...],
    output: Path,
    base: str,
    workers: int,
    vocabularies: tuple[Path, ...],
    decisions: Path | None,
    **limits: int,
) -> None:
    """Build the graph of articles.

    PATH is a file or a folder, a web address, or - for standard input; by default data/articles. Read are plain text,
    Markdown, HTML, feeds, PDF, Word, EPUB, notebooks, mails, records in JSON and CSV, and archives of all these.
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415
    from kg.vocab import is_iri  # noqa: PLC0415

    if not re.match(r"https?://[^/]", base) or not base.endswith(("/", "#")) or not is_iri(base):
        raise click.BadParameter("must be an http(s) IRI that ends in / or #", param_hint="--base")
    chosen = list(names) or ["data/articles"]
    usual = pipeline.usual_decisions(output)
    decisions = decisions or (usual if usual.is_file() else None)
    options = pipeline.Options(base, workers, pipeline.Limits(**limits), vocabularies, decisions)
    with progress() as tell:
        summary = pipeline.build(chosen, output, options, tell)
    told = printable(f"{', '.join(chosen)} and {decisions}" if decisions else ", ".join(chosen))
    tries = [] if is_set("quiet") else pipeline.examples(open_build(output))
    _say_done(summary, f"Built {counted('article', summary.articles)} from {told}", tries)


@click.command(epilog="Example: kg add ~/articles/new.md")
@click.argument("names", nargs=-1, required=True, metavar="PATH ...")
@_workers
@common_options
def add(names: tuple[str, ...], output: Path, workers: int) -> None:
    """Add articles, or replace them.

    PATH is what kg build takes. Nothing else is read again; the base, the limits and the vocabularies are those of the
    build.
    """
    from kg import pipeline  # noqa: PLC0415

    with progress() as tell:
        summary = pipeline.add(names, output, pipeline.Options(workers=workers), tell)
    _say_done(summary, f"Added {printable(', '.join(names))}: now {counted('article', summary.articles)}")


@click.command(epilog="Example: kg remove new.md")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE ...")
@common_options
def remove(articles: tuple[str, ...], output: Path) -> None:
    """Remove articles: undo exactly what they added.

    ARTICLE is the path of its file as the build knows it, a title, a slug or an IRI. The files stay where they are.
    """
    from kg import pipeline  # noqa: PLC0415

    with progress() as tell:
        summary = pipeline.remove(articles, output, tell)
    _say_done(summary, f"Removed {printable(', '.join(articles))}: now {counted('article', summary.articles)}")


def _say_done(summary: Summary, done: str, tries: Iterable[str] = ()) -> None:
    """Say what was done, and what to try next; exit with 1 when something could not be read, which is named."""
    if is_set("verbose"):
        for skipped in summary.skipped:
            click.echo(f"kg: {KgError(skipped.path, f'left out, {skipped.reason}')}", err=True)
    if not is_set("quiet"):
        click.echo(_closing(summary, done, tries))
    if summary.failed:
        _say_failed(summary)
        sys.exit(1)


def _say_failed(summary: Summary) -> None:
    """Name what could not be read, why, and what to do; all of a very long list stands in the report."""
    shown = summary.failed[:_MOST_SHOWN]
    rows = [(f.path, f.reason, f.hint) for f in shown]
    click.echo(f"\n{counted('input', len(summary.failed))} gave no article:\n", err=True)
    say_table(("input", "what is wrong", "what to do"), rows, err=True)
    if len(summary.failed) > len(shown):
        left = len(summary.failed) - len(shown)
        click.echo(f"and {left} more, in {summary.folder / 'report.json'}", err=True)


def _closing(summary: Summary, done: str, tries: Iterable[str]) -> str:
    where, (kg, at) = summary.folder, _command(summary.folder)
    counts = "   ".join(counted(_WORDS.get(kind, kind), count) for kind, count in summary.counts.items())
    account = f"{summary.found} found = {counted('article', summary.articles)} + {summary.merged} merged into them"
    account += f" + {len(summary.skipped)} left out + {len(summary.failed)} failed"
    return "\n".join(
        [
            f"{done}  ({account})",
            "",
            f"  {counts}",
            *_left_out(summary),
            *_untried(summary),
            "",
            *_products(where),
            f"  Report   {where / 'report.json'}",
            "",
            "Try next:",
            f"  {kg} questions",
            *(f"  {kg} {example}{at}" for example in tries),
        ]
    )


def _products(where: Path) -> list[str]:
    """Say where what people open is, or how to have what is made when it is asked for, as there are many articles."""
    turtle, page = where / "graph.ttl", where / "graph.html"
    data = f"{turtle}" if turtle.exists() else "is made when asked for: kg export"
    graph = f"{page}   (open it in any browser)" if page.exists() else "is made when asked for: kg show"
    return [f"  Turtle   {data}", f"  Graph    {graph}"]


def _left_out(summary: Summary) -> list[str]:
    """Say what kinds of things were left out, so that nothing is missed without a word."""
    reasons = Counter(s.reason for s in summary.skipped).most_common()
    if not reasons:
        return []
    told = ", ".join(f"{count} × {reason}" for reason, count in sorted(reasons, key=lambda r: (-r[1], r[0])))
    return ["", printable(f"  Left out: {told}")]


def _untried(summary: Summary) -> list[str]:
    """Say of which articles not all was looked for, because of their language."""
    if not summary.untried:
        return []
    told = ", ".join(f"{count} in {language}" for language, count in summary.untried.items())
    return ["", f"  Not English: {told}; what is stated and what a vocabulary names was looked for, nothing else"]


def _command(output: Path) -> tuple[str, str]:
    """Return how this command was called, so that suggestions can be pasted, and the option for the output folder."""
    called = Path(sys.argv[0])
    on_path = shutil.which("kg")
    known = on_path and called.exists() and Path(on_path).resolve() == called.resolve()
    name = "kg" if known or called.name != "kg" else os.path.relpath(called)
    return name, "" if str(output) == DEFAULT_OUTPUT else f" -o {shlex.quote(str(output))}"
