"""What the loosely named fields of front matter, records and notebooks say about an article."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kg.read.inputs import Stated
from kg.read.stated.literals import unrolled
from kg.read.stated.meaning import meanings, visible

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "headline", "name", "linktitle"),
    "author": (
        "author", "authors", "authorname", "authornames", "byline", "by", "writtenby", "creator", "creators", "writer",
        "writers", "createdby",
    ),
    "date": (
        "datepublished", "publishedat", "publisheddate", "publishedon", "publishedtime", "published", "publishdate",
        "publicationdate", "pubdate", "date", "posted", "postedat", "postedon", "postdate", "dateposted", "issued",
        "path", "permalink", "slug", "url", "created", "createdat", "datecreated", "creationdate",
    ),
    "language": ("lang", "language", "locale", "inlanguage"),
    "source": ("publisher", "publication", "sitename", "site", "outlet", "journal", "source"),
    "url": ("canonicalurl", "canonical", "url", "permalink", "link", "originalurl", "sourceurl", "source"),
    "abstract": (
        "abstract", "abstractnote", "description", "summary", "excerpt", "standfirst", "dek", "deck", "teaser",
        "subtitle", "headline",
    ),
    "tag": (
        "tags", "tag", "keywords", "keyword", "categories", "category", "topics", "topic", "labels", "subjects",
        "subject",
    ),
}  # fmt: skip
"""The fields that may say each thing, most trusted first: the first one that says something counts, of tags all."""

_GROUPS: Final = {"taxonomies", "extra", "params", "metadata", "meta"}
"""Fields that only hold further fields."""
_NAMES: Final = ("name", "title", "label", "literal", "text", "#text", "@value", "value")
_NAME_PARTS: Final = (
    ("given", "family"), ("first", "last"), ("givenname", "familyname"), ("firstname", "lastname"),
    ("givennames", "surname"),
)  # fmt: skip
_NOTHING: Final = {"", "~", "null", "none", "nil", "nan", "true", "false", "undefined"}
_SEPARATORS: Final = re.compile(r"^.*:|[\W_]+")
_PROSE: Final = {"title", "abstract"}
_MAX_DEPTH: Final = 4
_MAX_NUMBER: Final = 10**18


def stated(fields: Mapping[str, object], origin: str) -> list[Stated]:
    """Return what the fields of a file state about its article, most trusted first, values as the file has them.

    >>> stated({"Author": "Ann Oduya", "pub_date": "2026-01-31", "layout": "post"}, "front matter")[0]
    Stated(name='author', value='Ann Oduya', label='Author', origin='front matter')
    >>> [(s.name, s.value) for s in stated({"taxonomies": {"tags": ["a", "b"]}, "categories": "b"}, "front matter")]
    [('tag', 'a'), ('tag', 'b')]
    """
    known = _known(fields)
    return [s for name, keys in _KEYS.items() for s in _said(name, [known[k] for k in keys if k in known], origin)]


def _known(fields: Mapping[str, object]) -> dict[str, tuple[str, object]]:
    """Return the fields by their bare names, each with its own word; those inside a group come after the others."""
    inner = [value for key, value in fields.items() if _bare(key) in _GROUPS and isinstance(value, Mapping)]
    known: dict[str, tuple[str, object]] = {}
    for key, value in (item for group in (fields, *inner) for item in group.items()):
        if value not in ("", None):
            known.setdefault(_bare(key), (str(key), value))
    return known


def _bare(key: object) -> str:
    return _SEPARATORS.sub("", str(key)).casefold()


def _said(name: str, found: Sequence[tuple[str, object]], origin: str) -> Iterator[Stated]:
    """Yield what the fields say that may say one thing."""
    seen: set[str] = set()
    for label, value in found:
        values = [v for v in _values(value if name in _PROSE else unrolled(value)) if meanings(name, visible(v))]
        yield from (Stated(name, v, label, origin) for v in dict.fromkeys(values) if v.casefold() not in seen)
        seen.update(v.casefold() for v in values)
        if values and name != "tag":
            return


def _values(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the single values in what a field holds: a text, a number, or a list or table of them."""
    if isinstance(value, bool) or value is None or depth > _MAX_DEPTH:
        return
    if isinstance(value, str | int | float | date):
        if _is_plain(value) and (text := str(value).strip()).casefold() not in _NOTHING:
            yield text
    elif isinstance(value, Mapping):
        yield from _named(value, depth)
    elif isinstance(value, Sequence | set) and not isinstance(value, bytes | bytearray):
        for item in value:
            yield from _values(item, depth + 1)


def _is_plain(value: str | float | date) -> bool:
    """Tell whether a value can be written down: no text is made of infinity, nor of a number without end."""
    return isinstance(value, str | date) or (math.isfinite(value) and abs(value) < _MAX_NUMBER)


def _named(table: Mapping[object, object], depth: int) -> Iterator[str]:
    """Yield what a table names: itself, a person by parts of the name, or each of the tables that it lists."""
    fields = {str(key).casefold().replace("_", "").replace("-", ""): value for key, value in table.items()}
    named = next((fields[key] for key in _NAMES if fields.get(key)), None)
    parts = next(([fields[key] for key in pair if fields.get(key)] for pair in _NAME_PARTS if fields.get(pair[1])), [])
    if named is not None:
        yield from _values(named, depth + 1)
    elif parts:
        yield " ".join(v for part in parts for v in _values(part, depth + 1))
    else:
        for value in table.values():
            if isinstance(value, Mapping):
                yield from _values(value, depth + 1)
