"""Notebooks: Markdown cells are text, code cells are code; what the code printed is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from kg.errors import InputError
from kg.read.blocks import CONTROLS, BlockWriter
from kg.read.decode import text_of
from kg.read.formats import frontmatter, markdown
from kg.read.inputs import Document, Input, Outcome
from kg.read.stated.fields import stated

_METADATA: Final = ("title", "authors")
"""What the format of notebooks itself has a place for; other tools write what is theirs beside it."""

_TICKS: Final = re.compile(r"`{3,}")
"""What would end a block of code that is set in three of them."""

Fields = dict[str, Any]


def documents(input_: Input) -> Iterator[Outcome]:
    r"""Yield the article of a notebook; front matter in its first cell and the metadata of the file are stated.

    Raises InputError when this is no notebook, or there is no text in it.

    >>> notebook = b'{"cells": [{"cell_type": "markdown", "source": ["# Hiring\\n", "\\n", "Hire slowly."]}]}'
    >>> [article.text for article in documents(Input.of_bytes("a.ipynb", notebook))]
    ['Hiring\nHire slowly.']
    """
    notebook = _loaded(input_)
    cells = _cells(notebook)
    if not cells:
        raise InputError(input_.path, "is no notebook, or one without cells", "save it again with Jupyter")
    fields, below = frontmatter.split("" if _type(cells[0]) == "code" else _source(cells[0]))
    pages = [markdown.write(_markdown(cell, below if cell is cells[0] and fields else _source(cell))) for cell in cells]
    page = _joined([page for page in pages if page.blocks])
    if not page.blocks:
        raise InputError(input_.path, "is a notebook without text", "write the article into it, or leave it out")
    metadata = notebook.get("metadata")
    known = {name: metadata[name] for name in _METADATA if name in metadata} if isinstance(metadata, dict) else {}
    told = (*stated(fields, "front matter"), *stated(known, "notebook metadata"))
    yield replace(page, stated=told)


def _loaded(input_: Input) -> Fields:
    try:
        notebook = json.loads(text_of(input_))
    except (ValueError, RecursionError) as error:
        raise InputError(input_.path, "is no notebook: it is not JSON", "save it again with Jupyter") from error
    return notebook if isinstance(notebook, dict) else {}


def _cells(notebook: Fields) -> list[Fields]:
    """Return the cells; up to version 3 of the format they stand in worksheets."""
    sheets = _dicts(notebook.get("worksheets"))
    return _dicts(notebook.get("cells")) + [cell for sheet in sheets for cell in _dicts(sheet.get("cells"))]


def _dicts(values: object) -> list[Fields]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _type(cell: Fields) -> str:
    return str(cell.get("cell_type", ""))


def _source(cell: Fields) -> str:
    """Return what was written into a cell, as text or as its lines; JSON can hold what no text can."""
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str)).translate(CONTROLS)


def _markdown(cell: Fields, source: str) -> str:
    """Return a cell as Markdown; a raw one is meant for a tool, not for a reader."""
    kind = _type(cell)
    if kind == "heading":
        level = cell.get("level")
        return f"{'#' * min(max(level, 1), 6) if isinstance(level, int) else '#'} {' '.join(source.split())}"
    if kind == "code":
        fence = "`" * (3 + max((len(ticks) for ticks in _TICKS.findall(source)), default=0))
        return f"{fence}{{code}}\n{source}\n{fence}"
    return source if kind == "markdown" else ""


def _joined(pages: Sequence[BlockWriter]) -> Document:
    """Return the pages below each other: a cell is Markdown of its own, and nothing in it reaches into the next."""
    whole = BlockWriter()
    for page in pages:
        whole.append(page)
    return Document(whole.text, tuple(whole.blocks), tuple(whole.links), code=tuple(whole.code_spans))
