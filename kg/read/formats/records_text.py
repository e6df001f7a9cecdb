"""Find the text of a record: which of its fields has it, and in what markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

Record = Mapping[str, object]
"""An object of JSON, or a row of a table by its column names."""

KNOWN: Final = "text, body, content, markdown, html, article"
"""What a person is told; the names below are what they and many exports call it."""

_TEXTS: Final = frozenset({
    "text", "body", "content", "markdown", "html", "article", "story", "post", "articlebody", "articletext",
    "articlecontent", "bodyhtml", "bodymarkdown", "bodymd", "bodyplain", "bodytext", "contentencoded",
    "contenthtml", "contentmarkdown", "contentmd", "contentplain", "contenttext", "fulltext", "fullcontent",
    "maincontent", "maintext", "md", "plaintext", "postbody", "postcontent", "posttext", "rawcontent", "rawtext",
    "selftext", "textcontent", "texthtml", "textmarkdown", "transcript",
})  # fmt: skip
_ABSTRACTS: Final = frozenset({"abstract", "abstractnote", "summary", "description"})
_TITLES: Final = frozenset({"title", "headline", "heading"})
_FORMATS: Final = frozenset({"format", "contentformat", "contenttype", "mimetype", "markup", "texttype"})

_SEPARATORS: Final = re.compile(r"[\W_]+")
_SAID: Final = (
    (re.compile(r"html", re.IGNORECASE), "fragment"),
    (re.compile(r"markdown|\bmdx?\b|_md$|Md$", re.IGNORECASE), "markdown"),
    (re.compile(r"plain", re.IGNORECASE), "text"),
)
_PAGE: Final = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FRONT_MATTER: Final = re.compile(r"(---|\+\+\+)[ \t]*\n[\w-]+ ?[:=].*?\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_CODE: Final = re.compile(r"<(pre|code|script|style)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_MARK: Final = re.compile(
    r"<(?:p|div|h[1-6]|[uo]l|li|br|table|t[rd]|blockquote|section|article|pre|figure|hr)\b[^<>]{0,500}>", re.IGNORECASE
)
_MARKDOWN_MARK: Final = re.compile(
    r"^ {0,3}#{1,6} +\S|^ {0,3}```|^[|:\- ]*\|[ :]*-{3}|\]\([^()\s]{1,500}|^ {0,3}\[[^\]\n]{1,200}\]: +\S", re.MULTILINE
)
_BOLD: Final = re.compile(r"(?<![\w*])\*\*[^*\s]")
_LOOKED_AT: Final = 20_000


class TextField(NamedTuple):
    """The field that has the text of a record."""

    name: str
    text: str


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """Return the name of a field as all spell it: without case and separators.

    >>> plain_name("Full_Text"), plain_name("fullText")
    ('fulltext', 'fulltext')
    """
    return _SEPARATORS.sub("", name).casefold()


def body(record: Record) -> TextField | None:
    """Return the field that has the full text of a record: where several have it, the longest."""
    return max(_fields(record, _TEXTS), key=lambda field: len(field.text), default=None)


def text_field(record: Record) -> TextField | None:
    """Return the field that has the text of a record: its full text, else the abstract of something with a title.

    >>> text_field({"Title": "On review", "Summary": "Ask early."})
    TextField(name='Summary', text='Ask early.')
    """
    if found := body(record):
        return found
    return next(_fields(record, _ABSTRACTS), None) if any(_fields(record, _TITLES)) else None


def _fields(record: Record, names: frozenset[str]) -> Iterator[TextField]:
    for name, value in record.items():
        if plain_name(name) in names and (text := _text(value)):
            yield TextField(name, text)


def _text(value: object) -> str:
    """Return a text, or one that is listed paragraph by paragraph."""
    if isinstance(value, list) and all(isinstance(paragraph, str) for paragraph in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) and value.strip() else ""


def kind_of_text(record: Record, field: TextField) -> str:
    """Return the kind of the text: what its field or the record says it is, else what its marks are.

    >>> kind_of_text({}, TextField("body", "<p>Ask early.</p>"))
    'fragment'
    >>> kind_of_text({"format": "text/markdown"}, TextField("body", "Ask early."))
    'markdown'
    """
    if _PAGE.match(field.text):
        return "html"
    said = [field.name, *(text for _, text in _fields(record, _FORMATS))]
    kinds = (kind for words in said for pattern, kind in _SAID if pattern.search(words))
    return next(kinds, "") or _kind_by_marks(field.text[:_LOOKED_AT])


def _kind_by_marks(text: str) -> str:
    """Tell markup by its marks: Markdown may have any HTML in it, while HTML has what looks like Markdown in code."""
    if _FRONT_MATTER.match(text):
        return "markdown"
    html, markdown = len(_HTML_MARK.findall(text)), len(_MARKDOWN_MARK.findall(_CODE.sub("", text)))
    if markdown and (markdown > html or not text.lstrip().startswith("<")):
        return "markdown"
    return "fragment" if html else "markdown" if _BOLD.search(text) else "text"
