"""Sources that an article draws on: whom it cites, quotes, or links as one."""

from __future__ import annotations

from kg.extract.sources.citations import citations

__all__ = ["citations"]
