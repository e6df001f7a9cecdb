"""Names and vocabularies: every IRI and prefix, the SKOS files in ontology/, and finding their labels in text."""

from kg.vocab.home import ontology_dir
from kg.vocab.match import Match, Matcher, normal_form
from kg.vocab.names import (
    BASE,
    PREFIXES,
    compact,
    concepts_graph,
    digest,
    is_iri,
    kind_of,
    mint,
    prefixes,
    scheme,
    slug,
    term,
    value_of,
)
from kg.vocab.skos import Concept, Vocabulary, load

__all__ = [
    "BASE",
    "PREFIXES",
    "Concept",
    "Match",
    "Matcher",
    "Vocabulary",
    "compact",
    "concepts_graph",
    "digest",
    "is_iri",
    "kind_of",
    "load",
    "mint",
    "normal_form",
    "ontology_dir",
    "prefixes",
    "scheme",
    "slug",
    "term",
    "value_of",
]
