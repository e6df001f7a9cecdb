"""The order of the stages, in one place: find, read, extract, link, store, publish, view.

Each file is read once, and each article in it made into a record at once: a pure function of its text and the
vocabulary. Only files with pages that turn out to show one article together are read once more, to join them. Both run
over any number of processes and give the same result in any order. A build goes on from the one before where that was
made by the same program with the same vocabularies, and reads only what changed since.
"""

from __future__ import annotations

from kg.pipeline.articles import read_article, record
from kg.pipeline.changing import add, build, remove
from kg.pipeline.checking import check_build, rereader
from kg.pipeline.harvest import Summary, complete, write_html
from kg.pipeline.options import Options, Tell
from kg.read import Limits

__all__ = [
    "Limits",
    "Options",
    "Summary",
    "Tell",
    "add",
    "build",
    "check_build",
    "complete",
    "read_article",
    "record",
    "remove",
    "rereader",
    "write_html",
]
