"""What users name that is no file on disk: addresses and standard input. It is kept with the build, to be checked."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.read import File, Found, Limits, Unread
from kg.read.kinds import SUFFIXES

STANDARD_INPUT: Final = "-"
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass
class Given:
    """The paths among what was named, and the copies made of all else, each by the name it is known by."""

    paths: list[Path] = field(default_factory=list)
    copies: dict[str, Path] = field(default_factory=dict)
    fresh: list[File] = field(default_factory=list)
    failed: list[Unread] = field(default_factory=list)

    @classmethod
    def take(
        cls, names: Sequence[str], folder: Path, limits: Limits, before: Mapping[str, Path] | None = None
    ) -> Given:
        """Sort names into paths and others, and copy what those stand for into a folder.

        `before` are copies that are there already; one of the same name is replaced.
        """
        given = cls(copies=dict(before or {}))
        for name in dict.fromkeys(names):
            if name != STANDARD_INPUT and not _ADDRESS.match(name):
                given.paths.append(Path(name))
                continue
            try:
                given._copy(name, folder, limits)
            except InputError as error:
                given.failed.append(Unread(name, error.what, error.hint))
        return given

    def _copy(self, name: str, folder: Path, limits: Limits) -> None:
        data, suffix = _standard_input(limits) if name == STANDARD_INPUT else _fetched(name, limits)
        folder.mkdir(parents=True, exist_ok=True)
        if name in self.copies:
            self.copies[name].unlink()
        taken = [int(copy.stem) for copy in self.copies.values()]
        copy = folder / f"{max(taken, default=0) + 1}{suffix}"
        copy.write_bytes(data)  # never over an old copy, which the build before may share
        self.copies[name] = copy
        self.fresh.append(File(name, copy, name))

    def with_files(self, found: Found) -> Found:
        """Add the copies that were made to the files that were found."""
        return replace(found, files=(*found.files, *self.fresh))


def _standard_input(limits: Limits) -> tuple[bytes, str]:
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise limits.too_large(STANDARD_INPUT)
    return data, ".txt"


def _fetched(url: str, limits: Limits) -> tuple[bytes, str]:
    from kg.read.web import fetch  # noqa: PLC0415 - nothing that speaks to a network is loaded unless it is asked for

    answer = fetch(url, limits)
    suffix = next((suffix for suffix, kind in SUFFIXES.items() if kind == answer.kind), "")
    return _as_utf_8(answer.data, answer.content_type), suffix


def _as_utf_8(data: bytes, content_type: str) -> bytes:
    """Return a page as UTF-8 that says so, where only its head lines told the encoding: a file has no head lines."""
    charset = Message()
    charset["Content-Type"] = content_type
    encoding = charset.get_content_charset() if charset.get_content_maintype() == "text" else None
    try:
        return codecs.BOM_UTF8 + data.decode(encoding).encode() if encoding else data
    except (UnicodeError, LookupError):
        return data
