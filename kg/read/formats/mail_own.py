"""What of a mail its author wrote: not what is quoted below, not the signature, and no "Re:" before the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from kg.model import Block, BlockKind, Span
from kg.read.blocks import TEXT
from kg.read.formats import html_blocks

_PREFIXES: Final = re.compile(
    r"\s*(?:(?:re|fwd?|aw|wg|antw|tr|rv|sv|vs|enc)(?:\[\d+\])?\s*:\s*|\[(?:ext|extern|external)\]:?\s*)+", re.IGNORECASE
)
_ON: Final = re.compile(r"\s*(?:on|am|le|el)\b.*\d", re.IGNORECASE)
_WROTE: Final = re.compile(r"\b(?:wrote|schrieb|a écrit|escribió)\b", re.IGNORECASE)
_LONGEST_LINE: Final = 500
_ORIGINAL: Final = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|"
    r"message (?:d['’]origine|transféré|original)|mensaje (?:original|reenviado))\s*-{2,}|begin forwarded message:)\s*",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"\s*[*]?(?:(?P<first>from|von|de)|sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|envoyé|date|à|objet|"
    r"enviado(?: el)?|fecha|para|asunto)[*]?[ \xa0]?:",
    re.IGNORECASE,
)
_FEWEST_HEADERS: Final = 3
_MOST_HEADERS: Final = 8
_RULE: Final = re.compile(r"\s*(?:_{5,}|-{5,})\s*")
_MOST_SIGNED: Final = 12
"""Lines of a signature behind two dashes, which may be a rule in the text; "-- " is set by programs alone."""

_QUOTED: Final = (
    "//blockquote[contains(@class, 'gmail_quote') or @type='cite'] | //div[contains(@class, 'moz-cite-prefix')]"
    " | //div[contains(@class, 'gmail_attr')] | //div[contains(@class, 'gmail_quote') and not(.//blockquote)]"
)
"""What programs mark as quoted; the answers between it are the author's."""
_ATTRIBUTIONS: Final = "//div[contains(@class, 'gmail_attr') or contains(@class, 'moz-cite-prefix')]"
_WORDS: Final = "//body//text()[not(ancestor::style or ancestor::script)]"
_BEGINS: Final = "//*[@id='divRplyFwdMsg' or @id='appendonsend']"
_PARAGRAPHS: Final = ("p", "div", "pre")
_LOOKED_AT: Final = 60
"""Elements of a paragraph in which the headers of a mail stand."""

_QUOTE: Final = re.compile(r"[ \t]*>[> \t]*")


def subject(title: str) -> str:
    """Return a subject without what mail programs put before it.

    >>> subject("Re: AW: [EXT] Hiring")
    'Hiring'
    """
    prefixes = _PREFIXES.match(title)
    return title[prefixes.end() :] if prefixes and prefixes.end() < len(title) else title


def text(whole: str) -> str:
    r"""Return what the author of a plain text wrote; of a mail that is only forwarded, what was forwarded.

    >>> text("Yes.\n-- \nAnn\n\nOn Monday, Lee wrote:\n> Shall we?\n")
    'Yes.'
    """
    lines = whole.split("\n")
    start, end = _quoted(lines)
    own = _unsigned(lines[:start])
    if TEXT.search("\n".join(own)):
        return "\n".join(own)
    return "\n".join(_unsigned(lines[end:])).lstrip("\n") if end < len(lines) else whole


def _quoted(lines: Sequence[str]) -> tuple[int, int]:
    """Return at which line a quoted mail is announced, and at which it begins."""
    said = max((n for n, line in enumerate(_unsigned(lines)) if line.strip() and line[0] != ">"), default=0)
    for n, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line[:_LONGEST_LINE]):
            return n, n + 1 + _headers(lines[n + 1 : n + 1 + _MOST_HEADERS])
        if (headers := _headers(lines[n : n + _MOST_HEADERS])) >= _FEWEST_HEADERS:
            return n - bool(n and _RULE.fullmatch(lines[n - 1])), n + headers
        if (wrote := _wrote(lines[n : n + 2])) and (
            said < n + wrote or _is_unmarked(line, lines[n + wrote : n + wrote + 3])
        ):
            return n, n + wrote
    return len(lines), len(lines)


