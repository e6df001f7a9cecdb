"""`kg terms`: new terms worth adding to a vocabulary, with evidence, and the vocabulary that takes them up."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import PATH, common_options, is_set
from kg.cli.tables import counted, say_table

if TYPE_CHECKING:
    from kg.pipeline.terms import NewTerm

_COLUMNS = ("term", "articles", "nearest", "score")


@click.command(epilog="Example: kg terms --accept 'retrieval pipeline' -w house.ttl && kg build --vocab house.ttl")
@click.option("--min", "least", type=click.IntRange(1), default=1, show_default=True, help="Articles that speak of it.")
@click.option("--accept", "names", multiple=True, metavar="TERM", help="Take this term up into a vocabulary.")
@click.option("--all", "all_", is_flag=True, help="Take all terms up that are listed.")
@click.option("-w", "--write", "file", type=PATH, help="The vocabulary that takes them up: a SKOS file, .ttl.")
@click.option("--broader", is_flag=True, help="Put each under the concept that it is most like.")
@click.option("--format", "format_", type=click.Choice(("table", "csv", "json")), default="table", show_default=True)
@common_options
def terms(  # noqa: PLR0913, PLR0917 - one argument for each option
    least: int,
    names: tuple[str, ...],
    all_: bool,  # noqa: FBT001 - click passes flags so
    file: Path | None,
    broader: bool,  # noqa: FBT001
    format_: str,
    output: Path,
) -> None:
    """List topics that no vocabulary knows.

    Each with the number of its articles, three sentences, and the concept that it is most like. Those that you accept
    become a vocabulary, or part of one, for kg build --vocab.
    """
    from kg.pipeline.terms import choose, list_terms, write_terms  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    if (file is None) == (all_ or bool(names)):
        raise click.UsageError("--accept or --all goes with -w FILE.")
    if file and file.suffix != ".ttl":
        raise click.BadParameter("must end in .ttl", param_hint="-w")
    build_ = open_build(output)
    found = list_terms(build_, output, least)
    if file is None:
        _say_terms(found, format_)
        return
    added = write_terms(found if all_ else choose(found, names), build_, file, broader=broader)
    if not is_set("quiet"):
        click.echo(f"{file}: {counted('new term', added)}; use it with: kg build --vocab {file}")


def _say_terms(found: Sequence[NewTerm], format_: str) -> None:
    if format_ == "json":
        click.echo(json.dumps([_as_dict(new) for new in found], ensure_ascii=False, indent=1))
    elif format_ == "csv":
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow((*_COLUMNS, "iri", "nearest iri", "sentences"))
        rows.writerows(_row(new) for new in found)
    else:
        say_table((*_COLUMNS, "in their words"), [row for new in found for row in _lines(new)])
        if not is_set("quiet"):
            click.echo(counted("new term", len(found)), err=True)


def _as_dict(new: NewTerm) -> dict[str, Any]:
    like = new.nearest
    return {
        "term": new.term.label,
        "iri": new.term.iri,
        "alternatives": list(new.term.alternatives),
        "articles": new.term.articles,
        "nearest": {"label": like.label, "iri": like.iri, "score": like.score} if like else None,
        "sentences": [{name: getattr(e, name) for name in e.__slots__} for e in new.sentences],
    }


def _cells(new: NewTerm) -> tuple[str, str, str, str]:
    like = new.nearest
    return new.term.label, str(new.term.articles), like.label if like else "", f"{like.score:.2f}" if like else ""


def _row(new: NewTerm) -> Iterable[str]:
    yield from (*_cells(new), new.term.iri, new.nearest.iri if new.nearest else "")
    yield "\n".join(" ".join(evidence.exact.split()) for evidence in new.sentences)


def _lines(new: NewTerm) -> list[tuple[str, ...]]:
    """Return a line of a table for each sentence; what is said of the term itself stands in the first."""
    sentences = [evidence.exact for evidence in new.sentences] or [""]
    return [(*(_cells(new) if at == 0 else ("",) * len(_COLUMNS)), text) for at, text in enumerate(sentences)]
