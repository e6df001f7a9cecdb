"""Notebooks: text and code in the order of the cells, what is stated about them, and that none can do harm."""

import json
import random

import pytest

from kg.errors import InputError
from kg.read.formats.notebook import documents
from kg.read.inputs import Document, Input

CELLS = [
    {"cell_type": "raw", "source": ["---\n", "title: On hiring\n", "date: 2026-01-31\n", "---"]},
    {
        "cell_type": "markdown",
        "source": ["# Why\n", "\n", "Hire [slowly](https://example.com).\n", "\n", "```\n", "open"],
    },
    {
        "cell_type": "code",
        "source": '#| echo: false\nprint("""\n```\n""")',
        "outputs": [{"data": {"image/png": "iVBORw0KGgo=", "text/plain": "never seen"}}],
    },
    {"cell_type": "markdown", "source": "The *end*.\ud800"},
]
NOTEBOOK = {"nbformat": 4, "metadata": {"title": "Other", "authors": [{"name": "Ann Oduya"}]}, "cells": CELLS}


def article(notebook: object) -> Document:
    found = list(documents(Input.of_bytes("a.ipynb", json.dumps(notebook).encode())))
    assert len(found) == 1
    assert isinstance(found[0], Document)
    return found[0]


def test_cells_in_their_order() -> None:
    page = article(NOTEBOOK)
    assert [(block.kind.value, block.span.cut(page.text)) for block in page.blocks] == [
        ("heading", "Why"),
        ("line", "Hire slowly."),
        ("code", "open"),
        ("code", 'print("""\n```\n""")'),
        ("line", "The end.\ufffd"),
    ]
    assert [(link.span.cut(page.text), link.target) for link in page.links] == [("slowly", "https://example.com")]
    assert page.name == ""


def test_what_a_notebook_states() -> None:
    said = [(stated.name, stated.value, stated.origin) for stated in article(NOTEBOOK).stated]
    assert said == [
        ("title", "On hiring", "front matter"),
        ("date", "2026-01-31", "front matter"),
        ("title", "Other", "notebook metadata"),
        ("author", "Ann Oduya", "notebook metadata"),
    ]


def test_version_3() -> None:
    cells = [{"cell_type": "heading", "level": 2, "source": ["Why"]}, {"cell_type": "code", "input": ["x = 1"]}]
    page = article({"nbformat": 3, "worksheets": [{"cells": cells}]})
    assert [(b.kind.value, b.level, b.span.cut(page.text)) for b in page.blocks] == [
        ("heading", 2, "Why"),
        ("code", 0, "x = 1"),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{", "is no notebook: it is not JSON"),
        (b"[" * 100_000, "is no notebook: it is not JSON"),
        (b"[1]", "is no notebook, or one without cells"),
        (b'{"cells": []}', "is no notebook, or one without cells"),
        (b'{"cells": [{"cell_type": "markdown", "source": [1, null]}]}', "is a notebook without text"),
    ],
)
def test_what_cannot_be_read(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        list(documents(Input.of_bytes("a.ipynb", data)))
    assert caught.value.what == what


def test_broken_notebooks_are_read_or_refused() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    texts = ["[", "{", "null", "1", '"a"', "[[]]", '{"source": {}}']
    for _ in range(500):
        data = json.dumps(NOTEBOOK)
        for _ in range(chance.randint(1, 3)):
            old = chance.choice(['"markdown"', '"code"', '"Why"', "[", "{", '"metadata"', "4", '"cells"', '"source"'])
            data = data.replace(old, chance.choice(texts), chance.randint(1, 2))
        try:
            assert [*documents(Input.of_bytes("a.ipynb", data.encode()))] == [
                *documents(Input.of_bytes("a.ipynb", data.encode()))
            ]
        except InputError:
            continue
