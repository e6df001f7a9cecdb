"""The six laws of the graph, as properties over made-up digests in every rendering."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.model import Fact, Kind, Record, Value
from kg.pipeline import harvest
from kg.publish import FORMATS, serialise
from kg.store import Build, Store, open_build
from kg.vocab import BASE, Vocabulary, kind_of, load, term
from tests.conftest import ARTICLES, build
from tests.pages import RENDERINGS, Digest, digests, rendering_a

some_digests = st.lists(digests, min_size=1, max_size=4, unique_by=lambda d: (d.title, d.publisher, d.curator))
renderings = st.sampled_from(sorted(RENDERINGS))
whole = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def records_of(pages: Sequence[Digest], rendering: str) -> list[Record]:
    """Return the records of some digests written to files."""
    with TemporaryDirectory() as folder:
        made = []
        for number, page in enumerate(pages):
            name = f"{number}{rendering}"
            Path(folder, name).write_text(RENDERINGS[rendering](page), encoding="utf-8")
            record = pipeline.record([name], Path(folder), BASE)
            assert isinstance(record, Record)
            made.append(record)
        return made


def objects(record: Record, subject: str, predicate: str) -> list[str]:
    """Return what a record says of a subject, as text."""
    found = (f.object for f in record.facts if f.subject == subject and f.predicate == term(predicate))
    return [o.text if isinstance(o, Value) else o for o in found]


def exports(store: Store) -> dict[str, str]:
    """Return the digest of every export of a store."""
    return {suffix: hashlib.sha256(serialise(store.quads(), BASE, suffix)).hexdigest() for suffix in FORMATS}


# 1. Grounded


@whole
@given(page=digests, rendering=renderings)
def test_every_passage_cuts_its_own_words_and_every_drawn_fact_leads_to_one(page: Digest, rendering: str) -> None:
    with TemporaryDirectory() as folder:
        name = f"page{rendering}"
        Path(folder, name).write_text(RENDERINGS[rendering](page), encoding="utf-8")
        record = pipeline.record([name], Path(folder), BASE)
        text = pipeline.read_article(Path(folder), name).pages[0].text
    assert isinstance(record, Record)
    passages = {f.subject for f in record.facts if kind_of(BASE, f.subject) is Kind.PASSAGE}
    for passage in passages:
        start, end = (int(objects(record, passage, p)[0]) for p in ("kg:start", "kg:end"))
        assert objects(record, passage, "kg:exact") == [text[start:end]]
    for fact in record.facts:
        assert _describes_the_file(fact) or (fact.evidence and set(fact.evidence) <= passages), fact
        for passage in fact.evidence:
            assert _says(record, passage, fact), fact


def test_every_fact_of_a_build_leads_to_its_words(sample_build: Build) -> None:
    """Law 1 on the graph itself: what an article says of anything stands in a passage of that article."""
    store = sample_build.store
    about_file = {term(p) for p in ("kg:path", "schema:inLanguage", "schema:abstract", "rdf:type")}
    for article in store.articles():
        quads = store.graph(article)
        values = {(str(q.subject.value), q.predicate.value, str(q.object.value)) for q in quads}  # type: ignore[union-attr]
        passages = {s for s, p, _ in values if p == term("kg:exact")}
        words = [" ".join(o.split()) for s, p, o in values if p == term("kg:exact")]
        mentioned = {o for s, p, o in values if s in passages and p == term("schema:mentions")}
        assert passages
        for subject, predicate, value in values:
            told = subject in passages or predicate in about_file or value in passages or value in mentioned
            told |= _is_inference_told(values, subject, passages | mentioned)
            assert told or any(value in said for said in words) or _is_code_or_role(subject), (
                subject,
                predicate,
                value,
            )


def _is_inference_told(values: set[tuple[str, str, str]], subject: str, told: set[str]) -> bool:
    """Tell whether an inference leads to passages of its article, or to what they mention."""
    leads = (term("rdf:object"), term("prov:wasDerivedFrom"))
    return kind_of(BASE, subject) is Kind.INFERENCE and any((subject, p, end) in values for p in leads for end in told)


def _is_code_or_role(subject: str) -> bool:
    """Tell whether a thing's name may be made from a link's address or from half of "VP of Engineering/Data"."""
    return kind_of(BASE, subject) in {Kind.CODE, Kind.ROLE}


def _describes_the_file(fact: Fact) -> bool:
    """Tell whether a fact is about the file and not drawn from a sentence; the abstract is several passages at once."""
    about_file = {term(p) for p in ("rdf:type", "kg:path", "schema:inLanguage", "schema:abstract")}
    return fact.predicate in about_file


def _says(record: Record, passage: str, fact: Fact) -> bool:
    """Tell whether a passage bears a fact out: it is the fact's own, mentions its object, or holds its words."""
    if passage in {fact.subject, fact.object} or fact.object in objects(record, passage, "schema:mentions"):
        return True
    if fact.subject in objects(record, passage, "schema:mentions") or fact.predicate == term("kg:rule"):
        return True
    if kind_of(BASE, fact.subject) is Kind.INFERENCE:
        return _leads_to(record, passage, fact.subject)
    words = " ".join(objects(record, passage, "kg:exact")[0].split())
    return isinstance(fact.object, Value) and fact.object.text in words


