"""What follows from the articles together: a pure function of their set, however it came about."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from kg.check import validate
from kg.derive import (
    Changes,
    Decision,
    Derivation,
    Lexicon,
    Profile,
    Verdict,
    decide,
    profile,
    read_decisions,
    undo,
)
from kg.derive.advice import advice
from kg.derive.agreement import compare, keys
from kg.derive.blocks import WINDOW
from kg.derive.gist import gist, may_match
from kg.derive.sketch import sketch
from kg.errors import BuildError, InputError
from kg.extract import extract
from kg.extract.language.frequency import rarity
from kg.extract.language.stems import stem
from kg.link import link
from kg.model import Fact, Iri
from kg.pipeline.articles import read_article, vocabulary
from kg.store import Build
from kg.store.quads import quad
from kg.vocab import BASE, PREFIXES, derived_graph, term
from tests.conftest import ARTICLES

ENGLISH = Lexicon(stem, rarity)
WORDS = re.findall(
    r"\w+",
    "ferry lantern orchard velvet copper meadow harbor thistle marble cinder walnut saddle ribbon gravel basket pepper"
    " anchor candle mirror timber saffron glacier violin plum kettle hammock turnip beacon cobalt fennel",
)
SAYINGS = (
    "Measure latency before you tune the cache.",
    "Always measure latency before tuning a cache.",
    "Never measure latency before tuning a cache.",
    "Prefer small batches over large batches.",
    "Prefer large batches over small batches.",
    "Every alert must have an owner.",
    "Write the runbook for each alert.",
)


def essay(seed: int, length: int = 120) -> list[str]:
    """Return words in an order that is another for each seed."""
    return [WORDS[(seed * 7 + at * (seed + 3) + at * at // 5) % len(WORDS)] + str(at % 9) for at in range(length)]


def made(  # noqa: PLR0913 - a profile has so many parts
    name: str,
    words: Iterable[str] = (),
    *,
    source: str = "",
    date: str = "",
    topics: Iterable[str] = (),
    sayings: Iterable[str] = (),
    modality: str = "Recommendation",
    title: str = "",
) -> Profile:
    principles = {f"{BASE}principle/{'-'.join(s.lower().split())}": s for s in sayings}
    return Profile(
        Iri(f"{BASE}article/{name}"),
        source,
        date,
        "en",
        tuple(word for word in title.split() if word.isdigit()),
        sketch([" ".join(words)]),
        tuple((Iri(f"{BASE}topic/{topic}"), 0.5) for topic in sorted(set(topics))),
        tuple(advice(Iri(iri), text, modality, ENGLISH) for iri, text in sorted(principles.items())),
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Draw articles of which many are alike, so that keys are crowded and windows full."""
    words = essay(draw(st.integers(0, 2)))
    cut = draw(st.integers(0, 12))
    return made(
        f"a{draw(st.integers(0, 17))}",
        words[cut:],
        source=draw(st.sampled_from(["", "acme", "bolt", "cord"])),
        date=draw(st.sampled_from(["", "2024-01-01", "2025-01-01"])),
        topics=draw(st.lists(st.sampled_from("pqrstu"), min_size=2, max_size=6)),
        sayings=draw(st.lists(st.sampled_from(SAYINGS), max_size=4)),
        modality=draw(st.sampled_from(["Recommendation", "Obligation", "Observation"])),
    )


def decision_of(drawn: tuple[int, int, Verdict]) -> Decision:
    one, further, verdict = drawn
    return Decision.of(verdict, *(Iri(f"{BASE}article/a{number}") for number in (one, (one + further) % 18)))


Step = tuple[list[int], list[Profile]]
STEPS = st.lists(st.tuples(st.lists(st.integers(0, 17), max_size=5), st.lists(profiles(), max_size=10)), max_size=7)
DECISIONS = st.lists(st.tuples(st.integers(0, 17), st.integers(1, 17), st.sampled_from(list(Verdict))), max_size=4).map(
    lambda drawn: list({(d.one, d.other): d for d in map(decision_of, drawn)}.values())
)


