"""The `kg` command: thin commands over the library. Heavy imports live inside the commands that need them."""

from __future__ import annotations

import functools
import io
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, ParamSpec

import click

from kg import __version__
from kg.errors import BuildError, KgError, printable

if TYPE_CHECKING:
    from kg.pipeline import Summary
    from kg.query import Answer

_P = ParamSpec("_P")
_BASE: Final = "https://w3id.org/article-kg/"
_DEFAULT_OUTPUT: Final = "output"
_PATH: Final = click.Path(path_type=Path)


def _options(command: Callable[_P, None]) -> Callable[_P, None]:
    """Add what every command takes, and turn our errors into one line on stderr and exit code 1."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except KgError as error:
            _fail(error)
        except BrokenPipeError:  # whoever read our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            where = str(error.filename or kwargs.get("output", "file system"))
            _fail(KgError(where, str(error.strerror or error), "check the disk and its permissions"))

    for option in (
        click.option(
            "-v", "--verbose", is_flag=True, expose_value=False, callback=_remember, help="Tell more on stderr."
        ),
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_remember, help="Tell only problems."),
        click.option(
            "-o", "--output", type=_PATH, default=_DEFAULT_OUTPUT, show_default=True, help="The folder of built things."
        ),
    ):
        run = option(run)
    return run


def _fail(error: KgError) -> NoReturn:
    click.echo(f"kg: {error}", err=True)
    sys.exit(1)


def _remember(context: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    context.meta[f"kg.{option.name}"] = value


def _is(flag: str) -> bool:
    return bool(click.get_current_context().meta.get(f"kg.{flag}"))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    r"""Turn articles into a knowledge graph you can trust.

    \b
    kg build                        articles in data/articles -> output/
    kg query reading -p role=CTO    ask a named question
    kg show                         open the interactive graph
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--base", default=_BASE, show_default=True, help="The IRI that things live under.")
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=0,
    help="Processes to use; 0 lets the number of files decide.",
)
@_options
def build(paths: tuple[Path, ...], output: Path, base: str, workers: int) -> None:
    r"""Build the graph of the articles at PATHS (files or folders; default: data/articles).

    \b
    Example: kg build ~/digests -o ~/graph
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.vocab import is_iri  # noqa: PLC0415

    if not re.match(r"https?://[^/]", base) or not base.endswith(("/", "#")) or not is_iri(base):
        raise click.BadParameter("must be an http(s) IRI that ends in / or #", param_hint="--base")
    chosen = list(paths) or [Path("data/articles")]
    _say_built(pipeline.build(chosen, output, pipeline.Options(base, workers), _progress), chosen)


def _progress(stage: str, count: int) -> None:
    if sys.stderr.isatty() and not _is("quiet"):
        click.echo(f"{stage} {count} {'file' if count == 1 else 'files'} ...", err=True)


def _say_built(summary: Summary, paths: Sequence[Path]) -> None:
    """Say what was built and where it is; exit with 1 when a file could not be read, which is named."""
    for failure in summary.failed:
        click.echo(f"kg: {KgError(failure.path, failure.reason, failure.hint)}", err=True)
    if _is("verbose"):
        for skipped in summary.skipped:
            click.echo(f"kg: {KgError(skipped.path, f'left out, {skipped.reason}')}", err=True)
    if not _is("quiet"):
        click.echo(_closing(summary, paths))
    if summary.failed:
        sys.exit(1)


def _closing(summary: Summary, paths: Sequence[Path]) -> str:
    where, command = summary.folder, _command(summary.folder)
    read = printable(", ".join(str(p) for p in paths))
    counts = "   ".join(f"{count} {_plural(kind, count)}" for kind, count in summary.counts.items())
    account = f"{summary.found} found = {summary.articles} articles + {summary.merged} merged into them"
    account += f" + {len(summary.skipped)} left out + {len(summary.failed)} failed"
    tries = [
        f"{command[0]} questions",
        *(f"{command[0]} {example}{command[1]}" for example in summary.examples),
    ]
    return "\n".join(
        [
            f"Built {summary.articles} {_plural('article', summary.articles)} from {read}  ({account})",
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


def _plural(kind: str, count: int) -> str:
    return {"code": "code references" if count != 1 else "code reference"}.get(kind, kind if count == 1 else f"{kind}s")


def _command(output: Path) -> tuple[str, str]:
    """Return how this command was called, so that suggestions can be pasted, and the option for the output folder."""
    called = Path(sys.argv[0])
    on_path = shutil.which("kg")
    known = on_path and called.exists() and Path(on_path).resolve() == called.resolve()
    name = "kg" if known or called.name != "kg" else os.path.relpath(called)
    return name, "" if str(output) == _DEFAULT_OUTPUT else f" -o {output}"


@main.command()
@click.argument("name", required=False)
@click.option("-p", "--param", "params", multiple=True, metavar="KEY=VALUE", help="Ask for one thing: -p role=CTO.")
@click.option("--sparql", help="Ask any SPARQL query instead.")
@click.option(
    "-f",
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ask the SPARQL query in a file.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "csv", "tsv", "json", "xml", "ttl")),
    default="table",
    show_default=True,
)
@_options
def query(  # noqa: PLR0913, PLR0917 - one argument for each option
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    file: Path | None,
    format_: str,
    output: Path,
) -> None:
    r"""Ask the named question NAME, or any SPARQL query, of the union of all graphs.

    \b
    Example: kg query principles -p topic="coding agent"
             kg query --sparql 'SELECT * { ?a schema:about topic:hiring }'
    """
    from kg.query import ask, bind, find_question  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    if sum(given is not None for given in (name, sparql, file)) != 1:
        raise click.UsageError("Give one of: a question's name, --sparql, --file.")
    if params and name is None:
        raise click.UsageError("-p goes with a named question.")
    values = _pairs(params)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine would hear of Ctrl-C only when it is done
    build_ = open_build(output)
    engine = build_.store.engine
    if name is not None:
        text, where = bind(find_question(name), values, engine, build_.base), f"question {name!r}"
    else:
        text, where = (sparql, "query") if sparql is not None else (_read(file), str(file))
    _say_answer(ask(engine, text or "", build_.base, format_, where))


def _read(file: Path | None) -> str:
    try:
        return file.read_text(encoding="utf-8-sig") if file else ""
    except UnicodeDecodeError:
        raise KgError(str(file), "is not UTF-8 text", "give a file with a SPARQL query") from None


def _pairs(params: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} is not KEY=VALUE", param_hint="-p")
        if key.strip() in pairs:
            raise click.BadParameter(f"{key.strip()!r} is given twice", param_hint="-p")
        pairs[key.strip()] = value.strip()
    return pairs


def _say_answer(answer: Answer) -> None:
    if not answer.columns:
        click.echo(answer.document, nl=not answer.document.endswith("\n"))
        return
    _say_table(answer.columns, answer.rows)
    if not _is("quiet"):
        click.echo(f"{len(answer.rows)} {'row' if len(answer.rows) == 1 else 'rows'}", err=True)


def _say_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or as wide as it needs to be when nobody looks at it."""
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(" ".join(cell.split()))) for cell in row))
    Console(width=None if sys.stdout.isatty() else 100_000).print(table)


