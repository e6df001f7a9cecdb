"""`kg query`, `kg questions` and `kg why`: ask the graph."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from kg.cli.common import common_options, is_set
from kg.cli.completing import Named, QuestionName, Setting
from kg.cli.tables import counted, say_table
from kg.errors import KgError, printable

if TYPE_CHECKING:
    from kg.query import Answer

_P = ParamSpec("_P")

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "xml", "ttl")


def _queries_option(command: Callable[_P, None]) -> Callable[_P, None]:
    where = click.Path(path_type=Path, exists=True, file_okay=False)
    text = "A folder with questions of yours (.rq); by default queries/ beside the output folder."
    return click.option("--queries", type=where, metavar="DIR", help=text)(command)


@click.command(epilog="Example: kg query principles -p topic='coding agent'")
@click.argument("name", required=False, type=QuestionName())
@click.option(
    "-p",
    "--param",
    "params",
    type=Setting(),
    multiple=True,
    metavar="KEY=VALUE",
    help="Ask for one thing: -p role=CTO.",
)
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
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="json and xml are the standard forms of SPARQL results, jsonl one plain object a line, ttl a graph.",
)
@click.option("--explain", is_flag=True, help="Show the SPARQL of a question, with what it is asked for, instead.")
@_queries_option
@common_options
def query(  # noqa: PLR0913, PLR0917 - one argument for each option
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    file: Path | None,
    format_: str,
    explain: bool,  # noqa: FBT001 - click passes flags so
    queries: Path | None,
    output: Path,
) -> None:
    """Ask a named question, or SPARQL.

    `kg questions` lists the NAMEs. SPARQL is asked of the union of all graphs, all prefixes known.
    """
    from kg.query import ask, bind, find_question, limit_of, own_questions, unlimited  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    if sum(given is not None for given in (name, sparql, file)) != 1:
        raise click.UsageError("Give one of: a question's name, --sparql, --file.")
    if (params or explain) and name is None:
        raise click.UsageError("-p and --explain go with a named question.")
    values = _pairs(params)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine would hear of Ctrl-C only when it is done
    build_ = open_build(output)
    engine = build_.store.engine
    question = find_question(name, queries or own_questions(output)) if name is not None else None
    if question is not None:
        values = values if format_ == "table" else unlimited(question) | values
        text, where = bind(question, values, engine, build_.base), f"question {name!r}"
    else:
        text, where = (sparql, "query") if sparql is not None else (_read(file), str(file))
    if explain:
        click.echo(text, nl=False)
    else:
        answer, limit = ask(engine, text or "", build_.base, format_, where), ""
        if question and answer.rows and (limit := limit_of(question, values)):
            beyond = bind(question, values, engine, build_.base, is_beyond=True)
            limit = limit if ask(engine, beyond, build_.base).rows else ""
        _say_answer(answer, limit)


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


def _say_answer(answer: Answer, limit: str) -> None:
    if not answer.columns:
        click.echo(answer.document, nl=not answer.document.endswith("\n"))
        return
    say_table(answer.columns, answer.rows)
    if not is_set("quiet"):
        more = f", and there are more: -p {limit}=all" if limit else ""
        click.echo(f"{counted('row', len(answer.rows))}{more}", err=True)


@click.command(epilog="Example: kg questions")
@_queries_option
@common_options
def questions(queries: Path | None, output: Path) -> None:
    """List the named questions.

    Each is in English, with what it can be asked for. Questions of yours in --queries are among them.
    """
    from kg.query import own_questions  # noqa: PLC0415
    from kg.query import questions as known  # noqa: PLC0415

    rows = [
        (q.name, q.english, " ".join(f"-p {p.name}={p.default or ''}" for p in q.parameters))
        for q in known(queries or own_questions(output))
    ]
    say_table(("name", "question", "may be asked for"), rows)


@click.command(epilog="Example: kg why 'coding agent'")
@click.argument("thing", type=Named())
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@common_options
def why(thing: str, format_: str, output: Path) -> None:
    """Show the sentences behind a thing.

    THING is a topic, role, principle, source or article, by any label, slug, path or IRI.
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
    click.echo(f"{iri}\n{counted('passage', len(evidence))} in {counted('article', articles)}")
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
