"""Collect the facts of one article: what several passages say is one fact with several pieces of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.link.naming import article_iri, code_name, opening
from kg.model import (
    Article,
    Fact,
    Iri,
    Kind,
    Mention,
    Passage,
    Place,
    Principle,
    Relation,
    Value,
)
from kg.vocab import Vocabulary, is_iri, mint, term

_A: Final = term("rdf:type")
_MENTIONS: Final = term("schema:mentions")
OF_ARTICLE: Final = {
    Relation.ABOUT: term("schema:about"),
    Relation.AUDIENCE: term("schema:audience"),
    Relation.PUBLISHER: term("schema:publisher"),
    Relation.CURATOR: term("schema:sdPublisher"),
    Relation.AUTHOR: term("schema:author"),
    Relation.CITES: term("schema:citation"),
    Relation.FILED_UNDER: term("schema:articleSection"),
    Relation.LEVEL: term("schema:educationalLevel"),
    Relation.LENGTH: term("kg:length"),
    Relation.REFERS_TO: _MENTIONS,
}
"""The property by which an article stands to what is found in it; MENTIONS is said by its passages only."""

OF_SECTION: Final = {name: term(f"kg:{name}") for name in ("summary", "takeaway", "insight", "method", "practice")}


@dataclass
class Linker:
    """Collects the facts of one article; what several passages say is one fact with several pieces of evidence."""

    article: Article
    vocabulary: Vocabulary
    _found: defaultdict[tuple[Iri, Iri, Iri | Value], list[Iri]] = field(default_factory=lambda: defaultdict(list))
    _shared: set[tuple[Iri, Iri, Iri | Value]] = field(default_factory=set)
    _passages: dict[Place, Iri] = field(default_factory=dict)
    _things: dict[tuple[Kind, str], Iri] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Name the article."""
        self.iri = article_iri(self.article, self.vocabulary.base)

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of the article, sorted."""
        made = (Fact(s, p, o, _each_once(told)) for (s, p, o), told in self._found.items())
        return tuple(sorted(made, key=lambda f: f.key))

    def shared_facts(self) -> tuple[Fact, ...]:
        """Return what describes the article's principles, sorted."""
        return tuple(sorted((Fact(s, p, o) for s, p, o in self._shared), key=lambda f: f.key))

    def say(self, subject: Iri, predicate: Iri, object_: Iri | Value, *evidence: Iri) -> None:
        """State one fact, with the passages that say it."""
        self._found[subject, predicate, object_] += evidence

    def objects(self, predicate: Iri) -> list[tuple[Iri, tuple[Iri, ...]]]:
        """Return what the article stands to in some way, in order, each with the passages that say so."""
        found = [(o, told) for (s, p, o), told in self._found.items() if (s, p) == (self.iri, predicate)]
        return sorted((Iri(o), _each_once(told)) for o, told in found if not isinstance(o, Value))

    def describe_article(self) -> None:
        """Say what is known from the files themselves, what they state, the title, and the text of the summary."""
        self.say(self.iri, _A, term("schema:Article"))
        self.say(self.iri, term("kg:path"), Value(self.article.path))
        self._describe_stated()
        if self.article.title:
            headline = self.article.line(self.article.title)
            self.say(self.iri, term("schema:headline"), Value(headline), self.passage_iri(self.article.title))
        summary = next((s for s in self.article.sections if s.name == "summary" and s.blocks), None)
        if summary:
            text = "\n\n".join(self.article.cut(block) for block in summary.blocks)
            self.say(self.iri, term("schema:abstract"), Value(text))

    def _describe_stated(self) -> None:
        """Say in which language, when and where the article was published and what it is tagged with.

        A language that is stated nowhere was told by the words; where several pages state a day, the first is it.
        """
        languages = [page.language for page in self.article.pages if page.language]
        for detail in self.article.details:
            told = self.passage_iri(detail.context)
            if detail.name == "language" and detail.meaning == languages[0]:
                self.say(self.iri, term("schema:inLanguage"), Value(detail.meaning), told)
            elif detail.name == "url" and is_iri(detail.meaning):
                self.say(self.iri, term("schema:url"), Iri(detail.meaning), told)
            elif detail.name == "tag":
                self.say(self.iri, term("schema:keywords"), Value(detail.meaning), told)
        for language in languages[:1]:
            self.say(self.iri, term("schema:inLanguage"), Value(language))
        dated = (d for d in self.article.details if d.name == "date")
        if first := min(dated, key=lambda d: (d.meaning, d), default=None):
            day = Value(first.meaning, "date")
            self.say(self.iri, term("schema:datePublished"), day, self.passage_iri(first.context))

    def passage_iri(self, place: Place) -> Iri:
        """Name a passage by its article, its page when that is not the first, and where it stands."""
        if place not in self._passages:
            name = self.iri.rpartition("/")[2]
            page = f".{place.page + 1}" if place.page else ""
            told = f"{name}{page}.{place.span.start}-{place.span.end}"
            self._passages[place] = Iri(f"{self.vocabulary.base}{Kind.PASSAGE}/{told}")
        return self._passages[place]

    def add_passage(self, passage: Passage) -> None:
        """Say where a passage stands, its exact words, and what part of the article it is."""
        me, span = self.passage_iri(passage.place), passage.place.span
        exact = self.article.cut(passage.place)
        self.say(me, _A, term("kg:Passage"), me)
        self.say(me, term("schema:isPartOf"), self.iri, me)
        self.say(me, term("kg:start"), Value(str(span.start), "integer"), me)
        self.say(me, term("kg:end"), Value(str(span.end), "integer"), me)
        self.say(me, term("kg:exact"), Value(exact), me)
        if passage.place.page:
            self.say(me, term("kg:path"), Value(self.article.pages[passage.place.page].path), me)
        if passage.section:
            self.say(me, term("kg:section"), Value(" ".join(passage.section.split())), me)
        self._add_part(passage, me)

    def _add_part(self, passage: Passage, me: Iri) -> None:
        if part := OF_SECTION.get(passage.name):
            self.say(self.iri, part, me, me)
        elif passage.name == "empty":
            self.say(self.iri, term("kg:emptySection"), Value(" ".join(passage.section.split())), me)

    def add_mention(self, mention: Mention) -> None:
        """Say what a passage mentions, how the article stands to it, and by which words it is called here."""
        told = self.passage_iri(mention.passage.place)
        if mention.relation is Relation.RELATED:
            self.say(self.iri, term("kg:relatedTitle"), Value(" ".join(mention.label.split())), told)
            return
        thing = self.thing(mention)
        self.say(told, _MENTIONS, thing, told)
        as_named = mention.kind is Kind.CODE or mention.relation is Relation.AUDIENCE
        surface = mention.label if as_named else self.article.line(mention.surface)
        self.say(thing, term("kg:surfaceForm"), Value(surface), told)
        if mention.kind is Kind.TOPIC and not mention.concept:
            self.say(thing, term("kg:surfaceForm"), Value(mention.label), told)
        if predicate := OF_ARTICLE.get(mention.relation):
            self.say(self.iri, predicate, thing, told)
        if mention.within:
            self.say(thing, term("kg:filedUnder"), self._field(mention.within), told)

    def _field(self, label: str) -> Iri:
        return self.vocabulary.only(label, Kind.FIELD) or mint(self.vocabulary.base, Kind.FIELD, label)

    def thing(self, mention: Mention) -> Iri:
        """Return the thing that a mention is of: the vocabulary's, or one named by its label."""
        if mention.concept:
            return mention.concept
        called = mention.kind, mention.label
        if called not in self._things:
            label = code_name(mention.label) if mention.kind is Kind.CODE else mention.label
            self._things[called] = mint(self.vocabulary.base, mention.kind, label)
        return self._things[called]

    def add_principle(self, principle: Principle) -> None:
        """Say where a principle is stated, what it is about and to whom it applies; describe it for all."""
        told = self.passage_iri(principle.passage.place)
        text = self.article.line(principle.passage.place)
        me = mint(self.vocabulary.base, Kind.PRINCIPLE, opening(text), f"{principle.modality} {text}")
        self.say(me, term("kg:statedIn"), told, told)
        for role in principle.roles:
            self.say(me, term("kg:appliesTo"), self.thing(role), told)
        for topic in principle.topics:
            self.say(me, term("schema:about"), self.thing(topic), told)
        self._shared |= {
            (me, _A, term("kg:Principle")),
            (me, term("schema:text"), Value(text)),
            (me, term("kg:modality"), term(f"kg:{principle.modality}")),
        }
        self.say(told, term("kg:rule"), Value(principle.rule), told)


def _each_once(told: Sequence[Iri]) -> tuple[Iri, ...]:
    """Return the passages that say something, in order, each once; mostly there is only one."""
    return tuple(sorted(set(told))) if len(told) > 1 else tuple(told)
