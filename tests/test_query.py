"""The questions: each has a golden answer, and gives it through Oxigraph and through rdflib."""

from __future__ import annotations

import os
import re
import warnings
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QuestionError, UnknownNameError
from kg.query import FORMATS, Question, ask, bind, find_question, questions, resolve, unlimited, why
from kg.query.run import shown
from kg.store import Build, Store, open_build
from kg.vocab import BASE, load, prefixes, term
from tests.conftest import ARTICLES, build
from tests.pages import Digest
from tests.test_laws import records_of

GOLDEN = Path(__file__).parent / "golden"

EXAMPLES = {
    "advice": {"source": "The Quiet Deploy", "modality": "recommendation"},
    "agreed": {"topic": "hiring"},
    "articles": {"level": "advanced", "source": "Ledgerline Engineering"},
    "authors": {"author": "The Quiet Deploy"},
    "citations": {"source": "Practical Inference"},
    "code": {"topic": "data contracts"},
    "concerns": {"role": "CTO"},
    "copies": {"article": "Evals are the product spec you forgot to write"},
    "duties": {"role": "VP of Engineering", "modality": "obligation"},
    "excerpt": {"topic": "hiring"},
    "fields": {"field": "Cybersecurity"},
    "inferred": {"article": "Thoughts on the job market in the age of LLMs"},
    "introductions": {"topic": "coding agents"},
    "levels": {"topic": "hiring"},
    "neighbours": {"topic": "coding agents"},
    "newest": {"since": "2026-01-31", "topic": "coding agents"},
    "practice": {"topic": "hiring"},
    "principles": {"topic": "LLMs", "role": "Director of AI"},
    "publishers": {"topic": "LLMs"},
    "readers": {"topic": "LLMs"},
    "reading": {"role": "CTO", "level": "Intermediate"},
    "related": {"article": "Reviewing code that nobody typed"},
    "restated": {"topic": "AI agents"},
    "roles": {"role": "AI Engineer"},
    "similar": {"article": "Reviewing code that nobody typed"},
    "sources": {"source": "Lectern"},
    "strongest": {"topic": "hiring", "least": "3"},
    "takeaways": {"topic": "hiring"},
    "tensions": {"topic": "teaching"},
    "together": {"topic": "coding agents"},
    "topics": {"source": "Interconnects AI"},
    "unknown": {"article": "Thoughts on the job market in the age of LLMs"},
    "unlisted": {"role": "founder"},
    "wording": {"topic": "large language model"},
    "writers": {"topic": "coding agents"},
    "years": {"topic": "incident response"},
}
"""A question asked with parameters; its golden answer has a second part."""

FEW = {"agreed", "citations", "restated", "tensions", "unlisted"}
"""Questions to which the sample has one answer, or none."""

ALL = questions()
TRIG = ox.RdfFormat.TRIG


def with_more(build: Build) -> Store:
    """Return what a build of the sample holds, and what questions ask for that the sample lacks."""
    store = Store(build.base)
    more = (GOLDEN / "more.trig").read_text(encoding="utf-8")
    store.engine.extend(
        [*build.store.quads(), *ox.parse(re.sub(f"<{BASE}(?!ontology)", f"<{build.base}", more), format=TRIG)]
    )
    return store


@pytest.fixture(scope="module")
def asked(sample_build: Build) -> Store:
    return with_more(sample_build)


@pytest.fixture(scope="module")
def by_rdflib(asked: Store) -> Callable[[str], list[tuple[str, ...]]]:
    """Return what gives the rows that rdflib's own query engine finds in rdflib's own memory store."""
    data = rdflib.Dataset(default_union=True)
    data.addN((s, p, o, data.graph(g)) for s, p, o, g in asked.dataset.quads((None, None, None, None)))
    return partial(_rows_of, data)


