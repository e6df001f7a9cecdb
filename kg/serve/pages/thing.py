"""What articles say of a thing that they share: who speaks of it, what is advised about it, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.model import Kind
from kg.serve.pages.article import Sentence, sentence
from kg.serve.pages.catalogue import Catalogue
from kg.serve.pages.facts import Ref
from kg.serve.pages.index import Entry
from kg.vocab import term

MOST: Final = 100
"""What a page lists of one kind, at most; it says how many more there are."""

_MOST_QUOTES: Final = 30
_NEIGHBOURS: Final = 12
_READ_FOR_NEIGHBOURS: Final = 2_000
"""Articles of a topic that are looked at for the topics that go with it."""


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
    facts = catalogue.facts
    incoming = facts.incoming(iri)
    near = {heading: facts.refs(iri, property_) for heading, property_ in _NEAR.items()}
    near["Narrower"] = sorted(facts.ref(i) for i in incoming.get(term("skos:broader"), ()) if catalogue.index.of(i))
    lists = [_listed(catalogue, incoming, *heading) for heading in _LISTS.get(facts.ref(iri).kind, ())]
    if facts.kind(iri) is Kind.TOPIC:
        near["Often together with"] = _neighbours(catalogue, iri, incoming.get(term("schema:about"), ()))
    passages = facts.values(iri, "kg:statedIn") or incoming.get(term("schema:mentions"), [])
    passages = [passage for passage in passages if facts.kind(passage) is Kind.PASSAGE]
    return Thing(
        facts.ref(iri),
        facts.first(iri, "skos:definition"),
        [n for n in facts.values(iri, "skos:altLabel") if n != facts.ref(iri).label],
        next((u for u in facts.values(iri, "schema:codeRepository") if u.startswith(("http://", "https://"))), ""),
        facts.first(iri, "kg:modality").rpartition("#")[2],
        {heading: refs for heading, refs in near.items() if refs},
        [listed for listed in lists if listed.count],
        quotes(catalogue, passages, _MOST_QUOTES),
        len(passages),
        int(facts.first(iri, "kg:independentSources") or 0),
    )


def _listed(catalogue: Catalogue, incoming: dict[str, list[str]], heading: str, property_: str, kind: Kind) -> Listed:
    found = [iri for iri in incoming.get(term(property_), ()) if catalogue.facts.kind(iri) is kind]
    return Listed(heading, catalogue.index.all_of(found)[:MOST], len(found))


def _neighbours(catalogue: Catalogue, iri: str, speakers: Iterable[str]) -> list[Ref]:
    """Return the topics that most articles about a topic are about too."""
    facts = catalogue.facts
    articles = islice((i for i in speakers if facts.kind(i) is Kind.ARTICLE), _READ_FOR_NEIGHBOURS)
    counted = Counter(t for a in articles for t in facts.values(a, "schema:about") if t != iri)
    best = sorted(counted, key=lambda t: (-counted[t], t))[:_NEIGHBOURS]
    return [facts.ref(t) for t in best if counted[t] > 1]


def quotes(catalogue: Catalogue, passages: Sequence[str], most: int) -> list[Quote]:
    """Return so many of the sentences, of as many articles as there are: one of each, then a second of each."""
    rounds: Counter[str] = Counter()
    ranked = []
    for passage in passages:
        article = catalogue.facts.first(passage, "schema:isPartOf")
        ranked.append((rounds[article], article, passage))
        rounds[article] += 1
    chosen = sorted(sorted(ranked)[:most], key=lambda r: r[1:])
    return [Quote(sentence(catalogue.facts, passage), catalogue.facts.ref(article)) for _, article, passage in chosen]
