"""The scorers for data sets of others, on a document made up for this."""

from __future__ import annotations

import pytest

from kg.model import Span
from tests.bench.keyphrases import PEERS
from tests.quality.external import Keyed, Score, boundaries, imperatives, keyphrases, salience
from tests.quality.gum import Document, document

CONLLU = """# newdoc id = GUM_news_queue
# meta::genre = news
# meta::salientEntities = 1 (5*), 2 (2)
# newpar
# s_type = decl
# text = The small team built a queue.
1	The	the	DET	DT	_	3	det	_	Entity=(1-person-new-sssss-cf1-3-coref
2	small	small	ADJ	JJ	_	3	amod	_	_
3	team	team	NOUN	NN	_	4	nsubj	_	Entity=1)
4	built	build	VERB	VBD	_	0	root	_	_
5	a	a	DET	DT	_	6	det	_	Entity=(2-object-new-snnsn-cf2-2-coref
6	queue	queue	NOUN	NN	_	4	obj	_	Entity=2)|SpaceAfter=No
7	.	.	PUNCT	.	_	4	punct	_	_

# s_type = imp
# text = Measure it.
1	Measure	measure	VERB	VB	_	0	root	_	_
2	it	it	PRON	PRP	_	1	obj	_	Entity=(2-object-giv-snnsn-cf1-1-ana)|SpaceAfter=No
3	.	.	PUNCT	.	_	1	punct	_	_

# newpar
# s_type = frag
# text = Berlin
1	Berlin	Berlin	PROPN	NNP	_	0	root	_	Entity=(3-place-new-nnnnn-cf1-1-sgl)
"""


@pytest.fixture
def queue() -> Document:
    return document(CONLLU)


def test_a_document_has_its_sentences_paragraphs_and_entities(queue: Document) -> None:
    assert queue.text == "The small team built a queue. Measure it.\n\nBerlin"
    assert [p.cut(queue.text) for p in queue.paragraphs] == ["The small team built a queue. Measure it.", "Berlin"]
    assert [(s.span.cut(queue.text), s.kind) for s in queue.sentences][1:] == [
        ("Measure it.", "imp"),
        ("Berlin", "frag"),
    ]
    assert queue.paragraphs[1] == Span(43, 49)
    named = [(e.salience, sorted(e.names)) for e in queue.entities]
    assert named == [(5, ["The small team", "small team"]), (2, ["a queue", "queue"]), (0, ["Berlin"])]


def test_salience_counts_phrases_that_find_an_entity_and_entities_found(queue: Document) -> None:
    phrases = ["small teams", "the small team", "Berlin", "Queues"]
    assert salience(lambda _, n: phrases[:n], [queue], 5) == Score(0.75, 1, 6 / 7)
    assert salience(lambda _, n: phrases[:n], [queue], 2) == Score(1, 0.5, 2 / 3)


def test_imperatives_and_boundaries(queue: Document) -> None:
    assert imperatives(lambda sentence: sentence.startswith("Measure"), [queue]) == Score(1, 1, 1)
    assert boundaries([queue]) == {"inside": Score(1, 1, 1), "all": Score(1, 1, 1), "joined": Score(1, 1, 1)}


def test_the_same_keyphrase_counts_once() -> None:
    text = Keyed("", ("coding agents", "evaluation"))
    assert keyphrases(lambda _, n: ["coding agent", "Coding agents", "tests"][:n], [text], 5) == Score(0.5, 0.5, 0.5)


@pytest.mark.parametrize("name", sorted(PEERS))
def test_a_peer_gives_as_many_different_phrases_as_asked_for(name: str) -> None:
    text = "Slow reviews cost money. A small team keeps slow reviews out.\n\nSmall teams review small changes."
    assert len(set(PEERS[name](text, 3))) == len(PEERS[name](text, 3)) == 3
    assert PEERS[name]("", 3) == PEERS[name]("of the and", 3) == []
