"""article-kg: turn articles into a knowledge graph you can trust.

`kg.open("output")` gives a build to ask from Python: `kg.collection.Collection` shows what it can be asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.collection import Collection

__version__ = "0.1.0"


def open(output: str | Path = "output", queries: str | Path | None = None) -> Collection:  # noqa: A001 - as in kg.open
    """Open the newest build in an output folder.

    `queries` is a folder with named questions of yours, by default `queries` beside the output folder. Raises
    BuildError where there is no build.
    """
    from kg.collection import open_collection  # noqa: PLC0415 - whoever asks for the version waits for nothing

    return open_collection(Path(output), Path(queries) if queries else None)
