"""The collection: all questions of `kg.query` and `kg.analyse`, asked by name instead of IRI, with their evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from kg import analyse, query
from kg.analyse import Central, Community, Gap, Link, Links, ReadingPath, Related
from kg.collection import listing
from kg.collection.explorer import Explorer
from kg.collection.results import Advice, Concept, Document, Origin, Route, Step
from kg.errors import BuildError, UnknownNameError
from kg.model import Iri, Kind
from kg.query import Evidence, Question, Table, own_questions
from kg.store import Build, open_build

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

_T = TypeVar("_T")


class Collection:
    """A build to ask; a thing is named by any of its labels, its slug, its path or its IRI.

    Whatever names a thing raises UnknownNameError where none or several have the name. `own` is a folder with named
    questions of the user's. The examples below are about the sample articles, and go on with this one:

    >>> import kg
    >>> g = kg.open("output")
    >>> g
    <9 articles, 83 topics, 37 roles, 78 principles, 9 sources, 11 fields, 5 code references, 246 passages>
    """

    def __init__(self, build: Build, own: Path | None = None) -> None:
        self.folder = build.folder
        self.base = build.base
        self.report = build.report
        self._store = build.store
        self._own = own

    def __repr__(self) -> str:
        """Return what the collection holds."""
        return f"<{self._counts()}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: what the collection holds, and its most frequent topics."""
        topics = Table(("topic", "articles"), tuple((t.label, t.articles) for t in self.topics()[:10]))
        return f"<p>{escape(self._counts())}</p>{topics._repr_html_()}"

    def _counts(self) -> str:
        words = {"code": "code reference"}
        counts = ((words.get(kind, kind), n) for kind, n in self.report["counts"].items())
        return ", ".join(f"{n} {word if n == 1 else f'{word}s'}" for word, n in counts)

    def articles(self) -> tuple[Document, ...]:
        """Return the articles, the newest first, those without a day last.

        >>> [(a.title, a.publisher) for a in g.articles() if a.level == "Beginner"]
        [('The case for the junior engineer in an agent-heavy team', 'Halyard Magazine')]
        """
        return self._list(Document, listing.DOCUMENTS)

    def topics(self) -> tuple[Concept, ...]:
        """Return what the articles are about, the most frequent first.

        >>> [(t.label, t.articles, t.sources) for t in g.topics()[:2]]
        [('coding agent', 4, 4), ('large language model', 4, 4)]
        """
        return self._list(Concept, listing.TOPICS)

    def roles(self) -> tuple[Concept, ...]:
        """Return for whom the articles are, the most frequent first.

        >>> [(r.label, r.articles) for r in g.roles()[:2]]
        [('CTO', 7), ('VP of Data', 6)]
        """
        return self._list(Concept, listing.ROLES)

    def principles(self) -> tuple[Advice, ...]:
        """Return what the articles advise, what most publishers say first.

        >>> [p.text for p in g.principles() if p.modality == "Prohibition"][:1]
        ['No prompt change without a number to compare against.']
        """
        return self._list(Advice, listing.PRINCIPLES)

    def sources(self) -> tuple[Origin, ...]:
        """Return who published, wrote, curated or is cited, those with most articles first.

        >>> [(s.name, s.articles, s.cited) for s in g.sources()[:2]]
        [('Lectern', 8, 0), ('Ledgerline Engineering', 2, 0)]
        """
        return self._list(Origin, listing.SOURCES)

    def _list(self, make: Callable[..., _T], sparql: str) -> tuple[_T, ...]:
        return tuple(make(*row) for row in self.query(sparql))

    def query(self, sparql: str) -> Table:
        """Return the answer to any SPARQL query; all prefixes are known, the default graph is the union of all graphs.

        Raises QuestionError, naming line and column, for what is no query.

        >>> g.query("SELECT ?title { ?a schema:headline ?title ; schema:audience role:cto } ORDER BY ?title").rows[0]
        ('A data contract is a promise with a pager',)
        """
        found = query.solve(self._store.engine, sparql, self.base)
        try:
            return query.table(found)
        except (RuntimeError, ValueError, OSError) as error:
            raise query.unanswerable(error, "query") from None

    def ask(self, name: str, **values: object) -> Table:
        """Return the answer to a named question, with all its rows where no limit is given.

        Raises QuestionError where there is no such question, or it cannot be asked for that.

        >>> [row[1] for row in g.ask("reading", role="CTO", level="Advanced")]
        ['A data contract is a promise with a pager', 'Prompt injection is an access-control problem']
        """
        question = query.find_question(name, self._own)
        given = query.unlimited(question) | {key: str(value) for key, value in values.items()}
        return self.query(query.bind(question, given, self._store.engine, self.base))

    def questions(self) -> tuple[Question, ...]:
        """Return the named questions, those of the user's among them.

        >>> [q.english for q in g.questions() if q.name == "reading"]
        ['What should a role read?']
        """
        return tuple(query.questions(self._own))

    def find(self, name: str, *kinds: str) -> Iri:
        """Return the IRI of the one thing of these kinds, by default of any, that a name stands for.

        >>> g.find("VPs of Engineering", "role")
        'https://w3id.org/article-kg/role/vp-of-engineering'
        """
        return query.resolve(self._store.engine, self.base, name, *kinds)

    def why(self, name: str) -> tuple[Evidence, ...]:
        """Return the exact words behind a thing.

        >>> [e.exact for e in g.why("Measure before you tune.")]
        ['Measure before you tune.']
        """
        return tuple(query.why(self._store.engine, self.find(name)))

    @property
    def dataset(self) -> rdflib.Dataset:
        """The build as an rdflib.Dataset, whose default graph is the union of all graphs.

        >>> len(g.dataset.query("SELECT ?a { ?a a <https://schema.org/Article> }"))
        9
        """
        return self._store.dataset

    def graph(self) -> nx.MultiDiGraph[str]:
        """Return every thing and every link with its evidence, as `kg.analyse.graph` describes it.

        >>> g.graph().nodes[g.find("CTO")]["label"]
        'CTO'
        """
        file = str(self.folder / "graph.trig")  # holds what the store does, and is read ten times as fast
        return analyse.graph(ox.parse(path=file, format=ox.RdfFormat.TRIG), self.base)

    @cached_property
    def _links(self) -> Links:
        return Links(self._store.engine, self.base)

    def path(self, one: str, other: str) -> Route:
        """Return the way between two things over the least common things, with the words behind each step.

        How it is found says `kg.analyse.path`. Raises UnknownNameError where there is no way.

        >>> route = g.path("CTO", "incident response")
        >>> [thing.label for thing in route.things]
        ['CTO', 'What our pager taught us about agent autonomy', 'incident response']
        >>> [(step.subject.label, step.relation, step.object.label) for step in route.steps][0]
        ('What our pager taught us about agent autonomy', 'is for', 'CTO')
        >>> route.steps[0].evidence[0].exact
        'Best for: Site Reliability Engineer, VP of Engineering/Data, CTO, Platform Engineer'
        """
        start, end = self.find(one), self.find(other)
        way = analyse.path(self._links, start, end)
        if way is None:
            raise UnknownNameError(f"{one!r}", f"has no links that lead to {other!r}", "see kg related, kg why")
        things = [self._links.thing(start)]
        for link in way:
            things.append(link.object if link.subject == things[-1] else link.subject)
        return Route(tuple(things), tuple(map(self._step, way)))

    def _step(self, link: Link) -> Step:
        evidence = query.behind(self._store.engine, link.subject.iri, link.predicate, link.object.iri)
        return Step(link.subject, link.relation, link.object, tuple(evidence))

    def related(self, name: str, most: int = 10) -> Related:
        """Return the articles, topics and roles that a thing is related to, and through what.

        How they are found says `kg.analyse.related`.

        >>> [(kin.thing.label, kin.through[0].label) for kin in g.related("CTO").topics[:1]]
        [('coding agent', 'Reviewing code that nobody typed')]
        """
        return analyse.related(self._links, self.find(name), most)

    def central(self, kind: str = "topic", most: int = 20) -> tuple[Central, ...]:
        """Return the topics, roles or sources that hold the collection together, as `kg.analyse.central` finds them.

        >>> [(c.thing.label, c.score) for c in g.central(most=2)]
        [('coding agent', 1.0), ('hiring', 1.0)]
        """
        return analyse.central(self._links, Kind(kind), most)

    def communities(self) -> tuple[Community, ...]:
        """Return the topics that occur together, as `kg.analyse.communities` finds them.

        >>> [(c.name, c.articles) for c in g.communities()]
        [('coding agent, hiring', 4), ('large language model, LLM evaluation', 3)]
        """
        return analyse.communities(self._links)

    def reading_path(self, role: str, most: int = 10) -> ReadingPath:
        """Return as few articles as cover what a role should know, as `kg.analyse.reading_path` finds them.

        >>> path = g.reading_path("VP of Engineering")
        >>> path.covered == path.wanted, [(stop.level, stop.article.label) for stop in path.stops][:1]
        (True, [('Intermediate', 'Thoughts on the job market in the age of LLMs')])
        """
        return analyse.reading_path(self._links, self.find(role, Kind.ROLE), most)

    def gaps(self, most: int = 20) -> tuple[Gap, ...]:
        """Return pairs of topics that occur together less than expected, as `kg.analyse.gaps` finds them.

        >>> g.gaps()  # nine articles are too few to tell
        ()
        """
        return analyse.gaps(self._links, most)

    def show(self, height: int = 700) -> Explorer:
        """Return the interactive graph, which a notebook shows.

        Raises BuildError where the build has none.

        >>> "<iframe" in g.show()._repr_html_()
        True
        """
        page = self.folder / "graph.html"
        if not page.exists():
            raise BuildError(str(page), "is missing", "write it: kg show --no-open")
        return Explorer(page.read_text(encoding="utf-8"), height)


def open_collection(output: Path, queries: Path | None = None) -> Collection:
    """Return the newest build in an output folder, with the questions of `queries`, by default those beside it."""
    return Collection(open_build(output), queries or own_questions(output))
