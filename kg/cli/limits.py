"""The options that raise or lower what one input may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

_MB: Final = 1_000_000
_F = TypeVar("_F", bound=Callable[..., Any])


class _Megabytes(click.ParamType):
    """A size that people give in MB and the program takes in bytes."""

    name = "MB"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes."""
        try:
            size = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number of megabytes", param, ctx)
        if not 0 < size * _MB < 2**50:
            self.fail(f"{value!r} is not a size", param, ctx)
        return int(size * _MB)


_LIMITS: Final = (
    ("--max-file-size", "file_bytes", _Megabytes(), "50", "The largest file, record or member of an archive, in MB."),
    ("--max-expanded", "expanded_bytes", _Megabytes(), "2000", "All that a compressed file may expand to, in MB."),
    ("--max-ratio", "expansion_ratio", click.IntRange(1), 200, "How many times its size a compressed file may expand."),
    ("--max-nesting", "nesting", click.IntRange(1, 20), 4, "How deep archives, mails and feeds may lie in each other."),
    ("--max-pages", "pages", click.IntRange(1), 5000, "Pages of a PDF, chapters of a book."),
)


def limit_options(command: _F) -> _F:
    """Add an option for each limit; the defaults are those of kg.read.Limits, which a test holds together."""
    for flag, name, type_, default, text in reversed(_LIMITS):
        command = click.option(flag, name, type=type_, default=default, show_default=True, help=text)(command)
    return command
