"""The phrases of a sentence that name people by what they do: [seniority or quality] [work] head ["of" what]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.language.lexicon import Tag
from kg.extract.language.words import Word, possible
from kg.extract.roles.heads import Head, empty, heads, is_somebody, over, work

_INSIDE: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.ADJECTIVE})
_BEHIND: Final = _INSIDE | {Tag.DETERMINER, Tag.ING}
_NAMING: Final = frozenset({Tag.NOUN, Tag.NAME})
_BEFORE_NOUN: Final = frozenset("TAIBGC")
"""Determiners, adjectives, prepositions, verbs that take an object, conjunctions."""

_LONGEST: Final = 4
"""Words before a head."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A role named by the words `first` to `last` of a sentence: its head, which stands at `at`, and the words about.

    `is_adjunct` tells that another noun follows: in "user interface" nobody is spoken of.
    """

    first: int
    last: int
    at: Word
    head: Head
    before: tuple[Word, ...]
    behind: tuple[Word, ...]
    is_adjunct: bool

    @property
    def label(self) -> str:
        """The role in the singular, in lower case but for names and initials."""
        head = self.head.singular.upper() if self.head.kind == "title" else self.head.singular
        return " ".join([*map(_written, self.before), head, *(w.text for w in self.behind)])


def _written(word: Word) -> str:
    """Return a word as it stands inside a name: a capital stays only where there is more than one, or it names."""
    return word.text if word.tag == Tag.NAME or word.text[1:] != word.lower[1:] else word.lower


def phrases(words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield the roles named in a sentence, in the order of their heads."""
    known = heads()
    for at in [at for at, (_, _, _, lower, _) in enumerate(words) if lower in known]:
        head = known[words[at].lower]
        if _is_named(words, at, head):
            first = _begin(words, at, head)
            phrase = _phrase(words, first, at, head)
            if is_somebody(head.singular, words[at - 1].lower if first < at else "") and _is_whole(phrase):
                yield phrase


def _phrase(words: Sequence[Word], first: int, at: int, head: Head) -> Phrase:
    behind = _behind(words, at) if head.singular in over() else ()
    last = at + len(behind)
    ahead = words[last + 1] if last + 1 < len(words) else None
    is_adjunct = bool(ahead and not head.is_plural and ahead.tag in _NAMING and ahead.start - words[last].end <= 1)
    return Phrase(first, last, words[at], head, tuple(words[first:at]), behind, is_adjunct)


def _is_whole(phrase: Phrase) -> bool:
    """Tell whether a head that means nothing by itself has its name behind it: "head of Platform"."""
    return phrase.head.kind != "over" or any(word.tag == Tag.NAME for word in phrase.behind)


def _is_named(words: Sequence[Word], at: int, head: Head) -> bool:
    """Tell whether a word that can be a role is one here, and not what somebody does: "she leads", "to host"."""
    word, left = words[at], words[at - 1].tag if at else ""
    if head.kind == "title":
        return word.text.removesuffix("s").isupper()
    if word.tag in _INSIDE or head.kind == "only":
        return True
    ahead = words[at + 1].tag if at + 1 < len(words) else ""
    if ahead in (Tag.DETERMINER, Tag.PRONOUN):
        return False
    further = words[at - 2].tag if at > 1 else ""
    if head.is_plural:
        return word.tag == Tag.THIRD and (left in _BEFORE_NOUN or (left in _NAMING and further in _BEFORE_NOUN))
    return word.tag == Tag.BASE and left in _NAMING and further in _BEFORE_NOUN | _NAMING


def _begin(words: Sequence[Word], at: int, head: Head) -> int:
    """Return where the words begin that belong to a head."""
    first = at - 1 if at and head.kind == "only" else at
    while first and at - first < _LONGEST and words[first - 1].tag in _INSIDE and _adjoin(words, first - 1):
        first -= 1
    while first < at and head.kind != "only" and _is_quality(words[first]):
        first += 1
    return first


def _is_quality(word: Word) -> bool:
    """Tell whether a word says how somebody is, not what somebody does."""
    return word.lower in empty() or (word.tag == Tag.ADJECTIVE and word.lower not in work())


def _adjoin(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word can stand before a head or another such word: one space between, and not a verb in -s."""
    word = words[at]
    if words[at + 1].start - word.end != 1 or word.lower.endswith("."):
        return False
    noun, verb, *_ = possible(word.lower)
    return not word.lower.endswith("s") or noun >= verb or word.tag == Tag.NAME


def _behind(words: Sequence[Word], at: int) -> tuple[Word, ...]:
    """Return "of" and what stands behind it: "of Engineering", "of the committee"."""
    if at + 1 >= len(words) or words[at + 1].lower != "of":
        return ()
    last = at + 2
    while last < len(words) and last - at <= _LONGEST and words[last].tag in _BEHIND and _adjoin(words, last - 1):
        last += 1
    if last + 1 < len(words) and words[last].text == "&" and words[last + 1].tag == Tag.NAME:
        last += 2
    return tuple(words[at + 1 : last]) if last > at + 2 else ()
