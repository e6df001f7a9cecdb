"""The options that raise or lower what one input may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

_MB: Final = 1_000_000
_SIZE: Final = click.FloatRange(0, 1e9, min_open=True)
_COUNT: Final = click.IntRange(1)
_F = TypeVar("_F", bound=Callable[..., Any])

_LIMITS: Final = (
    ("--max-file-size", "file_bytes", _SIZE, 50, "The largest file, record or member of an archive, in MB."),
    ("--max-expanded", "expanded_bytes", _SIZE, 2000, "All that a compressed file may expand to, in MB."),
    ("--max-ratio", "expansion_ratio", _COUNT, 200, "How many times its size a compressed file may expand to."),
    ("--max-nesting", "nesting", click.IntRange(1, 20), 4, "How deep archives, mails and feeds may lie in each other."),
    ("--max-pages", "pages", _COUNT, 5000, "Pages of a PDF, chapters of a book."),
)


def limit_options(command: _F) -> _F:
    """Add an option for each limit; the defaults are those of kg.read.Limits, which a test holds together."""
    for flag, name, type_, default, text in reversed(_LIMITS):
        to_bytes = _bytes if type_ is _SIZE else None
        option = click.option(flag, name, type=type_, default=default, show_default=True, help=text, callback=to_bytes)
        command = option(command)
    return command


def _bytes(_context: click.Context, _option: click.Parameter, megabytes: float) -> int:
    return int(megabytes * _MB)
