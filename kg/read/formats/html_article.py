"""Find where on a page its article stands.

trafilatura tells which words are the article, and loses headings, code and lists on many pages. So its answer is not
written itself: it shows the place in the page's own tree, and what stands there is written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from itertools import dropwhile
from typing import Final

import trafilatura
from lxml.etree import _Element, iterwalk
from lxml.html import HtmlElement
from trafilatura.settings import Document

from kg.read.formats.html_blocks import BLOCKS, CODE, HEADINGS

logging.getLogger(trafilatura.__name__).addHandler(logging.NullHandler())
"""What it logs of pages in which it finds nothing is no news to a person: those pages are read in another way."""

_KEY: Final = 24
"""Letters at the beginning of a paragraph by which it is found again."""

_SHARE: Final = 0.9
"""The part of the article's words that the element which holds it must have; the rest is strays."""

_MOST_ELEMENTS: Final = 30_000
_DEEPEST: Final = 300
_LONGEST: Final = 5_000_000
"""Elements, elements inside each other, characters. On more trafilatura takes too long, and such a page is a book."""

_LOOKED_AT: Final = 200
_FEWEST_LETTERS: Final = 8
_LETTERS: Final = re.compile(r"[\W_]+")
_ASIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|author-bio|breadcrumbs?|byline|catlinks|comments?|cookies?|consent|disqus|"
    r"infobox|jump|metadata|navbox|newsletter|noprint|outbrain|pagination|paywall|popup|printfooter|promo\w*|"
    r"recirc\w*|recommend\w*|related\w*|screen-reader-text|share\w*|sharing|sidebar|skip-link|social|sponsor\w*|sr-only|"
    r"subscribe|taboola|tags?|toc|toolbar|visually-hidden|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what stands in an article's element and is not of it."""

_PLAIN: Final = frozenset({"p", "ul", "ol", "dl", "table", "blockquote", "figure"}) | HEADINGS | CODE
_LINKED: Final = 0.5
_FEWEST_LINKS: Final = 2


def is_searchable(root: HtmlElement) -> bool:
    """Tell whether a page is small enough for its article to be searched for."""
    depth = elements = length = 0
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth, elements = depth + 1, elements + 1
        length += len(element.text or "") + len(element.tail or "")
        if depth > _DEEPEST or elements > _MOST_ELEMENTS or length > _LONGEST:
            return False
    return True


def locate(root: HtmlElement) -> HtmlElement | None:
    """Return the element that holds a page's article, cleared of all else, or None when none is found."""
    weights = _weights(root)
    if not weights:
        return None
    article = root
    while (inner := _heaviest(article, weights)) is not None and weights[inner] >= _SHARE * weights[root]:
        article = inner
    most = weights[article] * (1 - _SHARE)
    light = {e for e in article.iter(*BLOCKS) if _is_named_aside(e) and weights.get(e, 0) < most}
    for element in _strays(article, weights.keys() - light):
        element.drop_tree()
    return article


def _heaviest(element: HtmlElement, weights: Mapping[HtmlElement, int]) -> HtmlElement | None:
    return max((child for child in element if child in weights), key=weights.__getitem__, default=None)


def _weights(root: HtmlElement) -> Mapping[HtmlElement, int]:
    """Return how many letters of the article each element holds; those that hold none are left out."""
    keys = _keys(root)
    weights: dict[HtmlElement, int] = {}
    for element in root.iter(*BLOCKS) if keys else ():
        own = _own_length(element)
        if own and _beginning(element) in keys:
            for holder in (element, *element.iterancestors()):
                weights[holder] = weights.get(holder, 0) + own
    return weights


def _keys(root: HtmlElement) -> set[str]:
    """Return how the paragraphs begin that trafilatura takes for the article's."""
    try:
        found = trafilatura.bare_extraction(deepcopy(root), include_comments=False)
    except Exception:  # noqa: BLE001 - it runs other people's heuristics over any tree, and there is another way
        return set()
    body = found.body if isinstance(found, Document) else None
    if body is None:
        return set()
    return {_beginning(e) for e in body.iter("p", "head", "item", "quote", "code", "cell")} - {""}


def _beginning(element: _Element) -> str:
    """Return the first letters of an element, by which its text is known in another tree; "" for a few."""
    letters = ""
    for part in element.itertext():
        letters += _LETTERS.sub("", str(part)[:_LOOKED_AT])
        if len(letters) >= _KEY:
            break
    return letters[:_KEY] if len(letters) >= _FEWEST_LETTERS else ""


def _own_length(element: HtmlElement) -> int:
    """Return how much text stands in an element itself, and not in a block inside of it."""
    parts = [element.text]
    for child in element:
        parts += [child.tail] if child.tag in BLOCKS else [*child.itertext(), child.tail]
    return sum(len(part.strip()) for part in parts if part)


def _strays(article: HtmlElement, holders: Collection[HtmlElement]) -> list[HtmlElement]:
    """Return the blocks about and between the paragraphs of an article that are not part of it."""
    blocks = list(_outermost(article, holders))
    known = [n for n, block in enumerate(blocks) if block in holders]
    if not known:
        return []
    first, last = known[0], known[-1]
    before = [b for b in blocks[:first] if b.tag not in HEADINGS]
    between = [b for b in blocks[first:last] if b not in holders and _is_aside(b)]
    beside = blocks[last].getparent()
    below = dropwhile(lambda b: b.getparent() is beside and b.tag in _PLAIN and not _is_aside(b), blocks[last + 1 :])
    return [*before, *between, *(b for b in below if b.getparent() is not beside or not _is_shown(b))]


def _is_shown(block: HtmlElement) -> bool:
    """Tell whether a block is code or a figure, which belong to the article behind an advertisement too."""
    holds_code = block.tag in CODE or next(block.iter(*CODE), None) is not None
    return (holds_code or block.tag == "figure") and not _is_named_aside(block)


def _outermost(article: HtmlElement, holders: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield the paragraphs of the article, and the outermost blocks that hold none of them, in order."""
    walk = iterwalk(article, events=("start",))
    for _, element in walk:
        if element is article or element.tag not in BLOCKS:
            continue
        if element not in holders or _own_length(element):
            yield element
            walk.skip_subtree()


def _is_named_aside(block: HtmlElement) -> bool:
    """Tell whether a block is named as what is no part of a text."""
    return bool(_ASIDE.search(f"{block.get('class', '')} {block.get('id', '')}"))


def _is_aside(block: HtmlElement) -> bool:
    """Tell whether a block is named as no part of the text, or is nothing but links."""
    if block.tag in _PLAIN or _is_named_aside(block):
        return _is_named_aside(block)
    links = ["".join(str(part) for part in link.itertext()) for link in block.iter("a")]
    length = sum(len(str(part).strip()) for part in block.itertext())
    return len(links) >= _FEWEST_LINKS and sum(len(link.strip()) for link in links) > _LINKED * length
