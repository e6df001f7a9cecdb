"""Fold what English does to a word: plural and possessive, British and American spelling.

What comes out is a key to compare words by, not a word to show: "movie" and "movies" both become "movy".
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

_POSSESSIVE: Final = re.compile(r"'s?$")
_SHORTEST_PLURAL: Final = 4
_NO_PLURAL: Final = ("ss", "us", "is", "ics")
_ES_PLURAL: Final = ("sses", "xes", "ches", "shes")
_SPELLINGS: Final = (
    (re.compile(r"(?<=[^aeou])is(?=(?:e[drs]?|ing|able|ation|ational)$)"), "iz"),  # organise, optimisation
    (re.compile(r"(?<=l)ys(?=(?:e[drs]?|ing)$)"), "yz"),  # analyse, but not analysis
    (re.compile(r"(?<=\w\w)our(?=(?:ed|ing|al|able|ite|ful|er|hood|less|ally)?$)"), "or"),  # behaviour, labour
    (re.compile(r"(?<=\w)([bt])re$"), r"\1er"),  # centre, fibre
    (re.compile(r"(?<=en)tred$"), "tered"),  # human-centred
    (re.compile(r"(?<=\w\w)ogue$"), "og"),  # catalogue, dialogue
    (re.compile(r"(?<=\w\wgr)amme$"), "am"),  # programme
    (re.compile(r"(?<=\w{4})ll(?=(?:ed|ing|er|or)$)"), "l"),  # modelling, labelled, counsellor
    (re.compile(r"(?<=dg)ement$"), "ment"),  # judgement
)
_BRITISH: Final = re.compile(r"is[aei]|ys[ei]|our|ll|[bt]re|ogue$|amme$|dgement$")
"""What a word must have for one of the spellings; most have nothing of it, which is quickly seen."""


@cache
def _irregular() -> dict[str, str]:
    lines = Path(__file__).with_name("english.txt").read_text(encoding="ascii").splitlines()
    return {form: word or form for form, _, word in (line.partition(" ") for line in lines if line[:1] != "#")}


def fold(word: str) -> str:
    """Return the key of a word of English, its capitals folded; an acronym's plural s goes however short it is.

    >>> [fold(w) for w in ("agents", "policies", "LLMs", "VPs", "analyses", "process", "team's", "Behaviours")]
    ['agent', 'policy', 'llm', 'vp', 'analysis', 'process', 'team', 'behavior']
    """
    if "'" in word:
        word = _POSSESSIVE.sub("", word)
    if word.endswith("s") and word[:-1].isupper():
        return word[:-1].casefold()
    singular = _singular(word.casefold())
    if _BRITISH.search(singular):
        for pattern, american in _SPELLINGS:
            singular = pattern.sub(american, singular)
    return _irregular().get(singular, singular)


def _singular(word: str) -> str:
    """Fold the plural of a word in small letters.

    >>> [_singular(w) for w in ("children", "metrics", "physics", "cookies", "cookie", "databases", "node.js")]
    ['child', 'metric', 'physics', 'cooky', 'cooky', 'database', 'node.js']
    """
    known = _irregular().get(word)
    if known or len(word) < _SHORTEST_PLURAL or word.endswith(_NO_PLURAL) or not word.isalpha():
        return known or word
    if word.endswith(("ies", "ie")) and len(word) > _SHORTEST_PLURAL:
        return word.removesuffix("s")[:-2] + "y"
    return word[:-2] if word.endswith(_ES_PLURAL) else word.removesuffix("s")
