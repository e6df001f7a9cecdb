"""YAKE (Campos et al. 2020): n-grams scored by the case, place, frequency, company and spread of their words.

As in the authors' program, a term's plural s is dropped, words of less than three letters are stop words, windows are
of one word, phrases of at most three, and a phrase nearly the same as a better one is left out.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from tests.bench.keyphrases.tokens import is_stop, is_word, tokens

LONGEST: Final = 3
_SAME: Final = 0.9
_SHORT: Final = 3
_CAPITALS: Final = 2


@dataclass(slots=True)
class _Term:
    """What is counted of one word: occurrences, in what case, in which sentences, and between which neighbours."""

    stop: bool
    count: int = 0
    acronyms: int = 0
    names: int = 0
    sentences: list[int] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)


def rank(text: str, n: int) -> list[str]:
    """Return the n best phrases of a text, in lower case, best first.

    >>> rank("A knowledge graph is not a database. The knowledge graph grew.", 1)
    ['knowledge graph']
    """
    chunks = [(number, chunk) for number, s in enumerate(tokens(text)) for chunk in _chunks(s)]
    terms = _counted(chunks)
    weights = _weights(terms, 1 + chunks[-1][0]) if chunks else {}
    found: Counter[tuple[str, ...]] = Counter()
    keys: dict[tuple[str, ...], tuple[str, ...]] = {}
    for phrase in (p for _, chunk in chunks for p in _phrases(chunk, terms)):
        lower = tuple(word.lower() for word in phrase)
        found[lower] += 1
        keys[lower] = tuple(_key(word) for word in phrase)
    scores = {p: _score(keys[p], count, terms, weights) for p, count in found.items()}
    return _distinct(sorted(scores, key=lambda p: scores[p]), n)


def _key(word: str) -> str:
    lower = word.lower()
    return lower[:-1] if lower.endswith("s") and len(lower) > _SHORT else lower


def _is_stop(word: str) -> bool:
    return is_stop(word.lower()) or is_stop(_key(word)) or len(_key(word)) < _SHORT


def _chunks(sentence: Sequence[str]) -> Iterator[list[tuple[str, bool]]]:
    """Yield what stands between marks, each word with whether it opens the sentence."""
    chunk: list[tuple[str, bool]] = []
    for place, token in enumerate(sentence):
        if is_word(token):
            chunk.append((token, place == 0))
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _counted(chunks: Sequence[tuple[int, Sequence[tuple[str, bool]]]]) -> Mapping[str, _Term]:
    terms: dict[str, _Term] = {}
    for number, chunk in chunks:
        for word, opens in chunk:
            term = terms.setdefault(_key(word), _Term(_is_stop(word)))
            term.count += 1
            term.acronyms += len(word) >= _CAPITALS and word.isupper()
            term.names += word[0].isupper() and not word.isupper() and not opens
            term.sentences.append(number)
        for (before, _), (after, _) in pairwise(chunk):
            terms[_key(before)].right[_key(after)] += 1
            terms[_key(after)].left[_key(before)] += 1
    return terms


def _weights(terms: Mapping[str, _Term], sentences: int) -> Mapping[str, float]:
    """Return S(t) of each term: small is good."""
    counts = [t.count for t in terms.values() if not t.stop] or [1]
    usual = statistics.fmean(counts) + statistics.pstdev(counts)
    most = max(t.count for t in terms.values())
    return {key: _weight(term, usual, most, sentences) for key, term in terms.items()}


def _weight(term: _Term, usual: float, most: int, sentences: int) -> float:
    company = 1 + sum(len(side) / side.total() for side in (term.left, term.right) if side) * term.count / most
    case = max(term.acronyms, term.names) / (1 + math.log(term.count))
    place = math.log(math.log(3 + statistics.median(sorted(set(term.sentences)))))
    spread = len(set(term.sentences)) / sentences
    return place * company / (case + term.count / usual / company + spread / company)


def _phrases(chunk: Sequence[tuple[str, bool]], terms: Mapping[str, _Term]) -> Iterator[list[str]]:
    words = [word for word, _ in chunk]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            phrase = words[start:end]
            stopped = terms[_key(phrase[0])].stop or terms[_key(phrase[-1])].stop
            if not (stopped or any(word[0].isdigit() for word in phrase)):
                yield phrase


def _score(keys: Sequence[str], count: int, terms: Mapping[str, _Term], weights: Mapping[str, float]) -> float:
    """Return S(kw): a stop word inside counts by how surely it stands between its neighbours."""
    product, total = 1.0, 0.0
    for place, key in enumerate(keys):
        if not terms[key].stop:
            product *= weights[key]
            total += weights[key]
        else:
            before, after = keys[place - 1], keys[place + 1]
            surely = terms[key].left[before] / terms[before].count * terms[key].right[after] / terms[after].count
            product *= 2 - surely
            total -= 1 - surely
    return product / ((1 + total) * count)


def _distinct(phrases: Sequence[tuple[str, ...]], n: int) -> list[str]:
    chosen: list[str] = []
    for phrase in map(" ".join, phrases):
        if len(chosen) == n:
            break
        if all(SequenceMatcher(None, phrase, other).ratio() <= _SAME for other in chosen):
            chosen.append(phrase)
    return chosen
