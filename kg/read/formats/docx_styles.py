"""What the styles of a Word file say about a paragraph: heading, list item, quotation, code or text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from kg.model import BlockKind
from kg.read.formats.tree import attribute, find, local, words

_HEADING: Final = re.compile(r"heading ?(\d)$", re.IGNORECASE)
_TITLE: Final = re.compile(r"title$", re.IGNORECASE)
_QUOTE: Final = re.compile(r"(?:intense )?quot(?:e|ation)s?$|block text$", re.IGNORECASE)
_CODE: Final = re.compile(r"html preformatted$|preformatted text$|source ?code$|code$|macro text$", re.IGNORECASE)
_DROPPED: Final = re.compile(r"toc\b|table of (?:figures|authorities)$|(?:header|footer)$|index \d", re.IGNORECASE)
"""Styles of what is made from the text: the table of contents, the index."""

_DEEPEST: Final = 6
_LEVELS: Final = tuple("012345678")
"""The outline levels of headings; 9 is what is none."""
_OUTLINE: Final = ("outlineLvl",)
_NUMBER: Final = ("numPr", "numId")
_MAX_BOLD: Final = 120
_LONGEST_CHAIN: Final = 20


@dataclass(frozen=True)
class Style:
    """What a paragraph is."""

    kind: BlockKind = BlockKind.LINE
    level: int = 0
    code: bool = False
    dropped: bool = False


class Styles:
    """The styles of a file, by their identifiers, each with those that it is based on."""

    def __init__(self, root: etree._Element) -> None:
        styles = {attribute(style, "styleId"): style for style in root if local(style) == "style"}
        self._chains = {name: list(_chain(name, styles)) for name in styles}
        self._known: dict[tuple[str, str, str], Style] = {}

    def style(self, paragraph: etree._Element) -> Style:
        """Return what a paragraph is: what it says itself counts more than what its style and those above it say."""
        own = find(paragraph, "pPr")
        key = ("", "", "") if own is None else (_value(own, "pStyle"), _value(own, *_OUTLINE), _value(own, *_NUMBER))
        if key not in self._known:
            self._known[key] = self._style(*key)
        style = self._known[key]
        return Style(BlockKind.HEADING) if style == Style() and _is_bold(paragraph) else style

    def _style(self, name: str, outline: str, number: str) -> Style:
        chain = self._chains.get(name, [])
        names = [_value(style, "name") for style in chain]
        if any(map(_DROPPED.match, names)):
            return Style(dropped=True)
        if any(map(_CODE.match, names)):
            return Style(code=True)
        if level := _level([outline, *(_value(style, "pPr", *_OUTLINE) for style in chain)], names):
            return Style(BlockKind.HEADING, min(level, _DEEPEST))
        if _is_item([number, *(_value(style, "pPr", *_NUMBER) for style in chain)]):
            return Style(BlockKind.ITEM)
        return Style(BlockKind.QUOTE if any(map(_QUOTE.match, names)) else BlockKind.LINE)


def _chain(name: str, styles: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield a style, and those that it is based on."""
    for _ in range(_LONGEST_CHAIN):
        if name not in styles:
            return
        yield styles[name]
        name = _value(styles[name], "basedOn")


def _value(element: etree._Element, *names: str) -> str:
    """Return the value of a property, or "" where it is not set."""
    found = find(element, *names)
    return "" if found is None else attribute(found, "val")


def _level(outlines: list[str], names: list[str]) -> int:
    """Return the level of a heading, or 0 for what is none."""
    outline = next(filter(None, outlines), "")
    if outline in _LEVELS:
        return _LEVELS.index(outline) + 1
    heading = next(filter(None, map(_HEADING.match, names)), None)
    return int(heading[1]) if heading and not outline else int(any(map(_TITLE.match, names)))


def _is_item(numbers: list[str]) -> bool:
    """Tell whether a paragraph is counted or has a bullet; number 0 takes away what the style gives."""
    return next(filter(None, numbers), "0") != "0"


def _is_bold(paragraph: etree._Element) -> bool:
    """Tell whether a short paragraph is bold as a whole, which is how many people write a heading."""
    runs = [run for run in paragraph.iterchildren("{*}r") if words(run)]
    if not runs or len(runs) > _MAX_BOLD or not all(is_set(run, "b") for run in runs):
        return False
    text = words(paragraph)
    in_cell = any(local(above) == "tc" for above in paragraph.iterancestors())
    return len(text) <= _MAX_BOLD and text[-1] not in ".,;" and not in_cell


def is_set(run: etree._Element, name: str) -> bool:
    """Tell whether a run of words has a property, such as "b" for bold, and it is not switched off."""
    found = find(run, "rPr", name)
    return found is not None and attribute(found, "val") not in {"0", "false", "off"}
