"""Unpack compressed files within limits: what comes out is counted while it comes out, whatever their headers say."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, BinaryIO, Final, Protocol, cast

from kg.errors import InputError
from kg.read.inputs import Input, Limits

DAMAGE: Final = (
    OSError, EOFError, ValueError, IndexError, OverflowError, RuntimeError, MemoryError, struct.error, zlib.error,
    lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What the standard library raises for an archive that is damaged or packed in a way that it does not know."""

_OPENERS: Final[tuple[tuple[bytes, Callable[..., Any]], ...]] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\0", lzma.open),
)
"""What opens a compressed file, by its first bytes."""

_UNCOUNTED: Final = 1_000_000
"""Bytes that may come out of however small a file."""
_MOST_AT_ONCE: Final = 100_000_000
"""A header that claims to be longer is asked for in one piece, and would be held in memory."""
_CHUNK: Final = 1 << 16


class ExhaustedError(InputError):
    """More comes out of a compressed file than is allowed."""


class Budget:
    """What may come out of one compressed file, all that is packed inside it included.

    >>> try:
    ...     Budget("a.zip", Limits(expansion_ratio=10), size=200_000).spend(2_000_001)
    ... except ExhaustedError as error:
    ...     print(error)
    a.zip: expands to more than 10 times its size; raise --max-ratio if you trust it
    """

    def __init__(self, path: str, limits: Limits, size: int) -> None:
        self._path, self._limits, self._size = path, limits, size
        self._spent = 0

    def spend(self, count: int) -> None:
        """Count bytes that came out.

        Raises ExhaustedError when they are too many.
        """
        self._spent += count
        if self._spent > self._limits.expanded_bytes:
            most = f"{self._limits.expanded_bytes / 1e6:g} MB"
            raise ExhaustedError(self._path, f"expands to more than {most}", "split it, or raise --max-expanded")
        if self._spent > max(_UNCOUNTED, self._size * self._limits.expansion_ratio):
            times = f"{self._limits.expansion_ratio} times its size"
            raise ExhaustedError(self._path, f"expands to more than {times}", "raise --max-ratio if you trust it")


class Meter:
    """Counts what comes out of one file: once, however often that file is opened."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._reached = 0

    def reach(self, position: int) -> None:
        """Count the bytes up to a position.

        Raises ExhaustedError when they are too many.
        """
        if position > self._reached:
            self._budget.spend(position - self._reached)
            self._reached = position


def budget_of(input_: Input) -> Budget:
    """Return the budget of an archive: that of the archive around it, if there is one."""
    if isinstance(input_.budget, Budget):
        return input_.budget
    with input_.open() as file:
        return Budget(input_.path, input_.limits, file.seek(0, io.SEEK_END))


class Readable(Protocol):
    """All that is asked of a file that is read from its start to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return what comes next."""


class Counted(io.RawIOBase):
    """A file whose bytes are counted as they are read; it can only be read forwards.

    Reading raises InputError when the file is damaged, or more comes out of it than the budget allows.
    """

    def __init__(self, path: str, meter: Meter, *files: IO[bytes]) -> None:
        super().__init__()
        self._path, self._meter, self._files = path, meter, files
        self._at = 0
        self.last = b""

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever has the buffer protocol; it has no name before 3.12
        """Read what comes next into a buffer."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Return what comes next; it stays known as what was read `last`."""
        if not 0 <= size <= _MOST_AT_ONCE:
            raise InputError(self._path, "is damaged", "pack it again")
        try:
            self.last = self._files[0].read(size)
        except DAMAGE as error:
            raise InputError(self._path, f"is damaged ({error})", "pack it again") from error
        self._at += len(self.last)
        self._meter.reach(self._at)
        return self.last

    def tell(self) -> int:
        """Return how much was read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Read on until `offset`."""
        if whence or offset < self._at:
            raise io.UnsupportedOperation("this can only be read forwards")
        while self._at < offset and self.read(min(_CHUNK, offset - self._at)):
            pass
        return self._at

    def close(self) -> None:
        """Close the files that this reads from."""
        super().close()
        for file in self._files:
            file.close()


def unpacked(input_: Input, meter: Meter) -> Counted:
    """Open what is in a compressed file; one that is not compressed is given as it is."""
    packed = input_.open()
    opener = next((opener for magic, opener in _OPENERS if input_.head.startswith(magic)), None)
    return Counted(input_.path, meter, *([opener(packed)] if opener else []), packed)


def stream(input_: Input, meter: Meter) -> BinaryIO:
    """Open what is in a compressed file so that it can be read line by line."""
    return cast("BinaryIO", io.BufferedReader(unpacked(input_, meter), _CHUNK))


def bytes_of(file: Readable, path: str, limits: Limits) -> bytes:
    """Return all bytes of a file.

    Raises InputError when there are more than the limit allows.
    """
    data = bytearray()
    while chunk := file.read(_CHUNK):
        data += chunk
        if len(data) > limits.file_bytes:
            raise limits.too_large(path)
    return bytes(data)
