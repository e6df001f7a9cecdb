"""Which sentences of any article state a principle, and what tells it: orders, clauses, rules, likelihoods."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.imperative import is_imperative, order
from kg.extract.language.words import Word, words
from kg.extract.principles.clause import clause
from kg.extract.principles.features import read
from kg.extract.principles.rules import HEADING, SIGN, hits, kinds
from kg.extract.principles.scoring import around, likelihoods, weights
from kg.extract.principles.stated import GENERIC, principles
from kg.extract.text import Text
from kg.model import Modality, Principle, Span
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load
from tests.quality.suggestions import is_suggestion

GUIDE = """# How we keep builds green

Our first build server was a spare laptop, and it ran in a cupboard until March 2019.

## Best practices

- Keep each change small enough to be read in ten minutes.
- Never merge a change that nobody has tried to break.
- Prefer one flaky test removed over ten retried.
- Teams should fix a red build before they start anything else.

It is important to give every test an owner, because a test without one is soon ignored.

## Setting it up

Click on Settings and select the branch. See the manual for more details.
"""

NEWS = """# Loom 2.1 is out

We are happy to announce that Loom 2.1 was released on 4 May 2021.
This version adds support for YAML and fixes 31 bugs.
Thanks to Ann, Bo and Chi, who wrote most of the code!
Join us on Slack, or read the release notes on our website.
"""

RUSSIAN = "# Сборка\n\nВсегда проверяйте каждое изменение. Команда должна знать, кто отвечает за сборку.\n"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def said(sentence: str) -> tuple[Word, ...]:
    return words(sentence, Span(0, len(sentence)))


def found(folder: Path, vocabulary: Vocabulary, page: str) -> dict[str, Principle]:
    (folder / "page.md").write_text(page, encoding="utf-8")
    article = read_article(folder, "page.md")
    return {article.cut(p.passage.place): p for p in principles(Text(article, vocabulary), ())}


@pytest.mark.parametrize(
    "sentence",
    [
        "Keep the diff short.",
        "Please do not feed the build server.",
        "Never argue about spaces in a review.",
        "So ask first.",
        "If the test is slow, move it to the nightly run.",
        "When you are done, and only then, close the ticket.",
        "In a monorepo, pin every tool.",
        "Tip 3: Write the test first.",
        "Test the restore, not the backup.",
        "Document decisions where people look for them.",
        "Rebase often.",
        "Let the author decide.",
        "Be kind.",
        "Have a plan for the day it breaks.",
    ],
)
def test_what_tells_its_reader_to_do_something(sentence: str) -> None:
    assert is_imperative(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Do you test your backups?",
        "Test data is expensive to keep.",
        "Reviews by two people take longer.",
        "In this chapter we will read logs, run tests and fix bugs.",
        "Look, this is not a contest.",
        "Set within a firewall, the server was safe.",
        "Thank you for your patience.",
        "The team asks you to stay calm.",
        "Usage: a list of commands",
        "Prompt:",
        "",
    ],
)
def test_what_does_not(sentence: str) -> None:
    assert not is_imperative(sentence)


@pytest.mark.parametrize(
    ("sentence", "subject", "verb"),
    [
        ("Teams that share a queue should share its alerts.", "plural", "should"),
        ("In March, we moved to one queue.", "we", "past"),
        ("Reading old incidents is useful.", "doing", "is so"),
        ("A queue without an owner has been forgotten.", "a", "has done"),
        ("To be safe, you must ask.", "you", "must"),
        ("Every alert has an owner.", "all", "present"),
        ("A queue with three readers", "a", "none"),
        ("Write it down.", "none", "imperative"),
    ],
)
def test_who_does_what_in_the_main_clause(sentence: str, subject: str, verb: str) -> None:
    told = clause(said(sentence), order(said(sentence)))
    assert (told.subject, told.verb) == (subject, verb)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("A runbook must name its owner.", "duty"),
        ("It's worth the wait.", "evaluation"),
        ("Nobody has to know, and you don't have to ask.", "no duty"),
        ("Caching too early can introduce bugs.", "consequence"),
        ("Ensure that logs rotate.", "assurance"),
        ("Read more on our blog.", "call"),
        ("We should have listened.", "hindsight"),
    ],
)
def test_a_sentence_fits_the_rules_that_it_speaks_by(sentence: str, rule: str) -> None:
    assert rule in hits(said(sentence), order(said(sentence)))


def test_a_guide_states_principles_and_neither_its_history_nor_its_clicks(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    told = found(tmp_path, vocabulary, GUIDE)
    assert [p.modality for p in told.values()] == [
        Modality.PREFERENCE if "Prefer" in s else Modality.PROHIBITION if "Never" in s else Modality.RECOMMENDATION
        for s in told
    ]
    assert len(told) == 5
    assert not any(word in sentence for sentence in told for word in ("laptop", "Click", "See", "green"))


def test_an_announcement_states_none(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert not found(tmp_path, vocabulary, NEWS)


def test_nothing_is_inferred_in_a_language_that_was_not_learned(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert not found(tmp_path, vocabulary, RUSSIAN)


@given(st.text(alphabet="abcdefgh .,:?!-'\nShouldMust", max_size=300))
def test_whatever_stands_there_is_read_and_every_principle_has_a_rule(text: str) -> None:
    sentence = said(text)
    at = order(sentence)
    assert at is None or 0 <= at < len(sentence)
    assert all(0 <= place < len(sentence) for place in hits(sentence, at).values())
    assert clause(sentence, at).verb


@given(st.lists(st.floats(0.001, 0.999), max_size=40))
def test_what_stands_around_a_sentence_is_the_mean_of_its_neighbours(likely: list[float]) -> None:
    near = around(likely)
    assert len(near) == len(likely)
    assert all(2 * min(likely) - 1e-9 <= value <= 2 * max(likely) + 1e-9 for value in near if len(likely) > 1)


def test_the_table_and_the_weights_agree() -> None:
    known = {*map(str, Modality), SIGN, HEADING}
    assert set(kinds().values()) <= known
    assert {name.removeprefix("rule ") for pass_ in weights() for name in pass_ if name.startswith("rule ")} <= {
        rule for rule, kind in kinds().items() if kind != HEADING
    }
    assert GENERIC not in kinds()


def test_an_article_without_sentences_has_no_likelihoods() -> None:
    assert likelihoods([r.features for r in read(())]) == []


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Please bring back the old search.", True),
        ("Allow more than one calendar.", True),
        ("It would be great if it synced.", True),
        ("The list should be sorted by date.", True),
        ("Please note the attached log.", False),
        ("It should have been sorted.", False),
        ("I like the old search.", False),
    ],
)
def test_a_suggestion_asks_for_a_change(sentence: str, *, asks: bool) -> None:
    assert is_suggestion(sentence) is asks
