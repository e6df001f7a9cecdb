"""What is known of each candidate for a topic: how often, where and among which words it stands, how it looks.

Everything is counted in the one article; only how rare words are, and how phrases fare elsewhere (`standing`), is known
beforehand. A feature is a number of the size of 1, so that weights can be read and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import Final

from kg.extract.language.frequency import rarity
from kg.extract.language.lexicon import Tag
from kg.extract.language.words import BEFORE_FIRST, Word
from kg.extract.topics.candidates import Candidate, Found
from kg.extract.topics.phrases import FOLLOWS, QUALIFIES
from kg.extract.topics.setting import Setting
from kg.extract.topics.standing import UNKNOWN

_MOST: Final = 12
"""So many places of a candidate are looked at; more tell nothing new."""
_LONG: Final = 30
_FULL_NAME: Final = 2
_SELDOM: Final = 0.6
"""How rare a word must be to be taken for a part of somebody's name."""
_NOTHING: Final = Word(0, 0, "", "", "")
_ARTICLES: Final = frozenset({"a", "an"})
_LEADING: Final = frozenset({Tag.PREPOSITION, Tag.TO})
_ACTING: Final = frozenset({Tag.BASE, Tag.THIRD, Tag.PAST, Tag.ING})


_VERBS: Final = frozenset("BZD")
_DATES: Final = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "day", "week", "month",
    "year", "today", *map(str, range(1900, 2100)),
})  # fmt: skip
"""Words of a date: what has one is no topic."""

AROUND: Final = ("the", "an", "this", "behind preposition", "behind verb", "left", "right", "before of", "capital")
COUNTED: Final = (
    "count", "once", "often", "count share", "first", "spread", "sections", "left variety", "right variety", "free",
    "title", "heading", "tag", "link", "concept", "known once",
)  # fmt: skip
SHAPED: Final = ("long", "length", "hyphen", "name", "verb", "verb inside", "date", "number behind", "like a person")
WORDED: Final = (
    "least rarity", "rarity", "rarity of head", "unseen", "least words count", "head count", "weight", "weight sum",
    "phrase weight", "cohesion", "heading words",
)  # fmt: skip
NESTED: Final = ("longer", "longer share", "longer in heading")
STANDING: Final = (
    "standing", "standing known", "head standing", "head alone known", "modifier standing", "modifier known",
)  # fmt: skip
PLACED: Final = ("place", "article")
NAMES: Final = (*AROUND, *COUNTED, *SHAPED, *WORDED, *NESTED, *STANDING, *PLACED)
"""The features of a candidate: shares of its places, counts, its looks, its words, longer ones, its standing."""
LOOKED: Final = ("count", "once", "title", "heading", "concept", "first", "standing", "two", "three", "long")
"""The features of the first look, which tells what is worth a second one."""

_LEFT, _RIGHT = AROUND.index("left"), AROUND.index("right")
_WEIGHT: Final = NAMES.index("phrase weight")

Vector = list[float]


def look(candidate: Candidate, home: Setting) -> Vector:
    """Return what is seen of a candidate at once, in the order of `LOOKED`."""
    titles, headings, prose = _parts(candidate, home)
    spaces = candidate.key.count(" ")
    return [
        log(1 + len(prose)),
        len(prose) == 1,
        titles > 0,
        headings > 0,
        candidate.concept != "",
        log(1 + (prose[0].unit - home.opening if prose else home.prose)),
        home.standing.phrases.get(candidate.key, UNKNOWN).odds,
        spaces == 1,
        spaces == 2,  # noqa: PLR2004 - words minus one
        spaces > 2,  # noqa: PLR2004 - as above
    ]


def _parts(candidate: Candidate, home: Setting) -> tuple[int, int, Sequence[Found]]:
    """Return how often a candidate stands in the title and in headings, and its places in prose."""
    found = candidate.found
    if found[0].unit >= home.opening:
        return 0, 0, found
    titles = sum([f.unit < home.titles for f in found])
    heads = sum([f.unit < home.opening for f in found])
    return titles, heads - titles, found[heads:]


def features(found: Sequence[Candidate], home: Setting) -> list[Vector]:
    """Return the features of each candidate, in the order of `NAMES`."""
    most = max((len(c.found) for c in found), default=1)
    longer = _longer(found)
    made = [_of(c, home, most, longer.get(c.key)) for c in found]
    order = sorted(range(len(made)), key=lambda i: (-made[i][_WEIGHT], found[i].key))
    for place, at in enumerate(order):
        made[at] += [log(1 + place), log(1 + home.prose)]
    return made


def _longer(found: Sequence[Candidate]) -> Mapping[str, Candidate]:
    """Return the most frequent longer candidate of each key."""
    known = {c.key for c in found}
    longer: dict[str, Candidate] = {}
    for candidate in found:
        for inner in _inner(candidate.key):
            if inner in known and (inner not in longer or len(longer[inner].found) < len(candidate.found)):
                longer[inner] = candidate
    return longer


def _inner(key: str) -> Iterator[str]:
    """Yield the phrases inside a phrase.

    >>> list(_inner("a b c"))
    ['a', 'a b', 'b', 'b c', 'c']
    """
    words = key.split()
    size = len(words)
    for first in range(size):
        for end in range(first + 1, size + (first > 0)):
            yield " ".join(words[first:end])


