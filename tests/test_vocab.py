"""Names and labels: what is minted, and what is found in text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Iri, Kind, Span
from kg.vocab import BASE, Matcher, kind_of, load, mint, normal_form, slug
from kg.vocab.forms import Forms

words = st.text(st.characters(categories=("L", "N"), codec="utf-8"), min_size=1, max_size=8)


@given(st.text())
def test_a_slug_is_a_safe_name_and_its_own_slug(label: str) -> None:
    made = slug(label)
    assert re.fullmatch(r"[\w-]+", made)
    assert slug(made.replace("-", " ")) == made or len(made) > 60


@given(st.text(min_size=1))
def test_a_minted_iri_is_of_its_kind(label: str) -> None:
    assert kind_of(BASE, mint(BASE, Kind.TOPIC, label)) is Kind.TOPIC


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coding Agents", "coding agents"),
        ("On-Call Practices", "on call practices"),
        ("Marit Oduya’s Notebook", "Marit Oduya's Notebook"),
        ("  AI   Engineer ", "AI Engineer"),
    ],
)
def test_one_thing_in_two_spellings_has_one_slug(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@pytest.mark.parametrize("labels", [("C", "C++", "C#"), (".NET", "net"), ("R&D", "RD"), ("+++", "&&&", "100%")])
def test_different_things_have_different_slugs(labels: tuple[str, ...]) -> None:
    assert len({slug(label) for label in labels}) == len(labels)


@given(st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6), st.text(max_size=40))
def test_a_match_is_a_label_where_it_says(labels: list[str], text: str) -> None:
    matcher = Matcher.of((label, Iri(f"urn:{n}")) for n, label in enumerate(labels))
    whole, last = f"{labels[0]} {text} {labels[-1]}", 0
    for match in matcher.find(whole):
        assert match.span.start >= last
        last = match.span.end
        found = normal_form(match.span.cut(whole)).replace(" ", "")
        assert all(found == normal_form(labels[int(c[4:])]).replace(" ", "") for c in match.concepts)


@given(st.text(max_size=30))
def test_a_label_is_found_in_itself(label: str) -> None:
    matcher = Matcher.of([(label, Iri("urn:label")), ("something else", Iri("urn:other"))])
    is_named = any(Forms("en").words(label))
    assert matcher.exact(label) == (("urn:label",) if is_named else ())
    assert [match.concepts for match in matcher.find(label)] == ([("urn:label",)] if is_named else [])


phrases = st.lists(st.sampled_from(("tea", "pot", "lid", "cup", "jug", ",")), min_size=1, max_size=4)


@given(st.lists(phrases, min_size=1, max_size=8), st.lists(st.sampled_from(("tea", "pot", "lid", "cup", "milk", ","))))
def test_the_leftmost_longest_labels_are_found(labels: list[list[str]], text: list[str]) -> None:
    known = {tuple(" ".join(label).strip(" ,").split()) for label in labels} - {()}
    expected, at = [], 0
    while at < len(text):
        here = [n for n in range(len(text) - at, 0, -1) if tuple(text[at : at + n]) in known]
        expected += [" ".join(text[at : at + n]) for n in here[:1]]
        at += here[0] if here else 1
    assert find([" ".join(label) for label in labels], " ".join(text)) == expected


def find(labels: list[str], text: str, language: str = "en") -> list[str]:
    matcher = Matcher.of(((label, Iri(f"urn:{label}")) for label in labels), language)
    return [match.span.cut(text) for match in matcher.find(text)]


def test_a_label_is_found_in_a_stretch_without_spaces_however_long() -> None:
    text = ",".join(["fine-tuning"] * 30)
    matcher = Matcher.of([("fine-tuning", Iri("urn:ft")), ("finetuning data", Iri("urn:fd"))])
    assert [m.span.cut(text) for m in matcher.find(text)] == ["fine-tuning"] * 30


def test_matching_takes_the_longest_label_and_whole_words() -> None:
    labels = ["agent", "coding agent", "hiring", "hiring manager"]
    assert find(labels, "Coding-agents reagent; hiring managers’ hiring") == [
        "Coding-agents",
        "hiring managers",
        "hiring",
    ]


def test_a_label_never_reaches_over_a_mark() -> None:
    assert find(["job market", "data science"], "a new job. Market data – science, the job (market)") == []


def test_neighbours_are_both_found() -> None:
    assert find(["data", "quality"], "data quality data") == ["data", "quality", "data"]


def test_an_acronym_is_found_only_in_capitals() -> None:
    assert find(["AI", "RAG", "LLM"], "ai rag LLMs and a RAG; AIs") == ["LLMs", "RAG", "AIs"]


def test_a_possessive_is_no_part_of_the_word() -> None:
    assert find(["coding agent", "team"], "A coding agent's work, the teams’ own") == ["coding agent", "teams"]
    assert find(["developer guide", "agent"], "The developers' guide to 'agents'") == ["developers' guide", "agents"]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("fine-tuning", "fine tuning, fine-tuning and finetuning"),
        ("fine tuning", "Fine tuning, fine-tuning and finetuning"),
        ("e-mail marketing", "e-mail marketing and email marketing"),
        ("open source", "open-source, open source, OpenSource"),
        ("CI/CD", "CI/CD, CI / CD, CI-CD"),
        ("R&D", "R&D, R & D"),
        ("trust & safety", "trust and safety, Trust & Safety"),
        ("behaviour", "behaviours and behavior, Behaviors"),
        ("organisation", "organizations, organisation"),
        ("data centre", "data center, data centres"),
        ("analysis", "analyses"),
        ("criterion", "criteria"),
        ("index", "indices, indexes"),
        ("cookie", "cookies"),
        ("café", "cafe, cafés, café"),
        ("naïve Bayes", "naive Bayes"),
        ("AI", "ＡＩ"),
        ("C++", "C++, C++"),
        (".NET", ".NET, .NET"),
        ("VP, Engineering", "VP, Engineering"),
    ],
)
def test_one_label_in_all_its_spellings(label: str, text: str) -> None:
    assert find([label], text) == re.split(r", (?!Eng)| and (?!saf)", text)


def test_a_word_of_the_vocabulary_joins_what_a_hyphen_divides() -> None:
    assert find(["teamwork", "team", "work"], "Team work, team-work") == ["Team work", "team-work"]
    assert find(["email", "mail"], "an e-mail by mail") == ["e-mail", "mail"]
    assert find(["database", "data", "base"], "a data base, a data-base") == ["data base", "data-base"]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("economics", "economic growth"),
        ("news", "new feeds"),
        ("logistics", "logistic regression"),
        ("security", "securities"),
        (".NET", "the net"),
        ("C", "C++ and C#"),
        ("teamwork", "the teams work"),
        ("example", "see https://example.org/example or mail a@example.org"),
    ],
)
def test_what_only_looks_like_a_label_is_not_found(label: str, text: str) -> None:
    assert find([label], text) == []


@pytest.mark.parametrize(
    ("language", "label", "text", "found"),
    [
        ("zh", "深度学习", "我们研究深度学习模型。", ["深度学习"]),
        ("zh", "大语言模型", "大语言模型（LLM）很有用", ["大语言模型"]),
        ("ja", "機械学習", "これは機械学習の本です", ["機械学習"]),
        ("ja", "テスト", "コンテストのテスト", ["テスト"]),
        ("hi", "भाषा मॉडल", "एक भाषा मॉडल है", ["भाषा मॉडल"]),
        ("fr", "intelligence artificielle", "l’intelligence artificielle", ["intelligence artificielle"]),
        ("de", "Daten", "Die Data und die Daten", ["Daten"]),
        ("de", "KI-Agent", "KI-Agenten und der KI-Agent", ["KI-Agenten", "KI-Agent"]),
        ("es", "aplicación web", "aplicaciones web, aplicacion web", ["aplicaciones web", "aplicacion web"]),
        ("fr", "réseau neuronal", "les réseaux neuronaux", ["réseaux neuronaux"]),
        ("it", "modello linguistico", "modelli linguistici", ["modelli linguistici"]),
        ("nl", "gebruiker", "de gebruikers", ["gebruikers"]),
        ("pt", "avaliação", "avaliações", ["avaliações"]),
        ("pl", "agents", "agent agents", ["agents"]),
        ("de", "Softwareentwicklung", "Software\u00adentwicklung", ["Software\u00adentwicklung"]),
    ],
)
def test_labels_of_any_language_are_found(language: str, label: str, text: str, found: list[str]) -> None:
    assert find([label], text, language) == found


def test_an_ambiguous_label_names_all_its_concepts() -> None:
    matcher = Matcher.of([("PM", Iri("urn:product")), ("PM", Iri("urn:project"))])
    (match,) = matcher.find("Ask your PM.")
    assert match.concepts == ("urn:product", "urn:project")
    assert match.span == Span(9, 11)


def test_another_base_moves_the_concepts_and_leaves_the_ontology() -> None:
    vocabulary = load("https://example.org/x/")
    concept = vocabulary.concepts[Iri("https://example.org/x/role/cto")]
    assert any(f.predicate == "https://w3id.org/article-kg/ontology#function" for f in concept.facts)
    assert not any("w3id.org/article-kg/" in str(f.object) and "ontology#" not in str(f.object) for f in concept.facts)


def test_a_broken_vocabulary_names_the_file_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "fields.ttl").write_text("\n<a> <b> oops .\n")
    with pytest.raises(InputError, match=r"fields\.ttl: .*line 2"):
        load(folder=tmp_path)
