"""`kg build`: what it takes, and what it says when it is done."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.common import DEFAULT_OUTPUT, PATH, common_options, is_set
from kg.cli.tables import counted
from kg.errors import KgError, printable

if TYPE_CHECKING:
    from kg.pipeline import Summary

BASE: Final = "https://w3id.org/article-kg/"
_WORDS: Final = {"code": "code reference"}


@click.command(epilog="Example: kg build ~/digests -o ~/graph")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--base", default=BASE, show_default=True, help="The IRI that things live under.")
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=0,
    help="Processes to use; 0 lets the number of files decide.",
)
@common_options
def build(paths: tuple[Path, ...], output: Path, base: str, workers: int) -> None:
    """Build the graph of articles.

    PATHS are files or folders with .txt, .md and .html files; by default data/articles.
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.vocab import is_iri  # noqa: PLC0415

    if not re.match(r"https?://[^/]", base) or not base.endswith(("/", "#")) or not is_iri(base):
        raise click.BadParameter("must be an http(s) IRI that ends in / or #", param_hint="--base")
    chosen = list(paths) or [Path("data/articles")]
    _say_built(pipeline.build(chosen, output, pipeline.Options(base, workers), _progress), chosen)


def _progress(stage: str, count: int) -> None:
    if sys.stderr.isatty() and not is_set("quiet"):
        click.echo(f"{stage} {counted('file', count)} ...", err=True)


def _say_built(summary: Summary, paths: Sequence[Path]) -> None:
    """Say what was built and where it is; exit with 1 when a file could not be read, which is named."""
    for failure in summary.failed:
        click.echo(f"kg: {KgError(failure.path, failure.reason, failure.hint)}", err=True)
    if is_set("verbose"):
        for skipped in summary.skipped:
            click.echo(f"kg: {KgError(skipped.path, f'left out, {skipped.reason}')}", err=True)
    if not is_set("quiet"):
        click.echo(_closing(summary, paths))
    if summary.failed:
        sys.exit(1)


def _closing(summary: Summary, paths: Sequence[Path]) -> str:
    where, command = summary.folder, _command(summary.folder)
    read = printable(", ".join(str(p) for p in paths))
    counts = "   ".join(counted(_WORDS.get(kind, kind), count) for kind, count in summary.counts.items())
    account = f"{summary.found} found = {counted('article', summary.articles)} + {summary.merged} merged into them"
    account += f" + {len(summary.skipped)} left out + {len(summary.failed)} failed"
    tries = [
        f"{command[0]} questions",
        *(f"{command[0]} {example}{command[1]}" for example in summary.examples),
    ]
    return "\n".join(
        [
            f"Built {counted('article', summary.articles)} from {read}  ({account})",
            "",
            f"  {counts}",
            "",
            f"  Turtle   {where / 'graph.ttl'}",
            f"  Graph    {where / 'graph.html'}   (open it in any browser)",
            f"  Report   {where / 'report.json'}",
            "",
            "Try next:",
            *(f"  {line}" for line in tries),
        ]
    )


def _command(output: Path) -> tuple[str, str]:
    """Return how this command was called, so that suggestions can be pasted, and the option for the output folder."""
    called = Path(sys.argv[0])
    on_path = shutil.which("kg")
    known = on_path and called.exists() and Path(on_path).resolve() == called.resolve()
    name = "kg" if known or called.name != "kg" else os.path.relpath(called)
    return name, "" if str(output) == DEFAULT_OUTPUT else f" -o {shlex.quote(str(output))}"