def _rows_of(data: rdflib.Dataset, sparql: str) -> list[tuple[str, ...]]:
    names = prefixes(BASE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own query engine uses what it deprecates
        found = data.query(sparql, initNs=names)
        if found.graph is not None:
            return [tuple(shown(_ours(term), names) for term in triple) for triple in found.graph]
        columns = found.vars or []
        return [tuple(shown(_ours(row.get(v)), names) for v in columns) for row in found.bindings]


def _ours(term: object) -> object:
    return ox.NamedNode(str(term)) if isinstance(term, rdflib.URIRef) else None if term is None else str(term)


def table(rows: list[tuple[str, ...]]) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def test_there_are_enough_questions_and_each_says_what_it_is() -> None:
    assert len(ALL) >= 25
    assert all(q.english.endswith("?") and q.english[0].isupper() for q in ALL)
    assert {q.name for q in ALL} == set(EXAMPLES)
    for question in ALL:
        assert question.parameters, question.name
        assert all(f"?{p.name}" in question.sparql for p in question.parameters), question.name


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.name)
def test_a_question_gives_its_golden_answer_through_oxigraph_and_rdflib(
    asked: Store, by_rdflib: Callable[[str], list[tuple[str, ...]]], question: Question
) -> None:
    engine, base = asked.engine, asked.base
    golden = []
    for values in (unlimited(question), EXAMPLES[question.name]):
        sparql = bind(question, values, engine, base)
        answer = ask(engine, sparql, base)
        assert Counter(by_rdflib(sparql)) == Counter(answer.rows)
        golden.append("\t".join(answer.columns) + "\n" + table(list(answer.rows)))
    text = "\n".join(golden)
    file = GOLDEN / f"{question.name}.tsv"
    if os.environ.get("KG_UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.name)
def test_asking_for_one_thing_narrows_the_answer(asked: Store, question: Question) -> None:
    engine, base = asked.engine, asked.base
    whole = Counter(ask(engine, bind(question, unlimited(question), engine, base), base).rows)
    narrowed = Counter(ask(engine, bind(question, EXAMPLES[question.name], engine, base), base).rows)
    assert 0 < sum(narrowed.values()) < sum(whole.values()) or question.name in FEW
    if "COUNT" not in question.sparql:
        assert narrowed <= whole


@pytest.mark.parametrize("question", [q for q in ALL if unlimited(q)], ids=lambda q: q.name)
def test_a_limit_gives_the_same_few_rows_everywhere(
    asked: Store, by_rdflib: Callable[[str], list[tuple[str, ...]]], question: Question
) -> None:
    engine, base = asked.engine, asked.base
    whole = Counter(ask(engine, bind(question, unlimited(question), engine, base), base).rows)
    (name,) = unlimited(question)
    sparql = bind(question, {name: "2"}, engine, base)
    few = Counter(ask(engine, sparql, base).rows)
    assert 0 < few.total() < whole.total()
    assert few <= whole
    assert Counter(by_rdflib(sparql)) == few
    beyond = [bind(question, {name: most}, engine, base, is_beyond=True) for most in ("2", "99999")]
    assert [bool(ask(engine, one, base).rows) for one in beyond] == [True, False]


@pytest.mark.parametrize("value", ["-1", "many", ""])
def test_a_limit_is_a_number_or_all(sample_build: Build, value: str) -> None:
    with pytest.raises(QuestionError, match="give a whole number, such as 100, or 'all'"):
        bind(find_question("newest"), {"most": value}, sample_build.store.engine, BASE)


def test_a_principle_that_two_sources_state_is_agreed_on() -> None:
    vocabulary, shared = load(), "Every team should review code."
    pages = [
        Digest(title, publisher, prose={"Summary": ("A team wrote.",)}, lists={"Principles": (shared,)})
        for title, publisher in (
            ("One", "The Quiet Deploy"),
            ("Two", "Signal & Sediment"),
            ("Three", "The Quiet Deploy"),
        )
    ]
    store = Store(BASE)
    store.put(records_of(pages, "b.txt"), vocabulary)
    rows = ask(store.engine, find_question("agreed").sparql, BASE).rows
    assert [(text, sources) for _, text, sources in rows] == [(shared, "2")]


def test_another_base_answers_the_same(tmp_path: Path) -> None:
    base = "https://example.org/graph/"
    output = build(ARTICLES, output=tmp_path / "out", base=base)
    store = with_more(open_build(output))
    for question in ALL:
        sparql = bind(question, EXAMPLES[question.name], store.engine, base)
        answer = ask(store.engine, sparql, base)
        golden = (GOLDEN / f"{question.name}.tsv").read_text(encoding="utf-8").partition("\n\n")[2]
        assert table(list(answer.rows)) == golden.partition("\n")[2], question.name
    assert "w3id.org/article-kg/role" not in (output / "graph.ttl").read_text(encoding="utf-8")


def test_an_unknown_question_names_the_near_ones() -> None:
    with pytest.raises(QuestionError, match="no question named 'rolls'; try one of: roles"):
        find_question("rolls")


def test_a_parameter_that_a_question_has_not_is_refused(sample_build: Build) -> None:
    with pytest.raises(QuestionError, match="has no parameter 'rol'; it has: role, level, most"):
        bind(find_question("reading"), {"rol": "CTO"}, sample_build.store.engine, BASE)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * WHERE {\n  ?s ?p\n}", r"query: line 3, column 2: .*; in: }"),
        ("SELEKT", r"query: line 1, column 7: expected"),
        ("  # nothing", r"query: is empty; write a SPARQL query"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE would ask another machine"),
        ("SELECT * { service silent <http://example.org/> { ?s ?p ?o } }", "SERVICE would ask another machine"),
        ("DROP ALL", r"query: line 1, column \d: expected"),
        ("LOAD <file:///etc/passwd>", r"query: line 1, column \d+: expected"),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused_with_its_place(sample_build: Build, sparql: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        ask(sample_build.store.engine, sparql, BASE)


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT * { ?s schema:name "SERVICE" . ?s <http://example.org/SERVICE> ?service } # SERVICE',
        "SELECT * { ?s schema:name '''it's a service''' }",
        "PREFIX service: <urn:> SELECT * { role:customer-service-manager service:x topic:self-service }",
    ],
)
def test_the_word_service_is_no_service_where_it_is_no_keyword(sample_build: Build, sparql: str) -> None:
    assert ask(sample_build.store.engine, sparql, BASE).rows == ()


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p ?o #c\rSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { BIND(''' ' ''' AS ?z) SERVICE <http://127.0.0.1:9/> { ?s ?p ' ' } }",
        "SELECT * { ?s kg:start 0SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL{?s ?p topic:a\\#b} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE?x{FILTER(3>2)} }",
    ],
)
def test_service_is_found_wherever_it_hides(sample_build: Build, sparql: str) -> None:
    with pytest.raises(QuestionError, match="SERVICE would ask another machine"):
        ask(sample_build.store.engine, sparql, BASE)


