"""The words that tell where an article belongs, from the data files beside this module, and the weights they have."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from kg.extract.datafile import rows
from kg.extract.language.stems import stem

_HOME: Final = Path(__file__).parent
_STRONG: Final = "*"


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of what tells the field and the level, as tests/quality/train/filing.py found them."""
    made: Mapping[str, Mapping[str, float]] = json.loads((_HOME / "weights.json").read_text(encoding="utf-8"))
    return made


def lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of words in a file: what stands in brackets above each, and its words.

    >>> sorted(lists("level.txt"))
    ['hard', 'introduces', 'people']
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    head = ""
    for row in rows(_HOME / name):
        if row.startswith("["):
            head = row.strip("[]")
        else:
            found[head] += row.split()
    return {head: tuple(some) for head, some in found.items() if some}


@cache
def of_shelves() -> Mapping[str, Mapping[str, float]]:
    """Return by stem how much a word says for each shelf: 1 for a strong word of one shelf alone.

    >>> of_shelves()["kubernet"], of_shelves()["dataset"]
    ({'Cloud & Infrastructure': 1.0}, {'AI & Machine Learning': 0.167, 'Data': 0.667})
    """
    marked: dict[tuple[str, str], float] = {}
    for shelf, some in lists("shelves.txt").items():
        for word in some:
            key = stem(word.removesuffix(_STRONG)), shelf
            marked[key] = max(marked.get(key, 0), 2.0 if word.endswith(_STRONG) else 1.0)
    total: defaultdict[str, float] = defaultdict(float)
    for (word, _), mark in marked.items():
        total[word] += mark
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (word, shelf), mark in sorted(marked.items()):
        found[word][shelf] = round(mark * mark / total[word] / 2, 3)
    found.pop("", None)
    return dict(found)
