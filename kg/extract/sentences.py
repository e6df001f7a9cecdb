"""Cut text into sentences without changing a character of it.

One pattern finds the places where a sentence may end: a mark that ends sentences, with the brackets, quotes and
references that belong to it, before what may begin one. Only a full stop is then in doubt; the words around it decide.
Most doubts are English, but the marks of other scripts and what is common in European languages are known. Nothing
looks further back than two words, so time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.extract.datafile import rows
from kg.model import Span

_CLOSING: Final = r"""(?:["'”’“»)\]*_`¹²³⁴-⁹⁰]|[ \u00a0\u202f]»)*+"""
_GAP: Final = r"\n[^\S\n]*+\n"
"""An empty line."""

_NOTES: Final = (
    r"(?:(?: ?\[(?:\^[\w-]{1,40}|\d[\d\s,–-]{0,40}|[a-z ]{1,20} needed)\](?!\())++(?=\s+[^\sa-z]|\s*\Z|[^\S\n]*+"
    + _GAP
    + r"))?+"
)
"""References behind the mark: "[1] [2–4]", "[^note]"; they belong to the sentence that ends."""

_BEGINS: Final = r"(?P<next>[a-z]+[A-Z]|[^\sa-z.,;:!?…)\]}%&|+=/]\w*|\.[A-Z])"
"""What may begin a sentence: no small letter, but "iPhone"; no mark that goes on with one, but ".NET"."""

_END: Final = re.compile(
    rf"""(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>{_CLOSING}){_NOTES}(?=\s++(?:["'“‘„«¿¡*_—–-]++\s?)?+{_BEGINS})"""
    r"""|[。！？｡।॥؟۔።]["'”’»)\]」』）】]*+"""  # marks that have no other meaning
    r"|(?<=:)[^\S\n]*+\n(?=\s*+[^\sa-z])"  # behind words that lead to lines of their own
    rf"|{_GAP}"
)


_KINDS: Final = {
    kind: frozenset(words.split())
    for kind, _, words in (row.partition(":") for row in rows(Path(__file__).with_name("abbreviations.txt")))
}
_ALWAYS, _TITLES, _NUMBERED, _OPEN = (_KINDS[kind] for kind in ("always", "title", "number", "open"))
_ORDINAL, _NAMED, _OPENERS, _BY = (_KINDS[kind] for kind in ("ordinal", "named", "opener", "by"))

_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
"""Letters with stops between them: "U.S", "a.m", "Ph.D"."""

_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,5}|[a-zA-Z]")
"""What numbers an item or a heading that begins with it: "2", "2.1", "iv", "b"."""

_DAY: Final = re.compile(r"\d{1,2}")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_QUOTES: Final = "([{\"'“‘„«*_`"
_BEFORE: Final = 48
"""Code points before a full stop that are looked at: room for two words."""


def sentences(text: str, span: Span | None = None) -> Iterator[Span]:
    """Yield the sentences of `text` (or of a span of it) in order, without the space around them.

    >>> text = "It works, e.g. Here. Does it?  Yes."
    >>> [s.cut(text) for s in sentences(text)]
    ['It works, e.g. Here.', 'Does it?', 'Yes.']
    """
    whole = span or Span(0, len(text))
    start = whole.start
    for found in _END.finditer(text, whole.start, whole.end):
        if found["next"] is None or _ends(text, start, found):
            yield from _trimmed(text, start, found.end())
            start = found.end()
    yield from _trimmed(text, start, whole.end)


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a mark ends the sentence that began at `start`; only a bare full stop is ever in doubt."""
    following = found["next"]
    if following[0].islower() and following.islower():
        return False
    if found["stop"] != "." or found["close"]:
        return True
    words = [w.lstrip(_QUOTES) for w in text[max(start, found.start() - _BEFORE) : found.start()].split()]
    if _only_numbers(words):
        return False
    before, last = words[-2] if len(words) > 1 else "", words[-1] if words else ""
    if len(last) == 1 and text.startswith(".", found.end("next")) and len(following) == 1:
        return not following.isalpha()
    return not _abbreviated(before, last, following)


def _only_numbers(words: list[str]) -> bool:
    """Tell whether all there is before a full stop numbers what follows: "2." or "Figure 1."."""
    match words:
        case [number] | [_, number] if len(words) == 1 or words[0] in _NAMED:
            return _NUMBER.fullmatch(number) is not None
        case _:
            return False


def _abbreviated(before: str, last: str, following: str) -> bool:
    """Tell whether the word before a full stop is cut short and its sentence goes on."""
    if last in _ALWAYS or last in _TITLES:
        return True
    if last in _NUMBERED and (following[0].isdigit() or _ROMAN.fullmatch(following)):
        return True
    if following.lstrip(_QUOTES) in _OPENERS:
        return False
    if last in _OPEN or _DOTTED.fullmatch(last):
        return True
    if _DAY.fullmatch(last):
        return before in _ORDINAL
    return len(last) == 1 and last.isupper() and (before in _BY or not before.islower() or before.endswith("."))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
