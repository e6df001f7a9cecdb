"""How a role is used in an article, measured for the model that tells whether the article speaks of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.language.lexicon import Tag
from kg.extract.roles.linear import Features
from kg.extract.roles.phrases import Phrase, phrases
from kg.extract.text import Sentence, Text
from kg.model import Iri, Place


@dataclass(frozen=True, slots=True)
class Use:
    """A role named once: by a phrase, or by a label of the vocabulary that is no such phrase."""

    sentence: Sentence
    surface: Place
    label: str
    concept: Iri
    phrase: Phrase | None


@dataclass(frozen=True, slots=True)
class Role:
    """All uses of one role in an article."""

    label: str
    concept: Iri
    uses: tuple[Use, ...]

    @property
    def head(self) -> str:
        """The noun that the role ends in."""
        phrase = self.uses[0].phrase
        return phrase.head.singular if phrase else self.label.split()[-1].lower()

    @property
    def plurals(self) -> float:
        """The share of its uses that are plurals."""
        return sum(bool(use.phrase and use.phrase.head.is_plural) for use in self.uses) / len(self.uses)


def features(text: Text, roles: Sequence[Role]) -> Iterator[Features]:
    """Yield what is measured of each role of an article; one that names a single role seldom speaks of people."""
    heads = Counter(role.head for role in roles for _ in role.uses)
    adjuncts = Counter(p.head.singular for s in text.sentences if roles for p in phrases(s.words) if p.is_adjunct)
    for role in roles:
        yield {
            **_kind(role),
            "count": math.log1p(len(role.uses)),
            "head count": math.log1p(heads[role.head]),
            "only name of its head": float(heads[role.head] == len(role.uses)),
            "before other nouns": adjuncts[role.head] / (adjuncts[role.head] + heads[role.head] + 1),
            "single": float(len(roles) == 1),
            "known": float(bool(role.concept)),
            "plural": role.plurals,
        }


def _kind(role: Role) -> Features:
    phrase = role.uses[0].phrase
    kind = phrase.head.kind if phrase else "label"
    bare = "" if phrase and phrase.before else " bare"
    name = bool(phrase and any(w.tag == Tag.NAME for w in phrase.before))
    return {f"kind {kind}": 1.0, f"kind {kind}{bare}": 1.0, "name before": float(name)}
