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


def pattern_starts(sparql: str) -> list[int]:
    """Return where the pattern of a query begins, behind its first bracket, and that of a subquery it begins with.

    A text without brackets has its end.

    >>> sparql = 'CONSTRUCT { ?s ?p ?o } # WHERE {' + chr(10) + 'WHERE { { SELECT ?s { ?s ?p ?o } LIMIT 5 } ?s ?p ?o }'
    >>> [sparql[start:] for start in pattern_starts(sparql)]
    [' { SELECT ?s { ?s ?p ?o } LIMIT 5 } ?s ?p ?o }', ' ?s ?p ?o } LIMIT 5 } ?s ?p ?o }']
    """
    tokens = [t for t in TOKEN.finditer(sparql) if not t.group().isspace() and not t.group().startswith("#")]
    words = [(t["word"] or "").upper() for t in tokens]
    after = words.index("WHERE") if "WHERE" in words else 0
    brackets = [at for at, t in enumerate(tokens) if at >= after and t.group() == "{"]
    starts = [tokens[at].end() for at in brackets[:1]]
    if brackets[1:] and brackets[1] == brackets[0] + 1 and words[brackets[1] + 1] == "SELECT":
        starts += [tokens[at].end() for at in brackets[2:3]]
    return starts or [len(sparql)]
