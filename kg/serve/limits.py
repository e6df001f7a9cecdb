"""What the server does for whoever asks, at most."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

OUT_OF_MEMORY: Final = 77
"""The exit code of a process for queries in which Python, and not the engine, found no more memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server: each query runs in a process of its own, which is stopped when it is over one of them."""

    seconds: float = 30.0
    """What a query may take."""
    answer_bytes: int = 64 << 20
    """The largest answer; it is complete before any of it is sent."""
    memory_bytes: int = 2 << 30
    """What a process that answers queries may take for itself."""
    processes: int = max(2, min(4, os.cpu_count() or 1))
    """How many queries run at once."""
    waiting: int = 64
    """How many more may wait for their turn."""
    request_bytes: int = 1 << 20
    """The largest body of a request."""
