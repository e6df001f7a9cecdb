"""Score what is extracted from annotated articles, by way of the graph, with the rules of ../shared/gold/score.py."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.extract import extract
from kg.link import link
from kg.store import Store
from kg.vocab import BASE, load
from tests.quality.gold import Example, score

Row = tuple[float, float, float, int]
"""Precision, recall and F1, each the mean over articles, and the number of articles."""


def table(some: Sequence[Example]) -> Mapping[str, Row]:
    """Return the score of each kind of thing over some examples."""
    gold = {e.path: score().gold_things(e.gold) for e in some}
    scored: Mapping[str, Row] = score().compare(things(some), gold)
    return scored


def things(some: Sequence[Example]) -> Mapping[str, Any]:
    """Return what a graph of these articles holds: path -> kind -> the labels of each thing."""
    vocabulary = load(BASE)
    store = Store(BASE)
    store.put([link(e.article, extract(e.article, vocabulary), vocabulary) for e in some], vocabulary)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nq"
        store.engine.dump(str(file), ox.RdfFormat.N_QUADS)
        found: Mapping[str, Any] = score().load_build(file, {e.path for e in some})
    return found
