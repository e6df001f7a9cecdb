"""Who an article is by: the single people and organisations in an author line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Span

_BY: Final = re.compile(r"\s*(?:(?:written|posted|published|words|text|story)\s+)?by(?::\s*|\s+)", re.IGNORECASE)
_BESIDE: Final = re.compile(r"\([^()]*\)|<[^<>]*>|\[[^\[\]]*\]")
"""What stands beside a name: a company, an address."""
_OTHERS: Final = re.compile(
    r"(?:^|[\s,]+)(?:on behalf of|in partnership with|with contributions from|et\s+al|(?:and|&)\s+others)\b",
    re.IGNORECASE,
)
"""What closes a list of names; nobody whose name counts stands behind it."""
_COMMA: Final = re.compile(r"[,，،](?:\s*(?:and|und|et|&)\s)?", re.IGNORECASE)
_AND: Final = re.compile(r"\s+(?:and|und|et|&)\s+", re.IGNORECASE)
_ORGANISATION: Final = re.compile(
    r"\b(?:team|staff|committees?|council|group|board|department|ministry|office|agency|bureau|service|services|"
    r"cent(?:er|re)s?|universit\w+|institut\w+|college|school|laborator\w+|labs?|foundation|association|society|"
    r"company|corporation|inc|llc|ltd|gmbh|press|news|editors|contributors|authors|leads|community|project|of|for)\b",
    re.IGNORECASE,
)
_PARTICLE: Final = r"(?:al|bin|da|das|de|del|den|der|di|do|dos|du|el|ibn|la|le|ten|ter|van|von|zu|zur)"
_WORD: Final = r"(?:[^\W\d_a-z][\w'’.-]*)"
_LISTED: Final = re.compile(
    rf"(?i:[;；؛|、](?:\s*(?:and|und|et|&)\s)?)|\s+[/•·]\s+|(?<=\x00\))\s+(?={_WORD}\s+{_WORD})"
)
_PERSON: Final = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}|{_WORD})){{0,3}}\s+{_WORD}")
_LOWER: Final = r"[^\W\d_A-Z]"
_FAMILY: Final = rf"(?:{_PARTICLE}\s+)*[^\W\d_a-z](?:['’][^\W\d_a-z])?{_LOWER}+(?:-[^\W\d_a-z]{_LOWER}+)?"
_GIVEN: Final = rf"[^\W\d_a-z](?:{_LOWER}+|\.)(?:[\s-][^\W\d_a-z](?:{_LOWER}+|\.?))?(?:\s+[^\W\d_a-z]\.)*"
_INVERTED: Final = re.compile(rf"({_FAMILY})\s*,\s*({_GIVEN})")
_BEHIND: Final = re.compile(
    r"(?:jr|sr|i{2,3}|iv|ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|mba|esq|cpa|rn|inc|llc|ltd|gmbh|et\s+al|others)\.?"
    r"|(?:(?:senior|staff|chief|contributing|guest|special|managing)\s+)*"
    r"(?:writer|editor|reporter|correspondent|contributor|columnist|author)\b.*"
    r"|.*\b(?:engineer|developer|director|manager|professor|researcher|scientist|analyst|consultant|founder|ceo|cto)\b.*",
    re.IGNORECASE,
)
"""What follows a name behind a comma, and is nobody else."""
_NOBODY: Final = {
    "admin", "administrator", "anonymous", "author", "authors", "default", "editor", "guest", "n/a", "na", "nil",
    "nobody", "none", "null", "others", "root", "staff", "tba", "tbd", "test", "undefined", "unknown", "user",
    "webmaster", "et al", "et al.", "name", "your name",
}  # fmt: skip
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+", re.IGNORECASE)
_MAIL_FIRST: Final = re.compile(r"\s*[^\s@()]+@[^\s@()]+\s+\(([^()]+)\)\s*")
_MARKS: Final = "\"'`“”„‚*_@:–—-•·\\[]{}"
_ENDS: Final = _MARKS + ",;"
_INITIAL: Final = re.compile(r"(?:^|[\s.-])\w\.$|\b(?:jr|sr|inc|ltd|co|corp)\.$", re.IGNORECASE)
_MAX_WORDS: Final = 12


def people(value: str) -> list[tuple[Span, str]]:
    """Return the people and organisations in an author line, each as it is called: first name first, no company.

    >>> [name for _, name in people("By Yuan Tang (Ant Group), Wei Yan, and Rong Ou (NVIDIA)")]
    ['Yuan Tang', 'Wei Yan', 'Rong Ou']
    >>> [name for _, name in people("Lee, Ann; Carpentries Staff and Steering Committees; admin")]
    ['Ann Lee', 'Carpentries Staff and Steering Committees']
    """
    by = _BY.match(value)
    line = _hidden(value)
    others = _OTHERS.search(line)
    found: list[tuple[Span, str]] = []
    for part in Span(by.end() if by else 0, others.start() if others else len(value)).pieces(line, _LISTED):
        for span in _single(part, line):
            found += _named(span, value)
    return list({name.casefold(): (span, name) for span, name in reversed(found)}.values())[::-1]


def _hidden(value: str) -> str:
    """Return a line of the same length in which no comma stands beside a name: "Andy Keller (observIQ, Inc)"."""
    return _BESIDE.sub(lambda m: "(" + "\x00" * (len(m[0]) - 2) + ")", value)


def _single(part: Span, line: str) -> Iterator[Span]:
    """Yield the single names in a part of a line that may still list some with commas and with "and"."""
    sides = list(part.pieces(line, _AND))
    if all(_inverted(side.cut(line)) for side in sides):
        yield from sides
        return
    names = [name for piece in part.pieces(line, _COMMA) for name in _joined(piece, line)]
    yield from (name for i, name in enumerate(names) if not i or not _BEHIND.fullmatch(name.cut(line)))


def _joined(piece: Span, line: str) -> list[Span]:
    names = list(piece.pieces(line, _AND))
    return names if _are_several([name.cut(line) for name in names]) else [piece]


def _are_several(names: list[str]) -> bool:
    """Tell whether names joined by "and" are several, unlike "Department of Health and Human Services"."""
    names = [_BESIDE.sub("", name).strip() for name in names]
    if not any(_ORGANISATION.search(name) for name in names):
        return True
    return any(_PERSON.fullmatch(name) and not _ORGANISATION.search(name) for name in names)


def _named(span: Span, value: str) -> Iterator[tuple[Span, str]]:
    """Yield what a stretch names, if it names anybody."""
    words = span.cut(value)
    if mail := _MAIL_FIRST.fullmatch(words):
        span = Span(span.start + mail.start(1), span.start + mail.end(1))
    else:
        span = _without_beside(span, value)
    words = span.cut(value)
    if inverted := _inverted(words):
        yield span, f"{inverted[2]} {inverted[1]}"
    elif _is_somebody(words):
        yield span, " ".join(words.split())


def _inverted(words: str) -> re.Match[str] | None:
    """Tell whether a name has the family name first, with a comma; scripts without capitals are not written so."""
    match = _INVERTED.fullmatch(words)
    return match if match and match[2][0].isupper() else None


def _without_beside(span: Span, value: str) -> Span:
    """Leave off what stands beside a name, and the marks around it."""
    while True:
        span = span.trimmed(value, _ENDS, _ENDS)
        words = span.cut(value)
        beside = [m for m in _BESIDE.finditer(words) if m.end() == len(words.rstrip(". "))]
        if beside and beside[0].start():
            span = Span(span.start, span.start + beside[0].start())
        elif words.endswith(".") and not _INITIAL.search(words):
            span = Span(span.start, span.end - 1)
        else:
            return span


def _is_somebody(words: str) -> bool:
    if words.casefold() in _NOBODY or _ADDRESS.fullmatch(words):
        return False
    return any(c.isalpha() for c in words) and len(words.split()) <= _MAX_WORDS
