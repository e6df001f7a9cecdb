"""Which format a file has by its name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import KgError


def known(path: Path, suffixes: Iterable[str]) -> str:
    """Return the suffix of a file; raises KgError, naming all suffixes, when it is none of them."""
    if path.suffix not in suffixes:
        raise KgError(str(path), f"no format has the suffix {path.suffix!r}", f"use one of: {' '.join(suffixes)}")
    return path.suffix
