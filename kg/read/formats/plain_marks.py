"""Plain text in a light markup whose lines begin with their marks: AsciiDoc and Org.

The text stays as it is in the file; what only marks it stands in no block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.model import Block, BlockKind, Span
from kg.read.blocks import TEXT
from kg.read.inputs import Document, Stated
from kg.read.stated.fields import stated

_LINE: Final = re.compile(r"^[^\n]*", re.MULTILINE)
_DEEPEST: Final = 6
_TAIL: Final = 80
"""Characters at the end of a line among which its marks stand."""
_HEADER: Final = 400
"""Characters below a title within which its author and date stand."""
_LOOKED_AT: Final = 50_000
"""Characters that show what a text is written in."""


@dataclass(frozen=True, slots=True)
class _Markup:
    """What the lines of a markup look like; each pattern ends where the text of the line begins."""

    origin: str
    signs: tuple[re.Pattern[str], ...]
    """All of them stand in a text of this markup."""
    heading: re.Pattern[str]
    item: re.Pattern[str]
    lead: re.Pattern[str]
    """Opens a line that is text all the same: a cell of a table, the title of a block."""
    field: re.Pattern[str]
    fence: re.Pattern[str]
    """Opens lines that are kept as they are set, or, where it has the group "hidden", are for no reader."""
    close: str
    """The fence at their end, as an expression over the opening one."""
    silent: re.Pattern[str]
    """Lines that say nothing to a reader."""
    tail: re.Pattern[str]
    """What is no text at the end of a heading."""


def _lines(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE | re.IGNORECASE)


_ASCIIDOC: Final = _Markup(
    "document header",
    (
        _lines(r"^={1,6} \S[^\n]*(?<!=)$"),
        _lines(r"^(?::!?[\w-]+!?:(?: |$)|\[[\w.#%,=\" -]+\]$|-{4,}$|\|===$|={3,5} \S|(?:image|include|toc)::)"),
    ),
    _lines(r"(?P<marks>={1,6})[ \t]+(?=\S)"),
    _lines(r"[ \t]*(?:\*{1,5}|\.{1,5}|-|\d+\.|<\d+>)[ \t]+(?:\[[ x*]\][ \t]+)?(?=\S)"),
    _lines(r"\|[ \t]*|\.(?=[^\s.])"),
    _lines(r":(?P<key>!?[\w-]+!?):(?:[ \t]+(?P<value>.*))?$"),
    _lines(r"(?P<fence>-{4,}|\.{4,}|```|(?P<hidden>/{4,}|\+{4,}))[\w+-]*$"),
    r"{fence}$",
    _lines(r"\[.*\]$|//(?!/)|(?:image|include|toc|video|audio|ifn?def|ifeval|endif|xref)::|[+]$|[|!]===$|<<<$|'''$"),
    _lines(r"[ \t]+=+$"),
)
_ORG: Final = _Markup(
    "document header",
    (
        _lines(r"^#\+(?:title:|begin_(?:src|example|quote)\b)"),
        _lines(r"^(?:\*+ \S|#\+(?:author|date|options|begin_\w+|startup|filetags)\b)"),
    ),
    _lines(r"(?P<marks>\*{1,8})[ \t]+(?:(?-i:TODO|DONE)[ \t]+)?(?:\[#\w\][ \t]+)?(?=\S)"),
    _lines(r"[ \t]*(?:[-+]|\d+[.)]|[ \t]\*)[ \t]+(?:\[[ x-]\][ \t]+)?(?=\S)"),
    _lines(r"\|[ \t]*"),
    _lines(r"#\+(?P<key>\w+):[ \t]*(?P<value>.*)$"),
    _lines(r"[ \t]*(?P<fence>#\+begin_(?P<name>src|example|export|comment)\b|(?P<hidden>:(?:properties|logbook):$)).*"),
    r"[ \t]*(?:#\+end_|:end:$)",
    _lines(r"[ \t]*(?:#(?:[ \t+]|$)|:end:$|(?:scheduled|deadline|closed):|\[fn:\w+\][ \t]*$)"),
    _lines(r"[ \t]+:[\w@:]+:$"),
)
_MARKUPS: Final = (_ASCIIDOC, _ORG)
_AUTHORS: Final = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}(?: <[^<>\s]+>)?(?:; ?[^\W\d_][^;\n]*)*$")
_REVISION: Final = re.compile(
    r"(?:v?[\d.]+, *)?(?P<date>\d{4}-\d\d?-\d\d?|[^\W\d_]+ \d{1,2}, \d{4}|\d{1,2} [^\W\d_]+ \d{4})"
)


def marked(text: str) -> Document | None:
    r"""Return the document of a text that is surely in a light markup, else none.

    >>> document = marked("= On review\n:toc:\n\n== Why\n\nBe kind.\n")
    >>> [(b.kind.value, b.level, b.span.cut(document.text)) for b in document.blocks]
    [('heading', 1, 'On review'), ('heading', 2, 'Why'), ('line', 0, 'Be kind.')]
    """
    markup = next((m for m in _MARKUPS if all(sign.search(text, 0, _LOOKED_AT) for sign in m.signs)), None)
    return _Reader(text, markup).document() if markup else None


class _Reader:
    """Reads one line after the other."""

    def __init__(self, text: str, markup: _Markup) -> None:
        self._text, self._markup = text, markup
        self._blocks: list[Block] = []
        self._fields: dict[str, object] = {}
        self._header: list[Stated] = []
        self._lines = (Span(*found.span()) for found in _LINE.finditer(text))

    def document(self) -> Document:
        """Return the document."""
        for line in self._lines:
            words = line.cut(self._text)
            if fence := self._markup.fence.match(words):
                self._code(fence)
            elif not (self._is_header(line, words) or self._markup.silent.match(words)):
                self._write(line, words)
        told = (*self._header, *stated(self._fields, self._markup.origin))
        return Document(self._text, tuple(self._blocks), stated=told, is_set=True)

    def _is_header(self, line: Span, words: str) -> bool:
        """Take what is stated: a field, and right below the title of AsciiDoc the author and the date."""
        if field := self._markup.field.match(words):
            self._fields.setdefault(field["key"], (field["value"] or "").strip(" <>"))
            return True
        below_title = self._markup is _ASCIIDOC and len(self._blocks) == 1 and self._blocks[0].level == 1
        if (
            not below_title
            or line.start - self._blocks[0].span.end > _HEADER
            or self._text[self._blocks[0].span.end : line.start].count("\n") != len(self._header) + 1
        ):
            return False
        found = _REVISION.match(words) if self._header else _AUTHORS.match(words)
        if found:
            name, value = ("date", found["date"]) if self._header else ("author", words)
            self._header.append(Stated(name, value, "revdate" if self._header else "author", self._markup.origin))
        return bool(found)

    def _code(self, fence: re.Match[str]) -> None:
        """Read lines up to the fence that closes them."""
        close = re.compile(self._markup.close.format(fence=re.escape(fence["fence"])), re.IGNORECASE)
        inner = list(self._up_to(close))
        if not fence["hidden"] and inner:
            self._add(Span(inner[0].start, inner[-1].end), BlockKind.CODE)

    def _up_to(self, close: re.Pattern[str]) -> Iterator[Span]:
        for line in self._lines:
            if close.match(line.cut(self._text)):
                return
            yield line

    def _write(self, line: Span, words: str) -> None:
        markup, end = self._markup, line.start + len(words.rstrip())
        if found := markup.heading.match(words):
            tail = markup.tail.search(words.rstrip(), max(0, len(words.rstrip()) - _TAIL))
            end = line.start + tail.start() if tail else end
            self._add(Span(line.start + found.end(), end), BlockKind.HEADING, min(len(found["marks"]), _DEEPEST))
        elif found := markup.item.match(words):
            self._add(Span(line.start + found.end(), end), BlockKind.ITEM)
        elif self._goes_on(line, words):
            self._blocks[-1] = Block(Span(self._blocks[-1].span.start, end), BlockKind.ITEM)
        else:
            found = markup.lead.match(words)
            start = found.end() if found else len(words) - len(words.lstrip())
            end = line.start + len(words.rstrip(" \t|")) if found else end
            self._add(Span(line.start + start, max(line.start + start, end)), BlockKind.LINE)

    def _goes_on(self, line: Span, words: str) -> bool:
        """Tell whether a line stands right below an item, and so belongs to it."""
        if not words.strip() or not self._blocks or self._blocks[-1].kind is not BlockKind.ITEM:
            return False
        end = self._blocks[-1].span.end
        return self._text.find("\n", end, end + _TAIL) + 1 == line.start

    def _add(self, span: Span, kind: BlockKind, level: int = 0) -> None:
        if TEXT.search(span.cut(self._text)):
            self._blocks.append(Block(span, kind, level))
