"""`python -m tests.quality [SET ...]`: score the extractors on annotated articles (default: train and dev)."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from tests.quality.gold import SHARED, examples, present
from tests.quality.scoring import table


def main() -> None:
    """Score, and print a table for each set."""
    if not present():
        sys.exit(f"no annotated articles at {SHARED / 'gold'}: nothing to score")
    for name in sys.argv[1:] or ["train", "dev"]:
        shown = Table(name, "P", "R", "F1", "articles", box=None)
        for kind, (p, r, f1, n) in table(examples(name)).items():
            shown.add_row(kind, f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}", str(n))
        Console().print(shown)


if __name__ == "__main__":
    main()
