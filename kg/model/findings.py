"""What extractors find in an article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kg.model.text import Place
from kg.model.things import Iri, Kind


class Relation(StrEnum):
    """How an article or one of its passages stands to what is mentioned there."""

    MENTIONS = "mentions"
    ABOUT = "about"
    AUDIENCE = "audience"
    PUBLISHER = "publisher"
    CURATOR = "curator"
    AUTHOR = "author"
    CITES = "cites"
    FILED_UNDER = "filed under"
    LEVEL = "level"
    LENGTH = "length"
    REFERS_TO = "refers to"
    RELATED = "related"


class Modality(StrEnum):
    """What kind of advice a principle gives."""

    OBLIGATION = "Obligation"
    RECOMMENDATION = "Recommendation"
    PROHIBITION = "Prohibition"
    PERMISSION = "Permission"
    PREFERENCE = "Preference"
    OBSERVATION = "Observation"


class Passage(NamedTuple):
    """A sentence of an article, or a heading, list item or line that says something by itself.

    `section` is the heading that it stands under, as printed; `name` is that section's key.
    """

    place: Place
    section: str
    name: str = ""


class Mention(NamedTuple):
    """A thing found in a passage.

    `label` names the thing, `surface` is the stretch of the passage that does. `concept` is set where the vocabulary
    knows the thing. `within` names the thing's parent where the page itself states it (the top field of a sub-field).
    """

    passage: Passage
    kind: Kind
    relation: Relation
    label: str
    surface: Place
    concept: Iri = Iri("")
    within: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Principle:
    """A sentence that states a rule, norm, warning or lesson which a reader could apply elsewhere.

    `rule` names the rule that found it; `roles` and `topics` are the mentions that it applies to and is about.
    """

    passage: Passage
    modality: Modality
    rule: str
    roles: tuple[Mention, ...] = ()
    topics: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Inference:
    """A thing that an article stands to in some way which it does not state: its field, its level, who would act on it.

    `evidence` are the passages that led to it, most telling first; `rule` says how.
    """

    relation: Relation
    kind: Kind
    label: str
    concept: Iri
    evidence: tuple[Passage, ...]
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Findings:
    """All that the extractors found in one article.

    `takeaways` and `abstract` are the sentences chosen where the article has no part that is one or the other;
    `inferred` are the relations of which nothing is stated, only found out.
    """

    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    principles: tuple[Principle, ...]
    inferences: tuple[Inference, ...] = ()
    takeaways: tuple[Passage, ...] = ()
    abstract: tuple[Passage, ...] = ()
    inferred: tuple[Relation, ...] = ()
