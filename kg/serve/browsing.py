"""The pages for people; every thing's page is also to be had as a graph, at the same address."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from kg.errors import RequestError
from kg.publish import serialise
from kg.serve.asking import HTML, graph
from kg.serve.endpoint.negotiation import GRAPHS, chosen
from kg.serve.live import LINKS, Live, Opened
from kg.serve.pages.article import place
from kg.serve.pages.render import KIND_AT
from kg.serve.pages.text import files
from kg.vocab import is_iri

_FORMS: Final = {**HTML, **GRAPHS}
"""What a thing can be had as: a page, or a graph in a format."""

_LONGEST_SEARCH: Final = 200

_MAP_POLICY: Final = {"content-security-policy": "frame-ancestors 'none'"}
"""The map says itself what it may load: nothing."""


class Browsing:
    """Shows the newest build."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def home(self, _: Request) -> Response:
        """Show what the collection says."""
        return HTMLResponse(self._live.opened.pages.home())

    def search(self, request: Request) -> Response:
        """Show the things that have some words in their labels."""
        return HTMLResponse(self._live.opened.pages.search(request.query_params.get("q", "")[:_LONGEST_SEARCH]))

    def listing(self, request: Request) -> Response:
        """Show a page of the list of a kind."""
        pages, kind = self._live.opened.pages, KIND_AT[request.url.path.split("/")[1]]
        number = request.path_params.get("number", 1)
        if not 1 <= number <= pages.parts(kind):
            raise HTTPException(404)
        return HTMLResponse(pages.listing(kind, number))

    def thing(self, request: Request) -> Response:
        """Give a thing as a page, or as a graph in the format that is asked for."""
        opened, path = self._live.opened, request.path_params["path"]
        entry = opened.catalogue.index.at(path)
        if entry is None:
            return _passage(opened, path)
        format_ = chosen(request.headers.get("accept", ""), _FORMS)
        if format_ is None:
            raise RequestError(406, "Accept", "asks for nothing that is here", f"accept one of: {', '.join(_FORMS)}")
        if format_:
            return graph(serialise(opened.catalogue.facts.quads(entry.iri), opened.build.base, format_), format_)
        return HTMLResponse(self._live.opened.pages.thing(entry), headers={"vary": "Accept"})

    def text(self, request: Request) -> Response:
        """Show an article's own text with its evidence marked."""
        opened = self._live.opened
        entry = opened.catalogue.index.at(f"article/{request.path_params['name']}")
        if entry is None:
            raise HTTPException(404)
        found = files(opened.catalogue, entry.iri, opened.pages_of(entry.iri))
        return HTMLResponse(self._live.opened.pages.text(entry, found))

    def reading_path(self, request: Request) -> Response:
        """Show what a role should read, in order."""
        opened = self._live.opened
        entry = opened.catalogue.index.at(f"role/{request.path_params['name']}")
        if entry is None:
            raise HTTPException(404)
        return HTMLResponse(opened.pages.reading_path(entry))

    def map(self, _: Request) -> Response:
        """Give the interactive graph."""
        return FileResponse(self._live.opened.map, headers=_MAP_POLICY)

    def problem(self, heading: str, told: str) -> str:
        """Return the page that says why there is none."""
        return self._live.opened.pages.problem(heading, told)


def _passage(opened: Opened, path: str) -> Response:
    """Lead from a passage to its words in the text of its article."""
    facts, passage = opened.catalogue.facts, f"{opened.build.base}{path}"
    article = facts.first(passage, "schema:isPartOf") if is_iri(passage) else ""
    entry = opened.catalogue.index.of(article)
    if entry is None:
        raise HTTPException(404)
    return RedirectResponse(LINKS.page(f"{entry.path}/text", place(passage)), 303)