def _of(candidate: Candidate, home: Setting, most: int, longer: Candidate | None) -> Vector:
    titles, headings, prose = _parts(candidate, home)
    words = candidate.key.split()
    shares, lefts, rights = _around(prose[:_MOST], home)
    free = len(prose) * (1 - max(shares[_LEFT], shares[_RIGHT]))
    return [
        *shares,
        *_counted(prose, home, most),
        lefts,
        rights,
        log(1 + free),
        titles > 0,
        headings > 0,
        candidate.key in home.tags,
        candidate.key in home.links,
        candidate.concept != "",
        candidate.concept != "" and len(candidate.found) == 1 and len(prose) == 1,
        *_shaped(candidate, prose, home),
        *_worded(words, len(prose), home),
        *_nested(candidate, longer, home),
        *_stood(candidate.key, words, home),
    ]


def _around(prose: Sequence[Found], home: Setting) -> tuple[Vector, float, float]:
    """Return the features `AROUND`, and how many different words there are on either side for each place."""
    if not prose:
        return [0.0] * len(AROUND), 0.0, 0.0
    flags, lefts, rights = [], set(), set()
    for unit, first, end in prose:
        words = home.told[unit].words
        before, after = words[first - 1] if first else _NOTHING, words[end] if end < len(words) else _NOTHING
        flags.append(
            (*_left(before.lower, before.tag), *_right(after.lower, after.tag), _is_capital(before, words[first]))
        )
        if before.tag in QUALIFIES:
            lefts.add(before.lower)
        if after.tag in FOLLOWS:
            rights.add(after.lower)
    count = len(flags)
    return [sum(column) / count for column in zip(*flags, strict=True)], len(lefts) / count, len(rights) / count


@lru_cache(50_000)
def _left(lower: str, tag: str) -> tuple[bool, ...]:
    """Return what the word before a place tells."""
    return (
        lower == "the",
        lower in _ARTICLES,
        tag == Tag.DETERMINER and lower != "the" and lower not in _ARTICLES,
        tag in _LEADING,
        tag in _ACTING,
        tag in QUALIFIES,
    )


@lru_cache(50_000)
def _right(lower: str, tag: str) -> tuple[bool, ...]:
    """Return what the word behind a place tells."""
    return tag in FOLLOWS, lower == "of"


def _is_capital(before: Word, first: Word) -> bool:
    """Tell whether a place has a capital that its being first does not explain."""
    return before.tag != "" and before.text not in BEFORE_FIRST and first.text[0].isupper()


def _counted(prose: Sequence[Found], home: Setting, most: int) -> Vector:
    """Return how often a candidate stands in prose and how far it is spread."""
    count = len(prose)
    first = prose[0].unit - home.opening if prose else home.prose
    last = prose[-1].unit - home.opening if prose else home.prose
    return [
        log(1 + count),
        count == 1,
        count > 4,  # noqa: PLR2004 - often enough to be what an article is about
        log((1 + count) / (1 + most)),
        first / home.prose,
        (last - first) / home.prose,
        log(1 + len({home.sections[f.unit] for f in prose})),
    ]


def _shaped(candidate: Candidate, prose: Sequence[Found], home: Setting) -> Vector:
    """Return what a candidate looks like where it first stands in prose, in the order of `SHAPED`."""
    unit, first, end = prose[0] if prose else candidate.found[0]
    said = home.told[unit].words[first:end]
    acts = not _VERBS.isdisjoint([w.tag for w in said])
    words = candidate.key.split()
    return [
        len(words) > 3,  # noqa: PLR2004 - few topics have more words
        min(_LONG, len(candidate.key)) / _LONG,
        "-" in "".join([w.text for w in said]),
        said[-1].tag == Tag.NAME,
        acts and len(said) == 1,
        acts and len(said) > 1,
        not _DATES.isdisjoint(words),
        said[-1].tag == Tag.NUMBER,
        _is_like_person(said),
    ]


def _is_like_person(said: Sequence[Word]) -> bool:
    """Tell whether words are two names that are seldom met, as a first name and a surname are."""
    return len(said) == _FULL_NAME and all(w.tag == Tag.NAME and rarity(w.lower) > _SELDOM for w in said)


def _worded(words: Sequence[str], count: int, home: Setting) -> Vector:
    """Return how rare the words of a candidate are and how often each stands, in the order of `WORDED`."""
    rare = [rarity(w) for w in words]
    counts = [home.counts.get(w, 0) for w in words]
    weights = sum([log(1 + n) * r for n, r in zip(counts, rare, strict=True)])
    size = len(words)
    mean = sum(rare) / size
    return [
        min(rare),
        mean,
        rare[-1],
        sum([r >= 1 for r in rare]) / size,
        log(1 + min(counts)),
        log(1 + counts[-1]),
        weights / size,
        weights,
        log(1 + count) * mean,
        count / max(1, *counts) if size > 1 else 0,
        sum([w in home.headed for w in words]) / size,
    ]


def _nested(candidate: Candidate, longer: Candidate | None, home: Setting) -> Vector:
    """Return how a candidate stands to the most frequent one that it is inside of, in the order of `NESTED`."""
    more = len(longer.found) if longer else 0
    headed = _parts(longer, home)[1] > 0 if longer else False
    return [log(1 + more), log((1 + more) / (1 + len(candidate.found))), headed]


def _stood(key: str, words: Sequence[str], home: Setting) -> Vector:
    """Return how the phrase, its head and its other words fare elsewhere, in the order of `STANDING`."""
    known = home.standing
    before = words[:-1] or words
    modifiers = [known.modifiers.get(w, UNKNOWN) for w in before]
    return [
        *known.phrases.get(key, UNKNOWN),
        known.heads.get(words[-1], UNKNOWN).odds,
        known.phrases.get(words[-1], UNKNOWN).known,
        sum([o for o, _ in modifiers]) / len(before),
        sum([n for _, n in modifiers]) / len(before),
    ]
