"""What may stand inside the one file: scripts and styles named by hash, data that never becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_POLICY: Final = (
    "default-src 'none'",
    "img-src data: blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
_CONTROL: Final = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))
# An override makes the words after it read backwards: one label can pass for another.
_BIDI: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
# Half a surrogate pair cannot be written as UTF-8.
_BROKEN: Final = range(0xD800, 0xE000)
_SHOWABLE: Final = dict.fromkeys((*_CONTROL, *_BIDI), "") | dict.fromkeys(_BROKEN, "\ufffd")


def text(name: str, package: str = "kg.view") -> str:
    """Return an installed text file with bare newlines, so that its hash is the same on every system.

    >>> text("explorer.css").startswith("/* The explorer")
    True
    """
    return files(package).joinpath(name).read_text(encoding="utf-8")


def showable(words: object) -> str:
    r"""Return words without what a reader cannot see: bidi overrides, control characters, broken ones.

    >>> showable("safe\u202e\x00 words")
    'safe words'
    """
    return str(words).translate(_SHOWABLE)


def packed(data: object) -> str:
    """Return data as JSON, compressed, in letters that no HTML parser can mistake for markup.

    The same data gives the same letters with one version of zlib; another may find a shorter way.

    >>> json.loads(zlib.decompress(base64.b64decode(packed({"label": "</script>"}))))
    {'label': '</script>'}
    """
    return deflated(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


def deflated(words: str) -> str:
    """Return a text as `packed` does, without a form of its own."""
    return base64.b64encode(zlib.compress(words.encode(), 9)).decode()


def policy(scripts: Iterable[str], styles: Iterable[str], *, wasm: bool = False) -> str:
    """Return the content security policy under which exactly these inline texts work, and nothing else.

    WebAssembly may be compiled only where that is asked for.

    >>> policy([], ["a{}"]).split("; ")[-1]
    "style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"
    """
    machine = " 'wasm-unsafe-eval'" if wasm else ""
    return "; ".join((*_POLICY, _sources("script-src", scripts) + machine, _sources("style-src", styles)))


def _sources(directive: str, inline: Iterable[str]) -> str:
    return " ".join((directive, *(f"'sha256-{_digest(words)}'" for words in inline)))


def _digest(words: str) -> str:
    return base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
