"""Principles: the sentences that state a rule, norm, warning or lesson which a reader could apply elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.imperative import is_imperative
from kg.model import Article, Kind, Mention, Modality, Passage, Principle, Relation

SECTIONS: Final = frozenset({"principles", "practice", "takeaway", "insight", "method", "summary"})
"""Where principles are stated; elsewhere a digest describes or lists."""

_ALL_STATE: Final = {"principles": "listed", "insight": "insight"}
"""Sections of which every sentence is a principle, with the name of that rule."""

_NOT_PAST: Final = (
    r"(?!\s+have\s+(?:\w+ed|been|chosen|come|done|found|given|gone|had|known|made|seen|taken|told|written)\b)"
)
"""Behind "must" or "should": what should have been done is no advice, what should have an owner is."""

_DENIED: Final = r"(?<!not )(?<!n't )(?<!n’t )"
"""Before "have to" and the like: what one does not have to do is no duty. A sentence about nobody has none either."""

_CUES: Final = (
    (
        Modality.PROHIBITION,
        re.compile(
            r"^(?:never|avoid|beware|don[’']t|do not|stop \w+ing|no \w.* without)\b"
            r"|\b(?:must|should|ought to|shall)\s+(?:never|not|avoid)\b|\b(?:mustn|shouldn)[’']t\b"
            r"|\b(?:is|are) (?:to be avoided|forbidden|off limits)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Modality.OBLIGATION,
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
    (
        Modality.RECOMMENDATION,
        re.compile(
            r"\bshould\b" + _NOT_PAST + r"|\bought to\b|\b(?:recommends?|advises?|urges?|proposes?) (?!against\b)"
            r"|\b(?:is|are) (?:\w+ly )?(?:crucial|critical|essential|vital|key|advisable|imperative|indispensable)\b"
            r"|\bit is (?:better|best|wise|worth)\b|\bit pays to\b",
            re.IGNORECASE,
        ),
    ),
)
"""Cues that make a sentence a principle wherever it stands, strongest first: the first that fits gives the modality.

A "must" in quotes is somebody's word and not this sentence's advice.
"""

_PREFERS: Final = re.compile(
    r"\bprefer\w*\b|\brather than\b|\binstead of\b|,\s+not\s+\w|\bnot\b[^,.]+,\s+but\b"
    r"|\b(?:choose|favou?r|pick|prioriti[sz]e|put|value)s?\b[^,.]*\bover\b",
    re.IGNORECASE,
)
_PERMITS: Final = re.compile(
    r"^(?:(?!how|that|which|who|as)\w[\w-]*\s+){1,4}(?:(?:is|are) (?:allowed|free|permitted) to\b|can\b.*\bwithout\b)",
    re.IGNORECASE,
)
"""What the sentence's own subject may do: "Reversible steps can run without approval". A mere "can" may be a danger."""

_ADDRESS: Final = re.compile(r"^For\s+[^.]*?,\s+(?:you|your)\b")
"""The opening of a takeaway that names its readers: "For CTOs and Hiring Managers in small companies, your ..."."""


def principles(article: Article, told: Iterable[Passage], mentions: Iterable[Mention]) -> tuple[Principle, ...]:
    """Return the principles that an article states, each with the roles it applies to and the topics it is about.

    A takeaway that opens by naming its readers speaks to them in every sentence. Elsewhere a principle applies to the
    roles that its sentence names before it says what they should do.
    """
    spoken: defaultdict[tuple[Passage, Kind], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.relation is Relation.MENTIONS:
            spoken[mention.passage, mention.kind].append(mention)
    addressed = tuple(m for p in told if p.name == "takeaway" for m in _addressed(article, p, spoken[p, Kind.ROLE]))
    found = []
    for passage in told:
        if verdict := judge(passage.name, article.cut(passage.place)):
            limit = passage.place.span.start + verdict.cue
            subjects = tuple(m for m in spoken[passage, Kind.ROLE] if m.surface.span.end <= limit)
            roles = (addressed or subjects) if passage.name == "takeaway" else subjects
            topics = tuple(spoken[passage, Kind.TOPIC])
            found.append(Principle(passage, verdict.modality, verdict.rule, roles, topics))
    return tuple(found)


def _addressed(article: Article, passage: Passage, roles: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the roles that a takeaway's opening addresses."""
    if opening := _ADDRESS.match(article.cut(passage.place)):
        end = passage.place.span.start + opening.end()
        yield from (m for m in roles if m.surface.span.end <= end)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What kind of advice a sentence gives, the rule that says so, and where in the sentence its cue stands."""

    modality: Modality
    rule: str
    cue: int


def judge(section: str, sentence: str) -> Verdict | None:
    """Return what makes a sentence of a section a principle, None where nothing does.

    >>> judge("summary", "Never merge on a Friday.")
    Verdict(modality=<Modality.PROHIBITION: 'Prohibition'>, rule='prohibition', cue=0)
    >>> judge("summary", "The team grew.") is None
    True
    """
    if section not in SECTIONS:
        return None
    if verdict := _by_cue(sentence):
        return verdict
    by_place = "address" if section == "takeaway" and _ADDRESS.match(sentence) else _ALL_STATE.get(section, "")
    return Verdict(_uncued(sentence), by_place, len(sentence)) if by_place else None


def _by_cue(sentence: str) -> Verdict | None:
    """Return the verdict on a sentence that says by its own words that it gives advice."""
    for modality, pattern in _CUES:
        if cue := pattern.search(sentence):
            preferred = modality is Modality.RECOMMENDATION and _PREFERS.search(sentence)
            return Verdict(Modality.PREFERENCE if preferred else modality, modality.value.lower(), cue.start())
    if is_imperative(sentence):
        return Verdict(Modality.PREFERENCE if _PREFERS.search(sentence) else Modality.RECOMMENDATION, "imperative", 0)
    return None


def _uncued(sentence: str) -> Modality:
    if _PERMITS.search(sentence):
        return Modality.PERMISSION
    return Modality.PREFERENCE if _PREFERS.search(sentence) else Modality.OBSERVATION
