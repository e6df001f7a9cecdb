"""HTML: the text is what a reader sees of the page's article, without menus, scripts and forms."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml.html import HtmlElement

from kg.errors import InputError
from kg.model import BlockKind
from kg.read.blocks import BlockWriter
from kg.read.decode import text_of
from kg.read.formats import frontmatter, html_blocks, html_exports, html_meta, html_write
from kg.read.formats.html_article import is_searchable, locate
from kg.read.inputs import Document, Input, Stated
from kg.read.parts.article import is_digest
from kg.read.parts.headings import table
from kg.read.stated import fields

_FENCE: Final = ("---", "+++")

_PROSE: Final = 80
"""Characters; a shorter block may be a menu as well."""

_LOST: Final = 0.4
"""When less than this part of a page's prose is left, the article was not found but lost."""


def documents(input_: Input) -> Iterator[Document]:
    """Yield the article of a page, or a fragment of one as a whole.

    Raises InputError when there is no text to read in it.
    """
    markup = text_of(input_)
    stated: list[Stated] = []
    if markup.startswith(_FENCE):
        above, markup = frontmatter.split(markup)
        stated = fields.stated(above, "front matter")
    root = html_blocks.parse(markup)
    if root is None:
        raise InputError(input_.path, "is empty, or too large to be one article", "check the file, or split it")
    if input_.kind == "fragment":
        page = _whole(root)
    else:
        html_exports.mend(root)
        stated += [*html_meta.stated(root), *_saved_from(markup)]
        page = _article(root)
    if not page.blocks and not stated:
        raise _nothing(input_)
    yield Document(page.text, tuple(page.blocks), tuple(page.links), tuple(stated), code=tuple(page.code_spans))


def _nothing(input_: Input) -> InputError:
    if input_.kind == "fragment":
        return InputError(input_.path, "has no text", "leave it out")
    return InputError(input_.path, "has no text that a reader would see", "save the page as shown in a browser")


def _saved_from(markup: str) -> list[Stated]:
    address = html_exports.saved_from(markup)
    return [Stated("url", address, "saved from url", "comment")] if address else []


def fragment(markup: str) -> BlockWriter:
    r"""Return the text of some HTML that is all article: of a feed, a mail, or inside of Markdown.

    >>> fragment("<p>See <a href='b.html'>the guide</a>.<ul><li>One</ul>").text
    'See the guide.\nOne'
    """
    root = html_blocks.parse(markup)
    return BlockWriter() if root is None else _whole(root)


def _whole(root: HtmlElement) -> BlockWriter:
    html_blocks.prune(root, furniture=False)
    return _written(root)


def _visible(root: HtmlElement) -> BlockWriter:
    """Write all that is seen of what a page itself calls its article, if that is one element, else its main part."""
    html_blocks.prune(root, furniture=True)
    holders = (list(root.iter(name)) for name in (*html_exports.ARTICLES, "article", "main", "body"))
    return _written(next((found[0] for found in holders if len(found) == 1), root))


def _written(element: HtmlElement) -> BlockWriter:
    page = BlockWriter()
    html_write.write(element, page)
    return page


def _article(root: HtmlElement) -> BlockWriter:
    """Write the article of a page: what is found as such, unless that is no good or the page is a digest."""
    whole = deepcopy(root) if not html_exports.is_all_article(root) and is_searchable(root) else None
    visible = _visible(root)
    if whole is None or is_digest(visible.text, visible.blocks, table()):
        return visible
    html_blocks.prune(whole, furniture=False)
    holder = locate(whole)
    found = BlockWriter() if holder is None else _written(holder)
    return visible if _prose(found) < _LOST * _prose(visible) or not found.blocks else found


def _prose(page: BlockWriter) -> int:
    """Return how much of a page is sentences and not links."""
    linked = [link.span for link in page.links]
    blocks = [b.span for b in page.blocks if b.span.end - b.span.start >= _PROSE and b.kind is not BlockKind.HEADING]
    return sum(span.end - span.start for span in blocks) - sum(span.end - span.start for span in linked)
