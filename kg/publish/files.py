"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes the place of what is at `path` when the block ends well, and is on disk then.

    Raises KgError when it cannot be written.
    """
    target = path.resolve() if path.is_symlink() else path
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise KgError(str(path), what, "check the folder, its permissions and the space on its disk") from error
    finally:
        part.unlink(missing_ok=True)


def known(path: Path, suffixes: Iterable[str]) -> str:
    """Return the suffix of a file; raises KgError, naming all suffixes, when it is none of them."""
    if path.suffix not in suffixes:
        raise KgError(str(path), f"no format has the suffix {path.suffix!r}", f"use one of: {' '.join(suffixes)}")
    return path.suffix
