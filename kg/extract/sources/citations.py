"""The sources that an article cites: by a link, by saying whose words they are, and in its list of references."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.language.words import letters
from kg.extract.sources.attributions import attributions
from kg.extract.sources.cited_links import cited_links
from kg.extract.sources.names import bare, capitals, is_headline
from kg.extract.text import Text
from kg.model import Kind, Mention, Passage, Place, Relation, Span

_REFERENCES: Final = "references"
_OWN: Final = frozenset({"author", "curator", "publisher"})
_TITLE: Final = re.compile(r"[“\"](?P<quoted>[^“”\"]{8,250})[”\"]|\((?:19|20)\d\d[a-z]?\)\.?\s+(?P<dated>[^.]{8,250})")
"""The title in an entry of a list of references: in quotation marks, or behind the year."""


def citations(text: Text) -> Iterator[Mention]:
    """Yield the sources that an article links by name, attributes something to, or lists as references.

    Who wrote or published the article is no source of it. Where two of these find a name in the same words, such as a
    surname in "Ann Oduya (2024)", the longer one counts.
    """
    found = [(link.passage, place) for link, place in cited_links(text)]
    found += [(sentence.passage, place) for sentence, place in attributions(text)]
    found += _listed(text)
    own = [letters(d.meaning or text.article.cut(d.value)) for d in text.article.details if d.name in _OWN]
    taken: defaultdict[Passage, list[Span]] = defaultdict(list)
    for passage, place in sorted(found, key=lambda one: (one[1].span.start - one[1].span.end, one)):
        name = letters(text.article.cut(place))
        if not any(name in other for other in own) and _is_free(place.span, taken[passage]):
            insort(taken[passage], place.span)
            yield Mention(passage, Kind.SOURCE, Relation.CITES, text.article.line(place), place)


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Tell whether a span overlaps none of those that are taken, of which none overlaps another."""
    at = bisect_left(taken, span)
    return all(other.end <= span.start or span.end <= other.start for other in taken[max(0, at - 1) : at + 1])


def _listed(text: Text) -> Iterator[tuple[Passage, Place]]:
    """Yield the title in each entry of the references: the words of a link, or what is set apart as one."""
    entries = [passage for passage in text.passages if passage.name == _REFERENCES]
    linked = {link.passage: link.surface for link in reversed(text.links)}
    for passage in entries:
        words = text.article.cut(passage.place)
        if found := _TITLE.search(words):
            start, end = found.span("quoted" if found["quoted"] else "dated")
            place = Place(passage.place.page, Span(start, end).moved(passage.place.span.start))
        else:
            place = linked.get(passage, passage.place)
        name = bare(text.article.cut(place))
        title = name.cut(text.article.cut(place))
        if passage in linked or found or capitals(title) or is_headline(title):
            yield passage, Place(place.page, name.moved(place.span.start))
