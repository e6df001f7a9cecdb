"""What a page says of its article in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kg.read.inputs import Stated

ORIGIN: Final = "JSON-LD"

_BEGINS: Final = re.compile(r"[{\[]")
_ARTICLES: Final = ("Article", "Posting", "Report", "Review", "WebPage")
"""How the types end that an article may have, the most telling first ("NewsArticle", "BlogPosting")."""

_FIELDS: Final = (
    ("title", ("headline", "name")),
    ("author", ("author", "creator")),
    ("date", ("datePublished",)),
    ("language", ("inLanguage",)),
    ("source", ("publisher",)),
    ("url", ("url", "mainEntityOfPage")),
    ("tag", ("keywords",)),
    ("abstract", ("abstract", "description")),
)
"""What is taken from which properties; of several, the first that says anything."""

_NAMED: Final = ("name", "alternateName", "@value", "@id", "url")
_LINKED: Final = ("@id", "url", "@value")

Item = dict[str, Any]


def stated(scripts: Iterable[str]) -> list[Stated]:
    """Return what the scripts of a page state about its article.

    >>> stated(['{"@type": "BlogPosting", "author": [{"name": "Ann Oduya"}]}'])
    [Stated(name='author', value='Ann Oduya', label='author', origin='JSON-LD')]
    """
    items = [item for script in scripts for item in _items(script)]
    known = {str(item["@id"]): item for item in items if "@id" in item and len(item) > 1}
    article = min(items, key=_rank, default={})
    if _rank(article) == len(_ARTICLES):
        return []
    return [s for name, labels in _FIELDS for s in _first(name, labels, article, known)]


def _items(script: str) -> Iterator[Item]:
    """Yield all things that a script describes, the outer before those inside of them."""
    script = script.replace("<![CDATA[", "")
    begins = _BEGINS.search(script)
    try:
        waiting = deque([json.JSONDecoder(strict=False).raw_decode(script, begins.start() if begins else 0)[0]])
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _rank(item: Item) -> int:
    """Return how surely a thing is the page's article, 0 being the surest."""
    types = [str(t) for t in _several(item.get("@type"))]
    ranks = [n for n, end in enumerate(_ARTICLES) if any(t.endswith(end) for t in types)]
    return ranks[0] if ranks else len(_ARTICLES)


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(name: str, labels: tuple[str, ...], article: Item, known: dict[str, Item]) -> list[Stated]:
    for label in labels:
        words = [_words(name, value, known) for value in _several(article.get(label))]
        if found := [Stated(name, w, label, ORIGIN) for w in words if w]:
            return found
    return []


def _words(name: str, value: object, known: dict[str, Item]) -> str:
    """Return the words of a value: its own, or those of the thing that it is or refers to."""
    if isinstance(value, dict):
        thing: Item = known.get(str(value.get("@id")), {}) | value
        keys = _LINKED if name == "url" else _NAMED
        value = next((thing[key] for key in keys if isinstance(thing.get(key), str)), "")
    words = value.strip() if isinstance(value, str) else ""
    is_link = words.startswith(("http://", "https://"))
    return words if is_link == (name == "url") else ""
