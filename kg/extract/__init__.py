"""Find in an article what it says: a module for each kind of thing, each a pure function of article and vocabulary.

What an article states is taken as it stands; what it does not state is found out from its words and marked as inferred.
Of a digest only the topics are: it has a heading for each of the others, and what stands under none is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.extract.code import code_references
from kg.extract.details import details
from kg.extract.filing import evidence, filed
from kg.extract.gist import Gist, gist_of
from kg.extract.listing import listed
from kg.extract.principles import principles
from kg.extract.related import related
from kg.extract.roles import audience, inferred_audience, spoken
from kg.extract.sources import citations
from kg.extract.text import ENGLISH, Text
from kg.extract.topics import topics
from kg.model import Article, Findings, Inference, Kind, Mention, Relation
from kg.vocab import Vocabulary

__all__ = ["TRIED", "UNTRIED", "extract"]

TRIED: Final = frozenset({"", ENGLISH})
"""The languages in which all is looked for; a text of unknown language is read as English."""

UNTRIED: Final = (
    "new topics", "roles beyond the vocabulary", "principles", "takeaways", "abstract", "field", "level", "readers",
)  # fmt: skip
"""What is not looked for in other languages."""


def extract(article: Article, vocabulary: Vocabulary) -> Findings:
    """Return all that is found in one article, sorted; nothing but the article and the vocabulary decides it."""
    text = Text(article, vocabulary)
    mentions = tuple(
        sorted(
            {
                *details(article, text.passages, vocabulary),
                *topics(text),
                *audience(text),
                *spoken(text),
                *citations(text),
                *code_references(text),
                *related(article, text.passages),
            }
        )
    )
    told = gist_of(text) if not article.is_digest else Gist()
    return Findings(
        text.passages,
        mentions,
        principles(text, mentions),
        () if article.is_digest else _inferences(text, mentions),
        told.takeaways,
        told.abstract,
        () if any(listed(article, text.passages, "topics")) else (Relation.ABOUT,),
    )


def _inferences(text: Text, mentions: Iterable[Mention]) -> tuple[Inference, ...]:
    """Return what is found out about an article, without what it states itself."""
    stated = {mention.relation for mention in mentions}
    roles = (m for m in mentions if m.kind is Kind.ROLE and m.relation is Relation.MENTIONS)
    said = evidence(text)
    found = (*filed(text, said), *inferred_audience(text, roles, said.shares))
    return tuple(sorted(i for i in found if i.relation not in stated))
