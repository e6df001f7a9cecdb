"""The `kg` command: thin commands over the library. Heavy imports live inside the commands that need them."""

from __future__ import annotations

import io
import signal
import sys

import click

from kg import __version__
from kg.cli.asking import query, questions, why
from kg.cli.building import add, build, remove
from kg.cli.comparing import decide, diff
from kg.cli.completing import completion
from kg.cli.giving import check, export, show
from kg.cli.graphing import central, communities, gaps, path, reading_path, related
from kg.cli.serving import serve, site
from kg.cli.terms import terms

__all__ = ["main"]


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: kg build && kg query reading -p role=CTO && kg show",
)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn articles into a knowledge graph you can trust."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


_COMMANDS = (add, build, check, decide, diff, export, query, questions, remove, serve, show, site, terms, why)
_GRAPH_QUESTIONS = (central, communities, gaps, path, reading_path, related)
for _command in (*_COMMANDS, *_GRAPH_QUESTIONS, completion):
    main.add_command(_command)
