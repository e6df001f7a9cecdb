"""What the page states about the article outside its sections: publisher, curator, field, level and length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.listing import pieces
from kg.extract.passages import DETAIL
from kg.model import Article, Detail, Kind, Mention, Passage, Place, Relation, Span
from kg.vocab import Vocabulary

_SOURCES: Final = {"publisher": Relation.PUBLISHER, "curator": Relation.CURATOR}
_TOP: Final = re.compile(r"\s+[—–-]\s+|\s*[>›»]\s*|\s*:\s+")
_COMMA: Final = re.compile(r"[^,;]+")
_DEPTH: Final = re.compile(r"[^,;/·|]+")


def details(article: Article, told: Iterable[Passage], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Yield the sources, fields, level and length that the page's details name."""
    passages = {p.place: p for p in told if p.name == DETAIL}
    for detail in article.details:
        passage = passages[detail.context]
        if relation := _SOURCES.get(detail.name):
            yield Mention(passage, Kind.SOURCE, relation, _line(article, detail.value), detail.value)
        elif detail.name == "field":
            yield from _fields(article, detail, passage, vocabulary)
        elif detail.name == "depth":
            yield from _depth(article, detail, passage, vocabulary)


def _line(article: Article, place: Place) -> str:
    return " ".join(article.cut(place).split())


def _fields(article: Article, detail: Detail, passage: Passage, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Read "TOP — SUB, SUB": the article is filed under each sub-field, or under the top field when it stands alone."""
    top, subs = _split_top(article, detail.value)
    names = list(_known_whole(article, subs, vocabulary)) if subs else []
    relation = Relation.MENTIONS if names else Relation.FILED_UNDER
    yield _concept(article, top, passage, Kind.FIELD, relation, vocabulary)
    for name in names:
        yield _concept(article, name, passage, Kind.FIELD, Relation.FILED_UNDER, vocabulary, within=_line(article, top))


def _split_top(article: Article, value: Place) -> tuple[Place, Place | None]:
    text = article.pages[value.page].text
    dash = _TOP.search(text, value.span.start, value.span.end)
    if dash is None:
        return value, None
    return (
        Place(value.page, Span(value.span.start, dash.start())),
        Place(value.page, Span(dash.end(), value.span.end)),
    )


def _known_whole(article: Article, subs: Place, vocabulary: Vocabulary) -> Iterator[Place]:
    """Yield the names between commas, a name of the vocabulary that has a comma itself kept whole."""
    parts = list(pieces(article, subs, _COMMA))
    while parts:
        taken = next((n for n in range(len(parts), 1, -1) if _is_known(article, parts[:n], vocabulary)), 1)
        yield Place(subs.page, Span(parts[0].span.start, parts[taken - 1].span.end))
        parts = parts[taken:]


def _is_known(article: Article, parts: list[Place], vocabulary: Vocabulary) -> bool:
    whole = Place(parts[0].page, Span(parts[0].span.start, parts[-1].span.end))
    return bool(vocabulary.named(article.cut(whole), Kind.FIELD))


def _depth(article: Article, detail: Detail, passage: Passage, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Read "LEVEL, LENGTH"; a word that neither scale knows is the one of the two that is not yet stated."""
    stated: set[Kind] = set()
    for part in pieces(article, detail.value, _DEPTH):
        words = article.cut(part)
        known = next((k for k in (Kind.LEVEL, Kind.LENGTH) if vocabulary.only(words, k)), None)
        kind = known or (Kind.LENGTH if Kind.LEVEL in stated else Kind.LEVEL)
        relation = Relation.LEVEL if kind is Kind.LEVEL else Relation.LENGTH
        if kind not in stated:
            yield _concept(article, part, passage, kind, relation, vocabulary)
        stated.add(kind)


def _concept(
    article: Article,
    place: Place,
    passage: Passage,
    kind: Kind,
    relation: Relation,
    vocabulary: Vocabulary,
    *,
    within: str = "",
) -> Mention:
    label = _line(article, place)
    return Mention(passage, kind, relation, label, place, vocabulary.only(label, kind), within)
