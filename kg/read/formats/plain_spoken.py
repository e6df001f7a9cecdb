"""Plain text of what was said or posted: subtitles, transcripts, threads. Numbers and times are no text of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.model import Block, BlockKind, Span
from kg.read.blocks import TEXT
from kg.read.inputs import Document

_TIME: Final = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE: Final = re.compile(rf"^(?:{_TIME})[ \t]+-->[ \t]+{_TIME}.*$", re.MULTILINE)
_CUE_SILENT: Final = re.compile(
    rf"WEBVTT\b|(?:Kind|Language|X-TIMESTAMP-MAP|Region|Style)[:=]|{_TIME}[ \t]+-->|[^\n]*\n{_TIME}[ \t]+-->"
)
"""What stands above a time is the number or the name of a subtitle."""
_HIDDEN: Final = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_VOICE: Final = re.compile(r"(?:<[^<>\n]*>|\{\\[^{}\n]*\}|-[ \t]+|>>[ \t]*|\s)+")

_STAMPED: Final = re.compile(
    rf"^[ \t]*[\[(]{_TIME}[\])][ \t]*[-–—:]?[ \t]*|^[^\n]{{1,60}}?(?:[ \t]{{2,}}|\t)[\[(]?{_TIME}[\])]?[ \t]*$",
    re.MULTILINE,
)
_OPENING_TIME: Final = re.compile(rf"[ \t]*(?:[\[(]{_TIME}[\])]|{_TIME}[ \t]*$)[ \t]*[-–—:]?[ \t]*")
_CLOSING_TIME: Final = re.compile(rf"(?:[ \t]{{2,}}|\t)[\[(]?{_TIME}[\])]?[ \t]*$")
_LONE_TIME: Final = re.compile(rf"^[ \t]*{_TIME}[ \t]*$", re.MULTILINE)

_POST: Final = re.compile(r"^[ \t]*\(?(\d{1,3})/(?:\d{1,3}|[nN])?\)?(?:[ \t]+|$)", re.MULTILINE)
_FEWEST: Final = 3
"""Times or numbers that make a transcript or a thread of a text; fewer may stand in any."""
_EVERY: Final = 6
"""A text is a transcript when one in this many of its lines has a time, at least."""

_TAIL: Final = 80
"""Characters at the end of a line among which its marks stand."""
_LOOKED_AT: Final = 50_000
"""Characters that show what a text is written in."""

_LINE: Final = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one manner of such texts is known, and what of its lines is text."""

    is_in: Callable[[str], bool]
    silent: re.Pattern[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]


def marked(text: str) -> Document | None:
    r"""Return the document of a text that is surely subtitles, a transcript or a thread, else none.

    >>> document = marked("1\n00:00:01,000 --> 00:00:02,000\nBe kind.\n")
    >>> [b.span.cut(document.text) for b in document.blocks]
    ['Be kind.']
    """
    manner = next((m for m in _MANNERS if m.is_in(text[:_LOOKED_AT])), None)
    return Document(text, tuple(_blocks(text, manner)), is_set=True) if manner else None


def _blocks(text: str, manner: _Manner) -> Iterator[Block]:
    hidden = False
    for found in _LINE.finditer(text):
        words = found.group()
        if not found.start() or text.startswith("\n\n", found.start() - 2):
            hidden = manner.opening is _VOICE and bool(_HIDDEN.match(words))
        if hidden or manner.silent.match(text, found.start()):
            continue
        span = _without_marks(found, manner)
        if TEXT.search(span.cut(text)):
            yield Block(span, BlockKind.LINE)


def _without_marks(line: re.Match[str], manner: _Manner) -> Span:
    """Return the span of a line without what marks its beginning and its end."""
    words = line.group()
    opening, closing = manner.opening.match(words), manner.closing.search(words, max(0, len(words) - _TAIL))
    start = opening.end() if opening else len(words) - len(words.lstrip())
    end = closing.start() if closing else len(words.rstrip())
    return Span(line.start() + start, line.start() + max(start, end))


def _has_cues(text: str) -> bool:
    return bool(_CUE.search(text))


def _has_times(text: str) -> bool:
    times = len(_STAMPED.findall(text)) + len(_LONE_TIME.findall(text))
    return times >= _FEWEST and times * _EVERY >= len(_LINE.findall(text))


def _has_posts(text: str) -> bool:
    """Tell whether lines are numbered "1/", "2/", ... from the first one on."""
    numbers = [int(number) for number in _POST.findall(text)]
    return (
        len(numbers) >= _FEWEST
        and numbers[0] in {1, 2}
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


_NONE: Final = re.compile(r"(?!)")
_MANNERS: Final = (
    _Manner(_has_cues, _CUE_SILENT, _VOICE, re.compile(r"(?:</?[^<>\n]*>|\s)+$")),
    _Manner(_has_times, re.compile(r"Transcribed by \S+$", re.MULTILINE), _OPENING_TIME, _CLOSING_TIME),
    _Manner(_has_posts, _NONE, _POST, re.compile(r"(?:[\s🧵👇⬇\ufe0f]|\d{1,3}/\d{1,3}$)+$")),
)
