"""A check finds whatever is wrong: in the graph as pySHACL does, in the articles, and in the files of a build."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import SH

from kg.check import Problem, broken, seal, validate
from kg.check.shapes import shapes_in
from kg.errors import BuildError, KgError
from kg.pipeline import check_build
from kg.store import Build, open_build
from kg.vocab import ontology_dir, term, value_of
from tests.conftest import ROOT

SHAPES = rdflib.Graph().parse(str(ontology_dir() / "shapes.ttl"))


def by_pyshacl(quads: list[ox.Quad]) -> set[tuple[str, str]]:
    """Return which properties of which things pySHACL finds fault with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # rdflib's, about literals that are meant to be wrong
        data = rdflib.Graph().parse(data="".join(f"{q.triple} .\n" for q in quads), format="nt")
        _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    results = report.objects(None, SH.result)  # what is wrong with a value in detail is no result of its own
    return {(str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultPath))) for r in results}


def by_us(quads: list[ox.Quad]) -> set[tuple[str, str]]:
    return {(p.where, p.what.partition(":")[0]) for p in validate(quads)}


def short(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(thing, path.rpartition("#")[2].rpartition("/")[2]) for thing, path in found}


@pytest.fixture(scope="module")
def some_of_each(seed_build: Build) -> Callable[[], list[ox.Quad]]:
    """Return all that is said of a few things of each class."""
    quads = sorted(seed_build.store.quads(), key=str)
    chosen: dict[str, list[str]] = {}
    for q in quads:
        if q.predicate.value == term("rdf:type"):
            chosen.setdefault(value_of(q.object), []).append(value_of(q.subject))
    things = {thing for several in chosen.values() for thing in several[:2]}
    return lambda: [q for q in quads if value_of(q.subject) in things]


TEXTS = ("soon", "", "-1", "0", "01", "2026-02-30", "2026-01-31Z", "en", "true", "Ein Titel")
TYPES = tuple(ox.NamedNode(term(f"xsd:{name}")) for name in ("string", "integer", "date", "boolean"))
values = st.one_of(
    st.builds(lambda text, type_: ox.Literal(text, datatype=type_), st.sampled_from(TEXTS), st.sampled_from(TYPES)),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), st.sampled_from(TEXTS), st.sampled_from(["en", "de"])),
    st.sampled_from([ox.NamedNode("urn:nothing"), ox.NamedNode(term("kg:Obligation"))]),
)
changes = st.tuples(
    st.sampled_from(["left out", "moved", "another", "instead", "unknown"]),
    st.integers(0, 1 << 16),
    st.integers(0, 1 << 16),
    values,
)
Change = tuple[str, int, int, ox.NamedNode | ox.Literal]


def spoilt(quads: list[ox.Quad], change: Change) -> list[ox.Quad]:
    """Leave a quad out, or give a thing a value of another thing, or one that may be wrong, or an unknown property."""
    how, first, second, value = change
    one, other = quads[first % len(quads)], quads[second % len(quads)]
    rest = [q for q in quads if q != one]
    added = {
        "left out": [],
        "moved": [one, ox.Quad(one.subject, other.predicate, other.object)],
        "another": [one, ox.Quad(one.subject, one.predicate, value)],
        "instead": [ox.Quad(one.subject, one.predicate, value)],
        "unknown": [one, ox.Quad(one.subject, ox.NamedNode("https://example.org/unknown"), one.object)],
    }
    return [*rest, *added[how]]


@settings(max_examples=15)
@given(changes_=st.lists(changes, min_size=1, max_size=12))
def test_the_shapes_find_what_pyshacl_finds(some_of_each: Callable[[], list[ox.Quad]], changes_: list[Change]) -> None:
    quads = functools.reduce(spoilt, changes_, some_of_each())
    assert by_us(quads) == short(by_pyshacl(quads))
