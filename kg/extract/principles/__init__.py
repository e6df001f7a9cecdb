"""Principles: the sentences that state a rule, norm, warning or lesson which a reader could apply elsewhere."""

from kg.extract.principles.cues import judge
from kg.extract.principles.stated import principles

__all__ = ["judge", "principles"]
