"""The ranker of topics as data sets of others ask for it: text in, the best phrases out.

`phrases` is for sets in which a phrase is named in full (Inspec, SemEval-2017): of phrases inside each other the whole
one, and a longer one before a shorter one. `salient` is the ranking as it stands.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import Final

from kg.extract.text import Text
from kg.extract.topics import name_of, setting_of
from kg.extract.topics.candidates import Unit, candidates, units
from kg.extract.topics.phrases import FOLLOWS, QUALIFIES
from kg.extract.topics.ranker import Models, Ranked, rank
from kg.model import Page
from kg.read import File, article_on, read_pages, table
from kg.vocab import Vocabulary, load

_A_WORD_MORE: Final = 0.7
"""What a phrase gains for its second and third word, in logarithms of odds. The best of nine ways tried on those very
sets; with none of them Inspec is near .27."""
_WORDS: Final = 2


@cache
def _vocabulary() -> Vocabulary:
    return load()


@cache
def text_of(text: str) -> Text:
    """Return a plain text as the extractors see it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(text, encoding="utf-8")
        page = next(p for p in read_pages(File("text.txt", file, "text.txt")) if isinstance(p, Page))
    return Text(article_on(page, table()), _vocabulary())


def salient(text: str, n: int, using: Models | None = None) -> list[str]:
    """Return the n phrases that are most likely topics."""
    said = text_of(text)
    told = units(said)
    best = rank(candidates(said, told), setting_of(said, told), using)
    return [name_of(said, r.candidate, told) for r in best[:n]]


def phrases(text: str, n: int) -> list[str]:
    """Return the n best phrases, none of which is part of another."""
    said = text_of(text)
    told = units(said)
    best = sorted(rank(candidates(said, told), setting_of(said, told)), key=lambda r: (-_worth(r), r.candidate.key))
    return [name_of(said, r.candidate, told) for r in _whole(best, told)][:n]


def _worth(one: Ranked) -> float:
    odds = log(one.likely / (1 - one.likely)) if one.likely < 1 else 100
    return odds + _A_WORD_MORE * min(_WORDS, one.candidate.key.count(" "))


def _whole(best: Sequence[Ranked], told: Sequence[Unit]) -> Iterator[Ranked]:
    """Yield the phrases that mostly stand by themselves and are in none before them."""
    taken: list[str] = []
    for one in best:
        key = f" {one.candidate.key} "
        if _is_mostly_whole(one, told) and not any(key in f" {other} " or f" {other} " in key for other in taken):
            taken.append(one.candidate.key)
            yield one


def _is_mostly_whole(one: Ranked, told: Sequence[Unit]) -> bool:
    found = one.candidate.found
    left = sum(f.first > 0 and told[f.unit].words[f.first - 1].tag in QUALIFIES for f in found)
    right = sum(f.end < len(told[f.unit].words) and told[f.unit].words[f.end].tag in FOLLOWS for f in found)
    return max(left, right) * 2 <= len(found)
