"""The tokens of SPARQL, as far as it takes to tell a keyword from what only looks like one."""

from __future__ import annotations

import re
from typing import Final

TOKEN: Final = re.compile(
    r"""
    \"{3}(?:\\.|(?!\"{3}).)*\"{3} | '{3}(?:\\.|(?!'{3}).)*'{3}           # long literals
    | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*'                       # short literals
    | <[^<>"{}|^`\\\x00-\x20]*>                                           # IRIs
    | \#[^\r\n]*                                                          # comments
    | @[\w-]+ | [?$]\w+                                                  # languages, variables
    | [\w.-]*:(?:\\.|[\w.:%-])* | \d+                                     # prefixed names, numbers
    | (?P<word>[A-Za-z]+)
    | .
    """,
    re.DOTALL | re.VERBOSE,
)


def pattern_start(sparql: str) -> int:
    """Return where the pattern of a query begins, behind its first bracket; the length of a text that has none.

    >>> sparql = 'CONSTRUCT { ?s ?p ?o } # WHERE {' + chr(10) + 'WHERE { ?s ?p ?o }'
    >>> sparql[pattern_start(sparql):]
    ' ?s ?p ?o }'
    """
    tokens = [t for t in TOKEN.finditer(sparql) if not t.group().isspace() and not t.group().startswith("#")]
    words = [(t["word"] or "").upper() for t in tokens]
    after = words.index("WHERE") if "WHERE" in words else 0
    return next((t.end() for t in tokens[after:] if t.group() == "{"), len(sparql))
