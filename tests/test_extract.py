"""What is found on a page: sentences, roles, principles, fields, code, citations."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract
from kg.extract.principles import judge
from kg.extract.roles import expand
from kg.extract.sentences import sentences
from kg.model import Findings, Kind, Relation
from kg.pipeline import read_article
from kg.vocab import Vocabulary, load
from tests.pages import Digest, rendering_a, rendering_b


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def findings(folder: Path, vocabulary: Vocabulary, text: str) -> Findings:
    (folder / "page.txt").write_text(text, encoding="utf-8")
    return extract(read_article(folder, "page.txt"), vocabulary)


def labels(found: Findings, relation: Relation, kind: Kind) -> list[str]:
    return sorted({m.label for m in found.mentions if m.relation is relation and m.kind is kind})


@given(st.text())
def test_sentences_lose_nothing_but_the_space_between_them(text: str) -> None:
    spans = list(sentences(text))
    assert "".join("".join(s.cut(text).split()) for s in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("Dr. Oduya of the U.S. Navy wrote it, e.g. Here.", 1),
        ("It fell from 6.5 to 3. Then it rose.", 2),
        ("No. Ask first.", 2),
        ("We chose plan B. Then we left.", 2),
        ("J. R. Smith wrote it.", 1),
        ("“Must have.” They said so.", 2),
        ("It said “keep it small.” and went on.", 1),
        ("One paragraph\n\nanother paragraph", 2),
        ("一句。二句。", 2),
    ],
)
def test_sentence_ends(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


@pytest.mark.parametrize(
    ("phrase", "roles"),
    [
        ("VP of Engineering/Data", ["VP of Engineering", "VP of Data"]),
        ("Director of AI/ML", ["Director of AI", "Director of ML"]),
        ("CTO/VP of Engineering", ["CTO", "VP of Engineering"]),
        ("AI/ML Engineers", ["AI Engineer", "ML Engineer"]),
        ("Data Scientists and Data Engineers", ["Data Scientist", "Data Engineer"]),
        ("Engineering and Product Managers", ["Engineering Manager", "Product Manager"]),
        ("Heads of Talent", ["Head of Talent"]),
        ("Head of Learning and Development", ["Head of Learning and Development"]),
        ("Chief Zen Officers", ["Chief Zen Officer"]),
        ("CI/CD Engineer", ["CI/CD Engineer"]),
        ("anyone who hires", ["anyone who hires"]),
    ],
)
def test_the_roles_that_a_phrase_names(vocabulary: Vocabulary, phrase: str, roles: list[str]) -> None:
    assert expand(phrase, vocabulary) == roles


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Every change must have an owner.", "Obligation"),
        ("A team needs to know who answers.", "Obligation"),
        ("Teams should review every change.", "Recommendation"),
        ("Score each task with a written rubric.", "Recommendation"),
        ("Public work is crucial for careers.", "Recommendation"),
        ("Never merge what nobody can explain.", "Prohibition"),
        ("A prompt should never change without a comparison.", "Prohibition"),
        ("No prompt change without a number to compare against.", "Prohibition"),
        ("Hire for judgment, not for tool familiarity.", "Preference"),
        ("Start from real failures rather than invented cases.", "Preference"),
    ],
)
def test_a_sentence_that_gives_advice_says_of_what_kind(sentence: str, modality: str) -> None:
    verdict = judge("summary", sentence)
    assert verdict
    assert verdict.modality == modality
    assert verdict.rule


@pytest.mark.parametrize(
    "sentence",
    [
        "The team removed 90 alerts.",
        "Frameworks named as “must have” were no longer in use.",
        "The model obeyed text it should have treated as data.",
        "Median review time fell from 26 hours to 9.",
        "Test cases are kept in a spreadsheet.",
        "Test coverage fell.",
        "Share prices dropped.",
        "Teams do not have to review everything.",
        "Nobody has to know.",
        "No team needs to wait.",
        "Kubernetes is a must-have skill.",
        "This has to do with hiring.",
        "The damage came from a permission the assistant did not need.",
    ],
)
def test_what_only_describes_is_no_principle(sentence: str) -> None:
    assert judge("summary", sentence) is None
    assert judge("method", sentence) is None
    assert judge("topics", sentence) is None


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Reversible steps can run without approval.", "Permission"),
        ("An alert without an owner is noise.", "Observation"),
        ("Teams can no longer wait.", "Observation"),
        ("Long prompts can fail silently.", "Observation"),
        ("A missed alert may cost a customer.", "Observation"),
        ("Output grows only as far as people can keep up.", "Observation"),
        ("A work sample predicts more than talk about work.", "Observation"),
    ],
)
def test_every_item_of_the_principles_list_is_one(sentence: str, modality: str) -> None:
    verdict = judge("principles", sentence)
    assert verdict
    assert (verdict.modality, verdict.rule) == (modality, "listed")


def test_a_takeaway_speaks_to_those_it_opens_with(tmp_path: Path, vocabulary: Vocabulary) -> None:
    told = (
        "For CTOs and Hiring Managers in small firms, your advert should be short.",
        "Ask an AI engineer to read it.",
    )
    page = Digest("On adverts", "The Quiet Deploy", prose={"Summary": ("A firm hired.",), "Key takeaway": told})
    found = findings(tmp_path, vocabulary, rendering_a(page))
    assert [[r.label for r in p.roles] for p in found.principles] == [["CTO", "Hiring Manager"]] * 2


def test_a_role_spoken_of_behind_a_slash_is_found_too(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = Digest("On review", "The Quiet Deploy", prose={"Summary": ("VPs of Engineering/Data read it.",)})
    found = findings(tmp_path, vocabulary, rendering_a(page))
    assert labels(found, Relation.MENTIONS, Kind.ROLE) == ["VP of Data", "VP of Engineering"]


@pytest.mark.parametrize(
    ("filed", "fields"),
    [
        ("Technology & Digital — Cybersecurity & Privacy", ["Cybersecurity & Privacy"]),
        ("Technology & Digital - Cybersecurity & Privacy, Alchemy", ["Alchemy", "Cybersecurity & Privacy"]),
        ("Business & Management", ["Business & Management"]),
        ("Crafts > Weaving", ["Weaving"]),
    ],
)
def test_fields(tmp_path: Path, vocabulary: Vocabulary, filed: str, fields: list[str]) -> None:
    page = Digest("On review", "The Quiet Deploy", filed=filed, prose={"Summary": ("A team wrote.",)})
    assert labels(findings(tmp_path, vocabulary, rendering_a(page)), Relation.FILED_UNDER, Kind.FIELD) == fields


@pytest.mark.parametrize(
    ("depth", "level", "length"),
    [
        ("Advanced, long", ["Advanced"], ["long"]),
        ("long", [], ["long"]),
        ("Beginner", ["Beginner"], []),
        ("Arcane, 12 min", ["Arcane"], ["12 min"]),
        ("short / Intermediate", ["Intermediate"], ["short"]),
    ],
)
def test_depth(tmp_path: Path, vocabulary: Vocabulary, depth: str, level: list[str], length: list[str]) -> None:
    page = Digest("On review", "The Quiet Deploy", depth=depth, prose={"Summary": ("A team wrote.",)})
    found = findings(tmp_path, vocabulary, rendering_a(page))
    assert labels(found, Relation.LEVEL, Kind.LEVEL) == level
    assert labels(found, Relation.LENGTH, Kind.LENGTH) == length


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Practical Inference argues that every team needs one.", ["Practical Inference"]),
        ("According to Halyard Magazine, juniors learn faster.", ["Halyard Magazine"]),
        ("Most teams say nothing.", []),
        ("The team reports that it worked.", []),
    ],
)
def test_citations(tmp_path: Path, vocabulary: Vocabulary, sentence: str, cited: list[str]) -> None:
    page = Digest("On review", "The Quiet Deploy", prose={"Summary": (sentence,)})
    assert labels(findings(tmp_path, vocabulary, rendering_a(page)), Relation.CITES, Kind.SOURCE) == cited


def test_an_entry_that_says_none_is_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = Digest("On review", "P", prose={"Summary": ("A team wrote.",)}, lists={"Code references": ("None", "n/a")})
    assert labels(findings(tmp_path, vocabulary, rendering_b(page)), Relation.REFERS_TO, Kind.CODE) == []


def test_without_a_topics_list_the_sentences_decide(tmp_path: Path, vocabulary: Vocabulary) -> None:
    page = Digest(
        "Hiring for LLMs", "P", prose={"Summary": ("The job market asks for open source.", "Hiring is slow.")}
    )
    found = findings(tmp_path, vocabulary, rendering_a(page))
    assert labels(found, Relation.ABOUT, Kind.TOPIC) == ["hiring", "job market", "large language model", "open source"]


def test_a_topics_list_decides_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    told = {"Summary": ("The job market asks for open source.",)}
    page = Digest("Hiring", "P", prose=told, lists={"Topics": ("Zen Gardens",)})
    found = findings(tmp_path, vocabulary, rendering_b(page))
    assert labels(found, Relation.ABOUT, Kind.TOPIC) == ["Zen Gardens"]
    assert labels(found, Relation.MENTIONS, Kind.TOPIC) == ["hiring", "job market", "open source"]
