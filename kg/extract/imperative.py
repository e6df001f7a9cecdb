"""Tell an imperative sentence: one whose main clause has no subject, and opens with the base form of a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final

from kg.extract.datafile import rows
from kg.extract.language.lexicon import CLOSED, VERBS, Tag
from kg.extract.language.words import Word, possible, words
from kg.model import Span

_KNOWN: Final = frozenset(rows(Path(__file__).with_name("verbs.txt")))
"""Base forms that open orders, though the lexicon knows them better as nouns or not at all."""

_BEFORE: Final = frozenset({Tag.ADVERB, Tag.CONJUNCTION, Tag.NUMBER})
"""What may stand before the verb of an order: "please", "then", "and", the number of an item."""

_PASSED: Final = frozenset({*"\"“”‘'()[*•–—-.…,", "alright", "okay", "ok", "well", "yes", "no"})
"""Marks and calls that may stand there too."""

_BESIDE: Final = frozenset({Tag.PREPOSITION, Tag.TO, Tag.QUESTION})
"""What opens a clause or phrase behind which the order may begin: "if it fails, ...", "in Go, ..."."""

_SUBORDINATES: Final = frozenset(
    {
        "after", "although", "as", "because", "before", "if", "once", "unless", "until", "when", "whenever",
        "where", "wherever", "while",
    }
)  # fmt: skip
"""What opens a clause with a verb of its own, in which there may be commas."""

_LABEL: Final = 4
"""A colon among so many first words ends a label: "Tip 3: ..."."""

_OBJECT: Final = frozenset({Tag.DETERMINER, Tag.PRONOUN, Tag.CODE})
"""What follows a verb, but not a noun that is the first word of its clause: "cheer the team", "branch it"."""

_DETERMINED: Final = 3
"""How much such a word speaks for a verb, on the scale of the lexicon's counts."""

_LED: Final = frozenset({Tag.PREPOSITION, Tag.MARK, Tag.CONJUNCTION, Tag.NUMBER, Tag.TO})
"""What follows a noun more often than a verb of its form: "order out of chaos", "interview with a founder"."""

_NO_ORDER: Final = frozenset({"guess", "hope", "thank", "thanks", "welcome", "wish"})
"""Verbs whose subject is left out where they open a sentence: "hope it helps"."""

_CALLS: Final = frozenset({"look", "say", "see", "listen"})
"""Verbs that call for attention where a comma follows: "look, this is new"."""

_OWN_PAST: Final = frozenset({"cut", "hit", "put", "set", "shut", "split"})
"""Base forms that are participles too: "set within a garden", "put together, ..."."""

_NOT_BEHIND: Final = {
    "do": frozenset({Tag.PRONOUN, Tag.PREPOSITION}),
    "don't": frozenset({Tag.PRONOUN, Tag.PREPOSITION}),
    "be": frozenset({Tag.PRONOUN, Tag.PREPOSITION, ""}),
    "have": frozenset({*"OIXEDJRMWBZGCK'P.", ""}),
}
"""Verbs that help others: the classes of the words behind them where they give no order themselves."""

_FINITE: Final = frozenset({Tag.THIRD, Tag.PAST, Tag.MODAL})
_VERBAL: Final = VERBS | {Tag.BE, Tag.MODAL}
_FORMS_OF_BE: Final = frozenset(
    {"is", "are", "was", "were", "has", "had", "'re", "isn't", "aren't", "wasn't", "weren't"}
)
_LONGEST: Final = 50
"""So many words of a clause are looked at for a verb whose subject the first could be."""

_BREAKS: Final = frozenset({Tag.QUESTION, Tag.MARK, Tag.CONJUNCTION, Tag.PRONOUN, Tag.TO})
"""What ends the words that could be one noun phrase with the first, beside what opens a clause."""


def is_imperative(sentence: str) -> bool:
    """Tell whether a sentence tells its reader to do something.

    >>> is_imperative("Score each task with a rubric."), is_imperative("Test cases should come from failures.")
    (True, False)
    >>> is_imperative("If it fails, then please do not merge."), is_imperative("Share prices dropped.")
    (True, False)
    """
    return order(words(sentence, Span(0, len(sentence)))) is not None


def order(sentence: Sequence[Word]) -> int | None:
    """Return the place among a sentence's words of the verb of its order, None where it gives none.

    >>> line = "Before you merge, run the tests."
    >>> order(words(line, Span(0, len(line))))
    4
    """
    if sentence and sentence[-1].text == "?":
        return None
    return next((at for at in _openings(sentence) if at < len(sentence) and _orders(sentence, at)), None)


def _openings(sentence: Sequence[Word]) -> Iterator[int]:
    """Yield the places where the main clause may begin: at the first word, and behind what stands beside the clause."""
    label = next((at + 1 for at, word in enumerate(sentence[:_LABEL]) if word.text == ":"), 0)
    start = _passed(sentence, label if label < len(sentence) else 0)
    yield start
    yield from _behind(sentence, start)
    opening = 0
    for at, word in enumerate(sentence):
        if word.lower == "please" and at >= opening and sentence[at - 1].tag != Tag.PRONOUN:
            opening = _passed(sentence, at + 1)
            yield opening


