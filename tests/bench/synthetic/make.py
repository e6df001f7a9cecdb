"""`python -m tests.bench.synthetic.make N OUTPUT DECK`: make a collection of N articles, and tell what each step cost.

Printed is one JSON object: seconds of CPU time by step, peak memory, and things to ask for.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.derive import Derivation
from kg.model import Kind
from kg.pipeline import Options
from kg.pipeline.articles import Told, vocabulary
from kg.pipeline.harvest import Harvest
from kg.read import Where
from kg.store import BATCH, DERIVED, Leaf, Output, Store
from kg.vocab import BASE, derived_graph
from tests.bench.synthetic.deck import Deck


@dataclass
class Clock:
    """CPU time of this process by what it was spent on."""

    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Count the time until the block ends."""
        start = time.process_time()
        yield
        self.spent[step] += time.process_time() - start


def make(count: int, output: Path, deck: Deck) -> dict[str, float]:
    """Make a collection in a folder as `kg build` would, and return the seconds that each step took."""
    clock = Clock()
    with Output(output).new_build() as draft:
        store, derivation = Store(BASE, draft.folder), Derivation(BASE, draft.folder / DERIVED)
        for start in range(0, count, BATCH):
            some = [deck.deal(number) for number in range(start, min(start + BATCH, count))]
            _take(some, store, derivation, deck, clock)
        with clock.on("concepts described"):
            store.describe(deck.vocabulary)
        harvest = Harvest(output, draft.folder, store, Options(), Where(output.parent / "in"), derivation)
        with clock.on("summary, report"):
            harvest.write(is_small_change=True)
    return dict(clock.spent)


def _take(some: Sequence[Told], store: Store, derivation: Derivation, deck: Deck, clock: Clock) -> None:
    with clock.on("store"):
        store.load((one.record for one in some), deck.vocabulary)
        store.ledger.put_pages(_leaf(one) for one in some)
    with clock.on("derived"):
        changes = derivation.update((), (one.profile for one in some))
    with clock.on("derived, into the store"):
        store.apply(derived_graph(BASE), changes.gone(), changes.came())


def _leaf(told: Told) -> Leaf:
    ((path, sha256),) = told.record.files
    return Leaf(path, path, sha256, sha256, told.record.iri.rpartition("/")[2], article=told.record.iri)


def main() -> None:
    """Make the collection, and print the figures."""
    count, output, file = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    deck = Deck(pickle.loads(file.read_bytes()), vocabulary(BASE))  # noqa: S301 - written by the parent just now
    spent: dict[str, Any] = {"steps": make(count, output, deck)}
    spent["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    asked = (Kind.ROLE, Kind.TOPIC, Kind.SOURCE)
    spent["things"] = {kind: Counter(sorted(deck.things[kind])).most_common(1)[0][0] for kind in asked}
    print(json.dumps(spent))  # noqa: T201


if __name__ == "__main__":
    main()
