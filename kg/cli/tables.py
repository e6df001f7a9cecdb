"""Tables and counts on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kg.errors import printable


def say_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, err: bool = False) -> None:
    """Print a table as wide as the terminal, or as wide as it needs to be when nobody looks at it."""
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(" ".join(cell.split()))) for cell in row))
    stream = sys.stderr if err else sys.stdout
    Console(stderr=err, width=None if stream.isatty() else 100_000).print(table)


def counted(what: str, count: int) -> str:
    """Return a number of things in words.

    >>> counted("article", 1), counted("row", 0)
    ('1 article', '0 rows')
    """
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
