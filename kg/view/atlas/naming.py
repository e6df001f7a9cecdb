"""What a community is called: by the topics at home in it, those that many of its articles and few others are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

from kg.view.atlas.communities import Community
from kg.view.atlas.ties import Ties

if TYPE_CHECKING:
    import networkx as nx

ELSE: Final = "Everything else"
_KNOWN: Final = 1.6  # so much more a topic says that a vocabulary explains than one that only some authors know
_TOLD: Final = 3  # so many more topics say what a community is about


@dataclass(frozen=True, slots=True)
class Named:
    """A community with its name, the topics that come after it, and its parts with theirs."""

    name: str
    topics: tuple[str, ...]
    members: tuple[str, ...]
    parts: tuple[Named, ...]


def named(graph: nx.MultiDiGraph[str], ties: Ties, found: Sequence[Community]) -> tuple[Named, ...]:
    """Return communities with names; no two on one level have the same.

    >>> import networkx
    >>> from kg.view.atlas.ties import ties
    >>> graph = networkx.MultiDiGraph([("essay", "idea"), ("letter", "idea")])
    >>> for name, kind in {"essay": "article", "letter": "article", "idea": "topic"}.items():
    ...     graph.add_node(name, kind=kind, label=name.title())
    >>> named(graph, ties(graph), [Community(("essay", "idea", "letter"))])[0].name
    'Idea'
    """
    return _level(_Sayings(graph, ties), found, ties.anchors, set())


def _level(said: _Sayings, found: Sequence[Community], within: Iterable[str], used: set[str]) -> tuple[Named, ...]:
    """Name the communities of one level, all of them before those inside them; `used` names are nobody else's."""
    around = said.counted(within)
    best = [said.best(community.members, around) if community.linked else [] for community in found]
    names = [_name(labels, used) for labels in best]
    return tuple(
        Named(
            name,
            tuple(label for label in labels if label != name)[:_TOLD],
            each.members,
            _level(said, each.parts, each.members, used),
        )
        for each, labels, name in zip(found, best, names, strict=True)
    )


def _name(labels: Sequence[str], used: set[str]) -> str:
    """Return the first label that is not used yet, else the first one with a number, and use it."""
    first = labels[0] if labels else ELSE
    numbered = (f"{first} {number}" for number in range(2, len(used) + 3))
    name = next(label for label in (*(labels or [ELSE]), *numbered) if label not in used)
    used.add(name)
    return name


class _Sayings:
    """What each anchor is about, as labels; the name of a source says who speaks, not what of."""

    def __init__(self, graph: nx.MultiDiGraph[str], ties: Ties) -> None:
        sources = {str(label).casefold() for _, label, kind in _labels(graph) if kind == "source"}
        topics = {
            node: label for node, label, kind in _labels(graph) if kind == "topic" and label.casefold() not in sources
        }
        self._anchors = frozenset(ties.anchors)
        self._links = ties.links
        self._label = {node: label for node, label, _ in _labels(graph)}
        self._known = {label for node, label in topics.items() if graph.nodes[node].get("note")}
        self._about: dict[str, set[str]] = {anchor: set() for anchor in ties.anchors}
        for source, target, link in graph.edges(data=True):
            if source in self._about and target in topics and link.get("relation") != "mentions":
                self._about[source].add(topics[target])

    def counted(self, members: Iterable[str]) -> Mapping[str, float]:
        """Return the share of the anchors among some members that are about each topic."""
        anchors = [member for member in members if member in self._anchors]
        counts = Counter(label for anchor in anchors for label in sorted(self._about[anchor]))
        return {label: count / len(anchors) for label, count in counts.items()}

    def best(self, members: Sequence[str], around: Mapping[str, float]) -> list[str]:
        """Return the topics at home among some members, the most telling first, else their own names."""
        shares = self.counted(members)
        worth = {
            label: share * log(1 + share / around[label]) * (_KNOWN if label in self._known else 1)
            for label, share in shares.items()
        }
        if worth:
            return sorted(worth, key=lambda label: (-worth[label], label))
        return [self._label[member] for member in sorted(members, key=lambda each: (-len(self._links[each]), each))]


def _labels(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, str]]:
    for node, data in graph.nodes(data=True):
        yield node, str(data.get("label") or node), str(data.get("kind"))