def test_from_chooses_the_graphs_of_a_query(sample_build: Build) -> None:
    article = sample_build.store.articles()[0]
    count = "SELECT (COUNT(*) AS ?n) {from_} {{ ?s ?p ?o }}"
    engine = sample_build.store.engine
    (whole,) = ask(engine, count.format(from_=""), BASE).rows
    (one,) = ask(engine, count.format(from_=f"FROM <{article}>"), BASE).rows
    assert int(one[0]) == len(sample_build.store.graph(article)) < int(whole[0])


def test_too_deep_a_query_is_refused(sample_build: Build) -> None:
    with pytest.raises(QuestionError, match="is nested 5001 deep"):
        ask(sample_build.store.engine, "SELECT * { " + "{" * 5000 + "}" * 5001, BASE)


QUERIES = {
    "select": "SELECT ?t { ?a a schema:Article ; schema:headline ?t } ORDER BY ?t LIMIT 2",
    "ask": "ASK { role:cto a kg:Role }",
    "construct": "CONSTRUCT { ?s skos:prefLabel ?o } WHERE { ?s skos:prefLabel ?o } LIMIT 5",
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", sorted(QUERIES))
def test_every_format_holds_what_it_can(sample_build: Build, kind: str, format_: str) -> None:
    holds = {"table"} | ({"ttl"} if kind == "construct" else {"csv", "tsv", "json", "jsonl", "xml"})
    if format_ not in holds:
        with pytest.raises(QuestionError, match="cannot hold"):
            ask(sample_build.store.engine, QUERIES[kind], BASE, format_)
        return
    answer = ask(sample_build.store.engine, QUERIES[kind], BASE, format_)
    assert bool(answer.rows) == (format_ == "table")
    assert bool(answer.document) == (format_ != "table")


NAMES = {
    "role:cto": "role/cto",
    "CTO": "role/cto",
    "Chief Technology Officer": "role/cto",
    "VPs of Engineering": "role/vp-of-engineering",
    "LLMs": "topic/large-language-model",
    "coding-agent": "topic/coding-agent",
    "Coding Agents": "topic/coding-agent",
    f"{BASE}source/lectern": "source/lectern",
    "the quiet deploy": "source/the-quiet-deploy",
    "startup engineering": "topic/startup-engineering",
    "maritoduya/forty-conversations": "code/maritoduya-forty-conversations",
    "https://github.com/sediment-data/drift-pager": "code/sediment-data-drift-pager",
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_thing_is_found_by_any_of_its_names(sample_build: Build, name: str) -> None:
    assert resolve(sample_build.store.engine, BASE, name) == BASE + NAMES[name]


def test_a_label_as_it_is_written_wins_over_other_forms_of_its_words() -> None:
    engine = ox.Store()
    for thing, named, label in (("source/llm", "schema:name", "LLM"), ("topic/model", "skos:altLabel", "LLMs")):
        engine.add(ox.Quad(ox.NamedNode(BASE + thing), ox.NamedNode(term(named)), ox.Literal(label, language="en")))
    assert resolve(engine, BASE, "LLMs") == BASE + "topic/model"
    assert resolve(engine, BASE, "LLM's") == BASE + "source/llm"


def test_an_article_is_found_by_title_and_by_path(sample_build: Build) -> None:
    by_title = resolve(sample_build.store.engine, BASE, "Prompt injection is an access-control problem")
    assert by_title == resolve(sample_build.store.engine, BASE, "007_b6f5f7b6b74ab395.txt")


def test_a_principle_is_found_by_its_words(sample_build: Build) -> None:
    found = resolve(sample_build.store.engine, BASE, "Measure before you tune.")
    assert found.startswith(BASE + "principle/measure-before-you-tune-")


def test_an_ambiguous_label_lists_its_candidates(sample_build: Build) -> None:
    with pytest.raises(UnknownNameError, match=r"stands for \d+ things; say which: .*role:vp-of-data"):
        resolve(sample_build.store.engine, BASE, "VP")


def test_an_unknown_name_names_the_near_ones(sample_build: Build) -> None:
    with pytest.raises(UnknownNameError, match=r"no thing of that name here; try: coding agent"):
        resolve(sample_build.store.engine, BASE, "codin agent")
    with pytest.raises(UnknownNameError, match="no role of that name here"):
        resolve(sample_build.store.engine, BASE, "hiring", "role")


def test_why_shows_the_exact_sentences(sample_build: Build) -> None:
    engine = sample_build.store.engine
    evidence = why(engine, resolve(engine, BASE, "job market"))
    assert "The current job market in AI, particularly" in " ".join(e.exact for e in evidence)
    for principle in ask(engine, "SELECT ?p ?t { ?p a kg:Principle ; schema:text ?t }", BASE).rows:
        told = why(engine, resolve(engine, BASE, principle[0]))
        assert principle[1] in {" ".join(e.exact.split()) for e in told}
