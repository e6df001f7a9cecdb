"""The dataset: one named graph for each article, and one in which every shared thing is described once.

The engine is Oxigraph. `Store.dataset` shows the same data as an `rdflib.Dataset`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import BuildError
from kg.model import Fact, Iri, Kind, Record
from kg.store.concepts import Concepts, shared, used
from kg.store.ledger import Ledger
from kg.store.quads import put, quad
from kg.vocab import Vocabulary, kind_of, term, value_of

if TYPE_CHECKING:
    import rdflib

LEDGER: Final = "ledger.db"
BATCH: Final = 300
"""Articles that are loaded at once, some 130 MB of quads: the fewer batches, the less the engine has to merge.

Who makes them holds as many until then, some 120 MB more.
"""

_BULK: Final = 50
"""Articles from which on loading them in bulk is faster, and does not litter the store with small files."""

_EXACT: Final = term("kg:exact")


class Store:
    """A dataset of articles under one base IRI with its ledger, in a folder or (without one) in memory.

    >>> from kg.vocab import BASE
    >>> Store(BASE).articles()
    []
    """

    def __init__(self, base: str, folder: Path | None = None, *, read_only: bool = False) -> None:
        self.base = base
        self.engine = _open(folder and folder / "store", read_only=read_only)
        self._folder, self._read_only = folder, read_only
        self._touched: set[Iri] = set()

    @cached_property
    def ledger(self) -> Ledger:
        """What each input gave, and what the descriptions of shared things rest on."""
        return Ledger(self._folder and self._folder / LEDGER, read_only=self._read_only)

    @cached_property
    def _concepts(self) -> Concepts:
        return Concepts(self.engine, self.ledger, self.base)

    def close(self) -> None:
        """Write all to disk, and let go of it: from now on the files do not change."""
        self.ledger.close()
        self.engine.flush()
        self.__dict__.pop("_concepts", None)
        del self.engine

    def articles(self) -> list[Iri]:
        """Return the IRIs of the articles, sorted."""
        names = (Iri(g.value) for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode))
        return sorted(name for name in names if kind_of(self.base, name) is Kind.ARTICLE)

    def put(self, records: Iterable[Record], vocabulary: Vocabulary) -> None:
        """Add articles, or replace those of the same name, and describe anew what they share with others."""
        self.load(records, vocabulary)
        self.describe(vocabulary)

    def remove(self, articles: Iterable[Iri], vocabulary: Vocabulary) -> None:
        """Undo exactly what some articles added: their graphs, and the descriptions that nothing else needs."""
        self.unload(articles, vocabulary)
        self.describe(vocabulary)

    def load(self, records: Iterable[Record], vocabulary: Vocabulary) -> None:
        """Add or replace articles; what they share is to be described when all are there."""
        waiting = iter(records)
        while some := {record.iri: record for record in islice(waiting, BATCH)}:
            self.unload(some, vocabulary)
            quads = chain.from_iterable(self._noted(record, vocabulary) for record in some.values())
            (self.engine.bulk_extend if len(some) >= _BULK else self.engine.extend)(quads)
            self._concepts.state(fact for record in some.values() for fact in record.shared)

    def _noted(self, record: Record, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
        """Yield the quads of an article, with all that they touch noted."""
        passages = sum(fact.predicate == _EXACT for fact in record.facts)
        self.ledger.put_article(record.iri, record.language, passages)
        self._touched.update(shared(self.base, used(record.facts), vocabulary))
        graph = ox.NamedNode(record.iri)
        return (quad(fact, graph) for fact in record.facts)

    def unload(self, articles: Iterable[Iri], vocabulary: Vocabulary) -> None:
        """Remove articles that are there; what they shared is to be described when all are gone."""
        for iri in articles:
            if self.ledger.drop_article(iri):
                ends = {value_of(end) for q in self.graph(iri) for end in (q.subject, q.object)}
                self._touched.update(shared(self.base, ends, vocabulary))
                self.engine.remove_graph(ox.NamedNode(iri))

    def describe(self, vocabulary: Vocabulary) -> None:
        """Describe what the articles share that came or went since this was done last."""
        self._concepts.describe(self._touched, vocabulary)
        self._touched.clear()
        self.engine.flush()

    def apply(self, name: Iri, gone: Iterable[Fact], come: Iterable[Fact]) -> bool:
        """Take facts out of a graph that is no article's, and put others into it; tell whether there were any."""
        graph = ox.NamedNode(name)
        old, new = [quad(fact, graph) for fact in gone], [quad(fact, graph) for fact in come]
        for one in old:
            self.engine.remove(one)
        put(self.engine, new)
        return bool(old or new)

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
