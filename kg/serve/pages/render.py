"""From what is known to HTML: one template for each kind of page, the same for the server and for files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import jinja2
from markupsafe import Markup

from kg.analyse import reading_path
from kg.model import Iri, Kind
from kg.query import Question
from kg.serve.pages.article import article, kind_of_advice
from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.entries import LISTED, Entry
from kg.serve.pages.facts import Ref
from kg.serve.pages.paths import Links, path_of
from kg.serve.pages.table import Answered
from kg.serve.pages.text import File
from kg.serve.pages.thing import MOST_READ, thing
from kg.view.inline import showable
from kg.vocab import prefixes

PLURALS: Final = {
    Kind.ARTICLE: ("articles", "Articles"),
    Kind.TOPIC: ("topics", "Topics"),
    Kind.ROLE: ("roles", "Roles"),
    Kind.PRINCIPLE: ("principles", "Principles"),
    Kind.SOURCE: ("sources", "Sources"),
    Kind.FIELD: ("fields", "Fields"),
    Kind.CODE: ("code-references", "Code references"),
}
"""The paths and headings of the lists."""

KIND_AT: Final = {path: kind for kind, (path, _) in PLURALS.items()}
LISTED_TOGETHER: Final = 200
"""Things on one page of a list."""

_ON_HOME: Final = {
    Kind.TOPIC: ("What they are about", 15),
    Kind.PRINCIPLE: ("Strongest principles", 10),
    Kind.ARTICLE: ("Newest articles", 10),
    Kind.ROLE: ("Whom they are for", 10),
    Kind.SOURCE: ("Whose word it is", 10),
    Kind.FIELD: ("Fields", 8),
}
_SUPERLATIVES: Final = {Kind.PRINCIPLE, Kind.ARTICLE}
_ORDERS: Final = {
    Kind.ARTICLE: "newest first",
    Kind.PRINCIPLE: "those that most independent sources state first",
}
_FOUND: Final = 100
_EXAMPLE: Final = """SELECT ?label (COUNT(?article) AS ?articles) WHERE {
  ?article a schema:Article ; schema:about ?topic .
  ?topic rdfs:label ?label .
}
GROUP BY ?label
ORDER BY DESC(?articles) ?label
LIMIT 20
"""


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.serve"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals["advice"] = kind_of_advice
    return environment


def _shown(value: object) -> object:
    """Return what may be seen of a text: no control characters, nothing that turns the direction of what follows."""
    return showable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class Pages:
    """The pages of a collection.

    `links` gives, for a page's path, what writes its links; `policy` is what the page itself forbids, where no server
    does; `extra` are paths and names of pages that only a server has.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        links: Callable[[str], Links],
        *,
        policy: str = "",
        extra: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._catalogue = catalogue
        self._links = links
        self._policy = policy
        self._extra = extra

    def _render(self, template: str, here: str, **values: Any) -> str:  # noqa: ANN401 - what the template shows
        base = self._catalogue.facts.base
        return (
            _templates()
            .get_template(f"{template}.html.j2")
            .render(
                collection=self._catalogue.title,
                navigation=[*(PLURALS[kind] for kind in LISTED[:6]), *self._extra],
                to=self._links(here),
                here=here,
                path=lambda ref: path_of(base, ref.iri, ref.kind),
                policy=self._policy,
                live=bool(self._extra),
                **values,
            )
        )

    def home(self) -> str:
        """Return the first page: what this collection says."""
        counts = self._catalogue.index.counts()
        shown = [(*PLURALS[kind], counts[kind]) for kind in LISTED if counts.get(kind)]
        lists = [self._best(kind, counts[kind]) for kind in _ON_HOME if counts.get(kind)]
        return self._render("home", "", lists=lists, counts=[(p, label.lower(), n) for p, label, n in shown])

    def _best(self, kind: Kind, count: int) -> dict[str, Any]:
        """Return the best things of a kind for the home page; they are called what they are only where they are it."""
        heading, most = _ON_HOME[kind]
        entries = self._catalogue.index.some(kind, most)
        is_so = kind not in _SUPERLATIVES or any(e.day or e.uses > 1 for e in entries[:1])
        path, plain = PLURALS[kind]
        return {"heading": heading if is_so else plain, "path": path, "entries": entries, "count": count}

    def parts(self, kind: Kind) -> int:
        """Return how many pages the list of a kind has."""
        return max(1, -(-self._catalogue.index.counts().get(kind, 0) // LISTED_TOGETHER))

    def listing(self, kind: Kind, number: int) -> str:
        """Return one page of the list of a kind, counted from 1."""
        path, heading = PLURALS[kind]
        start = (number - 1) * LISTED_TOGETHER
        return self._render(
            "list",
            part_path(path, number),
            heading=heading,
            order=_ORDERS.get(kind, "the most used first"),
            count=self._catalogue.index.counts().get(kind, 0),
            entries=self._catalogue.index.some(kind, LISTED_TOGETHER, start),
            start=start,
            number=number,
            last=self.parts(kind),
            part=lambda other: part_path(path, other),
        )

    def thing(self, entry: Entry) -> str:
        """Return the page of a thing."""
        if entry.kind == Kind.ARTICLE:
            return self._render("article", entry.path, a=article(self._catalogue, entry.iri))
        return self._render("thing", entry.path, t=thing(self._catalogue, entry.iri), most_read=MOST_READ)

    def reading_path(self, entry: Entry) -> str:
        """Return what a role should read, in order."""
        path = reading_path(self._catalogue.ties, Iri(entry.iri))
        return self._render(
            "reading", f"{entry.path}/reading-path", ref=Ref(entry.label, entry.kind, entry.iri), way=path
        )

    def text(self, entry: Entry, files: Sequence[File]) -> str:
        """Return the page of an article's text."""
        ref = Ref(entry.label, entry.kind, entry.iri)
        return self._render("text", f"{entry.path}/text", ref=ref, files=files)

    def search(self, words: str) -> str:
        """Return the things that have some words in their labels."""
        entries = self._catalogue.index.search(words, _FOUND)
        more = "the first " if len(entries) == _FOUND else ""
        told = f"{more}{len(entries)} found for “{words}”" if words.strip() else "Type some words of a label."
        return self._render("search", "search", words=words, told=told, entries=entries, scripts=())

    def search_by_script(self, scripts: Sequence[str]) -> str:
        """Return the page of a static site that looks things up by itself."""
        told = "Searching needs JavaScript; the lists of topics, roles and articles do not."
        return self._render("search", "search", told=told, entries=(), scripts=scripts)

    def problem(self, heading: str, told: str) -> str:
        """Return a page that says what is wrong."""
        return self._render("problem", "problem", heading=heading, told=told)

    def sparql(self, questions: Sequence[Question], address: str) -> str:
        """Return the page on which SPARQL is asked at an address, with the named questions to begin with."""
        base = self._catalogue.facts.base
        names = prefixes(base)
        values = {"questions": questions, "address": address, "base": base, "prefixes": names, "example": _EXAMPLE}
        return self._render("sparql", "sparql", **values)

    def questions(self, questions: Sequence[Question]) -> str:
        """Return the list of the named questions."""
        return self._render("questions", "questions", questions=questions)

    def answer(
        self, question: Question, values: Mapping[str, str], sparql: str, found: Answered | str, limit: str = ""
    ) -> str:
        """Return the answer to a question asked for some values, or what is wrong with them.

        `limit` names the parameter that cut it off, where one did.
        """
        problem, table = (found, Answered([], [], 0)) if isinstance(found, str) else ("", found)
        shown = {"q": question, "values": values, "sparql": sparql, "problem": problem, "answer": table, "limit": limit}
        return self._render("answer", "questions", **shown)


def part_path(path: str, number: int) -> str:
    """Return the path of a page of a list.

    >>> part_path("topics", 1), part_path("topics", 2)
    ('topics', 'topics/2')
    """
    return path if number == 1 else f"{path}/{number}"