def _behind(sentence: Sequence[Word], start: int) -> Iterator[int]:
    """Yield the places behind commas where the main clause may begin, if what begins at `start` stands beside it."""
    if start >= len(sentence) or sentence[start].tag not in _BESIDE:
        return
    clause = sentence[start].lower in _SUBORDINATES
    opening = start
    for at, word in enumerate(sentence[start:], start):
        if word.text == "," and at >= opening:
            opening = _passed(sentence, at + 1)
            yield opening
            if not clause or _has_verb(sentence, opening):
                return
        elif not clause and (word.tag in _FINITE or word.tag in (Tag.PRONOUN, Tag.BE)):
            return


def _has_verb(sentence: Sequence[Word], at: int) -> bool:
    """Tell whether there is a verb between a place and the next comma."""
    while at < len(sentence) and sentence[at].text != ",":
        if sentence[at].tag in _VERBAL:
            return True
        at += 1
    return False


def _passed(sentence: Sequence[Word], at: int) -> int:
    """Return the place of the first word from `at` that is none of those that may stand before the verb."""
    while at < len(sentence) and (sentence[at].tag in _BEFORE or sentence[at].lower in _PASSED):
        if sentence[at].lower == "there":
            break
        at += 1
    return at


def _orders(sentence: Sequence[Word], at: int) -> bool:
    """Tell whether the first word of the clause that begins at a place is the verb of an order."""
    verb, ahead = sentence[at], sentence[at + 1] if at + 1 < len(sentence) else None
    if verb.lower in _NOT_BEHIND:
        return (ahead.tag if ahead else "") not in _NOT_BEHIND[verb.lower]
    if verb.lower == "let":
        return ahead is not None and ahead.tag != Tag.MARK
    if verb.lower in CLOSED or verb.lower in _NO_ORDER or not (verb.lower in _KNOWN or possible(verb.lower)[1]):
        return False
    if verb.tag not in (Tag.BASE, Tag.NOUN, Tag.ADJECTIVE, Tag.ADVERB):
        return False
    if ahead is None or ahead.text in {".", "!", ":"}:
        return verb.tag == Tag.BASE and not possible(verb.lower)[2] and not (ahead and ahead.text == ":")
    return not _is_turned(verb, ahead) and _is_verb(verb, ahead) and not _is_subject(sentence[at : at + _LONGEST])


def _is_turned(word: Word, ahead: Word) -> bool:
    """Tell whether the word behind a verb shows it to be none: a participle, a call, or the first word of a name."""
    if ahead.text == "," and word.lower in _CALLS:
        return True
    if word.lower in _OWN_PAST:
        return ahead.tag in (Tag.PREPOSITION, Tag.ADVERB, Tag.ADJECTIVE, Tag.MARK)
    noun, verb, *_ = possible(word.lower)
    return ahead.tag == Tag.POSSESSIVE or (ahead.text[0].isupper() and noun >= verb)


def _is_verb(word: Word, ahead: Word) -> bool:
    """Tell whether a word is rather a verb than a noun or an adjective, by itself and by the word behind it."""
    noun, verb, adjective, _ = possible(word.lower)
    known = word.lower in _KNOWN
    if ahead.tag in _OBJECT:
        return known or word.tag == Tag.BASE or verb + _DETERMINED > noun
    if verb <= noun and ahead.tag in _LED and not (known and ahead.tag == Tag.PREPOSITION and ahead.lower != "of"):
        return False
    if known:
        return noun <= verb or ahead.tag != Tag.NOUN or ahead.lower.endswith("s")
    return word.tag == Tag.BASE and adjective < verb


def _is_subject(clause: Sequence[Word]) -> bool:
    """Tell whether the first word is a noun: the words behind it lead to a finite verb, whose subject they then are.

    The plural of a noun behind a verb may look like the verb: "push commits".
    """
    noun, verb, *_ = possible(clause[0].lower)
    if not noun or clause[1].tag in _OBJECT:
        return False
    rest = clause[2 if clause[1].tag == Tag.THIRD and verb > noun else 1 :]
    inside = takewhile(lambda w: w.tag not in _BREAKS and w.lower not in _SUBORDINATES and w.lower != "that", rest)
    return any(_is_finite(word, ahead) for word, ahead in zip(inside, (*rest[1:], None), strict=False))


def _is_finite(word: Word, ahead: Word | None) -> bool:
    """Tell whether a word is a finite verb; what may be a past form is none in "tests written by others"."""
    if word.tag == Tag.PAST and ahead and ahead.tag in (Tag.PREPOSITION, Tag.TO):
        return False
    return word.tag in _FINITE or word.lower in _FORMS_OF_BE
