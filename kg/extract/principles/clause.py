"""Who does what in the main clause of a sentence: the kind of its subject, and the form of its verb.

A lesson for all speaks of "teams that ..." in the present; a report of what "we" did yesterday does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from kg.extract.language.lexicon import Tag
from kg.extract.language.words import Word


class Clause(NamedTuple):
    """The kind of a main clause's subject ("you", "plural", ...) and the form of its verb ("should", "past", ...).

    `verb` is "none" where there is no finite verb; `denied` tells that it is denied.
    """

    subject: str
    verb: str
    denied: bool = False


_SUBJECTS: Final = {
    word: kind
    for kind, words in {
        "I": "i my",
        "we": "we our us",
        "you": "you your",
        "he": "he she his her",
        "they": "they their",
        "it": "it its",
        "this": "this that these those such",
        "there": "there here",
        "a": "a an another one",
        "the": "the",
        "all": "all any anyone anybody each every everyone everybody both most many some no nobody none nothing few",
    }.items()
    for word in words.split()
}
_BY_CLASS: Final = {
    Tag.NAME: "name",
    Tag.CODE: "code",
    Tag.NUMBER: "number",
    Tag.QUESTION: "question",
    Tag.ING: "doing",
    Tag.TO: "to do",
}
_FORMS: Final = {
    word: form
    for form, words in {
        "should": "should shouldn't ought",
        "must": "must mustn't shall",
        "can": "can cannot can't",
        "could": "could couldn't",
        "may": "may might",
        "will": "will won't 'll",
        "would": "would wouldn't 'd",
        "past": "did didn't had",
        "is": "is are am isn't aren't 's 're 'm",
        "was": "was were wasn't weren't",
        "has": "has have 've",
    }.items()
    for word in words.split()
}
"""The form that a verb of the closed classes gives its clause."""

_IS: Final = {Tag.ADJECTIVE: "is so", Tag.PARTICIPLE: "is done", Tag.PAST: "is done", Tag.ING: "is doing"}
_HAS: Final = {Tag.TO: "has to", Tag.PAST: "has done", Tag.PARTICIPLE: "has done", Tag.BE: "has done"}
"""What the class of the next word makes of a form of "be" and of "have"."""

_NOT: Final = frozenset({"not", "never", "no", "cannot", "n't"})
_BESIDE: Final = frozenset({Tag.PREPOSITION, Tag.TO, Tag.QUESTION})
_PHRASE: Final = frozenset({Tag.NOUN, Tag.ADJECTIVE})
_LONGEST: Final = 4
"""So many words of a subject are looked at for its head."""

_BEFORE_BASE: Final = frozenset({Tag.NOUN, Tag.NAME, Tag.PRONOUN, Tag.ADVERB, Tag.QUESTION})
"""What a finite verb stands behind that looks like its base form: "teams share", "teams that share"."""

_PASSED: Final = frozenset({Tag.ADVERB, Tag.CONJUNCTION, Tag.MARK})


def clause(sentence: Sequence[Word], order: int | None) -> Clause:
    """Return what the main clause of a sentence is like.

    `order` is the place of the verb of the sentence's order, if it gives one.

    >>> from kg.extract.language.words import words
    >>> from kg.model import Span
    >>> line = "If it hurts, teams that share a queue should not wait."
    >>> clause(words(line, Span(0, len(line))), None)
    Clause(subject='plural', verb='should', denied=True)
    """
    if order is not None:
        return Clause("none", "imperative", sentence[order].lower in {"do", "don't"})
    start = _start(sentence)
    if start >= len(sentence):
        return Clause("none", "none")
    subject = _subject(sentence[start:])
    at = _finite(sentence, start)
    if at is None:
        return Clause(subject, "none")
    denied = sentence[at].lower.endswith("n't") or any(w.lower in _NOT for w in sentence[at : at + 3])
    return Clause(subject, _form(sentence, at), denied)


def _start(sentence: Sequence[Word]) -> int:
    """Return where the main clause begins: behind adverbs and what stands beside it, up to the first comma."""
    start = _skip(sentence, 0)
    if start < len(sentence) and sentence[start].tag in _BESIDE:
        commas = (at for at in range(start, len(sentence)) if sentence[at].text == ",")
        return _skip(sentence, next(commas, start - 1) + 1)
    return start


def _skip(sentence: Sequence[Word], at: int) -> int:
    while at < len(sentence) and sentence[at].tag in _PASSED and sentence[at].lower != "there":
        at += 1
    return at


def _subject(words: Sequence[Word]) -> str:
    """Return the kind of subject that begins with the first of some words."""
    first = words[0]
    if kind := _SUBJECTS.get(first.lower) or _BY_CLASS.get(first.tag):
        return kind
    if first.tag not in _PHRASE:
        return "other"
    *_, head = takewhile(lambda w: w.tag in _PHRASE or w.tag == Tag.NAME, words[:_LONGEST])
    return "plural" if head.lower.endswith("s") and not head.lower.endswith("ss") else "mass"


def _finite(sentence: Sequence[Word], start: int) -> int | None:
    """Return the place of the finite verb from `start` on; the verbs of clauses inside the subject are passed over."""
    inner = 0
    for at in range(start, len(sentence)):
        word, left = sentence[at], sentence[at - 1] if at > start else None
        if word.tag == Tag.QUESTION and at > start:
            inner += 1
        elif _is_finite(word, left):
            if not inner:
                return at
            inner -= 1
    return None


def _is_finite(word: Word, left: Word | None) -> bool:
    if word.tag == Tag.MODAL or word.lower in _FORMS:
        return True
    if left is None or left.tag in (Tag.TO, Tag.MODAL):
        return False
    return word.tag in (Tag.THIRD, Tag.PAST) or (word.tag == Tag.BASE and left.tag in _BEFORE_BASE)


def _form(sentence: Sequence[Word], at: int) -> str:
    """Return the form of a finite verb, told by it and by what follows."""
    word = sentence[at]
    follows = next((w.tag for w in sentence[at + 1 :] if w.tag != Tag.ADVERB), "")
    match _FORMS.get(word.lower):
        case "is":
            return _IS.get(follows, "is")
        case "has":
            return _HAS.get(follows, "present")
        case str(form):
            return form
    return "past" if word.tag == Tag.PAST else "present"
