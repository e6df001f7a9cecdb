"""Which things of one kind occur together in articles: the projection behind `central`, `communities` and `gaps`.

Nodes are the topics, roles or sources that some article is linked to, `articles` their number. An edge joins two that
at least `LEAST` articles share, its weight being how many: what one article puts together may be chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import networkx as nx

from kg.analyse.links import Links
from kg.model import Kind

LEAST: Final = 2


def together(links: Links, kind: Kind) -> nx.Graph[str]:
    """Return the graph of the things of a kind that articles share.

    Things stand in the order of their names, so that what goes through them goes the same way each time.
    """
    groups = list(by_article(links, kind))
    articles = Counter(thing for group in groups for thing in group)
    pairs = Counter(pair for group in groups for pair in combinations(group, 2))
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from((thing, {"articles": articles[thing]}) for thing in sorted(articles))
    made.add_weighted_edges_from((*pair, pairs[pair]) for pair in sorted(pairs) if pairs[pair] >= LEAST)
    return made


def by_article(links: Links, kind: Kind) -> Iterator[list[str]]:
    """Yield the things of a kind that each article is linked to, where there are any."""
    for article in links.things(Kind.ARTICLE):
        if group := links.of(article, kind):
            yield group