def _leads_to(record: Record, passage: str, inference: str) -> bool:
    """Tell whether an inference was derived from a passage, or is of what that passage is or mentions."""
    of = {*objects(record, inference, "rdf:object")}
    told = {passage, *objects(record, passage, "schema:mentions")}
    return passage in objects(record, inference, "prov:wasDerivedFrom") or bool(of & told)


def test_plain_text_offsets_are_those_of_the_decoded_file(sample: Path) -> None:
    build_ = open_build(sample)
    rows = build_.store.engine.query(
        "SELECT ?path ?s ?e ?x { ?p a kg:Passage ; kg:start ?s ; kg:end ?e ; kg:exact ?x ; schema:isPartOf/kg:path ?f "
        "OPTIONAL { ?p kg:path ?o } BIND(COALESCE(?o, ?f) AS ?path) FILTER(STRENDS(?path, '.txt')) }",
        use_default_graph_as_union=True,
        prefixes={"kg": term("kg:"), "schema": term("schema:")},
    )
    assert isinstance(rows, ox.QuerySolutions)
    checked = 0
    for path, start, end, exact in rows:
        text = (ARTICLES / str(path.value)).read_text(encoding="utf-8-sig")
        assert text[int(start.value) : int(end.value)] == exact.value
        checked += 1
    assert checked > 150


