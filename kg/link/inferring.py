"""Say what was found out about an article and not stated there, and mark each such statement for what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.link.linker import OF_ARTICLE, OF_SECTION, Linker
from kg.model import Findings, Inference, Iri, Kind, Passage, Value
from kg.vocab import mint, term

_TAKEAWAY: Final = OF_SECTION["takeaway"]
_ABSTRACT: Final = term("schema:abstract")


@dataclass(frozen=True, slots=True)
class Inferring:
    """Adds to the facts of one article."""

    linker: Linker

    def add(self, findings: Findings) -> None:
        """Say all that was found out."""
        for inference in findings.inferences:
            self._add(inference)
        for passage in findings.takeaways:
            told = self.linker.passage_iri(passage.place)
            self.linker.say(self.linker.iri, _TAKEAWAY, told, told)
            self._mark(_TAKEAWAY, told, told)
        if findings.abstract:
            self._add_abstract(findings.abstract)
        for relation in findings.inferred:
            self._mark_all(OF_ARTICLE[relation])

    def _add(self, inference: Inference) -> None:
        """Say how the article stands to a thing, what led to that, and by which rule."""
        thing = inference.concept or mint(self.linker.vocabulary.base, inference.kind, inference.label)
        predicate = OF_ARTICLE[inference.relation]
        told = [self.linker.passage_iri(passage.place) for passage in inference.evidence]
        self.linker.say(self.linker.iri, predicate, thing, *told)
        if not inference.concept:
            self.linker.say(thing, term("kg:surfaceForm"), Value(inference.label), *told)
        me = self._mark(predicate, thing, *told)
        self.linker.say(me, term("kg:rule"), Value(inference.rule), *told)
        self._derive(me, told)

    def _add_abstract(self, chosen: Iterable[Passage]) -> None:
        """Say which sentences stand for the abstract; its text is not said twice."""
        places = [passage.place for passage in chosen]
        told = [self.linker.passage_iri(place) for place in places]
        text = " ".join(self.linker.article.line(place) for place in places)
        self.linker.say(self.linker.iri, _ABSTRACT, Value(text), *told)
        self._derive(self._mark(_ABSTRACT, None, *told), told)

    def _mark_all(self, predicate: Iri) -> None:
        """Mark all that the article stands to in a way of which it states nothing, though its passages mention it."""
        for thing, told in self.linker.objects(predicate):
            self._mark(predicate, thing, *told)

    def _mark(self, predicate: Iri, thing: Iri | None, *told: Iri) -> Iri:
        """Mark one statement about the article as found out; return what names that."""
        article = self.linker.iri
        relation = predicate.rpartition("/")[2].rpartition("#")[2]
        identity = f"{article} {predicate} {thing or ''}".replace(self.linker.vocabulary.base, "")
        name = f"{article.rpartition('/')[2]} {relation}"
        me = mint(self.linker.vocabulary.base, Kind.INFERENCE, name, identity)
        self.linker.say(me, term("rdf:type"), term("kg:Inference"), *told)
        self.linker.say(me, term("rdf:subject"), article, *told)
        self.linker.say(me, term("rdf:predicate"), predicate, *told)
        if thing:
            self.linker.say(me, term("rdf:object"), thing, *told)
        self.linker.say(me, term("kg:inferred"), Value("true", "boolean"), *told)
        return me

    def _derive(self, inference: Iri, passages: Iterable[Iri]) -> None:
        for passage in passages:
            self.linker.say(inference, term("prov:wasDerivedFrom"), passage, passage)
