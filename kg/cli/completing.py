"""Completion of commands, questions, their parameters and the names of things, in bash, zsh and fish."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from kg.cli.common import DEFAULT_OUTPUT, common_options
from kg.errors import KgError


class Bash(BashComplete):
    """Completion for bash, which takes "role=cto" for three words and replaces only the last of them."""

    name = "bash"
    source_template = BashComplete.source_template.replace(
        "COMPREPLY+=($value)", "COMPREPLY+=($value)\n            [[ $value == *= ]] && compopt -o nospace"
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one to complete, and that one, with what stands about "=" in one piece."""
        words, last = super().get_completion_args()
        joined: list[str] = []
        for word in (*words, last):
            if joined and (word == "=" or joined[-1].endswith("=")):
                joined[-1] += word
            else:
                joined.append(word)
        return joined[:-1], joined[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """Return the part of a completion that bash has not got yet."""
        name, equals, value = item.value.partition("=")
        return f"{item.type},{value if equals and value else name + equals}"


class Zsh(ZshComplete):
    """Completion for zsh, with no space behind "role="."""

    name = "zsh"
    source_template = ZshComplete.source_template.replace(
        'if [[ "$descr" == "_" ]]; then',
        'if [[ "$key" == *= ]]; then compadd -U -S "" -- "$key"; elif [[ "$descr" == "_" ]]; then',
    )


_SHELLS: Final[dict[str, type[ShellComplete]]] = {"bash": Bash, "fish": FishComplete, "zsh": Zsh}
for _shell in _SHELLS.values():
    add_completion_class(_shell)


@click.command(epilog="Example: kg completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(tuple(_SHELLS)))
@common_options
def completion(shell: str, output: Path) -> None:  # noqa: ARG001 - every command takes it
    """Print the script that makes a shell complete kg.

    It completes commands, options, questions, what these can be asked for, and the names of things in the build.
    """
    program = click.get_current_context().find_root().command
    click.echo(_SHELLS[shell](program, {}, "kg", "_KG_COMPLETE").source())


class Named(click.types.StringParamType):
    """The name of a thing of some kinds, by default of any that people look for."""

    name = "thing"

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds or ("topic", "role", "source", "field", "article")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the slugs of things whose label begins so; unlike labels, they need no quotes in any shell."""
        del param
        return _things(ctx, self.kinds, incomplete)


class QuestionName(click.types.StringParamType):
    """The name of a question."""

    name = "question"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the questions whose names begin so."""
        from kg.query import questions  # noqa: PLC0415

        del param
        try:
            known = questions(_own(ctx))
        except KgError:
            return []
        return [CompletionItem(q.name, help=q.english) for q in known if q.name.startswith(incomplete)]


class Setting(click.types.StringParamType):
    """What a question is asked for: KEY=VALUE."""

    name = "setting"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the keys of the question that begin so, or, behind "=", its values."""
        from kg.query import find_question  # noqa: PLC0415

        del param
        name = ctx.params.get("name") or next(iter(ctx.args), "")  # click keeps it there while -p lacks its value
        try:
            kinds = {p.name: p.kind for p in find_question(name, _own(ctx)).parameters}
        except KgError:
            return []
        key, equals, value = incomplete.partition("=")
        if not equals:
            return [CompletionItem(f"{name}=") for name in kinds if name.startswith(key)]
        return [CompletionItem(f"{key}={item.value}", help=item.help) for item in _values(ctx, kinds.get(key), value)]


def _values(ctx: click.Context, kind: str | None, value: str) -> Iterable[CompletionItem]:
    from kg.model import Modality  # noqa: PLC0415
    from kg.query import KINDS  # noqa: PLC0415

    if kind == "modality":
        return [CompletionItem(m.lower()) for m in Modality if m.lower().startswith(value.casefold())]
    return _things(ctx, (kind,), value) if kind in KINDS else []


def _things(ctx: click.Context, kinds: tuple[str, ...], begin: str) -> list[CompletionItem]:
    from kg.query import beginning  # noqa: PLC0415
    from kg.store import open_build  # noqa: PLC0415

    try:
        build = open_build(_output(ctx))
        return [CompletionItem(n, help=label) for n, label in beginning(build.store.engine, build.base, begin, *kinds)]
    except (KgError, OSError):
        return []


def _output(ctx: click.Context) -> Path:
    return Path(ctx.params.get("output") or DEFAULT_OUTPUT)


def _own(ctx: click.Context) -> Path:
    from kg.query import own_questions  # noqa: PLC0415

    return ctx.params.get("queries") or own_questions(_output(ctx))
