"""The principles that an article states: all that a digest lists as such, and what else speaks like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.extract.passages import TITLE
from kg.extract.principles.cues import ADDRESS, LISTED, Verdict, by_cue, judge, uncued
from kg.extract.principles.features import Reading, read
from kg.extract.principles.rules import SIGN, kinds
from kg.extract.principles.scoring import LEAST, likelihoods, weights
from kg.extract.text import Sentence, Text
from kg.model import Kind, Mention, Modality, Passage, Principle, Relation

GENERIC: Final = "generic statement"
"""The rule of a sentence that fits no other, but says in general terms what holds."""

_FEWEST: Final = 3
"""A principle has as many words as "Favor unit tests"."""

_NO_ADVICE: Final = ("operation", "call")
"""Rules by whose verbs an order is a step in using something, or a call to take part."""

_Spoken = Mapping[tuple[Passage, Kind], Sequence[Mention]]


def principles(text: Text, mentions: Iterable[Mention]) -> tuple[Principle, ...]:
    """Return the principles that an article states, each with the roles it applies to and the topics it is about.

    A takeaway that opens by naming its readers speaks to them in every sentence. Elsewhere a principle applies to the
    roles that its sentence names before it says what they should do.
    """
    spoken: defaultdict[tuple[Passage, Kind], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.relation is Relation.MENTIONS:
            spoken[mention.passage, mention.kind].append(mention)
    told = [s.passage for s in text.sentences if s.passage.name == "takeaway"]
    addressed = tuple(m for p in told for m in _addressed(text.article.cut(p.place), p, spoken[p, Kind.ROLE]))
    return tuple(_principle(p, v, spoken, addressed) for p, v in _stated(text))


def _stated(text: Text) -> Iterator[tuple[Passage, Verdict]]:
    """Yield the sentences that state a principle: where the page says so, else by likelihood.

    A digest lists its principles, and describes in its other parts what somebody else says.
    """
    digest = text.article.is_digest
    likely = _likely(text.sentences) if text.is_english and not digest else {}
    for sentence in text.sentences:
        says_so = digest or sentence.passage.name in LISTED
        found = judge(sentence.passage.name, sentence.text) if says_so else likely.get(sentence.number)
        if found:
            yield sentence.passage, found


def _likely(sentences: Sequence[Sentence]) -> dict[int, Verdict]:
    """Return the verdicts on the sentences that state a principle likely enough, by the sentences' numbers."""
    readings = read(sentences)
    pairs = list(zip(sentences, readings, strict=True))
    likely = likelihoods([r.features for r in readings])
    told = ((s, r) for (s, r), value in zip(pairs, likely, strict=True) if value >= LEAST and can_state(s, r))
    return {s.number: verdict(s, r) for s, r in told}


def can_state(sentence: Sentence, reading: Reading) -> bool:
    """Tell whether a sentence can state a principle: whole and no title, no step to click, no call to join."""
    if sentence.passage.name == TITLE or len(sentence.words) < _FEWEST or sentence.text.endswith(":"):
        return False
    return not any(reading.order is not None and reading.rules.get(rule) == reading.order for rule in _NO_ADVICE)


def verdict(sentence: Sentence, reading: Reading) -> Verdict:
    """Return the verdict on a sentence taken for a principle: by its cue, else by the rule that speaks most for it."""
    if found := by_cue(sentence.text, orders=reading.order is not None):
        return found
    weight = weights()[1]
    rules = [rule for rule in reading.rules if kinds()[rule] != SIGN]
    if not rules:
        return Verdict(uncued(sentence.text), GENERIC, len(sentence.text))
    rule = max(rules, key=lambda r: (weight.get(f"rule {r}", 0.0), r))
    cue = sentence.words[reading.rules[rule]].start - sentence.passage.place.span.start
    return Verdict(uncued(sentence.text, Modality(kinds()[rule])), rule, cue)


def _addressed(words: str, passage: Passage, roles: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the roles that a takeaway's opening addresses."""
    if opening := ADDRESS.match(words):
        end = passage.place.span.start + opening.end()
        yield from (m for m in roles if m.surface.span.end <= end)


def _principle(passage: Passage, verdict: Verdict, spoken: _Spoken, addressed: tuple[Mention, ...]) -> Principle:
    limit = passage.place.span.start + verdict.cue
    subjects = tuple(m for m in spoken.get((passage, Kind.ROLE), ()) if m.surface.span.end <= limit)
    roles = (addressed or subjects) if passage.name == "takeaway" else subjects
    return Principle(passage, verdict.modality, verdict.rule, roles, tuple(spoken.get((passage, Kind.TOPIC), ())))
