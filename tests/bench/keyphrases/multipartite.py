"""MultipartiteRank (Boudin 2018): noun phrases, grouped into topics, ranked by PageRank over all pairs across topics.

Constants are the paper's: topics by average linkage of stem overlap at a distance of .74, a boost of 1.1 for the first
phrase of a topic, damping .85. Word classes come from `kg.extract.language`: a lexicon and rules, no trained tagger.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import Final

from kg.extract.language.lexicon import Tag
from kg.extract.language.words import Word, words
from kg.extract.sentences import sentences
from tests.bench.keyphrases.tokens import stem

_DISTANCE: Final = 0.74
_BOOST: Final = 1.1
_DAMPING: Final = 0.85
_ENOUGH: Final = 1e-6
_ROUNDS: Final = 100
_PARTS: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.ADJECTIVE})

Graph = list[dict[int, float]]
"""For each node the nodes it leads to, with weights."""


@dataclass(slots=True)
class _Phrase:
    """A noun phrase: its words where it stands first, how many, and the numbers of the words that it begins at."""

    written: str
    stems: frozenset[str]
    length: int
    places: list[int] = field(default_factory=list)


def rank(text: str, n: int) -> list[str]:
    """Return the n best phrases of a text, in lower case, best first.

    >>> rank("A knowledge graph is not a database. The knowledge graph grew.", 2)
    ['knowledge graph', 'database']
    """
    if not (phrases := _phrases(text)):
        return []
    topics = _topics(phrases)
    graph = _graph(phrases, topics)
    _boost(graph, phrases, topics)
    scores = _page_rank(graph)
    best = sorted(range(len(phrases)), key=lambda i: (-scores[i], phrases[i].places[0]))
    return [phrases[i].written for i in best[:n]]


def _phrases(text: str) -> list[_Phrase]:
    """Return the longest runs of adjectives and nouns that hold a noun, the same ones once, in order."""
    found: dict[tuple[str, ...], _Phrase] = {}
    for place, run in _runs(text):
        stems = tuple(stem(word.lower) for word in run)
        written = " ".join(word.lower for word in run)
        found.setdefault(stems, _Phrase(written, frozenset(stems), len(run))).places.append(place)
    return list(found.values())


def _runs(text: str) -> Iterator[tuple[int, list[Word]]]:
    place = 0
    for span in sentences(text):
        for part, group in groupby(words(text, span), lambda word: word.tag in _PARTS):
            run = list(group)
            if part and any(word.tag != Tag.ADJECTIVE for word in run):
                yield place, run
            place += len(run)


def _topics(phrases: Sequence[_Phrase]) -> list[list[int]]:
    """Group phrases by average linkage: merge the two nearest groups until none are near enough."""
    groups = {i: [i] for i in range(len(phrases))}
    near = _overlaps(phrases)
    while near:
        (a, b), _ = max(near.items(), key=lambda item: item[1] / (len(groups[item[0][0]]) * len(groups[item[0][1]])))
        if near[a, b] / (len(groups[a]) * len(groups[b])) < 1 - _DISTANCE:
            break
        _merge(a, b, groups, near)
    return list(groups.values())


def _overlaps(phrases: Sequence[_Phrase]) -> dict[tuple[int, int], float]:
    """Return the Jaccard similarity of the stems of each two phrases that share one."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for i, phrase in enumerate(phrases):
        for word in sorted(phrase.stems):
            having[word].append(i)
    pairs = sorted({pair for same in having.values() for pair in combinations(same, 2)})
    return {
        (a, b): len(phrases[a].stems & phrases[b].stems) / len(phrases[a].stems | phrases[b].stems) for a, b in pairs
    }


def _merge(a: int, b: int, groups: dict[int, list[int]], near: dict[tuple[int, int], float]) -> None:
    """Put group b into a; sums of similarities add up, so that averages stay exact."""
    groups[a] += groups.pop(b)
    del near[a, b]
    for pair in [p for p in near if b in p]:
        other = pair[0] if pair[1] == b else pair[1]
        joined = (min(a, other), max(a, other))
        near[joined] = near.get(joined, 0.0) + near.pop(pair)


def _graph(phrases: Sequence[_Phrase], topics: Sequence[Sequence[int]]) -> Graph:
    """Link phrases of different topics, the stronger the nearer they stand to each other."""
    home = {i: number for number, topic in enumerate(topics) for i in topic}
    graph: Graph = [{} for _ in phrases]
    for a, b in combinations(range(len(phrases)), 2):
        if home[a] != home[b]:
            graph[a][b] = graph[b][a] = _nearness(phrases[a], phrases[b])
    return graph


def _nearness(a: _Phrase, b: _Phrase) -> float:
    total = 0.0
    for p in a.places:
        for q in b.places:
            total += 1 / (q - p - a.length + 1 if p < q else p - q - b.length + 1)
    return total


def _boost(graph: Graph, phrases: Sequence[_Phrase], topics: Sequence[Sequence[int]]) -> None:
    """Lead to the first phrase of each topic what leads to its others, more so near the beginning of the text."""
    added: dict[tuple[int, int], float] = {}
    for topic in topics:
        first = min(topic, key=lambda i: phrases[i].places[0])
        early = _BOOST * math.exp(1 / (1 + phrases[first].places[0]))
        for start in graph[first]:
            if others := [graph[start][i] for i in topic if i != first]:
                added[start, first] = early * sum(others)
    for (start, first), weight in added.items():
        graph[start][first] += weight


def _page_rank(graph: Graph) -> list[float]:
    count = len(graph)
    scores = [1 / count for _ in graph]
    totals = [sum(links.values()) for links in graph]
    for _ in range(_ROUNDS):
        lost = sum(s for s, total in zip(scores, totals, strict=True) if not total)
        fresh = [(1 - _DAMPING + _DAMPING * lost) / count] * count
        for node, links in enumerate(graph):
            share = _DAMPING * scores[node] / totals[node] if totals[node] else 0.0
            for to, weight in links.items():
                fresh[to] += share * weight
        moved = sum(abs(a - b) for a, b in zip(fresh, scores, strict=True))
        scores = fresh
        if moved < _ENOUGH * count:
            break
    return scores
