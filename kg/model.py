"""What the stages hand to each other: plain, frozen, ordered values that know nothing of RDF.

A file becomes a `Page`, one or more pages become an `Article`, extractors find `Mention`s and `Principle`s in it, and
linking turns those into a `Record`: the facts of one article.

All offsets are counted in code points of `Page.text` and are half-open: `text[start:end]`.

What is made, compared and looked up by the hundred for each article is a named tuple, which does that in C; the rest
are dataclasses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, NewType

_SPACE: Final = " \t\n\r\u00a0"

Iri = NewType("Iri", str)
"""The name of a thing. Only `kg.vocab` makes one."""


class Kind(StrEnum):
    """The kinds of thing in the graph; the value is the folder that its IRIs live in."""

    ARTICLE = "article"
    PASSAGE = "passage"
    TOPIC = "topic"
    ROLE = "role"
    PRINCIPLE = "principle"
    SOURCE = "source"
    FIELD = "field"
    LEVEL = "level"
    LENGTH = "length"
    CODE = "code"
    FUNCTION = "function"
    SENIORITY = "seniority"
    SECTION = "section"
    INFERENCE = "inference"
    PAIR = "pair"


class Relation(StrEnum):
    """How an article or one of its passages stands to what is mentioned there."""

    MENTIONS = "mentions"
    ABOUT = "about"
    AUDIENCE = "audience"
    PUBLISHER = "publisher"
    CURATOR = "curator"
    AUTHOR = "author"
    CITES = "cites"
    FILED_UNDER = "filed under"
    LEVEL = "level"
    LENGTH = "length"
    REFERS_TO = "refers to"
    RELATED = "related"


class Modality(StrEnum):
    """What kind of advice a principle gives."""

    OBLIGATION = "Obligation"
    RECOMMENDATION = "Recommendation"
    PROHIBITION = "Prohibition"
    PERMISSION = "Permission"
    PREFERENCE = "Preference"
    OBSERVATION = "Observation"


class BlockKind(StrEnum):
    """What a stretch of a page is to its reader."""

    HEADING = "heading"
    LINE = "line"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"


class Span(NamedTuple):
    """A stretch of text: half-open [start, end), in code points.

    >>> Span(4, 9).cut("The quick fox")
    'quick'
    """

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        """Return the span as it stands in a text that has so many code points more before it.

        >>> Span(0, 3).moved(10)
        Span(start=10, end=13)
        """
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str, before: str = "", behind: str = "") -> Span:
        """Return the span without white space at its ends, nor any of the marks `before` and `behind` it.

        >>> Span(0, 9).trimmed("· Hiring.", "·", ".")
        Span(start=2, end=8)
        """
        words = self.cut(text)
        start = self.start + len(words) - len(words.lstrip(_SPACE + before))
        return Span(start, max(start, self.start + len(words.rstrip(_SPACE + behind))))

    def pieces(self, text: str, separator: re.Pattern[str], behind: str = "") -> Iterator[Span]:
        """Yield what stands between separators, trimmed, without the marks `behind` it; nothing for what is empty.

        >>> [s.cut("CTO, Editor.") for s in Span(0, 12).pieces("CTO, Editor.", re.compile(","), ".")]
        ['CTO', 'Editor']
        """
        cuts = [self.start, *(i for m in separator.finditer(text, self.start, self.end) for i in m.span()), self.end]
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            piece = Span(start, end).trimmed(text, behind=behind)
            if piece.start < piece.end:
                yield piece


class Place(NamedTuple):
    """A span in one of the pages of an article (`page` counts from 0)."""

    page: int
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A heading, a line (or paragraph), list item, quotation or line of code, markup and bullet left outside the span.

    `level` is the depth of a marked heading, 1 for the outermost; 0 for a heading of unknown depth and all else.
    """

    span: Span
    kind: BlockKind
    level: int = 0

    def moved(self, by: int) -> Block:
        """Return the block as it stands in a text that has so many code points more before it."""
        return Block(self.span.moved(by), self.kind, self.level)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Words of a page that lead somewhere."""

    span: Span
    target: str

    def moved(self, by: int) -> Link:
        """Return the link as it stands in a text that has so many code points more before it."""
        return Link(self.span.moved(by), self.target)


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """What a file states about its article beside the text: in front matter, meta elements, a feed, its own path.

    `value` stands inside the words of `context`; `meaning` is the value in normal form (a date as YYYY-MM-DD);
    `origin` says where it was found ("front matter", "JSON-LD", "path").
    """

    name: str
    value: Span
    context: Span
    meaning: str
    origin: str


@dataclass(frozen=True, slots=True, order=True)
class Page:
    r"""One file as read: its path below the folder that is built, its text, and the blocks of that text in order.

    `text` is what a person reads in the file: for plain text the decoded file itself (byte order mark dropped, line
    ends as "\n"), for other formats the visible words. What the file states beside its text stands above it, one line
    for each thing ("author: Ann Oduya"), outside all blocks. Reading the same bytes again gives the same page.
    `is_set` tells that the blocks are lines as a file has them set, of which several may make a paragraph; `code` are
    the words within blocks that are set as code, in order.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    sha256: str = ""
    language: str = ""
    statements: tuple[Statement, ...] = ()
    is_set: bool = False
    code: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that stands in a section: its words, and the line that lists it ("Best for: CTO, Editor")."""

    words: Place
    line: Place


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """What stands under one heading of an article, or above its first section (then there is no heading).

    `name` is the section's key in ontology/sections.ttl, such as "takeaway", or "" for a heading that the table does
    not know. In a listed section each entry is a thing (a topic, role, repository, ...); elsewhere it is a paragraph.
    """

    name: str
    heading: Place | None
    entries: tuple[Entry, ...]
    listed: bool = False

    @property
    def blocks(self) -> tuple[Place, ...]:
        """The words of the entries."""
        return tuple(entry.words for entry in self.entries)


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """A value that a page states about its article outside any section: `value` inside the words of `context`.

    `meaning` is the value in normal form where the words alone are not ("2026-01-31"); `origin` says where a value was
    found that the text itself does not state.
    """

    name: str
    value: Place
    context: Place
    meaning: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """One article: the pages that it was read from (ordered by path) and the parts found on them.

    Of a digest, a page with headings for all that is to be known of an article, what it does not state is not known.
    """

    pages: tuple[Page, ...]
    title: Place | None = None
    details: tuple[Detail, ...] = ()
    sections: tuple[Section, ...] = ()
    is_digest: bool = False

    @property
    def path(self) -> str:
        """The path of the article's first file."""
        return self.pages[0].path

    def cut(self, place: Place) -> str:
        """Return the exact words at `place`."""
        return place.span.cut(self.pages[place.page].text)

    def line(self, place: Place) -> str:
        """Return the words at `place` on one line, each run of white space as one space."""
        return " ".join(self.cut(place).split())

    @property
    def prose(self) -> tuple[Place, ...]:
        """The paragraphs of the sections that are no lists, in order."""
        return tuple(block for section in self.sections if not section.listed for block in section.blocks)

    def detail(self, name: str) -> str:
        """Return the first value stated for `name` ("publisher", "curator", ...), or ""."""
        return next((self.cut(d.value) for d in self.details if d.name == name), "")


