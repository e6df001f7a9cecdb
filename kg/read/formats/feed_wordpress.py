"""What only WordPress writes: text without paragraphs, shortcodes, and exports in which not all is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.read.formats.feed_xml import Element, children, first, words

_TAG: Final = re.compile(r"(<!--(?:(?!<!--|-->).)*-->|<[/a-zA-Z][^<>]*>)", re.DOTALL)
_BLOCK: Final = re.compile(
    r"<(/?)(?:address|article|aside|dd|div|dl|dt|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|pre|script|section|"
    r"style|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"<(/?)(?:code|pre)\b", re.IGNORECASE)
_PARAGRAPHS: Final = re.compile(r"\S[^\S\n]*\n[^\S\n]*\n|\n[^\S\n]*\n[^\S\n]*\S")
_SHORTCODE: Final = re.compile(
    r"\[embed\b[^\[\]]*\][^\[\]]*\[/embed\]"
    r"|\[/?(?:audio|caption|embed|gallery|playlist|video|wp_caption|(?:vc|et_pb|fusion|av)_\w+)(?:\s[^\[\]]*)?\]"
)
"""The shortcodes of WordPress itself and of the programs that lay pages out with them."""

_APPEARED: Final = re.compile(
    r"(?:<p[^<>]*>)?\s*(?:The post|Der Beitrag|L[’']article|Cet article|La entrada|Il post|Het bericht)\s"
    r"(?:(?!</?(?:p|div)\b).){1,1000}?\s(?:(?:first )?appeared (?:first )?on|erschien zuerst auf|"
    r"est apparu en premier sur|(?:apareció|se publicó) primero en|proviene da|verscheen eerst op)\s"
    r"(?:(?!</?(?:p|div)\b).){1,500}(?:</p>)?\s*\Z",
    re.DOTALL,
)
"""What WordPress sets below each text in a feed."""
_END: Final = 2_000

_DRAFTS: Final = {"draft": "a draft", "auto-draft": "a draft", "pending": "not published yet",
    "future": "not published yet", "private": "private", "trash": "thrown away"}  # fmt: skip
_NO_ARTICLES: Final = re.compile(
    r"attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|feedback|wp_\w+|acf-.*"
)


def skipped(entry: Element) -> str:
    """Return why an entry of an export is no published article, or ""."""
    kind, status = (words(found[0]) if (found := children(entry, f"wp:{n}")) else "" for n in ("post_type", "status"))
    if _NO_ARTICLES.fullmatch(kind):
        return f"is no article ({kind})"
    return f"is {_DRAFTS[status]}" if status in _DRAFTS else ""


def people(heads: Sequence[Element]) -> Mapping[str, str]:
    """Return the names that the authors of an export show, by the names with which they log in."""
    pairs = (
        (first(author, ("wp:author_login",)), first(author, ("wp:author_display_name",)))
        for head in heads
        for author in children(head, "wp:author")
    )
    return {words(login): words(shown) for login, shown in pairs if login is not None and shown is not None}


def without_credit(markup: str) -> str:
    """Return a text without the line that says where it appeared first.

    >>> without_credit("<p>Hire.</p><p>The post <a>Hiring</a> appeared first on <a>Notes</a>.</p>")
    '<p>Hire.</p>'
    """
    start = max(0, len(markup) - _END)
    return (markup[:start] + _APPEARED.sub("", markup[start:])).rstrip()


def shown(markup: str) -> str:
    r"""Return HTML as WordPress shows it: without shortcodes, and with paragraphs where blank lines stand for them.

    >>> shown("One.\n\nTwo. [gallery ids='1']")
    'One.<br>Two. <br>'
    """
    pieces = list(_pieces(markup))
    plain = any(depth == 0 and _PARAGRAPHS.search(piece) for piece, depth, _ in pieces)
    return "".join(_shown(piece, code=code, breaks=plain and depth == 0) for piece, depth, code in pieces)


def _pieces(markup: str) -> Iterator[tuple[str, int, bool]]:
    """Yield tags and the text between them, with how many block elements are open, and whether it is code."""
    depth = code = 0
    for piece in _TAG.split(markup):
        if block := _BLOCK.match(piece):
            depth = max(0, depth + (-1 if block[1] else 1))
        if marked := _CODE.match(piece):
            code = max(0, code + (-1 if marked[1] else 1))
        yield piece, depth, code > 0


def _shown(piece: str, *, code: bool, breaks: bool) -> str:
    if piece.startswith("<") or code:
        return piece
    piece = _SHORTCODE.sub("<br>", piece)
    return re.sub(r"\n\s*", "<br>", piece) if breaks else piece
