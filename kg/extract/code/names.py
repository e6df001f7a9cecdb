"""Tell from the shape of words that are set as code whether they name something that a reader would look up."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from kg.extract.datafile import rows

_FILE: Final = Path(__file__).with_name("commands.txt")
_COMMAND: Final = re.compile(r"(?P<program>[\w-]+)(?: [^\s<>…{}\[\]]+)*")
_LEFT_OUT: Final = "..."
_ENDINGS: Final = (
    "bash|c|cfg|conf|cpp|cs|css|csv|dll|dockerfile|env|exe|go|gradle|h|html|ini|ipynb|java|js|json|jsx|kt|lock|log|md|mdx"
    "|php|proto|py|r|rb|rs|scss|sh|so|sql|swift|tf|toml|ts|tsx|txt|xml|ya?ml"
)
_SHAPES: Final = (
    r"--?\w[\w-]*(?:=\S+)?",  # an option: --headless=new
    r"\$?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?:=\S+)?",  # a variable of the environment
    rf"(?:\S*/)?[\w.-]+\.(?i:{_ENDINGS})",  # a file
    r"@?[\w.-]+/[\w.-]+",  # a package within an organisation, or a repository
    r"[\w<>]+(?:::[\w<>]+)+",  # a path of C++ or Rust
    r"_?[a-z0-9]+(?:_[a-z0-9]+)+",  # snake_case
    r"[a-z][a-z0-9]*(?:-[a-z0-9.]+)+",  # kebab-case, as packages and programs are named
    r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+",  # camelCase
    r"[\w.:]+\(\)",  # a function
)
_NAME: Final = re.compile("|".join(_SHAPES))
_LONGEST: Final = 80


def is_name(words: str) -> bool:
    """Tell whether code is a command, an option, a file, a package or a name of its own; another word or value is not.

    >>> [is_name(w) for w in ("cargo clippy", "--dry-run", "pytest-cov", "setup.py", "std::mem::drop", "MAX_SIZE")]
    [True, True, True, True, True, True]
    >>> [is_name(w) for w in ("true", "3.9", "user", "'hello'", "x = 1", "git commit -m <message>")]
    [False, False, False, False, False, False]
    """
    if len(words) > _LONGEST or _LEFT_OUT in words:
        return False
    command = _COMMAND.fullmatch(words)
    return bool(_NAME.fullmatch(words)) or (command is not None and command["program"] in _programs())


@cache
def _programs() -> frozenset[str]:
    return frozenset(word for row in rows(_FILE) for word in row.split())
