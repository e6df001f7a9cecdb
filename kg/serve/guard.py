"""What stands before every request: only our own name and origin get in, and no page loads anything from elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL: Final = ("127.0.0.1", "localhost", "[::1]")
"""The names under which a server on this machine is asked; a site elsewhere that resolves to it has another."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


class Guard:
    """Refuses requests that name another host (DNS rebinding) or come from other sites, and seals every answer."""

    def __init__(self, app: ASGIApp, origins: Collection[str] = ()) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope), scope)
        app = PlainTextResponse(f"{refusal}\n", 403) if refusal else self._app

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", POLICY)
            await send(message)

        await app(scope, receive, sealed)

    def _refusal(self, headers: Headers, scope: Scope) -> str:
        host = headers.get("host", "")
        if _name(host) not in LOCAL:
            return f"host {host[:80]!r}: is not this server; ask 127.0.0.1"
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}" and origin not in self._origins:
            return f"origin {origin[:80]!r}: other sites may not ask; name it with --allow-origin if it shall"
        is_embedded = headers.get("sec-fetch-mode", "navigate") != "navigate"
        if (
            headers.get("sec-fetch-site") == "cross-site"
            and origin is None
            and (is_embedded or scope["method"] != "GET")
        ):
            return "other sites may link here, not load from here"
        return ""


def _name(host: str) -> str:
    """Return a host without its port.

    >>> _name("localhost:8000"), _name("[::1]:80"), _name("127.0.0.1")
    ('localhost', '[::1]', '127.0.0.1')
    """
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()