class Passage(NamedTuple):
    """A sentence of an article, or a heading, list item or line that says something by itself.

    `section` is the heading that it stands under, as printed; `name` is that section's key.
    """

    place: Place
    section: str
    name: str = ""


class Mention(NamedTuple):
    """A thing found in a passage.

    `label` names the thing, `surface` is the stretch of the passage that does. `concept` is set where the vocabulary
    knows the thing. `within` names the thing's parent where the page itself states it (the top field of a sub-field).
    """

    passage: Passage
    kind: Kind
    relation: Relation
    label: str
    surface: Place
    concept: Iri = Iri("")
    within: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Principle:
    """A sentence that states a rule, norm, warning or lesson which a reader could apply elsewhere.

    `rule` names the rule that found it; `roles` and `topics` are the mentions that it applies to and is about.
    """

    passage: Passage
    modality: Modality
    rule: str
    roles: tuple[Mention, ...] = ()
    topics: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Inference:
    """A thing that an article stands to in some way which it does not state: its field, its level, who would act on it.

    `evidence` are the passages that led to it, most telling first; `rule` says how.
    """

    relation: Relation
    kind: Kind
    label: str
    concept: Iri
    evidence: tuple[Passage, ...]
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Findings:
    """All that the extractors found in one article.

    `takeaways` and `abstract` are the sentences chosen where the article has no part that is one or the other;
    `inferred` are the relations of which nothing is stated, only found out.
    """

    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    principles: tuple[Principle, ...]
    inferences: tuple[Inference, ...] = ()
    takeaways: tuple[Passage, ...] = ()
    abstract: tuple[Passage, ...] = ()
    inferred: tuple[Relation, ...] = ()


class Value(NamedTuple):
    """A literal: its canonical lexical form, and its datatype ("string", "integer", ...) or language tag ("@en")."""

    text: str
    type: str = "string"


class Fact(NamedTuple):
    """One statement, and the passages that say it (none for what describes the file itself)."""

    subject: Iri
    predicate: Iri
    object: Iri | Value
    evidence: tuple[Iri, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """The order of facts: subject, predicate, then IRIs before literals."""
        if isinstance(self.object, Value):
            return (self.subject, self.predicate, "~", self.object.text, self.object.type)
        return (self.subject, self.predicate, self.object, "", "")


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of one article, sorted: `facts` are what it says, `shared` describes its principles."""

    iri: Iri
    path: str
    facts: tuple[Fact, ...]
    shared: tuple[Fact, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """(path, sha256) of each file that the article was read from."""
    language: str = ""