def facts_of(articles: Iterable[Profile], decisions: Iterable[Decision] = ()) -> set[Fact]:
    with Derivation(BASE) as derived:
        derived.update([], articles, decisions)
        return set(derived.facts())


def apply(changes: Changes, graph: set[Fact]) -> set[Fact]:
    gone, came = list(changes.gone()), list(changes.came())
    assert graph.issuperset(gone)
    assert graph.isdisjoint(came)
    assert len(set(gone)) == len(gone)
    assert len(set(came)) == len(came)
    return (graph - set(gone)) | set(came)


@settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(STEPS, st.lists(DECISIONS, min_size=7, max_size=7), st.randoms(use_true_random=False))
def test_whatever_came_and_went_what_is_derived_is_a_function_of_what_is_there(
    steps: list[Step], decided: list[list[Decision]], dice: random.Random
) -> None:
    there: dict[Iri, Profile] = {}
    graph: set[Fact] = set()
    decisions: list[Decision] = []
    with Derivation(BASE) as derived:
        for (gone, new), decisions in zip(steps, decided, strict=False):
            names = [Iri(f"{BASE}article/a{number}") for number in gone]
            graph = apply(derived.update(names, new, decisions), graph)
            for name in names:
                there.pop(name, None)
            there.update((one.article, one) for one in new)
        assert graph == set(derived.facts())
    order = list(there.values())
    dice.shuffle(order)
    assert graph == facts_of(order, decisions)


def said(graph: Iterable[Fact], name: str) -> set[tuple[str, str]]:
    """Return what is said with a property of ours, by the last parts of the names."""
    found = (f for f in graph if f.predicate == term(f"kg:{name}"))
    return {(f.subject.rpartition("/")[2], getattr(f.object, "text", str(f.object).rpartition("/")[2])) for f in found}


def test_a_crowd_of_copies_is_one_work_and_one_source_at_bounded_cost() -> None:
    crowd = [made(f"n{at:02}", essay(1)[at % 3 :], source=f"s{at}", date=f"2024-01-{at + 1:02}") for at in range(30)]
    topical = [
        made(f"n{at:02}", essay(1)[at % 3 :], source=f"s{at}", date=f"2024-01-{at + 1:02}", topics=["p"])
        for at in range(30)
    ]
    copies = said(facts_of(crowd), "sameWorkAs")
    assert {one for one, _ in copies} == {f"n{at:02}" for at in range(30)}
    assert len(copies) <= 30 * 2 * WINDOW * 16
    assert dict(said(facts_of(topical), "articles"))["p"] == "30"
    assert int(dict(said(facts_of(topical), "independentSources"))["p"]) < 30 / WINDOW


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"source": "acme"}, {"source": "bolt"}, True),
        ({"source": ""}, {"source": ""}, True),
        ({"source": "acme", "title": "Report 2024"}, {"source": "acme", "title": "Report 2025"}, False),
        ({"source": "acme", "title": "Report 2024"}, {"source": "bolt", "title": "Our report"}, True),
    ],
)
def test_copies_are_told_from_issues_of_one_frame(one: dict[str, str], other: dict[str, str], *, same: bool) -> None:
    text = essay(1)
    graph = facts_of([made("a", text, **one), made("b", ["Reprinted", "here", *text, "Subscribe"], **other)])
    assert bool(said(graph, "sameWorkAs")) == same


