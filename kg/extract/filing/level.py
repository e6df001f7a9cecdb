"""The level of reader that an article which does not say so is for, told by how it speaks and of what.

An article for beginners speaks of people, is introductory by its title or an announcement, and shows little code. What
makes an article advanced was seen too rarely to be learned, so that this level is only ever stated, never inferred.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from kg.extract.filing.shelving import Evidence
from kg.extract.filing.telling import lists, weights
from kg.extract.language.lexicon import Tag
from kg.extract.passages import TITLE
from kg.extract.text import Sentence, Text, most_telling
from kg.model import BlockKind, Inference, Kind, Passage, Relation

RULE: Final = "how it speaks"
Signs = Sequence[Sequence[str]]

_TITLE_LIST: Final = "introduces"
_MARKS_OF_CODE: Final = frozenset("._/")
_A_FEW_LINES: Final = 200
"""Code points of code that are little beside a text."""


def level(text: Text, said: Evidence) -> tuple[Inference, ...]:
    """Return the level of reader that an English article is for, with the sentences that tell it most; else nothing.

    `said` is what the article says for each shelf: some fields speak to beginners more than others do.
    """
    if not text.sentences:
        return ()
    by, told = weights()["level"], signs(text)
    depth = by["(all)"] + sum(by[name] * value for name, value in sorted(features(text, said, told).items()))
    label = "Intermediate" if depth > 0 else "Beginner"
    concept = text.vocabulary.only(label, Kind.LEVEL)
    evidence = _most_telling(text, told, math.copysign(1, depth))
    return (Inference(Relation.LEVEL, Kind.LEVEL, label, concept, evidence, RULE),)


def signs(text: Text) -> Signs:
    """Return for each sentence of an article what its words tell of the level, a name for each time."""
    return [list(chain.from_iterable(map(_sign, sentence.lowers, sentence.tags))) for sentence in text.sentences]


def features(text: Text, said: Evidence, told: Signs) -> Mapping[str, float]:
    """Return what tells the level: roots of shares of words, the amount of code, the probability of each shelf.

    `told` are the signs of the level in the article's sentences.
    """
    counted = Counter(chain.from_iterable(told))
    total = max(1, sum(len(sentence.tags) for sentence in text.sentences))
    found = {name: math.sqrt(counted[name] / total) for name in SIGNS}
    found[_TITLE_LIST] = float(not all(_words()[_TITLE_LIST].isdisjoint(s.lowers) for s in _title(text)))
    found["lines of code"] = math.log1p(_code(text) / _A_FEW_LINES)
    return found | {f"in {shelf}": share for shelf, share in said.shares.items()}


def _title(text: Text) -> list[Sentence]:
    return [s for s in text.sentences if s.passage.name == TITLE]


def _code(text: Text) -> int:
    blocks = (b for page in text.article.pages for b in page.blocks if b.kind is BlockKind.CODE)
    return sum(b.span.end - b.span.start for b in blocks)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lists("level.txt").items()}


SIGNS: Final = ("code", "hard", "people", "technical")
"""What single words tell of the level."""


@lru_cache(50_000)
def _sign(lower: str, tag: str) -> tuple[str, ...]:
    """Return what a word tells: that it is code, that it is written as what is technical is, or the lists it is in."""
    if tag == Tag.CODE:
        return ("code",)
    if len(lower) > 1 and any(c in _MARKS_OF_CODE or c.isdigit() for c in lower):
        return ("technical",)
    return tuple(name for name in SIGNS if lower in _words().get(name, ()))


def _most_telling(text: Text, told: Signs, side: float) -> tuple[Passage, ...]:
    """Return the sentences whose words tell most for one side; where none does, the first."""
    by = weights()["level"]
    pairs = zip(told, text.sentences, strict=True)
    found = most_telling((side * math.fsum([by[name] for name in names]), s) for names, s in pairs)
    return found or (text.sentences[0].passage,)
