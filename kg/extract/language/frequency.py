"""How common English words are in articles for professionals, counted once and for all."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kg.extract.language.lexicon import CLOSED

_FILE: Final = Path(__file__).with_name("frequencies.txt")
_COUNT: Final = "#articles "


@cache
def _table() -> tuple[int, dict[str, int]]:
    articles, rows = 0, {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(_COUNT):
            articles = int(line.removeprefix(_COUNT))
        elif not line.startswith("#"):
            word, count = line.split()
            rows[word] = int(count)
    return articles, rows


@lru_cache(50_000)
def rarity(lower: str) -> float:
    """Return the inverse document frequency of a word in lower case, 0 for the most common to 1 for one never seen.

    >>> rarity("the") < rarity("software") < rarity("kubernetes") < rarity("xylophone")
    True
    """
    articles, rows = _table()
    count = rows.get(lower, 0) + 1
    return max(0.0, math.log((articles + 1) / count) / math.log(articles + 1))


def is_stop(lower: str) -> bool:
    """Tell whether a word is of a closed class: it says nothing by itself.

    >>> is_stop("the"), is_stop("graph")
    (True, False)
    """
    return lower in CLOSED
