"""Read the data files beside the extractors: a row on each line, and lines that begin with "#" say what they are."""

from __future__ import annotations

from pathlib import Path


def rows(file: Path) -> list[str]:
    """Return the lines of a data file that are no comments.

    >>> rows(Path(__file__).with_name("verbs.txt"))[:2]
    ['allowlist', 'anchor']
    """
    return [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
