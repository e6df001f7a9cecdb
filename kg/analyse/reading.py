"""What a role should read: as few articles as cover what concerns it, the easiest first."""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.analyse.links import Links
from kg.analyse.results import ReadingPath, Stop
from kg.model import Iri, Kind
from kg.vocab import term

LEAST: Final = 2
"""Articles that must treat a topic before it is one that the role should know; one where no topic has so many."""

_LEVELS: Final = ("beginner", "intermediate", "advanced")


def reading_path(links: Links, role: Iri, most: int = 10) -> ReadingPath:
    """Return at most `most` articles that cover the topics that a role should know, in order of their level.

    The articles are those for the role, and those with a principle that applies to it; it should know the topics that
    at least `LEAST` of these are about. The next article is always the one whose topics not yet covered weigh most, a
    topic's weight being the number of those articles about it (greedy set cover: no method that is feasible gives
    much smaller sets in general).
    """
    topics = {article: links.of(article, Kind.TOPIC) for article in _for(links, role)}
    counted = Counter(topic for some in topics.values() for topic in some)
    weights = {t: n for t, n in counted.items() if n >= LEAST} or dict(counted)
    chosen = _cover(topics, weights, most)
    stops = [Stop(links.thing(a), _level(links, a), tuple(map(links.thing, adds))) for a, adds in chosen]
    stops.sort(key=_step)
    return ReadingPath(links.thing(role), tuple(stops), sum(len(adds) for _, adds in chosen), len(weights))


def _for(links: Links, role: str) -> list[str]:
    principles = links.of(role, Kind.PRINCIPLE)
    stating = {article for principle in principles for article in links.of(principle, Kind.ARTICLE)}
    return sorted(stating.union(links.of(role, Kind.ARTICLE)))


def _cover(topics: dict[str, list[str]], weights: dict[str, int], most: int) -> list[tuple[str, list[str]]]:
    """Return the articles that are chosen, in turn, and the topics that each adds, the weightiest first."""
    missing = dict(weights)
    chosen: list[tuple[str, list[str]]] = []
    while missing and len(chosen) < most:
        gains = {article: sum(missing.get(topic, 0) for topic in some) for article, some in topics.items()}
        best = min(gains, key=lambda article: (-gains[article], article))
        adds = sorted((topic for topic in topics[best] if topic in missing), key=lambda t: (-missing[t], t))
        chosen.append((best, adds))
        for topic in adds:
            del missing[topic]
    return chosen


def _level(links: Links, article: str) -> str:
    level = links.value(article, term("schema:educationalLevel"))
    return links.thing(level).label if level else ""


def _step(stop: Stop) -> int:
    """Return where a level comes; articles whose level is not known come last."""
    level = stop.level.casefold()
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