def test_twins_that_share_half_of_their_words_are_two_works() -> None:
    frame = essay(1, 150)
    one, other = made("a", [*frame, *essay(2)], source="acme"), made("b", [*frame, *essay(4)], source="bolt")
    assert not said(facts_of([one, other]), "sameWorkAs")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Measure latency before you tune the cache.", "Always measure latency before tuning a cache.", "restates"),
        ("Measure latency before you tune the cache.", "Never measure latency before tuning a cache.", "tensionWith"),
        ("Prefer small batches over large batches.", "Choose large batches over small batches.", "tensionWith"),
        ("Prefer small batches over large batches.", "Small batches instead of large batches.", "restates"),
        ("Do not use bold formatting.", "If a term is new, use bold formatting.", None),
        ("Take 10 minutes for the retrospective.", "Take 30 minutes for the retrospective.", None),
        ("Use Kotlin for writing native app code.", "Use Swift for writing native app code.", None),
        ("Write a test.", "Write a test plan for the migration of the billing service.", None),
        ("Use bold formatting for warnings.", "use no bold formatting for warnings", None),
    ],
)
def test_what_restates_and_what_contradicts(one: str, other: str, relation: str | None) -> None:
    first, second = (advice(Iri(f"urn:{at}"), text, "Recommendation", ENGLISH) for at, text in enumerate((one, other)))
    found, again = compare(first, second), compare(second, first)
    assert found == again
    assert found is None or may_match(gist(first), gist(second))
    assert (found.relation.value if found else None) == relation


OPENINGS = st.sampled_from(["", "Never ", "Prefer pluto to venus. ", "Prefer venus to pluto. ", "Take 10 "])


@settings(max_examples=400, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.sampled_from([4, 8, 16, 200]), st.floats(0, 0.7), OPENINGS, OPENINGS, st.randoms(use_true_random=False))
def test_the_gists_of_principles_never_hide_a_match(
    length: int, exchanged: float, one: str, other: str, dice: random.Random
) -> None:
    words = dice.choices(WORDS, k=length)
    others = [dice.choice(WORDS) if dice.random() < exchanged else word for word in words]
    texts = (one + " ".join(words), other + " ".join(others))
    first, second = (advice(Iri("urn:"), text, "Obligation", ENGLISH) for text in texts)
    assume(keys(first) and keys(second))
    assert may_match(gist(first), gist(second)) or compare(first, second) is None


def test_one_publisher_does_not_confirm_itself() -> None:
    here = made("a", source="acme", sayings=[SAYINGS[0]])
    for source, sources in (("acme", {"1"}), ("bolt", {"2"}), ("", {"1"})):
        graph = facts_of([here, made("b", source=source, sayings=[SAYINGS[1]])])
        assert {n for _, n in said(graph, "independentSources")} == sources
        assert bool(said(graph, "restates")) == (source != "acme")


def test_a_publication_that_turns_out_to_be_the_first_makes_the_other_the_copy() -> None:
    first, second = made("a", essay(1), source="acme", date="2024-05-01", topics=["p", "q"]), made("b", source="acme")
    later, earlier = (
        made("c", essay(1), source="bolt", date=d, topics=["p", "r"]) for d in ("2025-01-01", "2023-01-01")
    )
    with Derivation(BASE) as derived:
        graph = apply(derived.update([], [first, second, later]), set())
        assert apply(derived.update([], [earlier]), graph) == facts_of([earlier, second, first])


def test_related_articles_are_few_and_no_copies() -> None:
    articles = [made(f"a{at}", essay(at % 3), source="acme", topics=["p", "q", "r", f"t{at}"]) for at in range(12)]
    articles.append(made("copy", essay(1), source="bolt", topics=["p", "q", "r", "t1"]))
    related = said(facts_of(articles), "relatedTo")
    assert all(len([two for two in related if two[0] == f"a{at}"]) in range(1, 6) for at in range(12))
    assert ("a1", "copy") not in related


