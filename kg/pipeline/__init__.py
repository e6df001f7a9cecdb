"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Each file is read once, and each article in it made into a record at once: a pure function of its text and the
vocabulary. Only files with pages that turn out to show one article together are read once more, to join them. Both run
over any number of processes and give the same result in any order. A build goes on from the one before where that was
made by the same program with the same vocabularies, and reads only what changed since.
"""

from __future__ import annotations

from kg.pipeline.articles import read_article, record
from kg.pipeline.changing import add, build, remove, replay
from kg.pipeline.checking import check_build, rereader
from kg.pipeline.comparing import Difference, build_before, compare
from kg.pipeline.deciding import decision, decisions_of, usual_decisions
from kg.pipeline.harvest import Summary, complete, examples, write_html
from kg.pipeline.options import Options, Tell
from kg.read import Limits

__all__ = [
    "Difference",
    "Limits",
    "Options",
    "Summary",
    "Tell",
    "add",
    "build",
    "build_before",
    "check_build",
    "compare",
    "complete",
    "decision",
    "decisions_of",
    "examples",
    "read_article",
    "record",
    "remove",
    "replay",
    "rereader",
    "usual_decisions",
    "write_html",
]
