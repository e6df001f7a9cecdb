"""The explorer's own script: small files, put together in one order, strict, in a scope of their own."""

from __future__ import annotations

from typing import Final

from kg.view import inline

# Each may use what those before it define, and the functions of all.
_FIRST: Final = ("data", "elements", "boxes", "names", "pen", "find", "address")
_MAP: Final = ("map/regions", "map/canvas", "map/labels", "map/view", "map/pointers")
_PICTURE: Final = ("picture/parts", "picture/labels", "picture/camera", "picture/view")
_LAST: Final = (
    "scene/layout",
    "scene/scene",
    "panel",
    "pages",
    "legend",
    "filters",
    "search",
    "save",
    "console",
    "keys",
    "start",
)


def explorer(*, is_map: bool) -> str:
    """Return the script of a map, or of a picture.

    >>> explorer(is_map=True).startswith("'use strict';")
    True
    """
    parts = (*_FIRST, *(_MAP if is_map else _PICTURE), *_LAST)
    files = [inline.text(f"explorer/{part}.js") for part in parts]
    return "\n".join(("'use strict';\n(async () => {", *files, "})();\n"))
