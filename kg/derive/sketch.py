"""Hash what is to be compared, so that like things are found by like numbers, the same on every machine.

A text is sketched by one-permutation MinHash of its shingles, so that two can be compared by some hundred numbers.

Each run of five words is hashed; the hash chooses one of 128 bins and a value, and each bin keeps its smallest. The
share of bins in which two texts agree estimates the share of runs that they have in common (Jaccard; standard error at
most .045). Bins that are empty in both say nothing (Li, Owen and Zhang, 2012).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final

_WORD: Final = re.compile(r"\w+")
_RUN: Final = 5
"""Words of a shingle: long enough that unrelated texts share next to none."""

BINS: Final = 128
_BIN_BITS: Final = 57
"""Bits of a 64-bit hash below those that choose its bin."""

_LOW: Final = 0xFFFF_FFFF
EMPTY: Final = _LOW
"""What stands in a bin that no shingle fell into."""

Sketch = tuple[int, ...]


def stable_hash(text: str) -> int:
    """Return 64 bits of the BLAKE2b hash of a text, the same on every machine.

    >>> hex(stable_hash("measure before you tune"))
    '0x11b773cd5f12d340'
    """
    return int.from_bytes(blake2b(text.encode(errors="surrogateescape"), digest_size=8).digest(), "little")


def signed(code: int) -> int:
    """Return a 64-bit number as a database keeps it.

    >>> signed(1), signed(2**64 - 1)
    (1, -1)
    """
    return code - 2**64 if code >> 63 else code


def _shingles(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield each run of words; runs go across paragraphs, so that it does not matter where a text is broken."""
    words = [word for paragraph in paragraphs for word in _WORD.findall(paragraph.casefold())]
    for start in range(len(words) - _RUN + 1):
        yield " ".join(words[start : start + _RUN])


def sketch(paragraphs: Iterable[str]) -> Sketch:
    """Return the smallest value in each bin; all bins are empty where the text is shorter than one shingle."""
    bins = [EMPTY] * BINS
    for shingle in set(_shingles(paragraphs)):
        code = stable_hash(shingle)
        at, value = code >> _BIN_BITS, code & _LOW
        bins[at] = min(bins[at], value)
    return tuple(bins)


def sample(kind: str, weights: Mapping[str, float], size: int) -> list[int]:
    """Return keys for some of the things that something has: as many as `size`, the heavy rather than the light.

    The same things with the same weights always give the same keys; of two that share most things, most of the keys are
    the same. Each thing gets an exponentially distributed number whose rate is its weight, and those with the smallest
    are the sample (Efraimidis and Spirakis, 2006).
    """
    hashes = {thing: stable_hash(f"{kind} {thing}") for thing in weights}
    chances = sorted((-math.log((code + 1) / 2**64) / weights[thing], code) for thing, code in hashes.items())
    return [signed(code) for _, code in chances[:size]]
