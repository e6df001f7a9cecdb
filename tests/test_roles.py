"""Roles: phrases that name people, whom an article speaks of, whom it says it is for, who else would read it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.filing import evidence
from kg.extract.language.words import words
from kg.extract.roles import audience, inferred_audience, spoken
from kg.extract.roles.heads import heads, plural
from kg.extract.roles.phrases import phrases
from kg.extract.roles.readers import MOST
from kg.extract.text import Text
from kg.model import Article, Block, BlockKind, Entry, Mention, Page, Place, Section, Span
from kg.vocab import Vocabulary, load

MIGRATION = """Why we test our backups
A backup that nobody has restored is only a hope. Our database administrators restore the PostgreSQL replicas weekly.
Developers and database administrators read the migration plan together, and reviewers check the SQL queries in it.
The database administrators then sign it. Two developers watch the indexes while the migration runs."""

FAMILY = st.lists(
    st.sampled_from(
        ("the", "senior", "data", "scientists", "of", "and", "/", ",", "managers", "package", "user", "who")
    ),
    max_size=14,
).map(" ".join)


@cache
def loaded() -> Vocabulary:
    """Return the vocabulary, loaded once for all examples."""
    return load()


@pytest.fixture
def vocabulary() -> Vocabulary:
    return loaded()


def text_of(written: str, vocabulary: Vocabulary, *, listed: str = "", language: str = "en") -> Text:
    """Return a page whose first line is its title and whose other lines are paragraphs, read as an article."""
    whole = f"{written}\n{listed}"
    spans, start = [], 0
    for line in whole.splitlines():
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    blocks = tuple(Block(span, BlockKind.LINE) for span in spans)
    places = [Place(0, span) for span in spans]
    prose = Section("", None, tuple(Entry(p, p) for p in (places[1:-1] if listed else places[1:])))
    readers = Section("audience", None, (Entry(places[-1], places[-1]),), listed=True)
    sections = (prose, readers) if listed else (prose,)
    return Text(Article((Page("a.txt", whole, blocks, language=language),), places[0], (), sections), vocabulary)


def named(sentence: str) -> list[str]:
    return [p.label for p in phrases(words(sentence, Span(0, len(sentence)))) if not p.is_adjunct]


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("Our data scientists met two new contributors.", ["data scientist", "contributor"]),
        ("The senior software engineers asked a product manager.", ["senior software engineer", "product manager"]),
        (
            "She is the head of Platform and reports to the VP of Engineering.",
            ["head of Platform", "VP of Engineering"],
        ),
        ("Security researchers told the maintainers of the parser.", ["security researcher", "maintainer"]),
        ("Direct reports and volunteers write the plan.", ["direct report", "volunteer"]),
        ("The package manager and the password managers failed.", []),
        ("Improve the user interface and the developer experience.", []),
        ("The Kubernetes operator restarts it in your text editor.", []),
        ("She leads the group; he hosts the call.", []),
        ("They reported it to customers.", ["customer"]),
    ],
)
def test_phrases_that_name_people(sentence: str, labels: list[str]) -> None:
    assert named(sentence) == labels


def test_each_head_has_a_plural_that_leads_back_to_it() -> None:
    assert all(heads()[plural(head.singular)].singular == head.singular for head in heads().values())


def test_roles_spoken_of_are_told_by_their_use(vocabulary: Vocabulary) -> None:
    found = list(spoken(text_of(MIGRATION, vocabulary)))
    assert {m.label for m in found} >= {"Database Administrator", "Software Engineer"}
    assert sum(m.label == "Database Administrator" for m in found) == 3


def test_roles_that_share_words_are_told_apart(vocabulary: Vocabulary) -> None:
    page = "Who decides\nEngineering and product managers meet the VPs of Engineering/Data and the authors each week."
    assert {m.label for m in spoken(text_of(page, vocabulary))} >= {
        "Engineering Manager",
        "Product Manager",
        "VP of Data",
    }


@pytest.mark.parametrize(
    ("listed", "labels"),
    [
        ("Data analysts who write reports for executives", ["Data Analyst"]),
        ("Librarians and teachers in small schools", ["Librarian", "Teacher"]),
        ("the #thanks channel", []),
        ("anyone with a package manager", []),
    ],
)
def test_listed_readers_are_people(vocabulary: Vocabulary, listed: str, labels: list[str]) -> None:
    found = audience(text_of("On lists\nLists help.", vocabulary, listed=listed))
    assert [m.label for m in found] == labels


def test_a_sentence_that_says_whom_an_article_is_for(vocabulary: Vocabulary) -> None:
    page = (
        "Tracing\nThis guide is intended for platform engineers and students who run a collector for their customers."
    )
    assert [m.label for m in audience(text_of(page, vocabulary))] == ["Platform Engineer", "Student"]


def test_readers_are_inferred_from_the_words_of_their_work(vocabulary: Vocabulary) -> None:
    text = text_of(MIGRATION, vocabulary)
    found = inferred_audience(text, list(spoken(text)), evidence(text).shares)
    assert "Database Administrator" in {i.label for i in found}
    assert len(found) <= MOST
    assert all(1 <= len(i.evidence) <= 3 and set(i.evidence) <= set(text.passages) for i in found)


def test_nothing_is_inferred_in_another_language(vocabulary: Vocabulary) -> None:
    text = text_of("Sicherung\nDie Developer sichern die Datenbank mit SQL.", vocabulary, language="de")
    assert not inferred_audience(text, [], evidence(text).shares)
    assert all(mention.concept for mention in spoken(text))


@given(st.lists(FAMILY, min_size=1, max_size=4))
def test_every_surface_stands_in_its_passage(sentences: list[str]) -> None:
    text = text_of("\n".join(["Roles", *sentences]), loaded())
    found: list[Mention] = [*spoken(text), *audience(text)]
    assert all(m.passage.place.span.covers(m.surface.span) and m.label.strip() for m in found)
    assert found == [*spoken(text), *audience(text)]
