"""The queries behind the lists of what a collection holds: their columns are the fields of what is listed."""

from __future__ import annotations

from typing import Final

DOCUMENTS: Final = """
SELECT ?iri (MIN(?name) AS ?title) (MIN(?file) AS ?path) (MIN(?day) AS ?published) (MIN(?source) AS ?publisher)
       (MIN(?levelName) AS ?level) (MIN(STR(?address)) AS ?url) WHERE {
  ?iri a schema:Article ; kg:path ?file .
  OPTIONAL { ?iri schema:headline ?headline }
  OPTIONAL { ?iri schema:datePublished ?day }
  OPTIONAL { ?iri schema:publisher/schema:name ?source }
  OPTIONAL { ?iri schema:educationalLevel/rdfs:label ?levelName }
  OPTIONAL { ?iri schema:url ?address }
  BIND(COALESCE(?headline, ?file) AS ?name)
}
GROUP BY ?iri
ORDER BY DESC(?published) ?title ?iri
"""

_CONCEPTS: Final = """
SELECT ?iri ?label (COUNT(DISTINCT ?article) AS ?articles) (COUNT(DISTINCT ?publisher) AS ?sources) WHERE {{
  ?article a schema:Article ; {predicate} ?iri .
  ?iri rdfs:label ?label .
  OPTIONAL {{ ?article schema:publisher ?publisher }}
}}
GROUP BY ?iri ?label
ORDER BY DESC(?articles) ?label ?iri
"""
TOPICS: Final = _CONCEPTS.format(predicate="schema:about")
ROLES: Final = _CONCEPTS.format(predicate="schema:audience")

PRINCIPLES: Final = """
SELECT ?iri ?text ?modality (COUNT(DISTINCT ?article) AS ?articles) (COUNT(DISTINCT ?publisher) AS ?sources) WHERE {
  ?iri schema:text ?text ; kg:modality ?kind ; kg:statedIn/schema:isPartOf ?article .
  OPTIONAL { ?article schema:publisher ?publisher }
  BIND(STRAFTER(STR(?kind), "#") AS ?modality)
}
GROUP BY ?iri ?text ?modality
ORDER BY DESC(?sources) DESC(?articles) ?text ?iri
"""

SOURCES: Final = """
SELECT ?iri ?name (COUNT(DISTINCT ?own) AS ?articles) (COUNT(DISTINCT ?citing) AS ?cited) WHERE {
  ?iri a kg:Source ; schema:name ?name .
  { ?own schema:publisher|schema:author|schema:sdPublisher ?iri } UNION { ?citing schema:citation ?iri }
}
GROUP BY ?iri ?name
ORDER BY DESC(?articles) DESC(?cited) ?name ?iri
"""
