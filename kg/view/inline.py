"""What may stand inside the one file: scripts and styles named by their hash, data that can never become markup."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_POLICY = (
    "default-src 'none'",
    "img-src data: blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
# U+2028 and U+2029 end a line in old scripts; json.dumps escapes them already, with all else outside ASCII.
_NOT_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
# Bidi overrides can make a label read as another; control characters have no picture at all.
_INVISIBLE = {*range(0x00, 0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_UNSHOWABLE = dict.fromkeys(_INVISIBLE) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def text(name: str, package: str = "kg.view") -> str:
    r"""Return an installed text file, its lines ended by a bare newline so that its hash is the same everywhere.

    >>> text("explorer.css").startswith("/*")
    True
    """
    return files(package).joinpath(name).read_text(encoding="utf-8")


def showable(words: object) -> str:
    r"""Return words without what a reader cannot see: bidi overrides, control characters, lone surrogates.

    >>> showable("safe\u202e\x00 \ud800words")
    'safe �words'
    """
    return str(words).translate(_UNSHOWABLE)


def embedded(data: object) -> str:
    """Return data as JSON that no HTML parser can mistake for a tag, an entity or a comment.

    >>> embedded({"label": "</script>"})
    '{"label":"\\\\u003c/script\\\\u003e"}'
    """
    return json.dumps(data, separators=(",", ":"), sort_keys=True).translate(_NOT_MARKUP)


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the content security policy under which exactly these inline texts work, and nothing else.

    >>> policy([], ["a{}"]).split("; ")[-1]
    "style-src 'sha256-+oJTIdTqxv1nTEjk66ShsQ4DAfVtDLd0HlbUMm+IF3A='"
    """
    return "; ".join((*_POLICY, _sources("script-src", scripts), _sources("style-src", styles)))


def _sources(directive: str, texts: Iterable[str]) -> str:
    return " ".join((directive, *(f"'sha256-{_digest(inline)}'" for inline in texts)))


def _digest(inline: str) -> str:
    return base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
