"""What tools and sites put into Markdown beside the text that spans blocks: templates, components, hidden parts.

None of it is for the reader of an article, and it goes before the text is parsed. What stands within a block goes while
it is parsed, where the parser knows what is code and must stay as it is.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Final

from kg.read.formats.noise import BRACES, caption

_ATTRIBUTES: Final = rf"(?:[\s/](?:[^<>\"'{{}}]|\"[^\"]*+\"|'[^']*+'|{BRACES})*+)?"
TAG: Final = re.compile(rf"</?[A-Za-z][\w.:-]*+{_ATTRIBUTES}>|</?>")
"""A tag of HTML or of a JSX component, more forgiving than CommonMark: with braces, or no space between attributes."""

_STRETCH: Final = (
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})[^`\n]*$"
    r"|(?P<ticks>`+)"
    r"|(?P<comment><!--)|(?P<jsx>\{/\*)|(?P<note>%%)(?<![\w%]%%)(?!%)"
    r"|<(?P<tag>script|style|svg|template|iframe|noscript|pre)(?=[\s>])[^<>]*>"
    r"|\{%-?\s*(?P<liquid>highlight|comment)\b[^%\n]*%\}|\{\{[<%]\s*(?P<hugo>highlight)\b[^\n]*?[>%]\}\}"
    r"|(?P<shortcode>\{\{[<%](?:(?!\{\{|\}\})[\s\S])*+(?<=[>%])\}\})"
)
_COMPONENT: Final = (
    rf"^[ \t]*(?P<component></?(?-i:[A-Z]|div\b|details\b|section\b)[\w.:-]*+{_ATTRIBUTES}>|</?>)[ \t]*$"
)
"""A component that has its lines for itself: what stands in it is Markdown, however far it is set in."""

_OPENING: Final = re.compile(_STRETCH, re.IGNORECASE | re.MULTILINE)
_MDX_OPENING: Final = re.compile(f"{_COMPONENT}|{_STRETCH}", re.IGNORECASE | re.MULTILINE)
_GLUED: Final = re.compile(
    r"</?(?:p|div|figure|figcaption|center|section|article|aside|header|footer|nav|details|summary|blockquote|table|ul|ol|"
    r"dl|h[1-6]|hr|img|picture|video|iframe)\b[^<>]*>[ \t]*\n(?= {0,3}(?:#{1,6} |[-*+] |\d{1,2}[.)] |> |\|))"
    r"|</?(?:a|b|br|em|span|strong)\b[^<>]*>[ \t]*\n(?= {0,3}#{1,6} )",
    re.IGNORECASE,
)
"""A line of HTML with one of Markdown right below it, which CommonMark would take for more of the HTML."""

_FURTHEST_TICK: Final = 2_000
_TAGS: Final = re.compile(r"<[^<>]*>")
_RULE: Final = "~" * 12


@cache
def _closing(name: str, mark: str) -> re.Pattern[str]:
    """Return what ends a stretch that opened with `mark`; nothing does where the opening is all of it."""
    patterns = {
        "fence": rf"^[ \t>]*{re.escape(mark)}+[ \t]*$",
        "ticks": rf"(?<!`){mark}(?!`)",
        "comment": "-->",
        "jsx": r"\*/\s*\}",
        "note": r"%%(?![\w%])",
        "tag": rf"</{mark}\s*>",
        "liquid": rf"\{{%-?\s*end{mark}\s*-?%\}}",
        "hugo": rf"\{{\{{[<%]\s*/\s*{mark}\s*[>%]\}}\}}",
    }
    return re.compile(patterns.get(name, ""), re.IGNORECASE | re.MULTILINE)


def prepared(text: str, *, mdx: bool = False) -> str:
    r"""Return Markdown without comments, scripts and drawings, and with code that is marked in other ways in fences.

    >>> prepared("One <!-- not\n\nthis -->two `<!-- this -->`")
    'One two `<!-- this -->`'
    """
    parts: list[str] = []
    absent: set[tuple[str, str]] = set()
    done = at = 0
    opening = _MDX_OPENING if mdx else _OPENING
    while found := opening.search(text, at):
        name, mark, at = *_named(found), found.end()
        if (name, mark) in absent:
            continue
        if end := _end(text, at, name, mark):
            parts += _apart(text[done : found.start()]), _kept(text, found, end)
            done = at = end.end()
        elif name == "fence":
            break
        elif name != "ticks":
            absent.add((name, mark))
    return "".join([*parts, _apart(text[done:])])


def _apart(text: str) -> str:
    return _GLUED.sub("\\g<0>\n", text)


def _named(opening: re.Match[str]) -> tuple[str, str]:
    """Return what opens, and by which mark; one that is complete needs none to find its end by."""
    name = str(opening.lastgroup)
    return name, "" if name in {"shortcode", "component"} else opening[name].lower()


def _end(text: str, start: int, name: str, mark: str) -> re.Match[str] | None:
    """Find where a stretch ends; code within a line ends in its paragraph, or is none."""
    if name != "ticks":
        return _closing(name, mark).search(text, start)
    end = text.find("\n\n", start, start + _FURTHEST_TICK)
    return _closing(name, mark).search(text, start, end if end >= 0 else start + _FURTHEST_TICK)


def _kept(text: str, opening: re.Match[str], end: re.Match[str]) -> str:
    """Return what stays of a stretch: code as it is, or in a fence; nothing of what is hidden."""
    name = opening.lastgroup
    if name in {"fence", "ticks"}:
        return text[opening.start() : end.end()]
    if name == "shortcode":
        return _captioned(text, opening)
    inner = text[opening.end() : end.start()]
    if name == "tag" and opening["tag"].lower() == "pre":
        return _fenced(unescape(_TAGS.sub("", inner)))
    return _fenced(inner) if "highlight" in {opening["liquid"], opening["hugo"]} else "\n" * (name == "component")


def _captioned(text: str, shortcode: re.Match[str]) -> str:
    """Return the caption of a template that stands on lines of its own."""
    before = text[text.rfind("\n", 0, shortcode.start()) + 1 : shortcode.start()]
    shown = "" if before.strip() else caption(shortcode[0])
    return f"\n\n{shown}\n\n" if shown else ""


def _fenced(code: str) -> str:
    return f"\n\n{_RULE}\n{code.replace(_RULE, '')}\n{_RULE}\n\n"


ESM: Final = re.compile(
    r"import\s+(?:[^'\"\n]*\sfrom\s+)?['\"][^'\"\n]+['\"]\s*;?\s*$|import\s*(?:\w+\s*,\s*)?\{[^}'\"\n]*$"
    r"|export\s+(?:const|let|var|default|async|function|class)\s|export\s*[{*]"
)
_ANY_ESM: Final = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def is_mdx(text: str) -> bool:
    r"""Tell whether a text is MDX: Markdown with modules and components.

    >>> is_mdx("import {Card} from 'nextra'\n\n# Title"), is_mdx("import this")
    (True, False)
    """
    above = text.partition("```")[0]
    return any(ESM.match(line.group()) for line in _ANY_ESM.finditer(above))


_EDGES: Final = re.compile(r"(?:\s|</\w+>|\{%[^%{}]*%\})*")


def is_debris(code: str) -> bool:
    r"""Tell whether what seems to be code are the ends of elements, or tags of templates, that are set in.

    >>> is_debris("</div>\n{% endraw %}\n"), is_debris("<br>")
    (True, False)
    """
    return bool(_EDGES.fullmatch(code))
