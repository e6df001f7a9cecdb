"""What follows from the articles together and is said by none: copies, agreement, tension, counts, what is related."""

from __future__ import annotations

from kg.derive.advice import Advice, Lexicon
from kg.derive.decisions import Decision, Verdict, decide, read_decisions, undo
from kg.derive.derivation import Derivation
from kg.derive.profile import Profile, profile
from kg.derive.said import Changes

__all__ = [
    "Advice",
    "Changes",
    "Decision",
    "Derivation",
    "Lexicon",
    "Profile",
    "Verdict",
    "decide",
    "profile",
    "read_decisions",
    "undo",
]
