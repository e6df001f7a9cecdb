"""What the path of a file states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.stated.meaning import meanings
from kg.read.stated.paths import from_path


@pytest.mark.parametrize(
    ("path", "stated"),
    [
        ("a.md", {}),
        ("posts/hiring.md", {}),
        ("acme/content/posts/2016-01-30-title.md", {"date": "2016-01-30", "source": "acme"}),
        ("blog/2014/05/09/x.md", {"date": "2014/05/09"}),
        ("2017/08/2017-08-28-x.md", {"date": "2017-08-28"}),
        ("20140509-x.md", {"date": "20140509"}),
        ("2014-13-09-x.md", {}),
        ("cve-2024-43402.md", {}),
        ("index.fr.md", {"language": "fr"}),
        ("about.pt-br.mdx", {"language": "pt-br"}),
        ("acme/content/zh-cn/x.md", {"language": "zh-cn", "source": "acme"}),
        ("de/x.md", {"language": "de"}),
        ("posts/it/x.md", {}),
        ("posts/it-it/x.md", {"language": "it-it"}),
        ("posts/go/x.md", {}),
        ("x.ts.md", {}),
        ("2014/x.md", {}),
        ("_posts/x.md", {}),
        ("simonw-til/x.md", {"source": "simonw-til"}),
    ],
)
def test_a_path_states(path: str, stated: dict[str, str]) -> None:
    assert {s.name: s.value for s in from_path(path)} == stated


@given(st.text(alphabet="/._-0123456789adefhnrz", max_size=60))
def test_what_a_path_states_stands_in_it_and_means_something(path: str) -> None:
    for stated in from_path(path):
        assert stated.value in path
        assert meanings(stated.name, stated.value)
