"""Clean the words of a block of Markdown: of marks that tools and sites put there, and that no reader of them sees.

What a mark shows to a reader stays: the words of a link between notes, the title of a callout, a caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kg.read.blocks import HAN_MARK

BRACES: Final = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_CODE: Final = r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\2(?!`)"
_NOISE: Final = (
    r"\{\{(?:(?!\{\{|\}\}).)*+\}\}"  # a shortcode or a value of a template
    r"|(?P<tag>\{%(?:(?!\{%|%\}).)*+%\})"  # a tag of a template
    r"|^(?:TOC\n)?[ \t]*\{:toc[^{}\n]*\}[ \t]*$|^\[\[?_*TOC_*\]?\][ \t]*$"  # where the contents go
    r"|(?<![ \t])[ \t]*\{(?::|[#.][^\s{}])[^{}\n]*\}"  # a list of attributes
    r"|\{(?<=[)\]>`]\{)(?:[\w:-]+=|=\w)[^{}\n]*\}|^\{[\w:-]+=[^{}\n]*\}[ \t]*$"  # the same, of names and values
    r"|^[ \t]*:{3,}[ \t]*(?P<fence>[^\n]*)$"  # the fence of a callout
    r"|^\[!\w+\][+-]?(?:[ \t]*(?P<callout>\S[^\n]*)\n(?![a-z]))?"  # the mark of a callout in a quotation
)
_NOTES: Final = (
    r"|(?:!|(?<![A-Za-z0-9_\]]))\[\[(?=\S)(?=[^\[\]\n]{0,300}\]\])"  # a link between notes, of some length
    r"(?P<note>[^\[\]\n]*?[^\W\d][^\[\]\n]*)\]\](?![\[(])"
    r"|=(?<![=A-Za-z0-9_]=)=(?P<high>[^\s=](?:[^=\n]{0,500}[^\s=])?)==(?![=A-Za-z0-9_])"  # words that are marked
    r"|\^(?<=[^\s(\[]\^)\[(?P<foot>(?:[^\[\]]|\[[^\[\]]*+\])++)\](?!\()"  # a footnote in its place
    r"|(?:^|[ \t])\^(?=[A-Za-z0-9-]{2,80}\s*\Z)(?=[\w-]*[A-Za-z])[A-Za-z0-9-]+\s*\Z"  # the name of a block
    r"|:(?<!\w:)(?P<emoji>[a-z0-9_+-]{1,40}):(?!\w)"
)
_PLAIN: Final = re.compile(rf"(?P<code>{_CODE})|{_NOISE}{_NOTES}", re.DOTALL | re.MULTILINE)
_MDX: Final = re.compile(
    rf"(?P<code>{_CODE}|\$[^$\s][^$]{{0,1000}}\$)|{BRACES}|{_NOISE}{_NOTES}", re.DOTALL | re.MULTILINE
)
"""The same in MDX, where all else in braces is an expression, but for formulas."""

_MARKS: Final = re.compile(r"[{^]|:::|\[!|\[\[|==|TOC|:[a-z0-9_+-]+:")
"""What all noise has in it, so that most text need not be searched for each kind."""

_NO_TARGET: Final = re.compile(r"\]\(\s+(?=[\"'])")
"""A link with a title whose target came from a template."""

_WRAPPED: Final = re.compile(f"(?<=[\u3001-\u9fff\uff01-\uff60])\n(?=[\u3001-\u9fff\uff01-\uff60])(?!{HAN_MARK})")
"""A line end within Chinese or Japanese, which set no space between words."""

_EMOJI: Final = frozenset(Path(__file__).with_name("emoji.txt").read_text(encoding="ascii").split())
_TITLE: Final = re.compile(
    r"\w*\[(?P<braced>[^\[\]]+)\]|[\w-]+[ \t]+(?P<bare>(?!.*:::)[^\s{:=][^{}=]*)|\{admonition\}[ \t]*(?P<named>.+)"
)
_SHOWN: Final = tuple(
    re.compile(rf"(?<![\w-]){name}=(?:\"([^\"{{}}]*)\"|'([^'{{}}]*)')") for name in ("caption", "title")
)
_PICTURE: Final = re.compile(r"\{%-?\s*(?:include|fig|image|img|picture|video)")


def cleaned(words: str, *, mdx: bool) -> str:
    r"""Return the words of a block without the noise in them; code stays as it is.

    >>> cleaned("see [[Ann Oduya|Ann]] {{ x }}and ==us== `[[x]]`{.r} :tada:", mdx=False)
    'see Ann and us `[[x]]` '
    """
    if _MARKS.search(words):
        words = (_MDX if mdx else _PLAIN).sub(_kept, words)
    return _WRAPPED.sub("", _NO_TARGET.sub("](<> ", words))


def caption(tag: str) -> str:
    """Return what a tag of a template shows below a picture, or else above it.

    >>> caption("{{< figure src='x.png' title='One' caption='The first run.' >}}")
    'The first run.'
    """
    found = next((found for name in _SHOWN if (found := name.search(tag))), None)
    return (found[1] or found[2] or "").strip() if found else ""


def _kept(found: re.Match[str]) -> str:
    """Return what a reader sees of what looks like noise."""
    name = str(found.lastgroup)
    return _READ[name](found) if name in _READ else ""


def _tag(found: re.Match[str]) -> str:
    return _own_line(caption(found[0])) if _PICTURE.match(found[0]) else ""


def _fence(found: re.Match[str]) -> str:
    title = _TITLE.fullmatch(found["fence"].rstrip())
    return _own_line(str(title[str(title.lastgroup)]) if title else caption(found["fence"]))


def _own_line(words: str) -> str:
    """Return words between hard breaks, in the middle of whatever they stand."""
    return f"\\\n{words}\\\n" if words else ""


def _note(found: re.Match[str]) -> str:
    """Return the name that a link to a note shows; a note or picture that is shown in its place is none."""
    name, _, shown = found["note"].partition("|")
    above, _, heading = name.partition("#")
    return "" if found[0].startswith("!") else shown or above or heading


def _emoji(found: re.Match[str]) -> str:
    return "" if found["emoji"] in _EMOJI else found[0]


_READ: Final[Mapping[str, Callable[[re.Match[str]], str]]] = {
    "code": lambda found: found["code"],
    "tag": _tag,
    "fence": _fence,
    "callout": lambda found: _own_line(found["callout"]),
    "note": _note,
    "high": lambda found: found["high"],
    "foot": lambda found: f" ({found['foot']})",
    "emoji": _emoji,
}
"""What stays of each kind of noise."""


_BROKEN: Final = re.compile(
    r"!\[[^\[\]\n]*\]\([^()\n]*\)"
    r"|(?<![\w\]])\[(?!\^?\d+\])([^\[\]\n]+)\](?:\[[^\[\]\n]*\]|\(+(?:https?:|mailto:|[/.#])[^()\n]*\))"
    r"|\]\((?:https?:|mailto:|[/.#])[^()\n]*\)"
)


def unlinked(words: str) -> str:
    """Return words without the marks of links and pictures that lead nowhere.

    >>> unlinked("see [the guide][guide], [us](mailto: a@b.c) and a[i][j]")
    'see the guide, us and a[i][j]'
    """
    return _BROKEN.sub(lambda found: found[1] or "", words)
