"""The text of one article as the extractors see it: its sentences with their words, made once for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.extract.language.lexicon import Tag
from kg.extract.language.words import Word, words
from kg.extract.links import Linked, links
from kg.extract.passages import PROSE, passages
from kg.extract.spotting import Spot, spot
from kg.model import Article, BlockKind, Passage, Place
from kg.vocab import Vocabulary

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article's prose.

    `lowers` are its words in lower case, `tags` their classes, a letter for each; `number` counts the sentences of the
    article from 0, `paragraph` its paragraphs; `opens` and `closes` tell that the sentence is the first or last of its
    paragraph; `kind` is what the block is that it stands in.
    """

    passage: Passage
    text: str
    words: tuple[Word, ...]
    lowers: tuple[str, ...]
    tags: str
    number: int
    paragraph: int
    opens: bool
    closes: bool
    kind: BlockKind

    @property
    def size(self) -> int:
        """The number of its words, marks left out."""
        return len(self.tags) - self.tags.count(Tag.MARK)


_MOST_TELLING: Final = 3


def most_telling(said: Iterable[tuple[float, Sentence]]) -> tuple[Passage, ...]:
    """Return the passages of the sentences that say most for something, at most three: the evidence of an inference.

    `said` are sentences with how much each says; one that says nothing, or speaks against it, is no evidence.
    """
    best = sorted((-much, sentence.number, sentence) for much, sentence in said if much > 0)
    return tuple(sentence.passage for _, _, sentence in best[:_MOST_TELLING])


@dataclass(frozen=True)
class Text:
    """An article, its passages, and what is in them."""

    article: Article
    vocabulary: Vocabulary

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the order of the text."""
        return passages(self.article)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The topics and roles of the vocabulary in the sentences."""
        return spot(self.article, self.passages, self.vocabulary, self.language)

    @cached_property
    def links(self) -> tuple[Linked, ...]:
        """The links to web addresses in the passages, and the addresses that stand there as they are."""
        return tuple(links(self.article, self.passages))

    @property
    def language(self) -> str:
        """The language of the first page, English where that is not known."""
        return self.article.pages[0].language or ENGLISH

    @property
    def is_english(self) -> bool:
        """Tell whether what is known of words holds for this text."""
        return self.language == ENGLISH

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the prose, the title's among them, in the order of the text."""
        return tuple(self._sentences())

    @cached_property
    def headings(self) -> tuple[tuple[Place, tuple[Word, ...]], ...]:
        """The headings of the sections, with their words."""
        places = (s.heading for s in self.article.sections if s.heading and not s.listed)
        return tuple((p, words(self.article.pages[p.page].text, p.span)) for p in places)

    def _sentences(self) -> Iterator[Sentence]:
        told = [p for p in self.passages if p.name in PROSE]
        homes = [self._paragraph(p.place) for p in told]
        paragraph = -1
        for at, (passage, home) in enumerate(zip(told, homes, strict=True)):
            opens = at == 0 or homes[at - 1] != home
            closes = at + 1 == len(told) or homes[at + 1] != home
            paragraph += opens
            text = self.article.pages[passage.place.page].text
            made = words(text, passage.place.span)
            lowers, tags = tuple(w.lower for w in made), "".join(w.tag for w in made)
            kind = self._kinds.get(home, BlockKind.LINE)
            said = passage.place.span.cut(text)
            yield Sentence(passage, said, made, lowers, tags, at, paragraph, opens, closes, kind)

    def _paragraph(self, place: Place) -> tuple[int, int]:
        """Return where the paragraph, item or line begins that a sentence stands in: the last before it ends."""
        at = bisect_left(self._paragraphs, (place.page, place.span.end))
        return self._paragraphs[at - 1] if at else (place.page, place.span.start)

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int]]:
        """The pages and offsets at which paragraphs begin, in order."""
        return sorted({(p.page, p.span.start) for section in self.article.sections for p in section.blocks})

    @cached_property
    def _kinds(self) -> dict[tuple[int, int], BlockKind]:
        """The kind of the block that begins at an offset of a page."""
        return {(n, b.span.start): b.kind for n, page in enumerate(self.article.pages) for b in page.blocks}
