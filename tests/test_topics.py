"""What an article is about: its candidates, what is folded, what it is called, and how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.language.words import words
from kg.extract.text import Text
from kg.extract.topics import ranked, topics
from kg.extract.topics.acronyms import acronyms
from kg.extract.topics.candidates import candidates, units
from kg.extract.topics.choice import MOST
from kg.extract.topics.keys import key_of
from kg.extract.topics.labels import singular
from kg.extract.topics.phrases import spans
from kg.extract.topics.standing import standing
from kg.model import Kind, Mention, Relation, Span
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load

LEDGERS = """# Settlement ledgers need an owner

Most teams add a settlement ledger (STL) and forget it. A settlement ledger keeps the payments that a partner could not
confirm. When nobody reads it, an STL is a slow way to lose money.

## Name an owner

Every settlement ledger has an owner who is paged. Our parcel service had three settlement ledgers and no owner. After
an outage in the Zorblax broker we named one. Zorblax retries a payment five times; then the payment goes to the STL.

## Replay with care

Replaying a payment is not free. A payment replay is idempotent, or the parcel service charges twice. We test each
payment replay against the Zorblax sandbox first.
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def read(folder: Path, vocabulary: Vocabulary, text: str, name: str = "page.md") -> Text:
    (folder / name).write_text(text, encoding="utf-8")
    return Text(read_article(folder, name), vocabulary)


def about(text: Text) -> dict[str, set[str]]:
    """Return the topics that an article is about, each with the words by which it is called."""
    found: dict[str, set[str]] = {}
    for mention in topics(text):
        if mention.relation is Relation.ABOUT:
            found.setdefault(mention.label, set()).add(text.article.cut(mention.surface))
    return found


def test_an_article_is_about_what_it_speaks_of_most(tmp_path: Path, vocabulary: Vocabulary) -> None:
    found = about(read(tmp_path, vocabulary, LEDGERS))
    assert {"settlement ledger", "payment replay", "Zorblax"} <= set(found)
    assert {"STL", "settlement ledgers"} <= found["settlement ledger"]
    assert not {"way", "care", "nobody"} & set(found)


def test_each_place_of_a_topic_is_inside_its_passage(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = read(tmp_path, vocabulary, LEDGERS)
    found = list(topics(text))
    assert all(m.kind is Kind.TOPIC and m.passage in text.passages for m in found)
    assert all(m.passage.place.span.covers(m.surface.span) for m in found)
    assert len({m.label for m in found if m.relation is Relation.ABOUT}) <= MOST


def test_the_same_article_gives_the_same_topics(tmp_path: Path, vocabulary: Vocabulary) -> None:
    def once() -> list[Mention]:
        return list(topics(read(tmp_path, vocabulary, LEDGERS)))

    assert once() == once()


def test_a_topics_section_decides_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = "On ledgers\n\nSummary\nA settlement ledger needs an owner.\n\nTopics\nHiring · Zorblax\n"
    assert set(about(read(tmp_path, vocabulary, page, "page.txt"))) == {"Hiring", "Zorblax"}


def test_of_another_language_only_what_the_vocabulary_knows_is_found(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = "---\nlang: de\n---\n# Über Warteschlangen\n\n" + "Jede Warteschlange braucht einen Besitzer im Team. " * 8
    found = [m for m in topics(read(tmp_path, vocabulary, page)) if m.relation is Relation.ABOUT]
    assert all(m.concept for m in found)


def test_candidates_come_best_first(tmp_path: Path, vocabulary: Vocabulary) -> None:
    likely = [chance for _, chance in ranked(read(tmp_path, vocabulary, LEDGERS))]
    assert likely == sorted(likely, reverse=True)
    assert all(0 <= chance <= 1 for chance in likely)


def test_an_empty_article_is_about_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert about(read(tmp_path, vocabulary, "# Untitled\n\nNo.\n")) == {}


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("We wrote a code of conduct.", "code of conduct"),
        ("Read the State of DevOps Report.", "State of DevOps Report"),
        ("All traffic uses SSL/TLS today.", "SSL/TLS"),
        ("The open-source licence matters.", "open-source licence"),
        ("Error handling is hard.", "Error handling"),
    ],
)
def test_phrases_of_a_sentence(sentence: str, phrase: str) -> None:
    said = words(sentence, Span(0, len(sentence)))
    assert phrase in [sentence[said[first].start : said[end - 1].end] for first, end in spans(said)]


@given(st.text(alphabet="aAbB-/. of the(2)", max_size=60))
def test_every_phrase_is_made_of_words_of_the_sentence(sentence: str) -> None:
    said = words(sentence, Span(0, len(sentence)))
    assert all(0 <= first < end <= len(said) and key_of(said[first:end]) for first, end in spans(said))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("An approach for retrieval-augmented generation (RAG) exists.", {"rag": "retrieval augmented generation"}),
        ("The DLQ (dead letter queue) filled.", {"dlq": "dead letter queue"}),
        ("The Office of Management and Budget (OMB) wrote.", {"omb": "office of management and budget"}),
        ("It failed (FYI) again.", {}),
        ("We met Ann (CTO of Zorblax).", {}),
    ],
)
def test_acronyms_that_a_sentence_explains(sentence: str, found: dict[str, str]) -> None:
    assert acronyms([words(sentence, Span(0, len(sentence)))]) == found


@given(st.text(max_size=30))
def test_a_singular_is_its_own_singular_in_print(phrase: str) -> None:
    assert singular(phrase).rpartition(" ")[0] == phrase.rpartition(" ")[0]


def test_words_that_say_nothing_are_known_for_it() -> None:
    heads = standing().heads
    assert heads["thing"].odds < heads["model"].odds


def test_a_term_and_its_acronym_are_one_candidate(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = read(tmp_path, vocabulary, LEDGERS)
    found = [c for c in candidates(text, units(text)) if "stl" in c.keys]
    assert [sorted(c.keys) for c in found] == [["settlement ledger", "stl"]]
