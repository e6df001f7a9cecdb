"""Peers that find keyphrases without training, written anew from their papers: each module has `rank(text, n)`.

They are measured in the same run and on the same texts as this project's own topics, and given the same help: sentences
by `kg.extract.sentences`, stop words and word classes by `kg.extract.language`. That makes them better than they are
known to be. With the stop words of the YAKE package instead, YAKE and RAKE come within .007 of the F1 at 5 and at 10
that the packages yake and rake-nltk have on Inspec.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.bench.keyphrases import multipartite, rake, yake

PEERS: Final[Mapping[str, Callable[[str, int], list[str]]]] = {
    "RAKE": rake.rank,
    "YAKE": yake.rank,
    "MultipartiteRank": multipartite.rank,
}