def _headers(lines: Sequence[str]) -> int:
    """Return how many lines in a row are the headers of a mail, the sender first."""
    count = 0
    for line in lines:
        found = _HEADER.match(line)
        if not found or (not count and not found["first"]):
            break
        count += 1
    return count


def _wrote(lines: Sequence[str]) -> int:
    """Return over how many lines it says who wrote what is quoted below, 0 where it does not."""
    words = ""
    for number, line in enumerate(lines if _ON.match(lines[0][:_LONGEST_LINE]) else (), start=1):
        words += f" {line[:_LONGEST_LINE].strip()}"
        if words.endswith(":") and _WROTE.search(words):
            return number
    return 0


def _is_unmarked(announced: str, below: Sequence[str]) -> bool:
    """Tell whether a mail is quoted without a mark; under marked lines, and between them, an author may answer."""
    return "@" in announced and not next((line for line in below if line.strip()), "").startswith(">")


def _unsigned(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without the signature below them."""
    at = max((n for n, line in enumerate(lines) if line.rstrip("\r") in {"-- ", "--"}), default=len(lines))
    if at < len(lines) and (lines[at].startswith("-- ") or len(lines) - at <= _MOST_SIGNED + 1):
        return lines[:at]
    return lines


def markup(whole: str) -> str:
    """Return what the author of some HTML wrote; of a mail that is only forwarded, what was forwarded.

    >>> markup("<p>Yes.</p><div class=gmail_quote>Shall we?</div>")
    '<html><body><p>Yes.</p></body></html>'
    """
    root = html_blocks.parse(whole)
    if root is None:
        return whole
    _take_out(root, _QUOTED)
    begins = next(iter(root.xpath(_BEGINS)), None)
    begins = _announced(root) if begins is None else begins
    if begins is not None:
        _cut(begins)
    says_nothing = not any(TEXT.search(str(part)) for part in root.xpath(_WORDS))
    if says_nothing and (forwarded := html_blocks.parse(whole)) is not None:
        _take_out(forwarded, _ATTRIBUTIONS)
        root = forwarded
    return str(etree.tostring(root, encoding="unicode", method="html"))


def _take_out(root: HtmlElement, path: str) -> None:
    for element in root.xpath(path):
        if element.getparent() is not None:
            element.drop_tree()


def _announced(root: HtmlElement) -> HtmlElement | None:
    """Return the first paragraph that announces a quoted mail in words, as Outlook does."""
    for element in root.iter(*_PARAGRAPHS):
        words = "".join(_beginning(element)).strip()
        if _ORIGINAL.fullmatch(words) or _headers(re.split(r"\s*\n\s*", words)) >= _FEWEST_HEADERS:
            return element
    return None


def _beginning(element: HtmlElement) -> Iterator[str]:
    """Yield the first words of an element, each block and line break as one."""
    for inner in islice(element.iter(), _LOOKED_AT):
        yield "\n" if inner.tag in html_blocks.BLOCKS else ""
        yield from (" ".join((inner.text or "")[:_LONGEST_LINE].split()), "" if inner is element else " ")
        if inner is not element:
            yield " ".join((inner.tail or "")[:_LONGEST_LINE].split())


def _cut(element: HtmlElement) -> None:
    """Take out an element and all that stands behind it."""
    for holder in (element, *element.iterancestors()):
        parent = holder.getparent()
        holder.tail = None
        if parent is not None and holder.tag != "body":
            for behind in (*holder.itersiblings(), *([element] if holder is element else [])):
                parent.remove(behind)


def blocks(written: str, found: Sequence[Block]) -> tuple[Block, ...]:
    r"""Return the blocks of a plain text with the quoted lines as what they are.

    >>> line = Block(Span(2, 11), BlockKind.ITEM)
    >>> blocks("> Shall we?", [line])[0].kind.value
    'quote'
    """
    return tuple(_as_quote(written, block) for block in found)


def _as_quote(written: str, block: Block) -> Block:
    start = written.rfind("\n", 0, block.span.start) + 1
    mark = _QUOTE.match(written, start)
    if not mark:
        return block
    return Block(Span(max(block.span.start, mark.end()), block.span.end), BlockKind.QUOTE)
