"""What the page states about the article outside its sections: publisher, curator, authors, field, level, length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.passages import DETAIL
from kg.model import Article, Detail, Kind, Mention, Passage, Place, Relation, Span
from kg.vocab import Vocabulary

_SOURCES: Final = {"publisher": Relation.PUBLISHER, "curator": Relation.CURATOR, "author": Relation.AUTHOR}
_TOP: Final = re.compile(r"\s+(?:[—–/|→-]|--|>>)\s+|\s*[>›»]\s*|\s*:\s+")
_COMMA: Final = re.compile(r"[,;]")
_DEPTH: Final = re.compile(r"[,;/·|()]")


def details(article: Article, told: Iterable[Passage], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Yield the sources, fields, level and length that the page's details name."""
    reader = _Details(article, vocabulary)
    passages = {p.place: p for p in told if p.name == DETAIL}
    for detail in article.details:
        yield from reader.read(detail, passages[detail.context])


@dataclass(frozen=True)
class _Details:
    """Reads the details of one article."""

    article: Article
    vocabulary: Vocabulary

    def read(self, detail: Detail, passage: Passage) -> Iterator[Mention]:
        """Yield what one detail names."""
        if relation := _SOURCES.get(detail.name):
            name = detail.meaning or self.article.line(detail.value)
            yield Mention(passage, Kind.SOURCE, relation, name, detail.value)
        elif detail.name == "field":
            yield from self._fields(detail.value, passage)
        elif detail.name in {"depth", "length"}:
            yield from self._depth(detail.value, passage, {Kind.LEVEL} if detail.name == "length" else set())

    def _concept(self, kind: Kind, relation: Relation, place: Place, passage: Passage, within: str = "") -> Mention:
        label = self.article.line(place)
        return Mention(passage, kind, relation, label, place, self.vocabulary.only(label, kind), within)

    def _pieces(self, place: Place, separator: re.Pattern[str]) -> Iterator[Place]:
        text = self.article.pages[place.page].text
        yield from (Place(place.page, span) for span in place.span.pieces(text, separator, "."))

    def _fields(self, value: Place, passage: Passage) -> Iterator[Mention]:
        """Read "TOP — SUB, SUB": the article is filed under each sub-field, or under a top field that stands alone."""
        top, subs = self._split_top(value)
        names = list(self._known_whole(subs)) if subs else []
        yield self._concept(Kind.FIELD, Relation.MENTIONS if names else Relation.FILED_UNDER, top, passage)
        for name in names:
            yield self._concept(Kind.FIELD, Relation.FILED_UNDER, name, passage, within=self.article.line(top))

    def _split_top(self, value: Place) -> tuple[Place, Place | None]:
        text = self.article.pages[value.page].text
        dash = _TOP.search(text, value.span.start, value.span.end)
        if dash is None:
            return value, None
        top = Place(value.page, Span(value.span.start, dash.start()))
        return top, Place(value.page, Span(dash.end(), value.span.end))

    def _known_whole(self, subs: Place) -> Iterator[Place]:
        """Yield the names between commas, a name of the vocabulary that has a comma itself kept whole."""
        parts = list(self._pieces(subs, _COMMA))
        while parts:
            taken = next((n for n in range(len(parts), 1, -1) if self._is_known(_across(parts[:n]))), 1)
            yield _across(parts[:taken])
            parts = parts[taken:]

    def _is_known(self, place: Place) -> bool:
        return bool(self.vocabulary.named(self.article.cut(place), Kind.FIELD))

    def _depth(self, value: Place, passage: Passage, stated: set[Kind]) -> Iterator[Mention]:
        """Read "LEVEL, LENGTH"; a word that neither scale knows is the one of the two that is not yet stated."""
        for part in self._pieces(value, _DEPTH):
            words = self.article.cut(part)
            known = next((k for k in (Kind.LEVEL, Kind.LENGTH) if self.vocabulary.only(words, k)), None)
            kind = known or (Kind.LENGTH if Kind.LEVEL in stated else Kind.LEVEL)
            if kind not in stated:
                relation = Relation.LEVEL if kind is Kind.LEVEL else Relation.LENGTH
                yield self._concept(kind, relation, part, passage)
            stated.add(kind)


def _across(parts: Sequence[Place]) -> Place:
    """Return the place from the first part to the last."""
    return Place(parts[0].page, Span(parts[0].span.start, parts[-1].span.end))
