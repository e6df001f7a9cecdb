"""The digests of the files of a finished build: what changes in one afterwards, be it one bit, is seen and named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.check.problems import Problem

_SEALED: Final = ("*.ttl", "*.trig", "store/*.sst", "store/CURRENT", "store/MANIFEST-*", "store/*.log")
"""What no reader ever writes to. The store's own diary (LOG) and the page, which can be made anew, are left out."""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(build: Path, before: Path | None = None, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the SHA-256 of each file of a build that must not change any more, by its path in the build's folder.

    A file that is the same one (a hard link) as in the build `before` has the digest that is `known` of it there, and
    is not read: so a small change to a large build stays quick.
    """
    files = sorted(path for pattern in _SEALED for path in build.glob(pattern))
    names = {path.relative_to(build).as_posix(): path for path in files}
    digests = known if before and known else {}
    return {
        name: digests[name] if before and name in digests and _is_same(path, before / name) else sha256(path)
        for name, path in names.items()
    }


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def broken(build: Path, seals: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the files of a build that are gone, or not what they were when it was finished."""
    for name, digest in sorted(seals.items()):
        path = build / name
        if not path.is_file():
            yield Problem(name, "is gone; build again")
        elif sha256(path) != digest:
            yield Problem(name, "was changed or damaged after it was built; build again")
