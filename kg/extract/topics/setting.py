"""What is the same for all candidates of an article, made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from kg.extract.language.lexicon import CLOSED
from kg.extract.topics.candidates import Unit
from kg.extract.topics.standing import Standing

_LOWER: Final = attrgetter("lower")


class Setting(NamedTuple):
    """The units of an article, and what is known of all of them; words, tags and links are keys.

    `titles` is the number of units of the title, `opening` of all before the prose, `prose` of those in it; `sections`
    are the headings that the units stand under, `headed` the words of headings, `counts` how often each word stands in
    prose, `standing` is how phrases fare elsewhere.
    """

    told: Sequence[Unit]
    titles: int
    opening: int
    prose: int
    sections: Sequence[str]
    headed: frozenset[str]
    tags: frozenset[str]
    links: frozenset[str]
    counts: Mapping[str, int]
    standing: Standing


def setting(told: Sequence[Unit], tags: Iterable[str], links: Iterable[str], known: Standing) -> Setting:
    """Return the setting of an article; `known` is how phrases fare elsewhere."""
    prose = [u for u in told if u.is_prose]
    return Setting(
        told=told,
        titles=sum(u.sentence is not None for u in told) - len(prose),
        opening=len(told) - len(prose),
        prose=max(1, len(prose)),
        sections=[u.sentence.passage.section if u.sentence else "" for u in told],
        headed=frozenset(part for u in told if u.sentence is None for form in u.forms for part in form.split()),
        tags=frozenset(tags),
        links=frozenset(links),
        counts=_counted(prose),
        standing=known,
    )


def _counted(prose: Iterable[Unit]) -> Counter[str]:
    """Return how often each part of a form stands in prose, of words of the open classes only."""
    counted: Counter[str] = Counter()
    pairs = Counter(chain.from_iterable(zip(map(_LOWER, u.words), u.forms, strict=True) for u in prose))
    for (lower, form), count in pairs.items():
        for part in form.split() if lower not in CLOSED else ():
            counted[part] += count
    return counted
