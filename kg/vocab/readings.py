"""Which of several concepts a label means, and whether a word that is also a name means the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from kg.model import Iri

Near = Callable[[Iri], AbstractSet[Iri]]
"""Gives the concepts that stand next to one: broader and related ones."""


def decide(readings: Iterable[Iri], present: Mapping[Iri, int], near: Near) -> Iri | None:
    """Return the reading that most of what is spoken of unambiguously stands next to, None where no one does.

    `present` counts how often each concept is named by a label of its own alone. What speaks for a reading is itself,
    what stands above, below or beside it.

    >>> beside = {Iri("planet"): {Iri("star")}, Iri("orbit"): {Iri("planet")}}
    >>> near = lambda iri: beside.get(iri, frozenset())
    >>> decide([Iri("metal"), Iri("planet")], {Iri("star"): 1, Iri("orbit"): 2}, near)
    'planet'
    >>> decide([Iri("metal"), Iri("planet")], {Iri("tea"): 3}, near) is None
    True
    """
    weights = {}
    for reading in readings:
        beside = near(reading) | {reading}
        weights[reading] = sum(n for iri, n in present.items() if iri in beside or reading in near(iri))
    most = max(weights.values(), default=0)
    best = [reading for reading, weight in weights.items() if weight == most]
    return best[0] if most and len(best) == 1 else None


def is_name_meant(surface: str, *, opens: bool, elsewhere: bool) -> bool:
    """Tell whether a word that is also one of the language means the name ("Go", "Rust").

    It must have its capital; where it opens a sentence or a heading that proves nothing, unless the article has the
    capital elsewhere too.

    >>> [is_name_meant("Rust", opens=o, elsewhere=e) for o, e in ((False, False), (True, False), (True, True))]
    [True, False, True]
    >>> is_name_meant("rust", opens=False, elsewhere=True)
    False
    """
    return surface[:1].isupper() and (elsewhere or not opens)