def test_a_passage_that_does_not_cut_its_words_is_caught(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    page = inputs / "page.txt"
    page.write_text(rendering_a(Digest("On review", "The Quiet Deploy", prose={"Summary": ("A team wrote.",)})))
    output = build(inputs, output=tmp_path / "out")
    assert not pipeline.check_build(open_build(output), output).problems
    page.write_text(page.read_text().replace("A team wrote.", "A team lied!!"))
    problems = pipeline.check_build(open_build(output), output).problems
    assert any("has changed" in p.what for p in problems)
    assert any("does not say 'A team wrote.'" in p.what for p in problems)


# 2. Deterministic


@few
@given(pages=some_digests, rendering=renderings, data=st.data())
def test_the_order_of_articles_changes_no_byte(
    vocabulary: Vocabulary, pages: list[Digest], rendering: str, data: st.DataObject
) -> None:
    records = records_of(pages, rendering)
    one, other = Store(BASE), Store(BASE)
    one.put(records, vocabulary)
    for record in data.draw(st.permutations(records)):
        other.put([record], vocabulary)
    assert exports(one) == exports(other)


@pytest.mark.untraced
def test_hash_seed_workers_and_the_order_of_paths_change_no_byte(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(70):
        page = Digest(f"Article {number}", "The Quiet Deploy", prose={"Summary": ("Every team should review code.",)})
        (inputs / f"{number}.txt").write_text(rendering_a(page), encoding="utf-8")
    paths = [ARTICLES, inputs]
    found = set()
    for seed, workers, order in ((0, 1, 1), (1, 3, -1)):
        output = tmp_path / f"out{seed}"
        command = [sys.executable, "-m", "kg", "build", *map(str, paths[::order]), "-q", "-o", str(output)]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([*command, "--workers", str(workers)], check=True, env=environment)
        for suffix in (".nq", ".jsonld", ".rdf", ".nt"):
            export = [sys.executable, "-m", "kg", "export", str(output / f"graph{suffix}"), "-q", "-o", str(output)]
            subprocess.run(export, check=True, env=environment)
        names = sorted(p.name for p in output.glob("graph.*"))
        found.add(tuple((name, hashlib.sha256((output / name).read_bytes()).hexdigest()) for name in names))
    assert len(found) == 1
    assert len(next(iter(found))) == 7


# 3. Local


@few
@given(pages=some_digests, rendering=renderings, data=st.data())
def test_removing_articles_undoes_exactly_what_they_added(
    vocabulary: Vocabulary, pages: list[Digest], rendering: str, data: st.DataObject
) -> None:
    records = records_of(pages, rendering)
    kept = data.draw(st.lists(st.sampled_from(records), unique_by=lambda r: r.iri))
    whole_store, kept_store = Store(BASE), Store(BASE)
    whole_store.put(records, vocabulary)
    kept_store.put(kept, vocabulary)
    whole_store.remove([r.iri for r in records if r not in kept], vocabulary)
    assert exports(whole_store) == exports(kept_store)


def test_a_third_page_does_not_change_what_two_others_are(tmp_path: Path) -> None:
    told = {"Summary": ("A team wrote.",)}
    pages = {
        "1.txt": rendering_a(Digest("On review", "P One", prose=told)),
        "2.txt": "On review\nSummary\nA team wrote.\nTopics\n- Hiring\n",
        "3.txt": rendering_a(Digest("On review", "P Two", prose={"Summary": ("Another team wrote.",)})),
        "4.txt": "Weekly notes\nSummary\nOne week.\nTopics\n- Hiring\n",
        "5.txt": "Weekly notes\nSummary\nAnother week.\nTopics\n- Hiring\n",
    }
    seen = []
    for names in (("1.txt", "2.txt"), tuple(pages)):
        inputs = tmp_path / str(len(names))
        inputs.mkdir()
        for name in names:
            (inputs / name).write_text(pages[name], encoding="utf-8")
        output = build(inputs, output=tmp_path / f"out{len(names)}")
        build_ = open_build(output)
        seen.append({a: frozenset(map(str, build_.store.graph(a))) for a in build_.store.articles()})
        assert len(seen[-1]) == {2: 1, 5: 4}[len(names)]
    assert seen[0].items() <= seen[1].items()


@few
@given(pages=some_digests, rendering=renderings)
def test_adding_an_article_changes_no_graph_of_another(
    vocabulary: Vocabulary, pages: list[Digest], rendering: str
) -> None:
    records = records_of(pages, rendering)
    store = Store(BASE)
    for record in records:
        before = {name: set(store.graph(name)) for name in store.articles()}
        store.put([record], vocabulary)
        assert all(set(store.graph(name)) == quads for name, quads in before.items())


# 4. Offline and free


def test_nothing_opens_a_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something opened a connection")

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    output = build(ARTICLES, output=tmp_path / "out")
    assert not pipeline.check_build(open_build(output), output).problems


# 5. Nothing lost, nothing hidden

bad_files = st.sets(
    st.sampled_from(("empty.txt", "binary.txt", "broken.zip", "stub.md", "photo.png", ".hidden", "data.json"))
)
_BAD = {
    "empty.txt": b" \n",
    "binary.txt": b"\x00\x01",
    "broken.zip": b"PK\x03\x04",
    "stub.md": b"---\ntitle: Moved\n---\n",
}


@few
@given(pages=some_digests, rendering=renderings, bad=bad_files)
def test_every_file_is_accounted_for(pages: list[Digest], rendering: str, bad: set[str]) -> None:
    with TemporaryDirectory() as folder:
        inputs = Path(folder, "in")
        inputs.mkdir()
        for number, page in enumerate(pages):
            (inputs / f"{number}{rendering}").write_text(RENDERINGS[rendering](page), encoding="utf-8")
        for name in bad:
            (inputs / name).write_bytes(_BAD.get(name, b"x"))
        done = pipeline.build([inputs], Path(folder, "out"), pipeline.Options(), lambda *_: None)
        assert done.found == len(pages) + len(bad)
        assert done.found == done.articles + done.merged + len(done.skipped) + len(done.failed)
        assert {f.path for f in done.failed} | {s.path for s in done.skipped} == bad
        assert all(f.reason and f.hint for f in done.failed)
        assert all(s.reason for s in done.skipped)


def test_a_failing_build_leaves_the_old_one(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = build(ARTICLES, output=tmp_path / "out")
    before = (output / "graph.ttl").read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(harvest, "write_html", fail)
    with suppress(KeyboardInterrupt):
        build(ARTICLES / "009_f981ce4ae5ebafb1.md", output=output)
    assert (output / "graph.ttl").read_bytes() == before
    assert len(open_build(output).store.articles()) == len(open_build(sample).store.articles())
    assert len(list((output / ".builds").iterdir())) == 1


@pytest.mark.untraced
def test_a_killed_build_leaves_the_old_one_or_the_new(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    output = build(ARTICLES, output=tmp_path / "out")
    (inputs / "one.txt").write_text(rendering_a(Digest("One", "The Quiet Deploy", prose={"Summary": ("A fact.",)})))
    for delay in (0.15, 0.3, 0.45, 0.6, 0.75):
        command = [sys.executable, "-m", "kg", "build", str(inputs), "-q", "-o", str(output)]
        with subprocess.Popen(command) as process:
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        assert len(open_build(output).store.articles()) in {1, 9}
        assert len(list(ox.parse(path=str(output / "graph.ttl"), format=ox.RdfFormat.TURTLE))) > 50
    build(inputs, output=output)
    assert len(open_build(output).store.articles()) == 1


# 6. Honest

RELATIONS = {
    "Principles": None,
    "In practice": "kg:practice",
    "Topics": None,
    "Code references": "schema:mentions",
    "Method": "kg:method",
    "Key takeaway": "kg:takeaway",
    "Key insights": "kg:insight",
}


@whole
@given(page=digests, rendering=renderings)
def test_an_empty_section_yields_its_name_and_no_fact(page: Digest, rendering: str) -> None:
    (record,) = records_of([page], rendering)
    empty = objects(record, record.iri, "kg:emptySection")
    sections = {str(s): p for p, s in _sections(record)}
    for heading, relation in RELATIONS.items():
        items = page.prose.get(heading, page.lists.get(heading, ()))
        lost = rendering == "a.txt" and heading in page.lists
        assert (heading in empty) == (not items or lost)
        assert (heading in sections and heading not in empty) == bool(items and not lost)
        if heading in empty and relation:
            assert objects(record, record.iri, relation) == []


def _sections(record: Record) -> Iterator[tuple[str, str]]:
    for fact in record.facts:
        if fact.predicate == term("kg:section") and isinstance(fact.object, Value):
            yield fact.subject, fact.object.text


@whole
@given(page=digests, rendering=renderings)
def test_nothing_is_found_that_the_page_does_not_say(page: Digest, rendering: str) -> None:
    (record,) = records_of([page], rendering)
    said = itertools.chain(page.lists.get("Code references", ()))
    lost = rendering == "a.txt"
    codes = {f.object.text for f in record.facts if _is_code_name(f) and isinstance(f.object, Value)}
    assert codes == (set() if lost else set(said))
    assert objects(record, record.iri, "kg:relatedTitle") == ([] if lost else sorted(page.related))


def _is_code_name(fact: Fact) -> bool:
    return fact.predicate == term("kg:surfaceForm") and kind_of(BASE, fact.subject) is Kind.CODE
