"""The parser of Markdown, with what tools and sites add to the language, and without their noise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
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

from kg.read.formats.dialects import ESM, TAG
from kg.read.formats.noise import cleaned

_LONGEST_TAG: Final = 3_000
_WINDOW: Final = 500_000
"""Characters; tokens take some hundred times the memory of the text."""


@cache
def parser(*, mdx: bool) -> MarkdownIt:
    """Return the parser of Markdown with what is added to it in tools and on sites."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin).use(admon_plugin)
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
    mdx = bool(state.md.options.get("mdx"))
    for token in state.tokens:
        if token.type == "html_block":
            token.type, token.children = "inline", []
            token.meta["html"] = True
        if token.type == "inline":
            token.content = cleaned(token.content, mdx=mdx)


def _tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    found = TAG.match(state.src, state.pos, state.pos + _LONGEST_TAG)
    if not found:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found.group()
    state.pos = found.end()
    return True


def _esm(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    """Pass over the imports and exports of MDX: to the blank line at which all braces are closed."""
    if state.is_code_block(start) or not ESM.match(_line(state, start)):
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
