"""The dataset: one named graph for each article, and one in which every shared thing is described once.

The engine is Oxigraph. `Store.dataset` shows the same data as an `rdflib.Dataset`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import BuildError
from kg.model import Iri, Kind, Record
from kg.store.concepts import describe
from kg.store.quads import quad
from kg.vocab import Vocabulary, concepts_graph, kind_of, term, value_of

if TYPE_CHECKING:
    import rdflib

_STATED_IN = ox.NamedNode(term("kg:statedIn"))


class Store:
    """A dataset of articles under one base IRI, on disk or (without a path) in memory.

    >>> from kg.vocab import BASE
    >>> Store(BASE).articles()
    []
    """

    def __init__(self, base: str, path: Path | None = None, *, read_only: bool = False) -> None:
        self.base = base
        self.engine = _open(path, read_only=read_only)
        self._concepts = ox.NamedNode(concepts_graph(base))

    def articles(self) -> list[Iri]:
        """Return the IRIs of the articles, sorted."""
        names = (Iri(g.value) for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode))
        return sorted(name for name in names if kind_of(self.base, name) is Kind.ARTICLE)

    def put(self, records: Iterable[Record], vocabulary: Vocabulary) -> None:
        """Add articles, or replace those of the same name, and describe anew what they share."""
        known = set(self.articles())
        self.engine.bulk_extend(self._quads(records, known))
        self.describe(vocabulary)

    def remove(self, articles: Iterable[Iri], vocabulary: Vocabulary) -> None:
        """Undo exactly what some articles added: their graphs, and the descriptions that nothing else needs."""
        for article in articles:
            self.engine.remove_graph(ox.NamedNode(article))
        self.describe(vocabulary)

    def _quads(self, records: Iterable[Record], known: set[Iri]) -> Iterator[ox.Quad]:
        for record in records:
            graph = ox.NamedNode(record.iri)
            if record.iri in known:
                self.engine.remove_graph(graph)
            yield from (quad(fact, graph) for fact in record.facts)
            yield from (quad(fact, self._concepts) for fact in record.shared)

    def describe(self, vocabulary: Vocabulary) -> None:
        """Make the concepts graph what the articles and the vocabulary say it is, whatever it was before."""
        stated = {q.subject for q in self.engine.quads_for_pattern(None, _STATED_IN, None)}
        principles = [q for q in self.engine.quads_for_pattern(None, None, None, self._concepts) if q.subject in stated]
        described = [quad(f, self._concepts) for f in describe(self._article_quads(), vocabulary, self._languages())]
        self.engine.clear_graph(self._concepts)
        self.engine.extend([*principles, *described])
        self.engine.flush()

    def _languages(self) -> dict[str, str]:
        """Return the language of each article that has one, by the article's name, which is that of its graph."""
        stated = self.engine.quads_for_pattern(None, ox.NamedNode(term("schema:inLanguage")), None)
        return {value_of(q.graph_name): value_of(q.object) for q in stated}

    def _article_quads(self) -> Iterator[ox.Quad]:
        return (q for q in self.engine.quads_for_pattern(None, None, None) if q.graph_name != self._concepts)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, in no order that means anything."""
        return iter(self.engine.quads_for_pattern(None, None, None))

    def graph(self, name: Iri) -> list[ox.Quad]:
        """Return the quads of one named graph."""
        return list(self.engine.quads_for_pattern(None, None, None, ox.NamedNode(name)))

    @property
    def dataset(self) -> rdflib.Dataset:
        """The same data as an rdflib.Dataset, whose default graph is the union of all graphs."""
        import rdflib  # noqa: PLC0415 - most commands never need it, and it takes as long to load as they run
        from oxrdflib import OxigraphStore  # noqa: PLC0415

        return rdflib.Dataset(store=OxigraphStore(store=self.engine), default_union=True)


def _open(path: Path | None, *, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    try:
        return ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
    except (OSError, RuntimeError) as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BuildError(str(path), f"the store cannot be opened ({what})", "build it again: kg build") from error
