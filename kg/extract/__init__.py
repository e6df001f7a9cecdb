"""Find in an article what it says: a module for each kind of thing, each a pure function of article and vocabulary."""

from __future__ import annotations

from kg.extract.code import code_references
from kg.extract.details import details
from kg.extract.passages import passages
from kg.extract.principles import principles
from kg.extract.related import related
from kg.extract.roles import roles
from kg.extract.sources import citations
from kg.extract.spotting import spot
from kg.extract.topics import topics
from kg.model import Article, Findings
from kg.vocab import Vocabulary

__all__ = ["extract"]


def extract(article: Article, vocabulary: Vocabulary) -> Findings:
    """Return all that is found in one article, sorted; nothing but the article and the vocabulary decides it."""
    told = passages(article)
    spots = spot(article, told, vocabulary)
    mentions = {
        *details(article, told, vocabulary),
        *topics(article, told, spots, vocabulary),
        *roles(article, told, spots, vocabulary),
        *citations(article, told),
        *code_references(article, told),
        *related(article, told),
    }
    ordered = tuple(sorted(mentions))
    return Findings(told, ordered, principles(article, told, ordered))
