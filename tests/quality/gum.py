"""Read the GUM corpus: general English text with its sentences, their kinds, and how salient each entity is.

GUM (Zeldes 2017) is a folder of CoNLL-U files, one for each document. The text is rebuilt from the `# text` lines: the
sentences of a paragraph are joined by a space, paragraphs by an empty line. An entity's salience is the number of five
summaries of the document that name it (Lin and Zeldes 2025, GUM-SAGE), as in `# meta::salientEntities`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from kg.model import Span
from tests.quality.gold import SHARED

FOLDER: Final = SHARED / "gold" / "external" / "gum"

LICENCES: Final = {
    "academic": "CC BY 4.0",
    "bio": "CC BY-SA 3.0",
    "court": "differs by document",
    "essay": "differs by document",
    "interview": "CC BY 2.5",
    "news": "CC BY 2.5",
    "speech": "public domain for the most part",
    "textbook": "differs by document",
    "voyage": "CC BY-SA 3.0",
}
"""What the texts of each expository genre may be used for; GUM's own annotations are CC BY 4.0."""

_META: Final = re.compile(r"# (?:meta::)?(newdoc id|genre|salientEntities|newpar|s_type|text)(?: = (.*))?")
_SALIENT: Final = re.compile(r"(\d+) \((\d)\*?\)")
_ENTITY: Final = re.compile(r"\((\d+)-[^()]*|(\d+)\)|\)")
"""The brackets of mentions: "(7-person-new" opens one of entity 7, "7)" closes it, ")" one that is a single word."""

_UNNAMED: Final = frozenset({"DET", "PRON", "PUNCT", "ADP", "CCONJ", "PART"})
"""What may stand before the words of a name or noun phrase without belonging to it: "the", "his", "“"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as annotated: where it stands in the document, and its kind (`decl`, `imp`, `wh`, `frag` ...)."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing spoken of: in how many of five summaries, and its names: its mentions and the noun phrases in them."""

    salience: int
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as annotated; sentences and paragraphs are spans of its text, in order."""

    name: str
    genre: str
    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]


def documents(folder: Path = FOLDER) -> Iterator[Document]:
    """Yield the expository documents of a folder of CoNLL-U files, by name."""
    for file in sorted(folder.glob("GUM_*.conllu")):
        if file.name.split("_")[1] in LICENCES:
            yield document(file.read_text(encoding="utf-8"))


def document(conllu: str) -> Document:
    r"""Return the document that one CoNLL-U file holds.

    >>> told = document("# newdoc id = GUM_news_x\n# meta::genre = news\n# newpar\n# s_type = imp\n# text = Look up.\n")
    >>> told.text, told.sentences[0].kind
    ('Look up.', 'imp')
    """
    reading = _Reading()
    for line in conllu.splitlines():
        if found := _META.fullmatch(line):
            reading.note(found[1], found[2] or "")
        elif not line:
            reading.close()
        elif (cells := line.split("\t"))[0].isdigit():
            reading.words.append(_Word(cells[1], cells[3], int(cells[6]), cells[9]))
    reading.close()
    return reading.result()


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    tag: str
    head: int
    notes: str

    @property
    def marks(self) -> str:
        """Return the brackets of the mentions that begin and end at this word."""
        return next((n.removeprefix("Entity=") for n in self.notes.split("|") if n.startswith("Entity=")), "")


@dataclass(slots=True)
class _Reading:
    """What is known of a document so far, and the words of the sentence that is being read."""

    facts: dict[str, str] = field(default_factory=dict)
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    words: list[_Word] = field(default_factory=list)
    names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, name: str, value: str) -> None:
        """Take in a comment line; the text of a sentence comes behind all else that is said of it."""
        if name == "newpar":
            self.breaks.append(len(self.sentences))
        elif name == "text":
            gap = "" if not self.text else "\n\n" if self.breaks[-1:] == [len(self.sentences)] else " "
            start = len(self.text) + len(gap)
            self.text += gap + value
            self.sentences.append(Sentence(Span(start, len(self.text)), self.facts.get("s_type", "")))
        else:
            self.facts[name] = value

    def close(self) -> None:
        """End a sentence: collect the names of what it speaks of."""
        for group, first, last in _mentions(self.words):
            self.names[group].update(_names(self.words, first, last))
        self.words.clear()

    def result(self) -> Document:
        salience = {group: int(count) for group, count in _SALIENT.findall(self.facts.get("salientEntities", ""))}
        entities = (Entity(salience.get(g, 0), frozenset(n)) for g, n in sorted(self.names.items()) if n)
        edges = sorted({0, *self.breaks, len(self.sentences)})
        paragraphs = (
            Span(self.sentences[first].span.start, self.sentences[last - 1].span.end) for first, last in pairwise(edges)
        )
        kinds = (self.facts["newdoc id"], self.facts["genre"])
        return Document(*kinds, self.text, tuple(paragraphs), tuple(self.sentences), tuple(entities))


def _mentions(words: list[_Word]) -> Iterator[tuple[str, int, int]]:
    """Yield the entity, first and last word of each mention; one that runs over the end of a sentence is left out."""
    open_: list[tuple[str, int]] = []
    for place, word in enumerate(words):
        for mark in _ENTITY.finditer(word.marks):
            if mark[1]:
                open_.append((mark[1], place))
            elif opened := _closed(open_, mark[2] or ""):
                yield opened[0], opened[1], place


def _closed(open_: list[tuple[str, int]], group: str) -> tuple[str, int] | None:
    """Take the innermost open mention of a group, or of any, off the list."""
    for place in range(len(open_) - 1, -1, -1):
        if not group or open_[place][0] == group:
            return open_.pop(place)
    return None


def _names(words: list[_Word], first: int, last: int) -> Iterator[str]:
    """Yield the words of a mention, and its noun phrase: without "the", to its head or the end of a name."""
    inside = range(first, last + 1)
    head = next((i for i in inside if not first <= words[i].head - 1 <= last), last)
    if words[head].tag in _UNNAMED:
        return
    yield " ".join(words[i].form for i in inside)
    start = next(i for i in range(first, head + 1) if i == head or words[i].tag not in _UNNAMED)
    named = (i for i in range(head + 1, last + 1) if words[i].tag not in {"PROPN", "NUM"} or words[i].head != head + 1)
    yield " ".join(w.form for w in words[start : next(named, last + 1)])
