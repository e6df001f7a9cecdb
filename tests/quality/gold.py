"""Read annotated articles as the program reads them, each beside what its annotator found in it.

The annotations are looked for at ../shared/gold beside this checkout (`KG_GOLD` names another place): folders `train`
and `dev` of JSON files, one for each article, and `score.py`, whose rules of what is the same are used as they stand.
Articles of `dev` are files below ../shared/corpus/dev, those of `train` records of ../shared/corpus/scale.jsonl.gz.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TypeVar

from kg.model import Article, Page
from kg.read import File, article_on, read_pages, table

SHARED: Final = Path(os.environ.get("KG_GOLD", Path(__file__).parents[3] / "shared" / "gold")).parent
CORPUS: Final = SHARED / "corpus"
SCALE: Final = CORPUS / "scale.jsonl.gz"
"""Some thousand articles, one record on each line, with an `id`, a `source`, and Markdown in `text`."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Example:
    """An article as read, and what its annotator found."""

    path: str
    article: Article
    gold: Mapping[str, Any]

    @property
    def group(self) -> str:
        """The publisher's folder: examples of one group never stand on both sides of a cross-validation."""
        return self.path.partition("/")[0]


def present() -> bool:
    """Tell whether the annotated articles are on this machine."""
    return (SHARED / "gold" / "score.py").is_file()


@cache
def score() -> ModuleType:
    """Return the module that says when two labels, roles, sentences or code references are the same."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "gold" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def examples(name: str) -> tuple[Example, ...]:
    """Return the examples of a set ("train" or "dev"), ordered by path."""
    files = sorted((SHARED / "gold" / name / "annotator").glob("*.json"))
    gold = {item["path"]: item for item in (json.loads(f.read_text(encoding="utf-8")) for f in files)}
    read = dict(_of_files(gold) if name == "dev" else _of_records(gold))
    return tuple(Example(path, read[path], gold[path]) for path in sorted(gold))


def _of_files(paths: Mapping[str, Any]) -> Iterator[tuple[str, Article]]:
    folder = CORPUS / "dev"
    for path in sorted(paths):
        yield path, _only(File(path, folder / path, path), path)


def _of_records(paths: Mapping[str, Any]) -> Iterator[tuple[str, Article]]:
    """Read the records of the corpus in which the annotated articles stand, one file for each."""
    with gzip.open(SCALE, "rt", encoding="utf-8") as lines:
        records = {r["id"]: line for line in lines if (r := json.loads(line))["id"] in paths}
    with tempfile.TemporaryDirectory() as folder:
        for path, line in sorted(records.items()):
            file = Path(folder) / "one.jsonl"
            file.write_text(line, encoding="utf-8")
            yield path, _only(File("one.jsonl", file, "one.jsonl"), path)


def _only(file: File, path: str) -> Article:
    """Return the one article in a file, under the path by which its annotation knows it."""
    page = next(found for found in read_pages(file) if isinstance(found, Page))
    return article_on(replace(page, path=path), table())


def corpus() -> Iterator[tuple[str, Article]]:
    """Yield the articles of the corpus as the program reads them, each with its name there."""
    with gzip.open(SCALE, "rt", encoding="utf-8") as lines:
        names = [json.loads(line)["id"] for line in lines]
    pages = (found for found in read_pages(File(SCALE.name, SCALE, SCALE.name)) if isinstance(found, Page))
    yield from ((name, article_on(page, table())) for name, page in zip(names, pages, strict=True))


def left_out(some: Sequence[_T], example: Callable[[_T], Example]) -> Iterator[tuple[list[_T], list[_T]]]:
    """Yield for each publisher what is made of the examples of all others, and what is made of its own."""
    for group in sorted({example(one).group for one in some}):
        others = [one for one in some if example(one).group != group]
        yield others, [one for one in some if example(one).group == group]
