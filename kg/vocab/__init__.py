"""Names and vocabularies: every IRI and prefix, the SKOS files in ontology/, and finding their labels in text."""

from kg.vocab.concept import SCHEMES, UPWARDS, Concept
from kg.vocab.forms import normal_form
from kg.vocab.home import ontology_dir
from kg.vocab.match import Match, Matcher
from kg.vocab.names import (
    BASE,
    PREFIXES,
    compact,
    concepts_graph,
    derived_graph,
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
from kg.vocab.nearest import Nearest, nearest
from kg.vocab.parse import subjects
from kg.vocab.readings import decide, is_name_meant
from kg.vocab.things import Kinds
from kg.vocab.vocabulary import Vocabulary, load

__all__ = [
    "BASE",
    "PREFIXES",
    "SCHEMES",
    "UPWARDS",
    "Concept",
    "Kinds",
    "Match",
    "Matcher",
    "Nearest",
    "Vocabulary",
    "compact",
    "concepts_graph",
    "decide",
    "derived_graph",
    "digest",
    "is_iri",
    "is_name_meant",
    "kind_of",
    "load",
    "mint",
    "nearest",
    "normal_form",
    "ontology_dir",
    "prefixes",
    "scheme",
    "slug",
    "subjects",
    "term",
    "value_of",
]
