"""What the stages hand to each other: plain, frozen, ordered values that know nothing of RDF.

A file becomes a `Page`, one or more pages become an `Article`, extractors find `Mention`s and `Principle`s in it, and
linking turns those into a `Record`: the facts of one article.

What is made, compared and looked up by the hundred for each article is a named tuple, which does that in C; the rest
are dataclasses.
"""

from kg.model.article import Article, Detail, Entry, Section
from kg.model.findings import Findings, Inference, Mention, Modality, Passage, Principle, Relation
from kg.model.text import Block, BlockKind, Link, Page, Place, Span, Statement
from kg.model.things import Fact, Iri, Kind, Record, Thing, Value

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Detail",
    "Entry",
    "Fact",
    "Findings",
    "Inference",
    "Iri",
    "Kind",
    "Link",
    "Mention",
    "Modality",
    "Page",
    "Passage",
    "Place",
    "Principle",
    "Record",
    "Relation",
    "Section",
    "Span",
    "Statement",
    "Thing",
    "Value",
]
