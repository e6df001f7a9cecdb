"""What makes a sentence of a digest a principle, and what kind of advice a sentence gives: told by its words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.extract.imperative import is_imperative
from kg.extract.language.lexicon import Tag
from kg.extract.language.words import possible, words
from kg.model import Modality, Span

SECTIONS: Final = frozenset({"principles", "practice", "takeaway", "insight", "method", "summary"})
"""The parts of a digest in which it states principles; elsewhere it describes or lists."""

LISTED: Final = {"principles": "listed", "insight": "insight"}
"""Sections of which every sentence is a principle, with the name of that rule."""

_NOT_PAST: Final = (
    r"(?!\s+have\s+(?:\w+ed|been|chosen|come|done|found|given|gone|had|known|made|seen|taken|told|written)\b)"
)
"""Behind "must" or "should": what should have been done is no advice, what should have an owner is."""

_DENIED: Final = r"(?<!not )(?<!n't )(?<!n’t )"
"""Before "have to" and the like: what one does not have to do is no duty. A sentence about nobody has none either."""


class _Cue(NamedTuple):
    """What makes a sentence advice of one kind: a pattern, and signs in lower case of which it needs one."""

    modality: Modality
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


_CUES: Final = (
    _Cue(
        Modality.PROHIBITION,
        ("never", "not", "n't", "n’t", "avoid", "beware", "stop ", " without", "forbidden", "off limits"),
        re.compile(
            r"^(?:never|avoid|beware|don[’']t|do not|stop \w+ing|no \w.* without)\b"
            r"|\b(?:must|should|ought to|shall)\s+(?:never|not|avoid)\b|\b(?:mustn|shouldn)[’']t\b"
            r"|\b(?:is|are) (?:to be avoided|forbidden|off limits)\b",
            re.IGNORECASE,
        ),
    ),
    _Cue(
        Modality.OBLIGATION,
        (
            "must", "need to", "needs to", "has to", "have to", "required", "obliged", "necessitate", "shall",
            "non-negotiable",
        ),
        re.compile(
            r"(?<![“\"‘'])\bmust\b(?![-’'])"
            + _NOT_PAST
            + r"|^(?!no\b|nobody\b|none\b|nothing\b)[^;]*"
            + _DENIED
            + r"\b(?:needs?|has|have) to\b(?! do with\b)|"
            + _DENIED
            + r"\b(?:is|are) (?:required|obliged) to\b|\bnecessitates?\b|\bshall\b|\bnon-negotiable\b",
            re.IGNORECASE,
        ),
    ),
    _Cue(
        Modality.RECOMMENDATION,
        (
            "should", "ought to", "recommend", "advise", "urge", "propose", "crucial", "critical", "essential", "vital",
            "key", "advisable", "imperative", "indispensable", "it is ", "it pays to",
        ),
        re.compile(
            r"\bshould\b" + _NOT_PAST + r"|\bought to\b|\b(?:recommends?|advises?|urges?|proposes?) (?!against\b)"
            r"|\b(?:is|are) (?:\w+ly )?(?:crucial|critical|essential|vital|key|advisable|imperative|indispensable)\b"
            r"|\bit is (?:better|best|wise|worth)\b|\bit pays to\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
"""Cues that make a sentence a principle wherever it stands, strongest first: the first that fits gives the modality.

A "must" in quotes is somebody's word and not this sentence's advice.
"""

_PREFERS: Final = re.compile(
    r"\bprefer\w*\b|\brather than\b|\binstead of\b|,\s+not\s+\w|\bnot\b[^,.]{1,300},\s+but\b"
    r"|\b(?:choose|favou?r|pick|prioriti[sz]e|put|value)s?\b[^,.]{0,300}\bover\b",
    re.IGNORECASE,
)
_PREFERRING: Final = ("prefer", "rather than", "instead of", "not", "over")
"""Signs of what prefers one thing to another, of which the pattern cannot do without one."""

_PERMITS: Final = re.compile(
    r"^(?:(?!how|that|which|who|as)\w[\w-]*\s+){1,4}(?:(?:is|are) (?:allowed|free|permitted) to\b|can\b.*\bwithout\b)",
    re.IGNORECASE,
)
"""What the sentence's own subject may do: "Reversible steps can run without approval". A mere "can" may be a danger."""

PRACTICE: Final = "practice"
_FINITE: Final = frozenset({Tag.BE, Tag.MODAL, Tag.THIRD, Tag.PAST})

ADDRESS: Final = re.compile(r"^For\s+[^.]*?,\s+(?:you|your)\b")
"""The opening of a takeaway that names its readers: "For CTOs and Hiring Managers in small companies, your ..."."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What kind of advice a sentence gives, the rule that says so, and where in the sentence its cue stands."""

    modality: Modality
    rule: str
    cue: int


def judge(section: str, sentence: str) -> Verdict | None:
    """Return what makes a sentence of a digest's section a principle, None where nothing does.

    >>> judge("summary", "Never merge on a Friday.")
    Verdict(modality=<Modality.PROHIBITION: 'Prohibition'>, rule='prohibition', cue=0)
    >>> judge("summary", "The team grew.") is None
    True
    """
    if section not in SECTIONS:
        return None
    if verdict := by_cue(sentence, orders=is_imperative(sentence) or (section == PRACTICE and _may_order(sentence))):
        return verdict
    by_place = "address" if section == "takeaway" and ADDRESS.match(sentence) else LISTED.get(section, "")
    return Verdict(uncued(sentence), by_place, len(sentence)) if by_place else None


def _may_order(sentence: str) -> bool:
    """Tell whether a sentence could be an order: what a digest lists as practice mostly is ("Cap requests at ten.")."""
    first, ahead = (*words(sentence, Span(0, len(sentence)))[:2], None, None)[:2]
    return first is not None and possible(first.lower)[1] > 0 and (ahead is None or ahead.tag not in _FINITE)


def by_cue(sentence: str, *, orders: bool) -> Verdict | None:
    """Return the verdict on a sentence that says by its own words that it gives advice, None for any other.

    `orders` tells that the sentence is imperative.

    >>> by_cue("Prefer small changes.", orders=True).modality
    <Modality.PREFERENCE: 'Preference'>
    """
    folded = sentence.casefold()
    for modality, signs, pattern in _CUES:
        if any(sign in folded for sign in signs) and (cue := pattern.search(sentence)):
            preferred = modality is Modality.RECOMMENDATION and _prefers(sentence)
            return Verdict(Modality.PREFERENCE if preferred else modality, modality.value.lower(), cue.start())
    if orders:
        return Verdict(Modality.PREFERENCE if _prefers(sentence) else Modality.RECOMMENDATION, "imperative", 0)
    return None


def uncued(sentence: str, otherwise: Modality = Modality.OBSERVATION) -> Modality:
    """Return the modality of a principle whose words give none by a cue: what it permits or prefers, or `otherwise`.

    >>> uncued("Reversible steps can run without approval.")
    <Modality.PERMISSION: 'Permission'>
    """
    if _PERMITS.search(sentence):
        return Modality.PERMISSION
    return Modality.PREFERENCE if _prefers(sentence) else otherwise


def _prefers(sentence: str) -> bool:
    folded = sentence.casefold()
    return any(sign in folded for sign in _PREFERRING) and _PREFERS.search(sentence) is not None
