"""The interactive graph inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Explorer:
    """A page that a notebook shows in a frame of its own, `height` pixels high, which can reach nothing outside it.

    >>> Explorer("<p>a & b</p>", 100)._repr_html_()
    '<iframe srcdoc="&lt;p&gt;a &amp; b&lt;/p&gt;" sandbox="allow-scripts" width="100%" height="100"></iframe>'
    """

    page: str
    height: int

    def _repr_html_(self) -> str:
        page = escape(self.page)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts" width="100%" height="{self.height}"></iframe>'
