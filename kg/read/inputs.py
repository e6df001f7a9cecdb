"""What a reader is given, a file or a part of one, and what it gives: documents, further inputs, or why none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.model import Block, Link, Span

HEAD: Final = 4096
"""Bytes that are looked at to tell what kind of file something is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one input may hold. A command line option raises each; the defaults fit a library of books."""

    file_bytes: int = 50_000_000
    """The largest single file, record or member of an archive."""
    expanded_bytes: int = 2_000_000_000
    """All that one compressed file may expand to."""
    expansion_ratio: int = 200
    """How many times its own size a compressed file may expand to, once that is more than 1 MB."""
    nesting: int = 4
    """Archives, mails and feeds inside each other."""
    pages: int = 5_000
    """Pages of a PDF, chapters of a book."""

    def too_large(self, path: str) -> InputError:
        """Return the error for a file, record or member that is larger than allowed.

        >>> print(Limits(file_bytes=2_500_000).too_large("a.txt"))
        a.txt: is larger than 2.5 MB; split it, or raise --max-file-size
        """
        limit = f"{self.file_bytes / 1e6:g} MB"
        return InputError(path, f"is larger than {limit}", "split it, or raise --max-file-size")


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """Something that was found and left alone, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """Something that should have given an article and did not, why, and what to do."""

    path: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a file states about its article beside the text, as written there.

    `name` is one of title, author, date, language, source, url, tag, abstract; `label` is the file's own word for it
    ("og:site_name"), `origin` the part of the file that says it ("front matter", "JSON-LD", "feed", "path").

    >>> Stated("date", "31 January 2026", "pubDate", "feed").value
    '31 January 2026'
    """

    name: str
    value: str
    label: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its format has it: the visible text in blocks, and what is stated beside it, most trusted first.

    `name` tells the document from others in the same file ("" where the file is the document); `is_set` tells that its
    blocks are lines as the file has them set, of which several may make a paragraph; `code` are the words within blocks
    that are set as code.
    """

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    stated: tuple[Stated, ...] = ()
    name: str = ""
    is_set: bool = False
    code: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Input:
    """A file or a part of one: where it is, the limits that hold, and its bytes, opened as often as needed.

    >>> Input.of_bytes("a.txt", b"Hello").data
    b'Hello'
    """

    path: str
    open: Callable[[], BinaryIO]
    limits: Limits = field(default_factory=Limits)
    depth: int = 0
    """How many containers this is inside of."""
    stated: tuple[Stated, ...] = ()
    """What the container states about this part; it counts more than what the part says itself."""
    kind: str = ""
    """The kind of the part where the container says it ("html", "markdown", "text", ...); else its content decides."""
    hint: str = ""
    """The kind where neither the content nor the suffix of the path says it."""
    budget: object = field(default=None, compare=False)
    """What may still come out of the compressed file around this, however many containers lie between."""

    @classmethod
    def of_bytes(cls, path: str, data: bytes, limits: Limits | None = None) -> Input:
        """Make an input of bytes in memory."""
        return cls(path, partial(BytesIO, data), limits or Limits())

    def part(self, name: str, data: bytes, kind: str = "", stated: tuple[Stated, ...] = ()) -> Input:
        """Make an input of a part of this one, `name` telling it from the others."""
        open_ = partial(BytesIO, data)
        path = f"{self.path}/{name}"
        return Input(path, open_, self.limits, self.depth + 1, stated, kind, budget=self.budget)

    def taken_as(self, kind: str) -> Input:
        """Make the same input, to be read as another kind; what is stated about it is not stated twice."""
        return replace(self, kind=kind, stated=())

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case: ".md"."""
        return PurePosixPath(self.path).suffix.lower()

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.open() as file:
            return file.read(HEAD)

    @cached_property
    def data(self) -> bytes:
        """All bytes.

        Raises InputError when there are more than the limit allows.
        """
        with self.open() as file:
            data = file.read(self.limits.file_bytes + 1)
        if len(data) > self.limits.file_bytes:
            raise self.limits.too_large(self.path)
        return data


Outcome = Document | Input | Skipped | Unread
"""What a reader yields: an article, a part to be read as a file of its own, or what did not become either."""

Reader = Callable[[Input], Iterator[Outcome]]
"""What each module of a format has, under the name `documents`. Raises InputError when nothing can be read at all."""
