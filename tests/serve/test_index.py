"""The list of all things is made once for a build, and kept beside it where that can be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.serve.pages.entries import Entry
from kg.serve.pages.index import Index

TEA = Entry("topic/tea", "https://example.org/topic/tea", "topic", "Green tea", 2, 0, "", "")


def entries() -> Iterator[Entry]:
    yield TEA


def never() -> Iterator[Entry]:
    pytest.fail("it is there already")


def test_an_index_is_made_once_and_kept_beside_the_build(tmp_path: Path) -> None:
    for made in (entries, never):
        index = Index.open_in(tmp_path, made)
        assert index.search("tea", 5) == [TEA] == list(index.each())
        index.close()
    assert [file.name for file in tmp_path.iterdir()] == ["index-1.db"]


def test_a_folder_that_cannot_be_written_to_has_an_index_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # whoever may do all, as in CI, can write anywhere
    index = Index.open_in(tmp_path, entries)
    assert index.at("topic/tea") == TEA
    assert not list(tmp_path.iterdir())


def test_one_that_is_not_finished_is_not_taken_for_an_index(tmp_path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield TEA
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        Index.open_in(tmp_path, broken)
    assert not list(tmp_path.iterdir())
