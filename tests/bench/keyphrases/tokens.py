"""Sentences as lists of words and marks, for peers that know nothing else of a language but its stop words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import snowballstemmer

from kg.extract.language.frequency import is_stop as is_closed
from kg.extract.language.words import possible
from kg.extract.sentences import sentences

_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*|[^\w\s]")


_FAR: Final = 1
"""In doublings; of 0 to 3 this is best for RAKE on Inspec, and no worse than others for YAKE."""

_STEMMER: Final = snowballstemmer.stemmer("porter")


@cache
def stem(lower: str) -> str:
    """Return the Porter stem of a word, under which keyphrases are compared.

    >>> stem("reviews") == stem("reviewing")
    True
    """
    return str(_STEMMER.stemWord(lower))


def tokens(text: str) -> Iterator[list[str]]:
    """Yield the words and marks of each sentence.

    >>> list(tokens("Node.js runs. So be it."))
    [['Node.js', 'runs', '.'], ['So', 'be', 'it', '.']]
    """
    for span in sentences(text):
        yield _TOKEN.findall(text, span.start, span.end)


@cache
def is_stop(lower: str) -> bool:
    """Tell whether a word is of a closed class, or far more often verb or adverb than noun or adjective.

    >>> is_stop("with"), is_stop("requires"), is_stop("review")
    (True, True, False)
    """
    noun, verb, adjective, adverb = possible(lower)
    return is_closed(lower) or max(verb, adverb) > max(noun, adjective) + _FAR


def is_word(token: str) -> bool:
    """Tell whether a token is a word or a number and no mark."""
    return token[0].isalnum()


def is_content(token: str) -> bool:
    """Tell whether a token is a word that says something by itself."""
    return is_word(token) and not is_stop(token.lower())
