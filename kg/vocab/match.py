"""Find the labels of a vocabulary in running text: longest first, whole words, any inflection that only adds an s."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import ahocorasick_rs

from kg.model import Iri, Span

_TOKEN: Final = re.compile(r"\w+(?:[.'’]\w+)*[+#]*")
_JOINED: Final = re.compile(r"[\s\-‐‑–/]+")
"""What may stand between the words of one label: spaces, hyphens, a slash. Any other mark ends the phrase."""
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_ES_PLURAL: Final = ("sses", "xes", "ches", "shes")
_NO_PLURAL: Final = ("ss", "us", "is")
_LONGEST_ACRONYM: Final = 5
_SHORTEST_PLURAL: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A label found in text. More than one concept means that the label is ambiguous."""

    span: Span
    concepts: tuple[Iri, ...]


def _singular(word: str) -> str:
    """Fold the regular English plural of one word; an acronym's s goes too.

    >>> [_singular(w) for w in ("agents", "policies", "LLMs", "analysis", "VPs", "process")]
    ['agent', 'policy', 'LLM', 'analysis', 'VP', 'process']
    """
    if word[:-1].isupper() and word.endswith("s"):
        return word[:-1]
    if len(word) < _SHORTEST_PLURAL or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies") and len(word) > _SHORTEST_PLURAL:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_ES_PLURAL) else word.removesuffix("s")


def _normal_token(token: str) -> str:
    return _singular(_POSSESSIVE.sub("", token).replace("’", "'")).casefold()


def normal_form(label: str) -> str:
    """Return the form under which two spellings of one label are the same.

    >>> normal_form("Coding-Agents") == normal_form("coding agent")
    True
    """
    return " ".join(_normal_token(t) for t in _TOKEN.findall(label))


def _is_acronym(label: str) -> bool:
    """Tell whether a label is so short and so capital that only its capitals tell it from a word ("AI", "RAG")."""
    return label.isupper() and len(label) <= _LONGEST_ACRONYM


def _pattern(form: str) -> str:
    """Pad a normal form so that two neighbours in text never share a separator."""
    return "".join(f" {word} " for word in form.split(" "))


class Matcher:
    """The labels of some concepts, ready to be found in any text.

    >>> matcher = Matcher([("coding agent", Iri("urn:ca")), ("AI", Iri("urn:ai"))])
    >>> [(m.span, m.concepts) for m in matcher.find("Coding agents, said the ai.")]
    [(Span(start=0, end=13), ('urn:ca',))]
    """

    def __init__(self, labels: Iterable[tuple[str, Iri]]) -> None:
        readings: dict[str, dict[Iri, bool]] = {}
        for label, concept in labels:
            if form := normal_form(label):
                known = readings.setdefault(form, {})
                known[concept] = known.get(concept, True) and _is_acronym(label)
        self._readings = {form: sorted(known.items()) for form, known in sorted(readings.items())}
        self._forms = list(self._readings)
        self._automaton = ahocorasick_rs.AhoCorasick(
            [_pattern(form) for form in self._forms], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find(self, text: str) -> Iterator[Match]:
        """Yield the matches in `text` from left to right; no two overlap."""
        tokens, starts, haystack = _tokenise(text)
        for form, start, end in self._automaton.find_matches_as_indexes(haystack):
            first, last = bisect_left(starts, start), bisect_left(starts, end) - 1
            span = Span(tokens[first].start, tokens[last].end)
            if concepts := self._read(self._forms[form], span.cut(text)):
                yield Match(span, concepts)

    def exact(self, label: str) -> tuple[Iri, ...]:
        """Return the concepts that a whole label stands for.

        >>> Matcher([("VP of Engineering", Iri("urn:vp"))]).exact("VPs of engineering")
        ('urn:vp',)
        """
        return self._read(normal_form(label), label)

    def _read(self, form: str, surface: str) -> tuple[Iri, ...]:
        capital = surface.removesuffix("s").isupper()
        return tuple(c for c, acronym in self._readings.get(form, ()) if capital or not acronym)


def _tokenise(text: str) -> tuple[list[Span], list[int], str]:
    """Return the words of a text, where each begins in the haystack, and the haystack itself.

    A mark that ends a phrase stands in the haystack as a token of its own that is in no label.
    """
    tokens: list[Span] = []
    starts: list[int] = []
    parts: list[str] = []
    length = previous = 0
    for found in _TOKEN.finditer(text):
        gap = text[previous : found.start()]
        if tokens and not _JOINED.fullmatch(gap):
            parts.append(" | ")
            length += 3
        word = f" {_normal_token(found.group())} "
        tokens.append(Span(found.start(), _end_without_possessive(found)))
        starts.append(length)
        parts.append(word)
        length += len(word)
        previous = found.end()
    return tokens, starts, "".join(parts)


def _end_without_possessive(found: re.Match[str]) -> int:
    return found.start() + len(_POSSESSIVE.sub("", found.group()))
