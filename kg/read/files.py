"""Read files as pages, one for each article in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.model import Page
from kg.read.compose import compose
from kg.read.documents import Leads, documents, everywhere
from kg.read.find import File, below, input_of
from kg.read.inputs import Limits, Skipped, Unread

_SECOND: Final = "~2"
"""What follows the path of one of two documents that would have the same."""


def read_pages(
    file: File, limits: Limits | None = None, leads: Leads = everywhere
) -> Iterator[Page | Skipped | Unread]:
    """Yield the pages in a file, one for each article, and what in it could not be read.

    What `leads` tells to be of no interest may be left out. Raises InputError, naming the file, when nothing in it can
    be read at all.
    """
    seen: set[str] = set()
    input_ = input_of(file, limits)
    for found in documents(input_, leads):
        if not isinstance(found, tuple):
            yield found
            continue
        path, document = found
        while path in seen:  # "a.zip" in an archive beside a folder of that name
            path += _SECOND
        seen.add(path)
        inside = path.removeprefix(file.path)
        try:
            sha256 = "" if inside else hashlib.sha256(input_.data).hexdigest()
            yield compose(path, document, file.below + inside, sha256)
        except InputError as error:
            yield Unread(path, error.what, error.hint)


def read_page(file: File, limits: Limits | None = None) -> Page:
    """Return the page in a file that holds one.

    Raises InputError when it holds none.
    """
    for found in read_pages(file, limits):
        if isinstance(found, Page):
            return found
        raise InputError(found.path, found.reason, found.hint if isinstance(found, Unread) else "")
    raise InputError(file.path, "holds no article", "put the article's text into it, or remove it")


@dataclass(frozen=True)
class Where:
    """Where the files of a build are: below `root`, or where `copies` says; `folders` are those that were named."""

    root: Path
    copies: Mapping[str, Path] = field(default_factory=dict)
    folders: tuple[str, ...] = (".",)

    def file(self, path: str) -> File | None:
        """Return the file that a page stands in: the page's own path, or the beginning of it that is a file."""
        while path:
            location = self.copies.get(path, self.root / path)
            if location.is_file():
                return File(path, location, path if path in self.copies else below(path, self.folders))
            path = path.rpartition("/")[0]
        return None


def pages_at(paths: Iterable[str], where: Where, limits: Limits | None = None) -> Iterator[Page]:
    """Yield the pages that are known by `paths`, reading each file once; what is not there any more is left out.

    Of a file that holds many articles, only those that are wanted are taken apart.
    """
    wanted = set(paths)
    leads = _leading_to(wanted)
    files = sorted({file for path in wanted if (file := where.file(path))})
    for file in files:
        try:
            yield from (p for p in read_pages(file, limits, leads) if isinstance(p, Page) and p.path in wanted)
        except InputError:
            continue


def _leading_to(wanted: Iterable[str]) -> Leads:
    ways: set[str] = set()
    for path in wanted:
        parts = path.replace(_SECOND, "").split("/")
        ways.update("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    return lambda path: path.replace(_SECOND, "") in ways
