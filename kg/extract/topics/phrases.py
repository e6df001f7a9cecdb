"""Find the phrases of a sentence that could name a topic, by the classes of its words.

The grammar is generous: a class is a guess, many nouns are taken for verbs, and a phrase that says nothing is sorted
out later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kg.extract.language.lexicon import Tag
from kg.extract.language.words import Word, possible

QUALIFIES: Final = frozenset("NPAE#")
FOLLOWS: Final = frozenset("NPG#")
"""The classes of words that make a phrase longer: before it, and behind it."""
_WITHIN: Final = frozenset("NPA#EGDBZ")
_PLAIN: Final = frozenset("NPAEG#")
_HEADS: Final = frozenset("NPG")
_FINITE: Final = frozenset("BZ")
_OUTSIDE, _INSIDE, _END, _ALONE = range(4)
_LONGEST: Final = 5
_LONGEST_WHOLE: Final = 4
"""Words of a phrase, and of one that is taken where it is met only once."""
_LINKERS: Final = frozenset({"of", "for", "to", "in", "on", "and", "&", "/"})
_BEFORE_LINKER: Final = frozenset("NPGBZ")
_NAMED: Final = frozenset("NPA")


def spans(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the words [first, end) of each phrase and of the phrases inside it.

    >>> from kg.extract.language.words import words
    >>> from kg.model import Span
    >>> line = "They deploy large language models."
    >>> said = words(line, Span(0, len(line)))
    >>> [line[said[a].start : said[b - 1].end] for a, b in spans(said)]
    ['large', 'language', 'large language', 'models', 'language models', 'large language models']
    """
    start = 0
    for last, role in enumerate([_role(w.tag, w.text) for w in words]):
        if role == _OUTSIDE:
            start = last + 1
        elif role != _INSIDE:
            if role == _ALONE:
                yield last, last + 1
            for first in range(last - 1, max(start - 1, last - _LONGEST), -1):
                yield first, last + 1
    yield from _linked(words)


def is_whole(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether words [first, end) are no more and no less than a noun or name with what qualifies it."""
    tags = [w.tag for w in words[first:end]]
    if len(tags) > _LONGEST_WHOLE or tags[-1] not in _HEADS or tags[0] == Tag.NUMBER or not _PLAIN.issuperset(tags):
        return False
    if end < len(words) and words[end].tag in FOLLOWS:
        return False
    return len(tags) > 1 or first == 0 or words[first - 1].tag not in QUALIFIES


@lru_cache(50_000)
def _role(tag: str, text: str) -> int:
    """Tell whether a word is outside all phrases, inside one, may end one, or may be one alone."""
    if tag not in _WITHIN or (tag == Tag.NUMBER and text.isalpha()):
        return _OUTSIDE
    if tag == Tag.NUMBER:
        return _END
    # A form in -ed is seldom a noun, even where the lexicon knows one.
    is_noun = tag in _HEADS or (tag != Tag.PARTICIPLE and possible(text.lower())[0] > (tag == Tag.PAST))
    if is_noun and (len(text) > 1 or text.isupper()):
        return _ALONE
    return _OUTSIDE if tag in _FINITE else _INSIDE


def _linked(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield phrases with a small word inside: "code of conduct", "State of DevOps Report", "SSL/TLS"."""
    for at in range(1, len(words) - 1):
        if words[at].lower in _LINKERS:
            right = at + 1 + (words[at + 1].lower == "the" and at + 2 < len(words))
            if _joins(words[at - 1], words[at], words[right]):
                named = _is_capital(words[at - 1]) and _is_capital(words[right])
                yield _first(words, at - 1, named=named), _behind(words, right, named=named)


def _joins(left: Word, linker: Word, right: Word) -> bool:
    """Tell whether a small word makes one phrase of its neighbours; any but "of" and "/" does so only in names."""
    if left.tag not in _BEFORE_LINKER or _role(right.tag, right.text) != _ALONE:
        return False
    if linker.text == "/":
        return left.end == linker.start and linker.end == right.start
    return linker.lower == "of" or (_is_capital(left) and _is_capital(right))


def _is_capital(word: Word) -> bool:
    return word.text[0].isupper()


def _first(words: Sequence[Word], at: int, *, named: bool) -> int:
    """Return the first word of what stands before a small word: of a name all, else one."""
    while named and at and words[at - 1].tag in _NAMED and _is_capital(words[at - 1]):
        at -= 1
    return at


def _behind(words: Sequence[Word], at: int, *, named: bool) -> int:
    """Return the end of what stands behind a small word: all nouns, in a name those with a capital."""
    end = at + 1
    while end < min(len(words), at + _LONGEST - 1) and _role(words[end].tag, words[end].text) >= _END:
        if named and not _is_capital(words[end]):
            break
        end += 1
    return end
