"""Principles: the sentences that state a rule, norm, warning or lesson which a reader could apply elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.imperative import is_imperative
from kg.model import Article, Kind, Mention, Modality, Passage, Principle, Relation

SECTIONS: Final = frozenset({"principles", "practice", "takeaway", "insight", "method", "summary"})
"""Where principles are stated; elsewhere a digest describes or lists."""

_ALL_STATE: Final = {"principles": "listed", "insight": "insight"}
"""Sections of which every sentence is a principle, with the name of that rule."""

_MODALS: Final = (
    (
        Modality.PROHIBITION,
        "prohibition",
        re.compile(
            r"^(?:never|avoid|beware|don[’']t|do not|stop \w+ing|no \w.* without)\b"
            r"|\b(?:must|should|may|can|ought to|need)\s+(?:never|not)\b|\b(?:mustn|shouldn|cannot|can)[’']?t\s+(?:be|have to)\b"
            r"|\b(?:is|are) (?:to be avoided|forbidden|off limits)\b|\bavoid (?:the|a|an|any|\w+ing)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Modality.OBLIGATION,
        "obligation",
        re.compile(
            r"(?<![“\"‘'])\bmust(?!\s+have\b|[-\w])|\b(?:needs?|has|have) to (?!be confused\b)|\b(?:is|are) (?:required|obliged) to\b"
            r"|\bnecessitates?\b|\bshall\b|\bnon-negotiable\b",
            re.IGNORECASE,
        ),
    ),
    (
        Modality.RECOMMENDATION,
        "recommendation",
        re.compile(
            r"\bshould(?!\s+have\b|n[’']t\b)|\bought to\b|\b(?:recommends?|advises?|urges?|proposes?) (?!against\b)"
            r"|\b(?:is|are) (?:\w+ly )?(?:crucial|critical|essential|vital|key|advisable|imperative|indispensable)\b"
            r"|\bit is (?:better|best|wise|worth)\b|\bit pays to\b",
            re.IGNORECASE,
        ),
    ),
)
"""Cues that make a sentence a principle wherever it stands, strongest first: the first that fits gives the modality."""

_PREFERS: Final = re.compile(
    r"\bprefer\w*\b|\brather than\b|\binstead of\b|\bover (?:\w+ing|the)\b|,\s+not\s+\w|\bnot\b[^,.]+,\s+but\b"
    r"|\b(?:more|better|cheaper|faster|safer) than\b",
    re.IGNORECASE,
)
_PERMITS: Final = re.compile(r"\b(?:can|may|is allowed to|are allowed to|is free to|are free to)\b(?!\s+not\b)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"^For\s+[^.]*?,\s+(?:you|your)\b")
"""The opening of a takeaway that names its readers: "For CTOs and Hiring Managers in small companies, your ..."."""


def principles(article: Article, told: Iterable[Passage], mentions: Iterable[Mention]) -> tuple[Principle, ...]:
    """Return the principles that an article states, each with the roles it applies to and the topics it is about.

    The roles are those that the sentence names; a takeaway that opens by naming its readers means them in every sentence.
    """
    spoken = [m for m in mentions if m.relation is Relation.MENTIONS]
    found = [(p, *rule) for p in told if (rule := _rule(p.name, article.cut(p.place)))]
    addressed = tuple(_addressed(article, told, spoken))
    return tuple(
        Principle(
            passage,
            modality,
            rule,
            _within(passage, Kind.ROLE, spoken) or (addressed if passage.name == "takeaway" else ()),
            _within(passage, Kind.TOPIC, spoken),
        )
        for passage, modality, rule in found
    )


def _within(passage: Passage, kind: Kind, spoken: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in spoken if m.kind is kind and m.passage == passage)


def _addressed(article: Article, told: Iterable[Passage], spoken: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the roles that the takeaway's opening addresses."""
    for passage in told:
        opening = _ADDRESS.match(article.cut(passage.place)) if passage.name == "takeaway" else None
        if opening:
            end = passage.place.span.start + opening.end()
            yield from (m for m in _within(passage, Kind.ROLE, spoken) if m.surface.span.end <= end)


def _rule(section: str, sentence: str) -> tuple[Modality, str] | None:
    """Return the modality of a sentence and the rule that makes it a principle in its section, None where none does."""
    if section not in SECTIONS:
        return None
    modality, rule = modality_of(sentence)
    if rule:
        return modality, rule
    if section == "takeaway" and _ADDRESS.match(sentence):
        return modality, "address"
    return (modality, _ALL_STATE[section]) if section in _ALL_STATE else None


def modality_of(sentence: str) -> tuple[Modality, str]:
    """Return what kind of advice a sentence gives, and the cue for it ("" when only its place makes it a principle).

    >>> modality_of("Never merge on a Friday.")
    (<Modality.PROHIBITION: 'Prohibition'>, 'prohibition')
    >>> modality_of("An alert without an owner is noise.")
    (<Modality.OBSERVATION: 'Observation'>, '')
    """
    found = next(((m, rule) for m, rule, cue in _MODALS if cue.search(sentence)), None)
    imperative = is_imperative(sentence)
    if found and found[0] is not Modality.RECOMMENDATION:
        return found
    if found or imperative:
        preference = bool(_PREFERS.search(sentence))
        rule = found[1] if found else "imperative"
        return (Modality.PREFERENCE if preference else Modality.RECOMMENDATION), rule
    if _PERMITS.search(sentence):
        return Modality.PERMISSION, ""
    return (Modality.PREFERENCE if _PREFERS.search(sentence) else Modality.OBSERVATION), ""
