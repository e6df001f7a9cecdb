"""`python -m tests.bench.corpus [FOLDER]`: how right what is read of real articles is, against a table that says it.

FOLDER (default: ../shared/corpus beside this checkout) holds `dev/` with `manifest.csv` (file, title, author, date,
tags, source, lang), and `robust/` with files that are hard to read. Each figure is the share of articles that are
right, or F1 over all names of all articles.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from kg.errors import InputError
from kg.model import Article, Page
from kg.read import File, Unread, article_on, read_pages, table
from kg.read.stated.meaning import visible
from tests.quality.gold import CORPUS

_PARENTHESES: Final = re.compile(r"\s*\([^)]*\)")

Row = Mapping[str, str]


def articles_in(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Article | Unread]]:
    """Yield each article in some files, or why there is none."""
    for name in names:
        try:
            for found in read_pages(File(name, folder / name, name)):
                if isinstance(found, Page):
                    yield name, article_on(found, table())
                elif isinstance(found, Unread):
                    yield name, found
        except InputError as error:
            yield name, Unread(name, error.what, error.hint)


def _plain(words: str) -> str:
    return " ".join(visible(words).casefold().split())


def _names(joined: str) -> set[str]:
    """Return the names in a cell of the table, without "and" in front and "(Company)" behind."""
    names = (re.sub(r"^and\s+", "", _PARENTHESES.sub("", _plain(name))) for name in joined.split(";"))
    return {name for name in names if name}


def _stated(article: Article, name: str) -> set[str]:
    return {_plain(d.meaning or article.cut(d.value)) for d in article.details if d.name == name}


def _found(article: Article) -> dict[str, set[str]]:
    """Return what was found of an article under the names of the table's columns."""
    return {
        "title": {_plain(article.cut(article.title))} if article.title else set(),
        "date": _stated(article, "date"),
        "lang": {article.pages[0].language} - {""},
        "author": _stated(article, "author"),
        "tags": _stated(article, "tag"),
        "source": _stated(article, "publisher"),
    }


def _truth(row: Row) -> dict[str, set[str]]:
    whole = {name: {_plain(row[name])} - {""} for name in ("title", "date", "lang", "source")}
    return {**whole, "author": _names(row["author"]), "tags": _names(row["tags"])}


def evaluate(folder: Path) -> None:
    """Print the figures for a folder with a table, and below them what is wrong."""
    rows = {row["file"]: row for row in csv.DictReader((folder / "manifest.csv").open(encoding="utf-8", newline=""))}
    read = dict(articles_in(folder, rows))
    found = {name: _found(a) for name, a in read.items() if isinstance(a, Article)}
    truth = {name: _truth(row) for name, row in rows.items()}
    shown = Table("what", "figure", "wrong", box=None)
    shown.add_row("articles", f"{len(found)} of {len(rows)}", "; ".join(sorted(rows.keys() - found.keys())))
    for column in ("title", "date", "lang", "author", "tags"):
        wrong = sorted(n for n in found if found[n][column] != truth[n][column])
        figure = _f1(found, truth, column) if column in {"author", "tags"} else 1 - len(wrong) / len(rows)
        shown.add_row(column, f"{figure:.3f}", _examples(wrong, found, truth, column))
    shown.add_row("source", f"{_same_source(found, truth):.3f}", "told apart, whatever they are called")
    Console(width=160).print(shown)


def _f1(found: Mapping[str, Mapping[str, set[str]]], truth: Mapping[str, Mapping[str, set[str]]], column: str) -> float:
    hits = sum(len(found[n][column] & truth[n][column]) for n in found)
    given = sum(len(found[n][column]) for n in found)
    wanted = sum(len(t[column]) for t in truth.values())
    return 2 * hits / (given + wanted) if given + wanted else 1.0


def _same_source(found: Mapping[str, Mapping[str, set[str]]], truth: Mapping[str, Mapping[str, set[str]]]) -> float:
    """Return the share of articles whose source is one name for one source and for no other.

    Files rarely say who published them; the folder that they were sorted into does, under a name of its own.
    """
    pairs = Counter((*found[n]["source"], *truth[n]["source"]) for n in found if found[n]["source"])
    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for (mine, real), _ in sorted(pairs.items(), key=lambda item: -item[1]):
        ours.setdefault(mine, real)
        theirs.setdefault(real, mine)
    right = [n for (mine, real), n in pairs.items() if ours[mine] == real and theirs[real] == mine]
    return sum(right) / len(truth)


def _examples(
    wrong: list[str],
    found: Mapping[str, Mapping[str, set[str]]],
    truth: Mapping[str, Mapping[str, set[str]]],
    column: str,
) -> str:
    told = (f"{n}: {sorted(found[n][column])} is {sorted(truth[n][column])}" for n in wrong[:8])
    return "\n".join([*told, *([f"and {len(wrong) - 8} more"] if len(wrong) > 8 else [])])


def survey(folder: Path) -> None:
    """Print what becomes of each file that is hard to read."""
    names = sorted(p.name for p in folder.iterdir() if p.name != "manifest.csv")
    shown = Table("file", "title, or why none", "words", "lang", "date", box=None)
    for _, read in articles_in(folder, names):
        if isinstance(read, Unread):
            shown.add_row(read.path[:40], f"[{read.reason}]", "", "", "")
        else:
            title = read.line(read.title) if read.title else "-"
            words = str(len(read.pages[0].text.split()))
            shown.add_row(read.path[:40], title[:80], words, read.pages[0].language, " ".join(_stated(read, "date")))
    Console(width=160).print(shown, markup=False)


def main() -> None:
    """Measure what is there."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if not (corpus / "dev" / "manifest.csv").is_file():
        sys.exit(f"no corpus at {corpus}: give its folder, or measure without")
    evaluate(corpus / "dev")
    if (corpus / "robust").is_dir():
        survey(corpus / "robust")


if __name__ == "__main__":
    main()
