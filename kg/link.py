"""Turn what was found in an article into facts: one thing for each meaning, each fact with the passages that say it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from kg.model import (
    Article,
    Fact,
    Findings,
    Iri,
    Kind,
    Mention,
    Passage,
    Place,
    Principle,
    Record,
    Relation,
    Value,
)
from kg.vocab import Vocabulary, is_iri, mint, slug, term

_A: Final = term("rdf:type")
_MENTIONS: Final = term("schema:mentions")
_OF_ARTICLE: Final = {
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

_OF_SECTION: Final = {name: term(f"kg:{name}") for name in ("summary", "takeaway", "insight", "method", "practice")}
_REPOSITORY: Final = re.compile(
    r"^https?://(?:www\.)?(github|gitlab|bitbucket|codeberg)\.(com|org)/([\w.-]+/[\w.-]+?)(?:\.git)?/?$"
)


def link(article: Article, findings: Findings, vocabulary: Vocabulary) -> Record:
    """Return the facts of one article, sorted, each once."""
    linker = _Linker(article, vocabulary)
    linker.describe_article()
    for passage in findings.passages:
        linker.add_passage(passage)
    for mention in findings.mentions:
        linker.add_mention(mention)
    for principle in findings.principles:
        linker.add_principle(principle)
    files = tuple((page.path, page.sha256) for page in article.pages)
    return Record(linker.iri, article.path, linker.facts(), linker.shared_facts(), files)


def article_iri(article: Article, base: str) -> Iri:
    """Name an article by its title and, as titles repeat, by a digest of who published and curated it too.

    Where the page does not name both, its prose tells it from others of that title; where it has none, or no title, the
    path of its file does.
    """
    if article.title is None:
        return mint(base, Kind.ARTICLE, article.path, article.path)
    title = article.cut(article.title)
    named = [slug(name) if name else "" for name in (article.detail("publisher"), article.detail("curator"))]
    if not all(named):
        named.append(" ".join(article.line(block) for block in article.prose) or article.path)
    return mint(base, Kind.ARTICLE, title, "|".join([slug(title), *named]))


@dataclass
class _Linker:
    """Collects the facts of one article; what several passages say is one fact with several pieces of evidence."""

    article: Article
    vocabulary: Vocabulary
    _found: defaultdict[tuple[Iri, Iri, Iri | Value], set[Iri]] = field(default_factory=lambda: defaultdict(set))
    _shared: set[tuple[Iri, Iri, Iri | Value]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.iri = article_iri(self.article, self.vocabulary.base)

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of the article, sorted."""
        made = (Fact(s, p, o, tuple(sorted(told))) for (s, p, o), told in self._found.items())
        return tuple(sorted(made, key=lambda f: f.key))

    def shared_facts(self) -> tuple[Fact, ...]:
        """Return what describes the article's principles, sorted."""
        return tuple(sorted((Fact(s, p, o) for s, p, o in self._shared), key=lambda f: f.key))

    def _say(self, subject: Iri, predicate: Iri, object_: Iri | Value, *evidence: Iri) -> None:
        self._found[subject, predicate, object_].update(evidence)

    def describe_article(self) -> None:
        """Say what is known from the files themselves, what they state, the title, and the text of the summary."""
        self._say(self.iri, _A, term("schema:Article"))
        self._say(self.iri, term("kg:path"), Value(self.article.path))
        self._describe_stated()
        if self.article.title:
            headline = self.article.line(self.article.title)
            self._say(self.iri, term("schema:headline"), Value(headline), self.passage_iri(self.article.title))
        summary = next((s for s in self.article.sections if s.name == "summary" and s.blocks), None)
        if summary:
            text = "\n\n".join(self.article.cut(block) for block in summary.blocks)
            self._say(self.iri, term("schema:abstract"), Value(text))

    def _describe_stated(self) -> None:
        """Say in which language, when and where the article was published and what it is tagged with.

        A language that is stated nowhere was told by the words; where several pages state a day, the first is it.
        """
        languages = [page.language for page in self.article.pages if page.language]
        for detail in self.article.details:
            told = self.passage_iri(detail.context)
            if detail.name == "language" and detail.meaning == languages[0]:
                self._say(self.iri, term("schema:inLanguage"), Value(detail.meaning), told)
            elif detail.name == "url" and is_iri(detail.meaning):
                self._say(self.iri, term("schema:url"), Iri(detail.meaning), told)
            elif detail.name == "tag":
                self._say(self.iri, term("schema:keywords"), Value(detail.meaning), told)
        for language in languages[:1]:
            self._say(self.iri, term("schema:inLanguage"), Value(language))
        dated = (d for d in self.article.details if d.name == "date")
        if first := min(dated, key=lambda d: (d.meaning, d), default=None):
            day = Value(first.meaning, "date")
            self._say(self.iri, term("schema:datePublished"), day, self.passage_iri(first.context))

    def passage_iri(self, place: Place) -> Iri:
        """Name a passage by its article, its page when that is not the first, and where it stands."""
        name = self.iri.rpartition("/")[2]
        page = f".{place.page + 1}" if place.page else ""
        return Iri(f"{self.vocabulary.base}{Kind.PASSAGE}/{name}{page}.{place.span.start}-{place.span.end}")

    def add_passage(self, passage: Passage) -> None:
        """Say where a passage stands, its exact words, and what part of the article it is."""
        me, span = self.passage_iri(passage.place), passage.place.span
        exact = self.article.cut(passage.place)
        self._say(me, _A, term("kg:Passage"), me)
        self._say(me, term("schema:isPartOf"), self.iri, me)
        self._say(me, term("kg:start"), Value(str(span.start), "integer"), me)
        self._say(me, term("kg:end"), Value(str(span.end), "integer"), me)
        self._say(me, term("kg:exact"), Value(exact), me)
        if passage.place.page:
            self._say(me, term("kg:path"), Value(self.article.pages[passage.place.page].path), me)
        if passage.section:
            self._say(me, term("kg:section"), Value(" ".join(passage.section.split())), me)
        self._add_part(passage, me)

    def _add_part(self, passage: Passage, me: Iri) -> None:
        if part := _OF_SECTION.get(passage.name):
            self._say(self.iri, part, me, me)
        elif passage.name == "empty":
            self._say(self.iri, term("kg:emptySection"), Value(" ".join(passage.section.split())), me)

    def add_mention(self, mention: Mention) -> None:
        """Say what a passage mentions, how the article stands to it, and by which words it is called here."""
        told = self.passage_iri(mention.passage.place)
        if mention.relation is Relation.RELATED:
            self._say(self.iri, term("kg:relatedTitle"), Value(" ".join(mention.label.split())), told)
            return
        thing = self.thing(mention)
        self._say(told, _MENTIONS, thing, told)
        as_named = mention.kind is Kind.CODE or mention.relation is Relation.AUDIENCE
        surface = mention.label if as_named else self.article.line(mention.surface)
        self._say(thing, term("kg:surfaceForm"), Value(surface), told)
        if predicate := _OF_ARTICLE.get(mention.relation):
            self._say(self.iri, predicate, thing, told)
        if mention.within:
            self._say(thing, term("kg:filedUnder"), self._field(mention.within), told)

    def _field(self, label: str) -> Iri:
        return self.vocabulary.only(label, Kind.FIELD) or mint(self.vocabulary.base, Kind.FIELD, label)

    def thing(self, mention: Mention) -> Iri:
        """Return the thing that a mention is of: the vocabulary's, or one named by its label."""
        if mention.concept:
            return mention.concept
        label = code_name(mention.label) if mention.kind is Kind.CODE else mention.label
        return mint(self.vocabulary.base, mention.kind, label)

    def add_principle(self, principle: Principle) -> None:
        """Say where a principle is stated, what it is about and to whom it applies; describe it for all."""
        told = self.passage_iri(principle.passage.place)
        text = self.article.line(principle.passage.place)
        me = mint(self.vocabulary.base, Kind.PRINCIPLE, _opening(text), text)
        self._say(me, term("kg:statedIn"), told, told)
        for role in principle.roles:
            self._say(me, term("kg:appliesTo"), self.thing(role), told)
        for topic in principle.topics:
            self._say(me, term("schema:about"), self.thing(topic), told)
        self._shared |= {
            (me, _A, term("kg:Principle")),
            (me, term("schema:text"), Value(text)),
            (me, term("kg:modality"), term(f"kg:{principle.modality}")),
        }


def code_name(label: str) -> str:
    """Return the name by which a repository is known, however it is referred to.

    >>> code_name("https://github.com/org/tool.git"), code_name("org/tool"), code_name("https://example.org/tool")
    ('org/tool', 'org/tool', 'example.org/tool')
    """
    repository = _REPOSITORY.match(label)
    if repository is None:
        return re.sub(r"^https?://(?:www\.)?|/$", "", label)
    host, _, name = repository.groups()
    return name if host == "github" else f"{host}/{name}"


def _opening(text: str, words: int = 8) -> str:
    """Return the first words of a sentence, enough to recognise it in an IRI."""
    return " ".join(text.split()[:words])
