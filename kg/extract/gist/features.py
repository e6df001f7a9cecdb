"""What tells how much of an article's gist a sentence holds: its place, its words beside all others, its marks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from kg.extract.gist.marks import marks
from kg.extract.gist.whole import Whole
from kg.extract.passages import TITLE

SUMMARY: Final = "summary"
_NOT_BODY: Final = frozenset({TITLE, SUMMARY})
_FIRST: Final = 3
_LAST: Final = 3
_LEAD: Final = 2
"""The sections that may be the lead: the text before any heading, which stands under the title, and the next."""

_WORDS_OF_TITLE: Final = 3

Features = dict[str, float]
"""By name; what is not there is 0."""


def features(whole: Whole) -> tuple[Features, ...]:
    """Return the features of each sentence."""
    places = enumerate(zip(whole.sentences, _places(whole), strict=True))
    return tuple(place | _beside(whole, at) | dict.fromkeys(marks(sentence), 1.0) for at, (sentence, place) in places)


def _places(whole: Whole) -> Iterator[Features]:
    """Yield where each sentence stands: in the body, its section and its paragraph."""
    body = max(1, sum(s.passage.name not in _NOT_BODY for s in whole.sentences))
    at, sections, before = 0, 0, None
    for sentence in whole.sentences:
        opens = sentence.passage.section != before
        sections += opens
        before = sentence.passage.section
        found: Features = {"first section": float(sections <= _LEAD), "opens section": float(opens)}
        if sentence.passage.name not in _NOT_BODY:
            found |= _in_body(at, body)
            at += 1
        found |= {"opens": float(sentence.opens), "closes": float(sentence.closes)}
        found["opens a headed section"] = float(opens and sentence.opens and bool(sentence.passage.section))
        found["last paragraph"] = float(sentence.paragraph == whole.sentences[-1].paragraph)
        yield found


def _in_body(at: int, size: int) -> Features:
    """Return where the sentence of number `at` stands among those of the body."""
    found = {"relative": at / size, "from start": math.log1p(at), "last 3": float(size - at <= _LAST)}
    return found | ({f"body {at}": 1.0} if at < _FIRST else {})


def _beside(whole: Whole, at: int) -> Features:
    """Return what the words of a sentence are beside those of the title and all other sentences."""
    stems = whole.stems[at]
    return {
        "central": whole.central[at],
        "spread": whole.spread[at],
        "title": whole.of_title(stems),
        "words of title": min(_WORDS_OF_TITLE, len(whole.title & stems)) / _WORDS_OF_TITLE,
    }
