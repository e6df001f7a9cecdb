"""Names that an English sentence attributes something to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.language.lexicon import CLOSED, counts
from kg.extract.sources.names import bare
from kg.extract.text import Sentence, Text
from kg.model import Place

_CAPITAL: Final = r"\b(?:[A-Z][\w.&'’-]{0,40}\w\b|[A-Z]\.)"
"""A word of a name; what is longer is none, and is not looked at again from each of its letters."""

_WITHIN: Final = r"(?:(?:of|the|for|and|de|van|von|der|la|&)\s+){0,2}"
_TITLE: Final = r"(?:(?:Dr|Mr|Mrs|Ms|Prof)\.\s+)?"
_NAME: Final = rf"{_TITLE}(?P<name>{_CAPITAL}(?:\s+{_WITHIN}{_CAPITAL}){{0,9}})"
_LONG: Final = rf"{_TITLE}(?P<name>{_CAPITAL}(?:\s+{_WITHIN}{_CAPITAL}){{1,9}})"
_SAYS: Final = (
    r"(?:argue[sd]?|assert(?:s|ed)|claim(?:s|ed)|conclude[sd]?|define[sd]|describe[sd]|estimate[sd]?|explain(?:s|ed)|finds?|found"
    r"|note[sd]?|observe[sd]?|point(?:s|ed)? out|predict(?:s|ed)?|put it|recommend(?:s|ed)|report(?:s|ed)?|says?|said"
    r"|states?|stated|suggest(?:s|ed)?|tweeted|warn(?:s|ed)?|writes?|wrote)"
)
_SIGNS_OF_SAYING: Final = (
    "argue|assert|claim|conclude|define|describe|estimate|explain|find|found|note|observe|point|predict|put it"
    "|recommend|report|say|said|state|suggest|tweeted|warn|writes|wrote"
)
_OPENS: Final = r"(?:^|(?<=[;:,—–”\"]\s)|\b[Aa]s\s)"
_MADE: Final = (
    r"(?:argued|authored|coined|conducted|defined|described|introduced|noted|popularized|presented|proposed|published|quoted"
    r"|recommended|reported|suggested|written)"
)
_WORK: Final = (
    r"(?:analysis|article|blog post|blog|book|data|documentation|essay|experiments?|findings|guidance|guide|handbook"
    r"|paper|policy|post|quote|report|research|studies|study|survey|talk|tweet|work)"
)
_AUTHORS: Final = rf"{_CAPITAL}(?:\s+(?:and|&)\s+{_CAPITAL}|\s+et\s+al\.?)?"
_WAYS: Final = (
    (_SIGNS_OF_SAYING, rf"{_OPENS}(?:[Tt]he\s+)?{_LONG}(?:,[^,.;]{{3,60}},)?\s+(?:also\s+|has\s+)?{_SAYS}\b"),
    ('”|"|’', rf"[,”\"’]\s+(?:adds|explains|notes|said|says|writes|wrote)\s+{_LONG}"),
    ("ccording to", rf"\b[Aa]ccording to\s+(?:an?\s+|the\s+)?{_NAME}"),
    (" by ", rf"\b{_MADE}\s+by\s+(?:the\s+)?{_NAME}"),
    (" by | from ", rf"\b{_WORK}\s+(?:by|from)\s+(?:the\s+)?{_NAME}"),
    ("’s |'s ", rf"{_NAME}[’']s\s+(?:\w+\s+){{0,2}}{_WORK}\b"),
    (" (1| (2", rf"(?P<name>{_AUTHORS},?\s+\(\d{{4}}[a-z]?\))"),
    ("(", rf"\((?P<name>{_AUTHORS},\s+\d{{4}}[a-z]?)\)"),
    ("—|–|-", rf"(?:^|[”\"]\s*)[—–-]+\s*{_LONG}"),
    (
        "redit to|at tip to|nspired by|hank",
        rf"\b(?:[Cc]redit to|[Hh]at tip to|[Ii]nspired by|[Tt]hanks to|thank)\s+{_LONG}",
    ),
)
"""Ways in which a sentence names whom it has something from (behind a dash, who said what stands before it), each with
signs of which it must have one: most sentences have none, and are not looked at for long."""

_ATTRIBUTIONS: Final = tuple((tuple(signs.split("|")), re.compile(pattern)) for signs, pattern in _WAYS)


def attributions(text: Text) -> Iterator[tuple[Sentence, Place]]:
    """Yield the names that sentences attribute something to; a single word only if it is a name and nothing else."""
    for sentence in text.sentences if text.is_english else ():
        for found in _found(sentence.text):
            name = bare(found["name"])
            if _is_name(name.cut(found["name"])):
                place = sentence.passage.place
                yield sentence, Place(place.page, name.moved(place.span.start + found.start("name")))


def _found(words: str) -> Iterator[re.Match[str]]:
    for signs, pattern in _ATTRIBUTIONS:
        if any(map(words.__contains__, signs)):
            yield from pattern.finditer(words)


def _is_name(words: str) -> bool:
    lower = words.lower()
    return len(words) > 1 and (" " in words or (lower not in CLOSED and counts(lower) is None))
