"""Set right what some programs write in a way of their own when they save an article as HTML."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from kg.read.formats.tree import words

_EXPORTED: Final = (
    "//d-article | //dt-article | //body[contains(@class, 'doc-content')]"
    " | //article[contains(@class, 'h-entry')]//a[contains(@class, 'p-canonical')]"
)
_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>]+)\s*-->", re.IGNORECASE)
_SAVED_WITHIN: Final = 2_000

_NOTES: Final = ("d-footnote", "dt-fn")
_TITLES: Final = ("d-title", "dt-title")
_APPENDICES: Final = ("d-appendix", "dt-appendix")
ARTICLES: Final = ("d-article", "dt-article")
"""What holds an article of the Distill template, and nothing else."""


def saved_from(markup: str) -> str:
    """Return the address that a browser writes above a page which it saves, or "".

    >>> saved_from("<!-- saved from url=(0023)https://post.example/1 --><html>")
    'https://post.example/1'
    """
    found = _SAVED.search(markup[:_SAVED_WITHIN])
    return found[1] if found else ""


def is_all_article(root: HtmlElement) -> bool:
    """Tell whether a page is an export, which holds an article and no menus: nothing has to be searched for."""
    return bool(root.xpath(_EXPORTED))


def mend(root: HtmlElement) -> None:
    """Make headings, notes and comments what they are on other pages."""
    _mend_google_docs(root)
    _mend_medium(root)
    _mend_distill(root)


def _mend_google_docs(root: HtmlElement) -> None:
    """Make the title a heading, and take out the comments, which stand below the text."""
    for title in _of_class(root, "title", "p"):
        if title.get("id", "").startswith("h."):
            title.tag = "h1"
    for comment in root.xpath("//a[starts-with(@id, 'cmnt') and starts-with(@href, '#cmnt_ref')]"):
        holder = next(comment.iterancestors("div"), None)
        if holder is not None and holder.getparent() is not None:
            holder.drop_tree()


def _mend_medium(root: HtmlElement) -> None:
    """Take out the title and the subtitle where they stand a second time; a subtitle heads no section."""
    above = {words(e) for e in (*root.iter("h1"), *_of_class(root, "p-summary"))}
    for title in (*_of_class(root, "graf--title"), *_of_class(root, "graf--subtitle")):
        if words(title) in above:
            title.drop_tree()
        else:
            title.tag = "h1" if "graf--title" in title.get("class", "") else "p"


def _mend_distill(root: HtmlElement) -> None:
    """Put the title above the article, below it the appendix and the footnotes, which stand within the sentences."""
    article = next(root.iter(*ARTICLES), None)
    if article is None:
        return
    for title in list(root.iter(*_TITLES)):
        article[:0] = list(title)
    for appendix in list(root.iter(*_APPENDICES)):
        if appendix not in article.iterancestors():
            article.extend(list(appendix))
    for note in list(article.iter(*_NOTES)):
        below = note.makeelement("p")
        below.text = note.text
        below.extend(list(note))
        note.text = None
        article.append(below)


def _of_class(root: HtmlElement, name: str, tag: str = "*") -> list[HtmlElement]:
    return [e for e in root.xpath(f"//{tag}[contains(@class, '{name}')]") if name in e.get("class", "").split()]