@main.command()
@_options
def questions(output: Path) -> None:  # noqa: ARG001 - every command takes it
    r"""List the named questions, in English, with what each can be asked for.

    \b
    Example: kg questions
    """
    from kg.query import questions as known  # noqa: PLC0415

    rows = [(q.name, q.english, " ".join(f"-p {name}=" for name, _ in q.parameters)) for q in known()]
    _say_table(("name", "question", "may be asked for"), rows)


@main.command()
@click.argument("file", type=_PATH)
@_options
def export(file: Path, output: Path) -> None:
    r"""Write the graph to FILE, in the format of its suffix (.ttl .trig .nq .nt .jsonld .rdf).

    \b
    Example: kg export articles.jsonld
    """
    from kg.publish import write  # noqa: PLC0415
    from kg.store import NAMES, open_build  # noqa: PLC0415

    build_ = open_build(output)
    if file.parent.resolve() == output.resolve() and file.name in NAMES:
        raise KgError(str(file), "is there already: every build writes it", "give the export another name")
    write(build_.store.quads(), build_.base, file)
    if not _is("quiet"):
        click.echo(str(file))


@main.command()
@click.option("--open/--no-open", "open_", default=True, help="Open it in the browser.")
@_options
def show(open_: bool, output: Path) -> None:  # noqa: FBT001 - click passes flags so
    r"""Print the path of the interactive graph and open it; write it first when it is missing or of another version.

    \b
    Example: kg show --no-open
    """
    from kg import pipeline  # noqa: PLC0415
    from kg.store import Output, open_build  # noqa: PLC0415

    build_ = open_build(output)
    Output(output).relink()
    page = build_.folder / "graph.html"
    if not page.exists() or build_.report["version"] != __version__:
        pipeline.write_html(build_.store.quads(), build_.base, page)
    click.echo(str(output / "graph.html"))
    if open_:
        click.launch((output / "graph.html").resolve().as_uri())


@main.command()
@click.argument("thing")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@_options
def why(thing: str, format_: str, output: Path) -> None:
    r"""Show the exact sentences behind THING: a topic, role, principle, source or article, by label, slug or IRI.

    \b
    Example: kg why "coding agent"
    """
    from kg.query import resolve  # noqa: PLC0415
    from kg.query import why as evidence_for  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    build_ = open_build(output)
    iri = resolve(build_.store.engine, build_.base, thing)
    evidence = evidence_for(build_.store.engine, iri)
    if format_ == "json":
        rows = [{name: getattr(e, name) for name in e.__slots__} for e in evidence]
        click.echo(json.dumps({"thing": iri, "evidence": rows}, ensure_ascii=False, indent=1))
        return
    articles = len({e.article for e in evidence})
    click.echo(f"{iri}\n{len(evidence)} passages in {articles} {'article' if articles == 1 else 'articles'}")
    _say_evidence(evidence)


def _say_evidence(evidence: Sequence[Any]) -> None:
    article = None
    for e in evidence:
        if e.article != article:
            click.echo(f"\n{printable(e.article)}")
            article = e.article
        where = f"{e.section}, " if e.section else ""
        place = printable(f"{where}{e.path}:{e.start}-{e.end}")
        click.echo(f'  "{printable(" ".join(e.exact.split()))}"\n      {place}')


@main.command()
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@_options
def check(format_: str, output: Path) -> None:
    r"""Check the build: its shapes, every passage against its file, and that the files are as they were.

    \b
    Example: kg check
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
        if not problems and not _is("quiet"):
            click.echo(
                f"{verdict.articles} articles, {verdict.passages} passages: each cuts its own words, all shapes hold"
            )
    if problems:
        raise BuildError(str(output), f"{len(problems)} problems", "build again, or correct the files that are named")
