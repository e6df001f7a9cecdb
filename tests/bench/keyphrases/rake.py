"""RAKE (Rose et al. 2010): what stands between stop words, scored by its words.

A word's score is its degree over its frequency: how long the phrases are, on average, that it stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from tests.bench.keyphrases.tokens import is_content, tokens


def rank(text: str, n: int) -> list[str]:
    """Return the n best phrases of a text, in lower case, best first.

    >>> rank("A knowledge graph is not a database. The graph grew.", 2)
    ['knowledge graph', 'graph']
    """
    phrases = list(_phrases(text))
    frequency: Counter[str] = Counter()
    degree: Counter[str] = Counter()
    for phrase in phrases:
        frequency.update(phrase)
        degree.update({word: len(phrase) * phrase.count(word) for word in phrase})
    scores = {phrase: sum(degree[word] / frequency[word] for word in phrase) for phrase in phrases}
    return [" ".join(phrase) for phrase in sorted(scores, key=lambda p: -scores[p])[:n]]


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    for sentence in tokens(text):
        for content, run in groupby(sentence, is_content):
            if content:
                yield tuple(word.lower() for word in run)
