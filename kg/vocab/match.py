"""Find the labels of a vocabulary in running text: longest first, whole words, in any spelling that `forms` folds.

Each word of the vocabulary is three bytes, so that a million labels are a small automaton, a text is a short string to
run it over, and no match begins or ends inside a word.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from struct import Struct
from typing import Final, NamedTuple, Self

import ahocorasick_rs

from kg.model import Iri, Span
from kg.vocab.alphabet import MARK, SOLID, WIDTH, Alphabet, Coder, Learner, stretches
from kg.vocab.forms import Forms
from kg.vocab.labels import ACRONYM, HALVES, NAME, Label, flags

_TAIL: Final = Struct(">BIB")
"""What stands behind the code of a label: a byte that is in no code, the number of its concept, its flags."""

_BEHIND: Final = 0xFF
_SOLID_FORM: Final = 0
_REMEMBERED: Final = 20_000


class Match(NamedTuple):
    """A label found in text. More than one concept means that the label is ambiguous.

    `is_name` tells that the label is a name that its vocabulary sets apart by a capital, such as Go among labels in
    small letters: where the word is also one of the language, only its capital tells that the name is meant.
    """

    span: Span
    concepts: tuple[Iri, ...]
    is_name: bool = False


class Matcher:
    """The labels of some concepts, ready to be found in any text of a language.

    `read` tells which concepts the numbers of a label mean, in order.

    >>> matcher = Matcher.of([("coding agent", Iri("urn:ca")), ("AI", Iri("urn:ai"))])
    >>> [(m.span, m.concepts) for m in matcher.find("Coding agents, said the ai.")]
    [(Span(start=0, end=13), ('urn:ca',))]
    """

    def __init__(
        self, labels: Iterable[Label], read: Callable[[tuple[int, ...]], tuple[Iri, ...]], language: str = "en"
    ) -> None:
        self._read, self._forms = read, Forms(language)
        entries, words = _learnt(self._forms, labels)
        self._first, self._tails = array("I", [0]), bytearray()
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            self._codes(entries), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )
        self._coder = Coder(Alphabet(self._forms, words), lambda code: self._form(code) >= 0)
        self._plain = lru_cache(_REMEMBERED)(self._plainly)

    @classmethod
    def of(cls, labels: Iterable[tuple[str, Iri]], language: str = "en") -> Self:
        """Return a matcher for labels of concepts that are named by themselves."""
        known = list(labels)
        iris = sorted({iri for _, iri in known})
        numbers = {iri: number for number, iri in enumerate(iris)}
        told = (Label(text, numbers[iri], flags(text, is_small=False)) for text, iri in known)
        return cls(told, lambda found: tuple(iris[number] for number in found), language)

    def _codes(self, entries: list[bytes]) -> Iterator[bytes]:
        """Yield the code of each form once, in order, and note what it can mean; the entries are used up."""
        first, tails, previous, behind = self._first, self._tails, SOLID, -_TAIL.size
        yield SOLID
        while entries:
            entry = entries.pop()
            code = entry[:behind]
            if code != previous:
                first.append(len(tails))
                previous = code
                yield code
            tails += entry[behind:]
        first.append(len(tails))

    def find(self, text: str) -> Iterator[Match]:
        """Yield the matches in `text` from left to right; no two overlap."""
        for form, span in self._spans(text):
            concepts, is_name = self._plain(form) or self._meaning(form, span.cut(text))
            if concepts:
                yield Match(span, concepts, is_name)

    def _spans(self, text: str) -> Iterator[tuple[int, Span]]:
        """Yield the forms in a text, each with where it stands: from a word of one stretch to a word of another."""
        pieces, ends = stretches(text), self._coder.ends
        codes = list(map(self._coder.codes.__getitem__, pieces))
        starts = list(accumulate(map(len, codes), initial=0))
        first = offset = 0
        for form, start, end in self._automaton.find_matches_as_indexes(b"".join(codes)):
            before, first = first, bisect_right(starts, start) - 1
            offset += sum(map(len, pieces[before:first])) + first - before
            told, at = ends(pieces[first]), 2 * (start - starts[first]) // WIDTH
            opening, closing = told[at], told[at + 1]
            if end - start > WIDTH:
                last = first if end <= starts[first + 1] else bisect_right(starts, end - 1, first) - 1
                between = sum(map(len, pieces[first:last])) + last - first
                closing = between + ends(pieces[last])[2 * ((end - 1 - starts[last]) // WIDTH) + 1]
            yield form, Span(offset + opening, offset + closing)

    def _plainly(self, form: int) -> tuple[tuple[Iri, ...], bool] | None:
        """Return what a form stands for and whether it is a name; None where that depends on how it is written."""
        if form == _SOLID_FORM or any(flags_ in {ACRONYM, HALVES} for _, flags_ in self._labels(form)):
            return None
        return self._meaning(form, "")

    def _meaning(self, form: int, surface: str) -> tuple[tuple[Iri, ...], bool]:
        """Return what a form stands for as it is written, and whether it is a name."""
        if form == _SOLID_FORM:
            form = self._form(self._coder.halves(surface))
        numbers, flags_ = self._possible(form, surface)
        return self._read(numbers), flags_ == NAME

    def _possible(self, form: int, surface: str) -> tuple[tuple[int, ...], int]:
        """Return the numbers of the concepts that a form can stand for as it is written, and the flags they share."""
        possible: dict[int, int] = {}
        for number, flags_ in self._labels(form):
            if self._may_be(flags_, surface):
                possible[number] = possible.get(number, flags_) & flags_
        return tuple(possible), min(possible.values(), default=0)

    def _may_be(self, flags_: int, surface: str) -> bool:
        """Tell whether a label can be written so."""
        if flags_ == ACRONYM:
            return surface.removesuffix("s").isupper()
        first, _, second = surface.partition(" ")
        return flags_ != HALVES or not second or self._forms.fold(first) == first.casefold()

    def _labels(self, form: int) -> Iterator[tuple[int, int]]:
        """Yield the number and the flags of each label that has a form."""
        tails = self._tails[self._first[form] : self._first[form + 1]]
        return ((number, flags_) for _, number, flags_ in _TAIL.iter_unpack(tails))

    def numbers(self, label: str) -> tuple[int, ...]:
        """Return the numbers of the concepts that a whole label can stand for."""
        code = self._coder.whole(label)
        form = self._form(code)
        if form < 0 and MARK in code:
            form = self._form(code.replace(MARK, b""))
        if form == _SOLID_FORM:
            form = self._form(self._coder.halves(next(filter(None, self._forms.words(label)))))
        return self._possible(form, label.strip())[0] if form >= 0 else ()

    def exact(self, label: str) -> tuple[Iri, ...]:
        """Return the concepts that a whole label stands for.

        >>> Matcher.of([("VP of Engineering", Iri("urn:vp"))]).exact("VPs of engineering")
        ('urn:vp',)
        """
        return self._read(self.numbers(label))

    def _form(self, code: bytes) -> int:
        """Return the number of the form that a whole code is, -1 where it is none."""
        found = self._automaton.find_matches_as_indexes(code)
        return found[0][0] if found and found[0][1:] == (0, len(code)) else -1


def _learnt(forms: Forms, labels: Iterable[Label]) -> tuple[list[bytes], str]:
    """Return the code of each label in all its variants with its tail, the last in order first; and the words.

    These are one text, and each entry is forgotten once it is used: an automaton takes most memory while it is made.
    """
    learner = Learner(forms)
    learn, pack, behind = learner.learn, _TAIL.pack, -_TAIL.size
    entries = [code + pack(_BEHIND, number, flags_) for text, number, flags_ in labels if (code := learn(text))]
    learner.pair()
    if pairs := learner.pairs:
        halves = {code: both for both, code in pairs.items()}
        entries.extend([v for entry in entries for v in _variants(entry[:behind], entry[behind:], pairs, halves)])
    entries.sort(reverse=True)
    return entries, learner.words()


def _variants(code: bytes, tail: bytes, pairs: dict[bytes, bytes], halves: dict[bytes, bytes]) -> list[bytes]:
    """Return an entry with two words as one that are also written so, or its one word as the two that it also is."""
    if len(code) == WIDTH:
        return [halves[code] + tail[:-1] + bytes((HALVES,))] if code in halves else []
    two = 2 * WIDTH
    ends = range(two, len(code) + 1, WIDTH)
    return [
        code[: end - two] + pairs[code[end - two : end]] + code[end:] + tail
        for end in ends
        if code[end - two : end] in pairs
    ]
