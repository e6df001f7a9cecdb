"""Plain text that is reStructuredText: headings are underlined, and what is set in belongs to the mark above it.

The text stays as it is in the file; what only marks it stands in no block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.model import Block, BlockKind, Span
from kg.read.blocks import TEXT, without_bullet
from kg.read.inputs import Document
from kg.read.stated.fields import stated

_LINE: Final = re.compile(r"^[^\n]*", re.MULTILINE)
_TAIL: Final = 80
"""Characters at the end of a line that white space takes at most, where the next one goes on with it."""
_LOOKED_AT: Final = 50_000
"""Characters that show what a text is written in."""
_RULE: Final = re.compile(r"([=\-~^\"'`#*+:._])\1{2,}[ \t]*$")
_UNDERLINED: Final = re.compile(r"^(?=\S)(?=[^\n]*?[^\W_])[^\n]*+\n([=\-~^\"'`#*+])\1{2,}[ \t]*$", re.MULTILINE)
_SURE: Final = re.compile(
    r"^[ \t]*\.\. (?:[\w-]+::|_[\w -]+:|\[[\w#*]+\])|\[[\d#*]+\]_(?!\w)|`__?(?!\w)"
    r"|^:[A-Z][\w -]*: \S|:[a-z]+:`[^`\n]+`",
    re.MULTILINE,
)
_FIELD: Final = re.compile(r":(?P<key>[^:\n]{1,40}):[ \t]+(?P<value>\S.*)$")
_DIRECTIVE: Final = re.compile(r"[ \t]*\.\.(?:[ \t]+(?:(?P<name>[\w:-]+)::|\[[\w#*]+\])[ \t]*|(?=[ \t]|$))")
_OPTION: Final = re.compile(r"[ \t]*:[\w -]+:(?: |$)")
_CODE: Final = frozenset({"code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "prompt", "doctest"})
_TOLD: Final = frozenset({
    "admonition", "attention", "caution", "danger", "epigraph", "error", "highlights", "hint", "important", "note",
    "pull-quote", "rubric", "seealso", "sidebar", "tip", "topic", "warning", "deprecated", "versionadded",
    "versionchanged",
})  # fmt: skip
"""Directives whose content is for the reader; of the others, such as images and lists of contents, it is not."""
_NUMBERED: Final = re.compile(r"[ \t]*#\.[ \t]+")


def marked(text: str) -> Document | None:
    r"""Return the document of a text that is surely reStructuredText, else none.

    >>> document = marked("On review\n=========\n\n.. note:: Be kind.\n")
    >>> [(b.kind.value, b.level, b.span.cut(document.text)) for b in document.blocks]
    [('heading', 1, 'On review'), ('line', 0, 'Be kind.')]
    """
    if not (_UNDERLINED.search(text, 0, _LOOKED_AT) and _SURE.search(text, 0, _LOOKED_AT)):
        return None
    reader = _Reader(text)
    reader.read()
    told = stated(reader.fields, "document header")
    return Document(text, tuple(reader.blocks), stated=tuple(told), is_set=True)


class _Reader:
    """Reads one line after the other, with those that belong to it."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self.fields: dict[str, object] = {}
        self._text = text
        self._lines = [Span(*found.span()) for found in _LINE.finditer(text)]
        self._words = [line.cut(text) for line in self._lines]
        self._styles: list[tuple[str, bool]] = []

    def read(self) -> None:
        """Read all lines."""
        at = 0
        while at < len(self._lines):
            at = self._heading(at) or self._marked(at) or self._line(at)

    def _heading(self, at: int) -> int:
        """Read a heading and the rules below and above it; return where to go on, or 0 where there is none."""
        above = bool(_RULE.match(self._words[at]))
        words, rule = ([*self._words[at + above : at + above + 2], "", ""])[:2]
        if not _RULE.match(rule) or not TEXT.search(words) or (words[0].isspace() and not above):
            return 0
        if len(rule.strip()) < len(words.strip()) or (above and self._words[at][0] != rule[0]):
            return 0
        style = (rule[0], above)
        if style not in self._styles:
            self._styles.append(style)
        self._add(at + above, BlockKind.HEADING, min(self._styles.index(style) + 1, 6))
        return at + above + 2

    def _marked(self, at: int) -> int:
        """Read a directive, a comment, a field above the text, or what follows a colon for code."""
        words = self._words[at]
        if found := _DIRECTIVE.match(words):
            return self._directive(at, found)
        if (field := _FIELD.match(words)) and all(b.kind is BlockKind.HEADING for b in self.blocks):
            self.fields.setdefault(field["key"], field["value"].strip())
            return at + 1
        if words.rstrip().endswith("::"):
            end = self._end(at)
            self._line(at)
            self._code(range(at + 1, end))
            return max(end, at + 1)
        return 0

    def _directive(self, at: int, found: re.Match[str]) -> int:
        end = self._end(at)
        name, inner = found["name"] or "", self._without_options(range(at + 1, end))
        if name in _CODE:
            self._code(inner)
        elif name in _TOLD or "[" in found.group():
            self._add(at, BlockKind.LINE, start=found.end())
            for line in inner:
                self._line(line)
        return end

    def _without_options(self, lines: Sequence[int]) -> Sequence[int]:
        first = next((n for n, at in enumerate(lines) if not _OPTION.match(self._words[at])), len(lines))
        return lines[first:]

    def _end(self, at: int) -> int:
        """Return where what is set in below a line ends."""
        indent, end = _indent(self._words[at]), at + 1
        for below in range(at + 1, len(self._words)):
            if self._words[below].strip():
                if _indent(self._words[below]) <= indent:
                    break
                end = below + 1
        return end

    def _code(self, lines: Sequence[int]) -> None:
        told = [at for at in lines if self._words[at].strip()]
        if told:
            self._append(Span(self._lines[told[0]].start, self._lines[told[-1]].end), BlockKind.CODE)

    def _line(self, at: int) -> int:
        """Read a line of text, or of an item; one that is set in below an item goes on with it."""
        words = self._words[at]
        number = _NUMBERED.match(words)
        span, bullet = without_bullet(self._lines[at], self._text)
        if number:
            span = Span(self._lines[at].start + number.end(), span.end)
        if not bullet and not number and self._goes_on(at):
            self.blocks[-1] = Block(Span(self.blocks[-1].span.start, span.end), BlockKind.ITEM)
        else:
            self._append(span, BlockKind.ITEM if bullet or number else BlockKind.LINE)
        return at + 1

    def _goes_on(self, at: int) -> bool:
        item = self.blocks[-1] if self.blocks else None
        if not item or item.kind is not BlockKind.ITEM or not self._words[at][:1].isspace():
            return False
        return self._text.find("\n", item.span.end, item.span.end + _TAIL) + 1 == self._lines[at].start

    def _add(self, at: int, kind: BlockKind, level: int = 0, start: int = 0) -> None:
        words = self._words[at]
        start = max(start, len(words) - len(words.lstrip()))
        self._append(Span(self._lines[at].start + start, self._lines[at].start + len(words.rstrip())), kind, level)

    def _append(self, span: Span, kind: BlockKind, level: int = 0) -> None:
        if TEXT.search(span.cut(self._text)):
            self.blocks.append(Block(span, kind, level))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
