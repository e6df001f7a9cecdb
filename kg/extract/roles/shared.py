"""Roles that share words with one beside them: "VPs of Engineering/Data", "Engineering and Product Managers"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.language.lexicon import NOUNS
from kg.extract.roles.heads import heads
from kg.extract.roles.phrases import Phrase
from kg.extract.text import Sentence
from kg.model import Iri, Kind, Span
from kg.vocab import Vocabulary

_AND: Final = re.compile(r"\s+(?:and|or|&)\s+", re.IGNORECASE)
_OF: Final = re.compile(r"^(\S+)(\s+of\s+.*)$", re.IGNORECASE)
_SLASHED: Final = re.compile(r"\s*/\s*(\w+)")
_JOINS: Final = frozenset({"and", "or", "&", "/"})

Known = tuple[Span, Iri]
"""The words that name a role of the vocabulary, and that role."""


def behind_slash(page: str, span: Span, limit: int, vocabulary: Vocabulary) -> Iterator[Known]:
    """Yield the role that a slash behind a role adds to it: of "VPs of Engineering/Data" the second.

    `span` is the first role in the text of its page, `limit` the end of its sentence.
    """
    slash = _SLASHED.match(page, span.end, limit)
    if slash is None:
        return
    label = f"{span.cut(page).rpartition(' ')[0]} {slash.group(1)}".strip()
    if concept := vocabulary.only(label, Kind.ROLE):
        yield Span(span.start, slash.end()), concept


def before_and(sentence: Sentence, phrase: Phrase, vocabulary: Vocabulary) -> Iterator[Known]:
    """Yield the role that shares its head with a phrase: of "Engineering and Product Managers" the first."""
    words, joint = sentence.words, phrase.first - 1
    if joint < 1 or not phrase.before or words[joint].lower not in _JOINS or words[joint - 1].lower in heads():
        return
    for count in (2, 1):
        work = words[max(0, joint - count) : joint]
        label = " ".join([*(w.text for w in work), phrase.head.singular])
        if all(w.tag in NOUNS for w in work) and (concept := vocabulary.only(label, Kind.ROLE)):
            yield Span(work[0].start, words[phrase.last].end), concept
            return


def expand(phrase: str, vocabulary: Vocabulary) -> list[str]:
    """Return the single roles that a phrase names, each in the singular.

    What is taken apart at "and" or a slash must name roles that the vocabulary knows; "CI/CD Engineer" is one.

    >>> from kg.vocab import load
    >>> vocabulary = load()
    >>> expand("VPs of Engineering/Data", vocabulary)
    ['VP of Engineering', 'VP of Data']
    >>> expand("Head of Learning and Development", vocabulary)
    ['Head of Learning and Development']
    """
    phrase = " ".join(phrase.split())
    if vocabulary.named(phrase, Kind.ROLE):
        return [_singular(phrase)]
    for parts in (phrase.split("/"), _spread(phrase), _AND.split(phrase), _share_head(phrase)):
        if len(parts) > 1 and all(vocabulary.named(part, Kind.ROLE) for part in parts):
            return [_singular(part.strip()) for part in parts]
    parts = _spread(phrase)
    known = any(vocabulary.named(part, Kind.ROLE) for part in parts)
    return [_singular(part) for part in (parts if known else [phrase])]


def _spread(phrase: str) -> list[str]:
    """Return one phrase for each side of the first slashed word: "Director of AI/ML" names two."""
    words = phrase.split(" ")
    for at, word in enumerate(words):
        if "/" in word.strip("/"):
            return [" ".join([*words[:at], side, *words[at + 1 :]]) for side in word.split("/") if side]
    return [phrase]


def _share_head(phrase: str) -> list[str]:
    """Return the roles that share one last word: "Engineering and Product Managers"."""
    *first, last = _AND.split(phrase)
    head = last.rpartition(" ")[2]
    return [*(f"{part} {head}" for part in first), last]


def _singular(phrase: str) -> str:
    """Return a role's name in the singular, its capitals kept: "VPs of Data" -> "VP of Data".

    >>> _singular("Data Scientists"), _singular("Heads of Talent"), _singular("CTO")
    ('Data Scientist', 'Head of Talent', 'CTO')
    """
    found = _OF.match(phrase)
    head, rest = (found.group(1), found.group(2)) if found else (phrase, "")
    if head.endswith("s") and not head.endswith(("ss", "us", "is")) and head.rpartition(" ")[2][:1].isupper():
        head = head[:-1]
    return head + rest
