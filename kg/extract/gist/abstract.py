"""Put together an abstract for an article that has none: sentences of its own that can be read by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.gist.takeaways import is_candidate, is_same
from kg.extract.gist.whole import Whole
from kg.extract.language.lexicon import Tag
from kg.extract.text import Sentence
from kg.model import BlockKind, Passage

_FEWEST: Final = 2
_MOST: Final = 4
_LONGEST: Final = 600
"""Code points of an abstract: what feeds and search results show."""

_DANGLING: Final = frozenset(
    {
        "this", "these", "it", "they", "he", "she", "that", "those", "such", "its", "their", "his", "her",
        "here", "there", "then", "so", "also", "but", "and", "or", "however", "therefore", "thus", "hence",
        "instead", "moreover", "furthermore", "additionally", "consequently", "meanwhile", "nevertheless",
        "otherwise", "second", "secondly", "third", "finally", "next", "yes", "no", "again",
    }
)  # fmt: skip
"""Words at the head of a sentence that point to one before it."""


def abstract(whole: Whole, said: Sequence[float]) -> tuple[Passage, ...]:
    """Return two to four sentences, the best by their scores, in the order of the text; else none."""
    able = [at for at, sentence in enumerate(whole.sentences) if stands_alone(sentence)]
    chosen = _fitting(whole, sorted(able, key=lambda at: (-said[at], at)))
    return tuple(whole.sentences[at].passage for at in sorted(chosen)) if len(chosen) >= _FEWEST else ()


def stands_alone(sentence: Sentence) -> bool:
    """Tell whether a sentence of a paragraph is whole and points to nothing before or after it."""
    first = next((word.lower for word in sentence.words if word.tag != Tag.MARK), "")
    whole = sentence.text.endswith((".", "!", ".”", '."')) and sentence.kind is BlockKind.LINE
    return whole and is_candidate(sentence) and first not in _DANGLING


def _fitting(whole: Whole, ranked: list[int]) -> list[int]:
    """Return the best sentences that are no longer than an abstract together and do not say the same."""
    chosen: list[int] = []
    room = _LONGEST
    for at in ranked:
        length = len(whole.sentences[at].text) + 1
        if len(chosen) < _MOST and length <= room and not any(is_same(whole, at, other) for other in chosen):
            chosen.append(at)
            room -= length
    return chosen
