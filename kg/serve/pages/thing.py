"""What articles say of a thing that they share: who speaks of it, what is advised about it, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Kind
from kg.serve.pages.article import Sentence, place, sentence
from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.entries import Entry
from kg.serve.pages.facts import Facts, Ref

MOST: Final = 100
"""What a page lists of one kind, at most; it says how many more there are."""

_MOST_QUOTES: Final = 30
_NEIGHBOURS: Final = 12
MOST_READ: Final = 1_000
"""Sentences that are looked at, to choose the ones that are shown."""

_TOGETHER: Final = """
SELECT ?other (COUNT(DISTINCT ?article) AS ?n) {{
  ?article schema:about <{iri}> , ?other ; a schema:Article
}} GROUP BY ?other
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of things under a heading, and how many there are in all."""

    heading: str
    entries: Sequence[Entry]
    count: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, and the article that it stands in."""

    sentence: Sentence
    article: Ref


@dataclass(frozen=True, slots=True)
class Thing:
    """All that is shown of a thing."""

    ref: Ref
    definition: str
    names: list[str]
    url: str
    modality: str
    near: dict[str, list[Ref]]
    """Other things by what they are to it, under a heading each."""
    lists: list[Listed]
    quotes: list[Quote]
    quote_count: int
    sources: int
    """How many independent sources speak of it, where that was found out; else 0."""


_Heading = tuple[str, str, Kind]
_LISTS: Final[dict[str, tuple[_Heading, ...]]] = {
    Kind.TOPIC: (
        ("Articles about it", "schema:about", Kind.ARTICLE),
        ("Principles about it", "schema:about", Kind.PRINCIPLE),
    ),
    Kind.ROLE: (
        ("Articles to read", "schema:audience", Kind.ARTICLE),
        ("Principles that apply", "kg:appliesTo", Kind.PRINCIPLE),
    ),
    Kind.SOURCE: (
        ("Published", "schema:publisher", Kind.ARTICLE),
        ("Written", "schema:author", Kind.ARTICLE),
        ("Curated", "schema:sdPublisher", Kind.ARTICLE),
        ("Cited by", "schema:citation", Kind.ARTICLE),
    ),
    Kind.FIELD: (("Articles in this field", "schema:articleSection", Kind.ARTICLE),),
    Kind.CODE: (("Articles that point to it", "schema:mentions", Kind.ARTICLE),),
    Kind.LEVEL: (("Articles", "schema:educationalLevel", Kind.ARTICLE),),
    Kind.LENGTH: (("Articles", "kg:length", Kind.ARTICLE),),
    Kind.FUNCTION: (("Roles", "kg:function", Kind.ROLE),),
    Kind.SENIORITY: (("Roles", "kg:seniority", Kind.ROLE),),
}
"""What points to things of a kind, under which heading it is listed, and of which kind it is itself."""

_NEAR: Final = {
    "Broader": "skos:broader",
    "Related": "skos:related",
    "Same": "skos:exactMatch",
    "Function": "kg:function",
    "Seniority": "kg:seniority",
    "Field": "kg:field",
    "Concerns": "schema:about",
    "Applies to": "kg:appliesTo",
    "Said in other words": "kg:restates",
    "In tension with": "kg:tensionWith",
}


def thing(catalogue: Catalogue, iri: str) -> Thing:
    """Return what is known of a thing that is no article."""
    facts, ref = catalogue.facts, catalogue.facts.ref(iri)
    near = {heading: facts.refs(iri, property_) for heading, property_ in _NEAR.items()}
    near["Narrower"] = [facts.ref(entry.iri) for entry in _narrower(catalogue, iri)]
    near["Often together with"] = _neighbours(facts, iri) if ref.kind == Kind.TOPIC else []
    lists = [_listed(catalogue, iri, *heading) for heading in _LISTS.get(ref.kind, ())]
    passages = facts.values(iri, "kg:statedIn") or _mentions(facts, iri)
    return Thing(
        ref,
        facts.first(iri, "skos:definition"),
        [n for n in facts.values(iri, "skos:altLabel") if n != ref.label],
        next((u for u in facts.values(iri, "schema:codeRepository") if u.startswith(("http://", "https://"))), ""),
        facts.first(iri, "kg:modality").rpartition("#")[2],
        {heading: refs for heading, refs in near.items() if refs},
        [listed for listed in lists if listed.count],
        _quotes(facts, passages),
        len(passages),
        int(facts.first(iri, "kg:independentSources") or 0),
    )


def _narrower(catalogue: Catalogue, iri: str) -> list[Entry]:
    return catalogue.index.best(catalogue.facts.pointing("skos:broader", iri), MOST)


def _listed(catalogue: Catalogue, iri: str, heading: str, property_: str, kind: Kind) -> Listed:
    found = [other for other in catalogue.facts.pointing(property_, iri) if catalogue.facts.kind(other) is kind]
    return Listed(heading, catalogue.index.best(found, MOST), len(found))


def _neighbours(facts: Facts, iri: str) -> list[Ref]:
    """Return the topics that most articles about a topic are about too, those of two articles at least."""
    counted = [(-n, other) for other, n in facts.counted(_TOGETHER.format(iri=iri)) if n > 1 and other != iri]
    return [facts.ref(other) for _, other in sorted(counted)[:_NEIGHBOURS]]


def _mentions(facts: Facts, iri: str) -> list[str]:
    found = facts.pointing("schema:mentions", iri, MOST_READ)
    return [passage for passage in found if facts.kind(passage) is Kind.PASSAGE]


def _quotes(facts: Facts, passages: Sequence[str]) -> list[Quote]:
    """Return some of the sentences, of as many articles as there are: one of each, then a second of each."""
    rounds: Counter[str] = Counter()
    ranked = []
    for passage in passages:
        article = passage.removesuffix(place(passage))  # what is before a place is the same for all of an article
        ranked.append((rounds[article], passage))
        rounds[article] += 1
    chosen = sorted(passage for _, passage in sorted(ranked)[:_MOST_QUOTES])
    return [Quote(sentence(facts, p), facts.ref(facts.first(p, "schema:isPartOf"))) for p in chosen]
