"""Serve an output folder on this machine, to this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import uvicorn

from kg.errors import KgError
from kg.serve.app import application
from kg.serve.limits import Limits
from kg.serve.live import Live, Means

HOST: Final = "127.0.0.1"
_BACKLOG: Final = 128
_GRACE: Final = 1
"""Seconds that queries get to end by themselves when the server is told to."""

_CONFIG: Final[dict[str, Any]] = {
    "http": "h11",
    "ws": "none",
    "lifespan": "on",
    "log_level": "error",
    "access_log": False,
    "server_header": False,
}


def serve(  # noqa: PLR0913 - two of them only by name
    output: Path,
    port: int,
    means: Means,
    ready: Callable[[str], None],
    *,
    limits: Limits | None = None,
    origins: Sequence[str] = (),
) -> None:
    """Serve the newest build of a folder until interrupted; `ready` is told the address when it answers.

    Port 0 takes any that is free. Raises BuildError when there is no build, KgError when the port is taken.
    """
    with _listening(port) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        app = application(Live(output, means), limits or Limits(), origins, lambda: ready(address))
        config = uvicorn.Config(app, timeout_graceful_shutdown=_GRACE, **_CONFIG)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(_BACKLOG)  # at once: whoever is told the address may ask before the server is up
    except OSError as error:
        listener.close()
        raise KgError(
            f"port {port}", f"cannot be used ({error.strerror})", "name another: --port 0 takes any"
        ) from None
    return listener
