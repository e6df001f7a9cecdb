"""What two things that were compared are to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How two articles or two principles stand to each other; the value is the name of the property."""

    SAME_WORK = "sameWorkAs"
    RELATED = "relatedTo"
    RESTATES = "restates"
    TENSION = "tensionWith"


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """How two things stand to each other, how surely (0 to 1), and the rule that says so."""

    relation: Relation
    score: float
    rule: str
