"""What the raw value of a stated field means: which stretches of it say what, in normal form."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from kg.model import Span
from kg.read.blocks import INVISIBLE
from kg.read.stated.dates import day_in
from kg.read.stated.languages import language_code
from kg.read.stated.people import people

Meanings = list[tuple[Span, str]]
"""Stretches of a value, each with what it means in normal form."""

_ADDRESS: Final = re.compile(r"\s*(https?://[^\s<>\"]+)\s*", re.IGNORECASE)
_CODE: Final = re.compile(r"(?<!`)`+([^`]+)`+")
_ELEMENT: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|"
    r"pre|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>|<!--(?:(?!<!--|-->).)*-->",
    re.IGNORECASE | re.DOTALL,
)
_BREAKS: Final = re.compile(r"</?(?:blockquote|br|div|h[1-6]|li|ol|p|pre|ul)\b", re.IGNORECASE)
_IMAGE: Final = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\s[^()]*)?\)")
_LINK: Final = re.compile(r"\[([^\[\]]+)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_NOTE: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|\d][^\[\]|]*)\]\]")
"""A link between notes, as Obsidian has it in its properties too."""
_EMPHASIS: Final = (
    re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*"),
    re.compile(r"(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<!\w)_(?=[^\W_])([^_]+)(?<=[^\s_])_(?!\w)"),
)
_TAG_CUT: Final = re.compile(r"[,;|、，；،؛]")
_HASHTAG_CUT: Final = re.compile(r"[,;|、，；،؛]|\s+(?=#)")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”")
_TAG_MARKS: Final = "\"'“”#[]"


def visible(value: str) -> str:
    """Return what a reader sees of a value: tags, link targets, emphasis and entities off, on one line.

    A bare address stays as it is.

    >>> visible("<a href='https://a.org'>Yuan Tang</a> (Ant&nbsp;Group), [B](https://b.org) of **C**")
    'Yuan Tang (Ant Group), B of C'
    """
    if _ADDRESS.fullmatch(value):
        return value.strip()
    parts = _CODE.split(value)
    words = "".join(p if i % 2 else _plain(p) for i, p in enumerate(parts))
    return " ".join(words.translate(INVISIBLE).split())


def _plain(text: str) -> str:
    text = _ELEMENT.sub(lambda tag: " " if _BREAKS.match(tag[0]) else "", text)
    text = _LINK.sub(r"\1", _NOTE.sub(r"\1", _IMAGE.sub("", text)))
    for mark in _EMPHASIS:
        text = mark.sub(r"\1", text)
    return html.unescape(text)


def meanings(name: str, value: str) -> Meanings:
    """Return what a value of a stated field means; nothing where it means nothing that is certain.

    `value` is one that `visible` made: with markup in it, its marks would count as words.

    >>> meanings("date", "May 9th, 2014")
    [(Span(start=0, end=13), '2014-05-09')]
    >>> [tag for _, tag in meanings("tag", 'hiring, "a, b", #remote work')]
    ['hiring', 'a, b', 'remote work']
    >>> meanings("author", "admin"), meanings("url", "/about/")
    ([], [])
    """
    read = _READERS.get(name, _whole)
    return read(value) if read is _whole or len(value) <= _MAX_LENGTH else []


def _whole(value: str) -> Meanings:
    """Return the value itself, if it has a word in it."""
    span = Span(0, len(value)).trimmed(value)
    words = " ".join(span.cut(value).split())
    return [(span, words)] if any(c.isalnum() for c in words) else []


def _source(value: str) -> Meanings:
    """Return the name of a publisher: an address is none."""
    return [] if _ADDRESS.fullmatch(value) else _whole(value)


def _date(value: str) -> Meanings:
    found = day_in(value)
    return [found] if found else []


def _language(value: str) -> Meanings:
    code = language_code(value)
    return [(Span(0, len(value)).trimmed(value), code)] if code else []


def _url(value: str) -> Meanings:
    match = _ADDRESS.fullmatch(value)
    return [(Span(*match.span(1)), match[1])] if match and _has_host(match[1]) else []


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _tags(value: str) -> Meanings:
    quoted = _QUOTED.sub(lambda m: "\x00" * len(m[0]), value)
    found: dict[str, Span] = {}
    cut = _HASHTAG_CUT if value.lstrip().startswith("#") else _TAG_CUT
    for piece in Span(0, len(value)).pieces(quoted, cut):
        span = piece.trimmed(value, _TAG_MARKS, _TAG_MARKS.replace("#", ""))
        found.setdefault(" ".join(span.cut(value).split()), span)
    return [(span, tag) for tag, span in found.items() if any(c.isalnum() for c in tag)]


_MAX_LENGTH: Final = 10_000
"""A longer value is no field but a text that came into one."""
_READERS: Final[Mapping[str, Callable[[str], Meanings]]] = {
    "author": people,
    "date": _date,
    "language": _language,
    "source": _source,
    "tag": _tags,
    "url": _url,
}
