"""`kg export`, `kg show` and `kg check`: what a build gives, and whether it is sound."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.common import PATH, common_options, is_set
from kg.errors import BuildError, KgError, printable


@click.command(epilog="Example: kg export articles.jsonld")
@click.argument("file", type=PATH)
@common_options
def export(file: Path, output: Path) -> None:
    """Write the graph to a file.

    The suffix of FILE says the format: .ttl .trig .nq .nt .jsonld .rdf
    """
    from kg.publish import write  # noqa: PLC0415
    from kg.store import NAMES, open_build  # noqa: PLC0415

    build_ = open_build(output)
    if file.parent.resolve() == output.resolve() and file.name in NAMES:
        raise KgError(str(file), "is there already: every build writes it", "give the export another name")
    write(build_.store.quads(), build_.base, file)
    if not is_set("quiet"):
        click.echo(str(file))


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
    Output(output).relink()
    page = output / (".current/ask.html" if sparql else "graph.html")
    if not page.exists():
        pipeline.write_html(build_.store.quads(), build_.base, page.resolve(), sparql=sparql)
    click.echo(str(page))
    if open_:
        click.launch(page.resolve().as_uri())


@click.command(epilog="Example: kg check")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@common_options
def check(format_: str, output: Path) -> None:
    """Check a build and its files.

    The shapes hold, every passage cuts its own words out of its file, and the files are as they were.
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    verdict = pipeline.check_build(open_build(output), output)
    problems = [{"where": p.where, "what": p.what} for p in verdict.problems]
    if format_ == "json":
        found = {"articles": verdict.articles, "passages": verdict.passages, "problems": problems}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for problem in verdict.problems:
            click.echo(printable(f"{problem.where}: {problem.what}"))
        if not problems and not is_set("quiet"):
            click.echo(
                f"{verdict.articles} articles, {verdict.passages} passages: each cuts its own words, all shapes hold"
            )
    if problems:
        raise BuildError(str(output), f"{len(problems)} problems", "build again, or correct the files that are named")
