"""What tools and sites put into Markdown beside the text: templates, components, attributes, callouts, hidden parts.

None of it is for the reader of an article. What spans blocks goes before the text is parsed; the rest goes while it is
parsed, where the parser knows what is code and must stay as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

_BRACES: Final = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_ATTRIBUTES: Final = rf"(?:[\s/](?:[^<>\"'{{}}]|\"[^\"]*+\"|'[^']*+'|{_BRACES})*+)?"
_TAG: Final = re.compile(rf"</?[A-Za-z][\w.:-]*+{_ATTRIBUTES}>|</?>")
"""A tag of HTML or of a JSX component, more forgiving than CommonMark: with braces, or no space between attributes."""

_STRETCH: Final = (
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})[^`\n]*$"
    r"|(?P<ticks>`+)"
    r"|(?P<comment><!--)|(?P<jsx>\{/\*)"
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
            parts += text[done : found.start()], _kept(text, found, end)
            done = at = end.end()
        elif name == "fence":
            break
        elif name != "ticks":
            absent.add((name, mark))
    return "".join([*parts, text[done:]])


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
    inner = text[opening.end() : end.start()]
    if name == "tag" and opening["tag"].lower() == "pre":
        return _fenced(unescape(_TAGS.sub("", inner)))
    return _fenced(inner) if "highlight" in {opening["liquid"], opening["hugo"]} else "\n" * (name == "component")


def _fenced(code: str) -> str:
    return f"\n\n{_RULE}\n{code.replace(_RULE, '')}\n{_RULE}\n\n"


_LONGEST_TAG: Final = 3_000
_CODE: Final = r"(?<!`)(`+)(?!`).{1,1000}?(?<!`)\2(?!`)"
_NOISE: Final = (
    r"\{\{(?:(?!\{\{|\}\}).)*+\}\}"  # a shortcode or a value of a template
    r"|\{%(?:(?!\{%|%\}).)*+%\}"  # a tag of a template
    r"|^(?:TOC\n)?[ \t]*\{:toc[^{}\n]*\}[ \t]*$|^\[\[?_*TOC_*\]?\][ \t]*$"  # where the contents go
    r"|[ \t]*\{:[^{}\n]*\}|[ \t]*\{[#.][^\s{}][^{}\n]*\}"  # a list of attributes
    r"|^[ \t]*:{3,}[^\n]*$"  # the fence of a callout
    r"|^\[!\w+\][+-]?"  # the mark of a callout in a quotation
)
_PLAIN: Final = re.compile(rf"(?P<code>{_CODE})|{_NOISE}", re.DOTALL | re.MULTILINE)
_MDX: Final = re.compile(rf"(?P<code>{_CODE}|\$[^$\s][^$]{{0,1000}}\$)|{_BRACES}|{_NOISE}", re.DOTALL | re.MULTILINE)
"""The same in MDX, where all else in braces is an expression, but for formulas."""

_NO_TARGET: Final = re.compile(r"\]\(\s+(?=[\"'])")
"""A link with a title whose target came from a template."""

_WRAPPED: Final = re.compile("(?<=[\u3001-\u9fff\uff01-\uff60])\n(?=[\u3001-\u9fff\uff01-\uff60])")
"""A line end within Chinese or Japanese, which set no space between words."""

_WINDOW: Final = 500_000
"""Characters; tokens take some hundred times the memory of the text."""

_ESM: Final = re.compile(
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
    return any(_ESM.match(line.group()) for line in _ANY_ESM.finditer(above))


@cache
def parser(*, mdx: bool) -> MarkdownIt:
    """Return the parser of Markdown with what is added to it in tools and on sites."""
    markdown = MarkdownIt("commonmark").enable("table").use(deflist_plugin).use(admon_plugin)
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    markdown.block.ruler.before("paragraph", "esm", _esm)
    markdown.core.ruler.before("inline", "noise", _without_noise)
    markdown.inline.ruler.before("html_inline", "tag", _tag)
    markdown.options["mdx"] = mdx
    return markdown.disable("code") if mdx else markdown


def parsed(text: str, *, mdx: bool) -> Iterator[Token]:
    """Yield the tokens of Markdown; a very long text is parsed window by window, so that memory is bounded."""
    start, known = 0, dict[str, object]()
    while start < len(text):
        end = _window_end(text, start)
        tokens = parser(mdx=mdx).parse(text[start:end], known)
        last = next((i for i, t in reversed([*enumerate(tokens)]) if t.level == 0 and t.nesting >= 0 and t.map), 0)
        line = (tokens[last].map or [0])[0] if tokens else 0
        if end == len(text) or line == 0:
            yield from tokens
            start = end
        else:
            yield from tokens[:last]
            start += sum(len(before) + 1 for before in text[start:end].split("\n", line)[:line])


def _window_end(text: str, start: int) -> int:
    """Return where a window ends: at the end of a line; its last block is left to the next one."""
    end = start + _WINDOW
    return len(text) if end >= len(text) else text.rfind("\n", start, end) + 1 or end


def _without_noise(state: StateCore) -> None:
    """Clean the text of each block, and let blocks of HTML be read as text with tags in it: people mix the two."""
    pattern = _MDX if state.md.options.get("mdx") else _PLAIN
    for token in state.tokens:
        if token.type == "html_block":
            token.type, token.children = "inline", []
            token.meta["html"] = True
        if token.type == "inline":
            token.content = _WRAPPED.sub("", _NO_TARGET.sub("](<> ", pattern.sub(_code_alone, token.content)))


def _code_alone(found: re.Match[str]) -> str:
    return found["code"] or ""


def _tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    found = _TAG.match(state.src, state.pos, state.pos + _LONGEST_TAG)
    if not found:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found.group()
    state.pos = found.end()
    return True


def _esm(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    """Pass over the imports and exports of MDX: to the blank line at which all braces are closed."""
    if state.is_code_block(start) or not _ESM.match(_line(state, start)):
        return False
    if not silent:
        depth, line = 0, start
        while line < end and (depth > 0 or not state.isEmpty(line)):
            depth += _opened(_line(state, line))
            line += 1
        state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _opened(line: str) -> int:
    return sum(line.count(c) for c in "{[(") - sum(line.count(c) for c in "}])")


_BROKEN: Final = re.compile(
    r"!\[[^\[\]\n]*\]\([^()\n]*\)"
    r"|(?<![\w\]])\[([^\[\]\n]+)\](?:\[[^\[\]\n]*\]|\(+(?:https?:|mailto:|[/.#])[^()\n]*\))"
    r"|\]\((?:https?:|mailto:|[/.#])[^()\n]*\)"
)


def unlinked(words: str) -> str:
    """Return words without the marks of links and pictures that lead nowhere.

    >>> unlinked("see [the guide][guide], [us](mailto: a@b.c) and a[i][j]")
    'see the guide, us and a[i][j]'
    """
    return _BROKEN.sub(lambda found: found[1] or "", words)


_EDGES: Final = re.compile(r"(?:\s|</\w+>|\{%[^%{}]*%\})*")


def is_debris(code: str) -> bool:
    r"""Tell whether what seems to be code are the ends of elements, or tags of templates, that are set in.

    >>> is_debris("</div>\n{% endraw %}\n"), is_debris("<br>")
    (True, False)
    """
    return bool(_EDGES.fullmatch(code))
