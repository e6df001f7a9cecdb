"""The gist of an article that does not state it: the sentences that say most of what it says, word for word."""

from __future__ import annotations

from typing import Final, NamedTuple

from kg.extract.gist.abstract import abstract
from kg.extract.gist.features import SUMMARY
from kg.extract.gist.takeaways import scores, takeaways
from kg.extract.gist.whole import Whole
from kg.extract.text import Text
from kg.model import Passage

__all__ = ["Gist", "gist_of"]

TAKEAWAY: Final = "takeaway"


class Gist(NamedTuple):
    """The sentences chosen as takeaways and as abstract, each in the order of the text; none where they are stated."""

    takeaways: tuple[Passage, ...] = ()
    abstract: tuple[Passage, ...] = ()


def gist_of(text: Text) -> Gist:
    """Return the gist of an English article, without the part that it states itself under a heading of its own."""
    stated = {passage.name for passage in text.passages} & {SUMMARY, TAKEAWAY}
    if not text.is_english or not text.sentences or len(stated) > 1:
        return Gist()
    whole = Whole(text)
    said = scores(whole)
    return Gist(
        () if TAKEAWAY in stated else takeaways(whole, said),
        () if SUMMARY in stated else abstract(whole, said),
    )