def test_curators_overrule_what_is_found_until_the_line_is_deleted(tmp_path: Path) -> None:
    articles = [made("a", essay(1), source="acme"), made("b", essay(1), source="bolt"), made("c", essay(2))]
    file = tmp_path / "decisions.txt"
    apart = Decision.of(Verdict.APART, articles[1].article, articles[0].article)
    same = Decision.of(Verdict.SAME, articles[0].article, articles[2].article)
    with Derivation(BASE) as derived:
        found = apply(derived.update([], articles), set())
        assert said(found, "sameWorkAs") == {("a", "b"), ("b", "a")}
        assert decide(same, file, BASE)
        assert decide(apart, file, BASE)
        assert not decide(apart, file, BASE)
        assert file.read_text() == f"{apart}\n{same}\n"
        graph = apply(derived.update([], [], read_decisions(file, BASE)), found)
        assert said(graph, "sameWorkAs") == {("a", "c"), ("c", "a")}
        assert {text for _, text in said(graph, "rule")} == {"curator"}
        assert undo(apart, file, BASE)
        assert undo(same, file, BASE)
        assert not undo(same, file, BASE)
        assert apply(derived.update([], [], read_decisions(file, BASE)), graph) == found


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("merge {a} {b}", "line 2: is no decision"),
        ("same {a}", "line 2: is no decision"),
        ("same {a} {a}", "names one thing twice"),
        ("same {a} {b}>", "by their IRIs"),
        ("same {a} {p}", "two articles or two principles"),
        ("same {a} {b}\napart {b} {a}", "line 3: says that they are apart, line 2 that they are same"),
    ],
)
def test_a_line_that_is_no_decision_is_named_with_its_number(tmp_path: Path, line: str, what: str) -> None:
    file = tmp_path / "decisions.txt"
    names = {"a": f"{BASE}article/a", "b": f"{BASE}article/b", "p": f"{BASE}principle/p"}
    file.write_text(f"# ours\n{line.format(**names)}  # why\n")
    with pytest.raises(InputError, match=what):
        read_decisions(file, BASE)


def sample_profiles() -> Iterator[Profile]:
    known = vocabulary(BASE)
    for path in sorted(p.name for p in ARTICLES.iterdir() if p.suffix in {".txt", ".md", ".html"}):
        article = read_article(ARTICLES, path)
        yield profile(article, link(article, extract(article, known), known), ENGLISH)


def test_what_is_derived_of_the_samples_is_one_plain_file_and_keeps_the_contract(
    tmp_path: Path, sample_build: Build
) -> None:
    articles = list(sample_profiles())
    with Derivation(BASE, tmp_path / "derived.db") as derived:
        derived.update([], articles)
    assert [p.name for p in tmp_path.iterdir()] == ["derived.db"]
    (tmp_path / "copy.db").write_bytes((tmp_path / "derived.db").read_bytes())
    with Derivation(BASE, tmp_path / "copy.db") as copy:
        facts = set(copy.facts())
        assert facts == facts_of(articles)
        copy.update([one.article for one in articles], [])
        assert not set(copy.facts())
    graph = ox.NamedNode(derived_graph(BASE))
    store = ox.Store()
    others = (q for q in sample_build.store.quads() if q.graph_name != graph)
    store.extend([*others, *(quad(fact, graph) for fact in facts)])
    used = {f.predicate.removeprefix(PREFIXES["kg"]) for f in facts}
    assert {"articles", "independentSources"} <= used
    assert list(validate(store)) == list(validate(sample_build.store.engine)) == []


def test_an_error_leaves_all_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[Profile]:
        yield made("b", essay(1), topics=["p"])
        raise OSError

    with Derivation(BASE, tmp_path / "derived.db") as derived:
        graph = apply(derived.update([], [made("a", topics=["p"])]), set())
        with pytest.raises(OSError, match=r"^$"):
            derived.update([], broken())
        assert set(derived.facts()) == graph
        assert not list(derived.update([], []).came())


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "derived.db").write_text("no database " * 100)
    with pytest.raises(BuildError, match=r"derived\.db: cannot be opened"):
        Derivation(BASE, tmp_path / "derived.db")
