"""Tell of most pairs of principles, by a few bytes of each, that they do not match: so their words need no look.

Under a key that many share, nearly all candidates have no more in common than what the key says. The gist of one is its
stance, its figures, and its pairs of words as bits of a Bloom filter. Two share at most as many pairs as they do bits,
and as many more as both have pairs that fell together on one bit. Of the 79 candidates that each of 5,000 real articles
brings, two are left to compare.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final
from zlib import crc32

from kg.derive.advice import Advice, Stance
from kg.derive.agreement import SAME_ORDER, word_pairs

_BITS: Final = 128
"""Enough for the some twenty pairs of words of a principle."""

_FORM: Final = struct.Struct(f"<sII{_BITS // 8}s")
"""The stance, a hash of the figures, the number of pairs, and the bits."""

_STANCES: Final = {stance: stance[0].encode() for stance in Stance}
_OPPOSITE: Final = {_STANCES[Stance.AFFIRMS], _STANCES[Stance.FORBIDS]}


def gist(one: Advice) -> bytes:
    """Return the gist of a principle."""
    pairs, bits = word_pairs(one), 0
    for pair in pairs:
        bits |= 1 << _code(pair) % _BITS
    return _FORM.pack(_STANCES[one.stance], _code(one.figures), len(pairs), bits.to_bytes(_BITS // 8, "little"))


def _code(words: Iterable[str]) -> int:
    return crc32(" ".join(words).encode(errors="surrogateescape"))


def may_match(one: bytes, other: bytes) -> bool:
    """Tell whether `compare` may find something, by the gists of two principles: False where it surely does not."""
    (stance, figures, many, bits), (its, others, count, further) = _FORM.unpack(one), _FORM.unpack(other)
    if figures != others:
        return False
    if stance != its:
        return {stance, its} == _OPPOSITE
    return stance == _STANCES[Stance.PREFERS] or _may_share(many, bits, count, further)


def _may_share(many: int, bits: bytes, count: int, further: bytes) -> bool:
    """Tell whether two may share as many of their pairs of words as they must to say the same."""
    first, second = int.from_bytes(bits, "little"), int.from_bytes(further, "little")
    fallen = min(many - first.bit_count(), count - second.bit_count())
    shared = (first & second).bit_count() + fallen
    return shared / (many + count - shared) >= SAME_ORDER
