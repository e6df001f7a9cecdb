"""What every command has: its options, and how its errors reach the user."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn, ParamSpec

import click

from kg.errors import KgError

_P = ParamSpec("_P")
DEFAULT_OUTPUT: Final = "output"
PATH: Final = click.Path(path_type=Path)


def common_options(command: Callable[_P, None]) -> Callable[_P, None]:
    """Add what every command takes, and turn our errors into one line on stderr and exit code 1."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except KgError as error:
            _fail(error)
        except BrokenPipeError:  # whoever read our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            where = str(error.filename or kwargs.get("output", "file system"))
            _fail(KgError(where, str(error.strerror or error), "check the disk and its permissions"))

    for option in (
        click.option(
            "-v", "--verbose", is_flag=True, expose_value=False, callback=_remember, help="Tell more on stderr."
        ),
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_remember, help="Tell only problems."),
        click.option(
            "-o", "--output", type=PATH, default=DEFAULT_OUTPUT, show_default=True, help="The folder of built things."
        ),
    ):
        run = option(run)
    return run


def _fail(error: KgError) -> NoReturn:
    click.echo(f"kg: {error}", err=True)
    sys.exit(1)


def _remember(context: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    context.meta[f"kg.{option.name}"] = value


def is_set(flag: str) -> bool:
    """Tell whether the user asked to be told less ("quiet") or more ("verbose")."""
    return bool(click.get_current_context().meta.get(f"kg.{flag}"))
