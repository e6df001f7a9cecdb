"""How to build: what the user chose, and what every process that helps needs to know."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from kg.read import Limits
from kg.vocab import BASE

_FEWEST_FOR_WORKERS: Final = 64
"""Files; below that, starting a process takes longer than the work."""


@dataclass(frozen=True, slots=True)
class Options:
    """The IRI that things live under, how many processes to use (0: the number of files decides), limits, vocabularies.

    Of the vocabularies, the files that the user names, the first takes precedence.
    """

    base: str = BASE
    workers: int = 0
    limits: Limits = field(default_factory=Limits)
    vocabularies: tuple[Path, ...] = ()

    def processes(self, files: int) -> int:
        """Return the number of processes for so many files."""
        return self.workers or (os.cpu_count() or 1 if files >= _FEWEST_FOR_WORKERS else 1)

    @classmethod
    def from_report(cls, report: dict[str, Any]) -> Options:
        """Return the options that the report of a build keeps."""
        return cls(limits=Limits(**{f.name: report["limits"][f.name] for f in fields(Limits)}))

    def reported(self) -> dict[str, Any]:
        """Return the options that decide what an article says, as the report of a build keeps them."""
        return {"limits": asdict(self.limits)}


def vocabularies(report: dict[str, Any], output: Path) -> tuple[tuple[Path, str], ...]:
    """Return the vocabularies of the user's that a build was made with, each with the SHA-256 that it had."""
    told = report.get("vocabularies", [])
    return tuple(((output.resolve() / one["path"]).resolve(), one["sha256"]) for one in told)
