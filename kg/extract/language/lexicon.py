"""Which classes an English word can be: closed ones by hand, open ones by the counts of WordNet, forms by endings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from kg.extract.datafile import rows

_HOME: Final = Path(__file__).parent


class Tag:
    """The classes of words, one letter each; verbs have one for each form."""

    NOUN: Final = "N"
    NAME: Final = "P"
    ADJECTIVE: Final = "A"
    ADVERB: Final = "R"
    BASE: Final = "B"
    THIRD: Final = "Z"
    PAST: Final = "D"
    PARTICIPLE: Final = "E"
    ING: Final = "G"
    MODAL: Final = "M"
    BE: Final = "X"
    DETERMINER: Final = "T"
    PREPOSITION: Final = "I"
    CONJUNCTION: Final = "C"
    PRONOUN: Final = "O"
    QUESTION: Final = "W"
    TO: Final = "J"
    NUMBER: Final = "#"
    POSSESSIVE: Final = "'"
    CODE: Final = "K"
    MARK: Final = "."


VERBS: Final = frozenset("BZDEG")
NOUNS: Final = frozenset("NP")


class Counts(NamedTuple):
    """How often a word is each of the open classes: 0 never, else 1 + log2 of a count."""

    noun: int
    verb: int
    adjective: int
    adverb: int


_CLOSED: Final = {
    Tag.DETERMINER: (
        "a an the this that these those my your his her its our their each every all any some no both either neither"
        " another such whose much many few several more most less enough own same other"
    ),
    Tag.PRONOUN: (
        "i you he she it we they me him us them myself yourself himself herself itself ourselves yourselves themselves"
        " someone anyone everyone nobody somebody anybody everybody something anything everything nothing one ones"
        " mine yours hers ours theirs none oneself"
    ),
    Tag.QUESTION: "who whom what which when where why how whether whatever whichever whoever whenever wherever",
    Tag.MODAL: (
        "can could may might must shall should will would cannot can't couldn't mustn't shouldn't won't wouldn't"
        " needn't mightn't shan't don't doesn't didn't do does did gonna"
    ),
    Tag.BE: (
        "be is are was were been being am isn't aren't wasn't weren't ain't has have had having haven't hasn't hadn't"
        " 's 're 've 'm 'd 'll"
    ),
    Tag.PREPOSITION: (
        "of in on at by for with from into onto upon about above across after against along among around as before"
        " behind below beneath beside besides between beyond despite down during except inside like near off out"
        " outside over past per since through throughout till toward towards under underneath until unlike up via"
        " within without than because while although though if unless whereas amid amongst"
    ),
    Tag.CONJUNCTION: "and or but nor so yet plus & vs versus",
    Tag.TO: "to",
    Tag.ADVERB: (
        "not n't never always often sometimes usually rarely seldom also too very just only even still already again"
        " now then there here thus hence therefore however moreover furthermore instead perhaps maybe quite rather"
        " almost nearly soon later ago once twice ever away back together apart else yes please first finally really"
        " actually etc"
    ),
    Tag.NUMBER: (
        "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty"
        " ninety hundred thousand million billion dozen"
    ),
}
CLOSED: Final = {word: tag for tag, words in _CLOSED.items() for word in words.split()}
"""Words of the closed classes; "that", "her", "one", "so" and others that are two have the more frequent one."""


@cache
def _classes() -> dict[str, str]:
    return dict(row.split() for row in rows(_HOME / "classes.txt"))


@cache
def irregular() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each irregular form the classes ("n", "v") and base forms it is of.

    >>> irregular()["ran"], irregular()["criteria"]
    ((('v', 'run'),), (('n', 'criterion'),))
    """
    forms: dict[str, tuple[tuple[str, str], ...]] = {}
    for form, class_, base in map(str.split, rows(_HOME / "irregular.txt")):
        forms[form] = (*forms.get(form, ()), (class_, base))
    return forms


@lru_cache(50_000)
def counts(word: str) -> Counts | None:
    """Return how often a word in lower case is each open class; None for what is only a noun or not known.

    >>> counts("run"), counts("kubernetes")
    (Counts(noun=5, verb=9, adjective=0, adverb=0), None)
    """
    row = _classes().get(word)
    return Counts(*map(int, row)) if row else None


@lru_cache(50_000)
def verb_base(word: str) -> str:
    """Return the base form of a word that can be an inflected verb, "" for any other.

    >>> [verb_base(w) for w in ("runs", "applied", "ran", "making", "stopped", "kubernetes")]
    ['run', 'apply', 'run', 'make', 'stop', '']
    """
    for class_, base in irregular().get(word, ()):
        if class_ == "v":
            return base
    return next((b for b in _stems(word) if (known := counts(b)) and known.verb), "")


def _stems(word: str) -> Iterator[str]:
    """Yield the base forms from which regular endings may have made a word."""
    for ending, cut in (("s", 1), ("ed", 2), ("ing", 3)):
        if word.endswith(ending) and len(word) > cut + 1:
            stem = word[:-cut]
            if ending == "s":
                yield stem
                if stem.endswith("ie"):
                    yield stem[:-2] + "y"
                elif stem.endswith("e"):
                    yield stem[:-1]
                return
            yield from (stem + "e", stem) if not _doubled(stem) else (stem[:-1], stem)
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            return


_DOUBLED_STEM: Final = 3


def _doubled(stem: str) -> bool:
    """Tell whether a stem ends in a consonant doubled before its ending: "stopp", but not "access"."""
    return len(stem) > _DOUBLED_STEM and stem[-1] == stem[-2] and stem[-1] not in "aeiouls"
