"""`kg export`, `kg show` and `kg check`: what a build gives, and whether it is sound."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import PATH, common_options, is_set
from kg.errors import BuildError, KgError, printable

if TYPE_CHECKING:
    from kg.store import Build


@click.command(epilog="Example: kg export articles.jsonld")
@click.argument("file", type=PATH)
@common_options
def export(file: Path, output: Path) -> None:
    """Write the graph to a file.

    The suffix of FILE says the format: .ttl .trig .nq .nt .jsonld .rdf for data,
    .graphml .gexf for programs that draw graphs, .csv for a table of links and the words that say them.
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.store import NAMES, OPENED, Output, open_build  # noqa: PLC0415

    build_ = open_build(output)
    is_own = file.parent.resolve() == output.resolve() and file.name in NAMES
    if is_own and (file.exists() or file.name not in OPENED):
        raise KgError(str(file), "is there already: builds write it", "give the export another name")
    if is_own:
        pipeline.complete(build_.store, build_.folder, [file.name])
        Output(output).relink()
    else:
        _write(build_, file)
    if not is_set("quiet"):
        click.echo(str(file))


def _write(build_: Build, file: Path) -> None:
    from kg.publish import FORMATS, suffix_of, write, write_graph  # noqa: PLC0415

    if suffix_of(file) in FORMATS:
        write(build_.store.quads(), build_.base, file)
    else:
        from kg.analyse import graph  # noqa: PLC0415 - networkx takes longer to load than most exports need

        write_graph(graph(build_.store.quads(), build_.base), file)


@click.command(epilog="Example: kg show --no-open")
@click.option("--open/--no-open", "open_", default=True, help="Open it in the browser.")
@click.option("--sparql", is_flag=True, help="Write one that answers SPARQL by itself, offline, with all questions.")
@common_options
def show(open_: bool, sparql: bool, output: Path) -> None:  # noqa: FBT001 - click passes flags so
    """Open the interactive graph.

    Its path is printed. It is written first when it is missing.
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.store import Output, open_build  # noqa: PLC0415

    build_ = open_build(output)
    pipeline.complete(build_.store, build_.folder, [] if sparql else ["graph.html"])
    Output(output).relink()
    page = output / (".current/ask.html" if sparql else "graph.html")
    if not page.exists():
        pipeline.write_html(build_.store.quads(), build_.base, page.resolve(), sparql=sparql)
    click.echo(str(page))
    if open_:
        click.launch(page.resolve().as_uri())


@click.command(epilog="Example: kg check")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option(
    "--workers", type=click.IntRange(0), default=0, help="Processes to use; 0 lets the number of articles decide."
)
@common_options
def check(format_: str, workers: int, output: Path) -> None:
    """Check a build and its files.

    The shapes hold, every passage cuts its own words out of its file, and all files are as they were.
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    start = time.monotonic()
    verdict = pipeline.check_build(open_build(output), output, workers)
    seconds = round(time.monotonic() - start, 1)
    if format_ == "json":
        click.echo(json.dumps({**asdict(verdict), "seconds": seconds}, ensure_ascii=False, indent=1))
    else:
        for problem in verdict.problems:
            click.echo(printable(f"{problem.where}: {problem.what}"))
        if not verdict.problems and not is_set("quiet"):
            click.echo(
                f"{verdict.articles} articles, {verdict.passages} passages: each cuts its own words, all shapes hold\n"
                f"{verdict.shared} shared things, {verdict.files} files: all described, all as they were ({seconds} s)"
            )
    if verdict.problems:
        count = len(verdict.problems)
        raise BuildError(str(output), f"{count} problems", "build again, or correct the files that are named")
