"""Check that a build is sound: its shapes, every passage against its page, its files against their digests."""

from kg.check.passages import PATH, Passages, miscut, passages_of, refuse_miscut
from kg.check.problems import Problem, Verdict, together
from kg.check.seals import broken, seal, sha256
from kg.check.shapes import validate

__all__ = [
    "PATH",
    "Passages",
    "Problem",
    "Verdict",
    "broken",
    "miscut",
    "passages_of",
    "refuse_miscut",
    "seal",
    "sha256",
    "together",
    "validate",
]
