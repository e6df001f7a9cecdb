"""How to build: what the user chose, and what every process that helps needs to know."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from kg.read import Limits, Where
from kg.store import Build
from kg.vocab import BASE, ontology_dir

_DECIDING: Final = ("model", "vocab", "read", "extract", "link", "derive")
"""The rooms that decide what is said of an article."""

_PROGRAM: Final = frozenset({".py", ".txt", ".json"})

Tell = Callable[[str, int, int, int], None]
"""Hears how far a build is: the stage, how many steps of it are done, how many there are, and the articles by now."""

FEWEST_FOR_WORKERS: Final = 64
"""Files, or pieces of them; below that, starting a process takes longer than the work."""


@dataclass(frozen=True, slots=True)
class Options:
    """The IRI that things live under, how many processes to use (0: the number of files decides), limits, vocabularies.

    Of the vocabularies, the files that the user names, the first takes precedence. `decisions` is the file of what
    curators decided.
    """

    base: str = BASE
    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    vocabularies: tuple[Path, ...] = ()
    decisions: Path | None = None

    def processes(self, files: int) -> int:
        """Return the number of processes for so many files, or pieces of them.

        Where there are many it is two at least: only a process apart can be ended and replaced when a file hangs it.
        """
        return self.workers or (max(2, os.cpu_count() or 1) if files >= FEWEST_FOR_WORKERS else 1)

    @classmethod
    def from_report(cls, report: dict[str, Any], output: Path = Path(), workers: int = 0) -> Options:
        """Return the options that the report of a build in `output` keeps."""
        limits = Limits(**{f.name: report["limits"][f.name] for f in fields(Limits)})
        named = tuple(path for path, _ in vocabularies(report, output))
        decisions = (output.resolve() / report["decisions"]).resolve() if report.get("decisions") else None
        return cls(report["base"], workers, limits, named, decisions)

    def reported(self) -> dict[str, Any]:
        """Return the options that decide what an article says, as the report of a build keeps them."""
        return {"limits": asdict(self.limits)}


def vocabularies(report: dict[str, Any], output: Path) -> tuple[tuple[Path, str], ...]:
    """Return the vocabularies of the user's that a build was made with, each with the SHA-256 that it had."""
    told = report.get("vocabularies", [])
    return tuple(((output.resolve() / one["path"]).resolve(), one["sha256"]) for one in told)


def where_of(build_: Build, output: Path) -> Where:
    """Return where the files of a build are, wherever its output and its articles were moved to together."""
    root = (output.resolve() / str(build_.report["root"])).resolve()
    copies = {path: build_.folder / name for path, name in build_.report["copies"].items()}
    return Where(root, copies, tuple(build_.report["folders"]))


def key_of(options: Options) -> str:
    """Return a digest of all that decides what an article says besides the article: one key, the same facts.

    It covers the program itself, so that a newer one never goes on from what an older one made.
    """
    sha = hashlib.sha256(f"{options.base} {sorted(asdict(options.limits).items())}".encode())
    package = Path(__file__).parent.parent
    code = [file for room in _DECIDING for file in sorted((package / room).rglob("*")) if file.suffix in _PROGRAM]
    for file in [*code, *sorted(ontology_dir().glob("*.ttl")), *options.vocabularies]:
        sha.update(f"{file.name} {file.stat().st_size} ".encode() + file.read_bytes())
    return sha.hexdigest()
