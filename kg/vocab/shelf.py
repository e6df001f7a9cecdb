"""Keep what vocabularies say of their concepts out of memory: a million labels take a few bytes each here.

Each subject is one record in a file that lives as long as the process. In memory are the places of the records, and
the hashes of their names to find them by.
"""

from __future__ import annotations

import marshal
import weakref
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from tempfile import SpooledTemporaryFile
from typing import Final, NamedTuple, TypeAlias

Statement: TypeAlias = tuple[str, str, str]
"""What is said of a subject: the property, the value, and its type: "" for an IRI, else as in `kg.model.Value`."""

_AT_ONCE: Final = 1000
"""Entries read together."""

_BUFFER: Final = 1 << 16
_IN_MEMORY: Final = 16_000_000
"""Bytes; a vocabulary of some 100,000 labels. A larger one goes to a temporary file."""


class Entry(NamedTuple):
    """All that is said of one subject; `source` counts the vocabularies, the one that takes precedence first.

    `kind` is that of a concept where it is stated, "concept" where it is not, "" for what is no concept.
    """

    source: int
    subject: str
    statements: list[Statement]
    kind: str
    is_deprecated: bool


Judge: TypeAlias = Callable[[str, list[Statement]], tuple[str, bool]]
"""Tells of a subject and what is said of it the kind, and whether it is deprecated."""


class Shelf:
    """The entries of all vocabularies, numbered from 0 in order of precedence; `judge` tells what each is.

    >>> entries = [Entry(n, "urn:a", [("label", tea, "@en")], "", False) for n, tea in enumerate(("tea", "cha"))]
    >>> shelf = Shelf(entries, lambda subject, statements: ("concept", False))
    >>> shelf.find("urn:a"), len(shelf), shelf.find("urn:b")
    (0, 1, None)
    >>> shelf[0].statements, shelf[0].kind
    ([('label', 'tea', '@en'), ('label', 'cha', '@en')], 'concept')
    """

    def __init__(self, entries: Iterable[Entry], judge: Judge) -> None:
        self._judge = judge
        self._write(entries)
        if any(one == other for one, other in pairwise(self._hashes)):
            scattered = self._file
            self._write(self._joined())
            scattered.close()

    def _write(self, entries: Iterable[Entry]) -> None:
        file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the shelf
        weakref.finalize(self, file.close)
        ends, hashes, data = array("Q", [0]), array("q"), bytearray()
        for entry in entries:
            record = marshal.dumps(tuple(entry))
            ends.append(ends[-1] + len(record))
            hashes.append(hash(entry.subject))
            data += record
            if len(data) > _BUFFER:
                file.write(data)
                data.clear()
        file.write(data)
        self._file, self._ends = file, ends
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self._hashes, self._numbers = array("q", map(hashes.__getitem__, order)), array("I", order)

    def __len__(self) -> int:
        """Return how many subjects there are."""
        return len(self._numbers)

    def __getitem__(self, number: int) -> Entry:
        """Return the entry of that number."""
        return next(self._read(number, number + 1))

    def __iter__(self) -> Iterator[Entry]:
        """Yield all entries in order of precedence."""
        for start in range(0, len(self), _AT_ONCE):
            yield from self._read(start, min(start + _AT_ONCE, len(self)))

    def _read(self, start: int, end: int) -> Iterator[Entry]:
        ends = self._ends[start : end + 1]
        self._file.seek(ends[0])
        data = memoryview(self._file.read(ends[-1] - ends[0]))
        for first, last in pairwise(ends):
            yield Entry(*marshal.loads(data[first - ends[0] : last - ends[0]]))  # noqa: S302 - written by ourselves

    def find(self, subject: str) -> int | None:
        """Return the number of the entry of a subject, None where there is none."""
        return next((number for number in self._like(subject) if self[number].subject == subject), None)

    def statements(self, subject: str) -> list[Statement]:
        """Return what is said of a subject, nothing where there is no entry."""
        number = self.find(subject)
        return [] if number is None else self[number].statements

    def _like(self, subject: str) -> array[int]:
        """Return the numbers of the entries whose subjects have the hash of this one."""
        wanted = hash(subject)
        return self._numbers[bisect_left(self._hashes, wanted) : bisect_right(self._hashes, wanted)]

    def _joined(self) -> Iterator[Entry]:
        """Yield one entry for each subject where it came first, with all that the later ones say."""
        for number, entry in enumerate(self):
            like = self._like(entry.subject)
            same = [n for n in like if self[n].subject == entry.subject] if len(like) > 1 else [number]
            if same[0] == number:
                yield entry if len(same) == 1 else joined([self[other] for other in same], self._judge)


def joined(entries: Sequence[Entry], judge: Judge) -> Entry:
    """Return one entry of all that several say of one subject, in the order of their sources.

    What entries of one source say is sorted: the order in which the source says it means nothing.
    """
    by_source = groupby(entries, lambda entry: entry.source)
    told = (s for _, some in by_source for s in sorted(s for entry in some for s in entry.statements))
    statements = list(dict.fromkeys(told))
    return Entry(entries[0].source, entries[0].subject, statements, *judge(entries[0].subject, statements))
