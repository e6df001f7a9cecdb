"""Collect the visible text of a page block by block, so that every block knows where in the text it stands."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Block, BlockKind, Link, Span

CONTROLS: Final = {
    **{c: " " for c in [*range(32), 0x200B, 0xFFFE, 0xFFFF] if chr(c) not in "\t\n"},
    **dict.fromkeys((0x0B, 0x85, 0x2028, 0x2029), "\n"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
"""Rare line ends are read as one, as a space what no XML document can hold, and half a character as none that is known;
no offset moves by it."""

INVISIBLE: Final = dict.fromkeys((0x00AD, 0xFEFF))
"""What nobody sees inside a word: where it may be hyphenated, and where it must not be cut."""
_WRITTEN: Final = {**CONTROLS, **INVISIBLE}

_MARK: Final = r"(?:[-*+–—·»→>]|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]|o(?=\t))\s+|[•‣◦▪●○■□►➤✓✔⁃∙\uf0b7\uf0a7]\s*"
HAN_MARK: Final = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})、\s*|[（(][一二三四五六七八九十]{1,3}[)）]\s*"
_BOX: Final = r"\[[ xX]?\]\s+"
BULLET: Final = re.compile(rf"\s*(?:(?:{_MARK}|{HAN_MARK})(?:{_BOX})?|{_BOX})")
"""What opens a list item in text as people copy it, with the box of a task behind it."""


def without_bullet(span: Span, text: str) -> tuple[Span, bool]:
    """Return a line's span without its bullet and outer space, and whether there was a bullet.

    >>> without_bullet(Span(0, 9), "• Hiring ")
    (Span(start=2, end=8), True)
    """
    line = span.cut(text)
    bullet = BULLET.match(line)
    start = bullet.end() if bullet else len(line) - len(line.lstrip())
    return Span(span.start + start, max(span.start + start, span.start + len(line.rstrip()))), bool(bullet)


CODE_ELEMENTS: Final = frozenset({"code", "samp", "tt"})
"""Elements of HTML, which Markdown may hold too, whose words are set as code; those of `kbd` are keys as a rule."""

TEXT: Final = re.compile(r"[^\W_]")
_SPACES: Final = re.compile(r"[^\S ]\s*| \s+")
"""White space that is not one space already: of most text nothing has to be replaced."""
_BLANK_ENDS: Final = re.compile(r"^(?:[^\S\n]*\n)+|\s+$")


class BlockWriter:
    r"""Text written block by block, one line between blocks; used for formats whose visible text is not the file's own.

    >>> page = BlockWriter()
    >>> page.write("Key  takeaway"); page.close(BlockKind.HEADING)
    >>> page.text, page.blocks[0].span, page.blocks[0].kind.value
    ('Key takeaway', Span(start=0, end=12), 'heading')
    >>> page.code("\n  if x:\n    y\n")
    >>> page.text
    'Key takeaway\n  if x:\n    y'
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.code_spans: list[Span] = []
        self._lines: list[str] = []
        self._length = 0
        self._words: list[str] = []
        self._line_length = 0
        self._line_links: list[tuple[int, int, str]] = []
        self._line_code: list[Span] = []

    @property
    def text(self) -> str:
        """All that was written and closed."""
        return "\n".join(self._lines)

    @property
    def is_open(self) -> bool:
        """Whether words stand in the open block."""
        return bool(self._words)

    def write(self, words: str, target: str = "", *, is_code: bool = False) -> None:
        """Add words to the open block, each run of white space as one space; `target` is where the words lead.

        `is_code` tells that they are set as code.
        """
        words = _SPACES.sub(" ", words.translate(_WRITTEN))
        if not self._words or self._words[-1].endswith(" "):
            words = words.lstrip()
        if target and words.strip():
            self._line_links.append((self._line_length, self._line_length + len(words.rstrip()), target))
        if is_code:
            self._set_as_code(len(words))
        if words:
            self._words.append(words)
            self._line_length += len(words)

    def _set_as_code(self, length: int) -> None:
        """Note that the next words are code; they go on with the code that they touch."""
        start = self._line_length
        if self._line_code and self._line_code[-1].end == start:
            start = self._line_code.pop().start
        self._line_code.append(Span(start, self._line_length + length))

    def close(self, kind: BlockKind, level: int = 0) -> None:
        """End the open block, if anything stands in it; `level` is the depth of a marked heading."""
        line = "".join(self._words).rstrip()
        if TEXT.search(line):
            start = self._add(line)
            inner, bullet = without_bullet(Span(0, len(line)), line)
            span = Span(start + inner.start, start + inner.end)
            self.blocks.append(Block(span, BlockKind.ITEM if bullet and kind is BlockKind.LINE else kind, level))
            self.links += [Link(Span(start + a, start + b), target) for a, b, target in self._line_links]
            code = (span.trimmed(line).moved(start) for span in self._line_code)
            self.code_spans += [span for span in code if span.start < span.end]
        self._words, self._line_length, self._line_links, self._line_code = [], 0, [], []

    def code(self, lines: str) -> None:
        """Write a block of code as it is set, without blank lines at its ends."""
        self.close(BlockKind.LINE)
        lines = _BLANK_ENDS.sub("", lines.expandtabs(4).translate(_WRITTEN))
        if TEXT.search(lines):
            start = self._add(lines)
            self.blocks.append(Block(Span(start, start + len(lines)), BlockKind.CODE))

    def append(self, page: BlockWriter) -> None:
        """Write all of another page below this one."""
        if page.blocks:
            start = self._add(page.text)
            self.blocks += [block.moved(start) for block in page.blocks]
            self.links += [link.moved(start) for link in page.links]
            self.code_spans += [span.moved(start) for span in page.code_spans]

    def _add(self, words: str) -> int:
        """Add words to the text, on a line of their own, and return where they start."""
        start = self._length + 1 if self._lines else 0
        self._lines.append(words)
        self._length = start + len(words)
        return start
