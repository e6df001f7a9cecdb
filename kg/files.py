"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes the place of what is at `path` when the block ends well, and is on disk then.

    A link is followed. Raises KgError when it cannot be written.

    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "notes.txt")) as file:
    ...         _ = file.write(b"all of it")
    ...     os.listdir(folder)
    ['notes.txt']
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
