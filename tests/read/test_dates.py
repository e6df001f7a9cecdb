"""Which day a value states, and that it states none where it could be two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.stated.dates import day_in


@pytest.mark.parametrize(
    "value",
    [
        "2014-05-09T23:49:34-04:00",
        "2014-05-09 13:30",
        "Fri, 09 May 2014 23:49:34 -0400",
        "Fri May  9 13:49:34 2014",
        "9 May 2014",
        "May 9th, 2014",
        "Published on May 9, 2014 · 5 min read",
        "09-May-2014",
        "2014/05/09",
        "09.05.2014",
        "20140509",
        "20140509T134934Z",
        "2014年5月9日",
        "2014년 5월 9일",
        "9. Mai 2014",
        "9 mai 2014",
        "9 de mayo de 2014",
        "9 de maio de 2014",
        "9 maggio 2014",
        "9 mei 2014",
        "1399629600",
        "1399629600000",
    ],
)
def test_one_day_in_many_forms(value: str) -> None:
    found = day_in(value)
    assert found is not None
    assert found[1] == "2014-05-09"
    assert found[0].cut(value) in value


@pytest.mark.parametrize(
    "value",
    ["", "True", "12345", "2014", "2014-05", "May 2014", "2014-02-30", "1799-01-01", "03/04/2020", "soon",
     "2014-05-09 / 2014-05-10", "99999999999", "9 Foo 2014"],
)  # fmt: skip
def test_what_is_no_day_or_several_is_none(value: str) -> None:
    assert day_in(value) is None


@pytest.mark.parametrize("value", ["13/04/2020", "04/13/2020", "13-04-2020"])
def test_a_day_is_read_either_way_round_when_only_one_is_possible(value: str) -> None:
    found = day_in(value)
    assert found
    assert found[1] == "2020-04-13"


@given(st.dates(date(1800, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%Y%m%d"]))
def test_every_day_survives_being_written(day: date, form: str) -> None:
    found = day_in(day.strftime(form))
    assert found
    assert found[1] == day.isoformat()


@given(st.dates(date(1990, 1, 2), date(2099, 12, 31)), st.sampled_from([1, 1000]))
def test_every_day_survives_being_counted(day: date, unit: int) -> None:
    seconds = (day - date(1970, 1, 1)) // timedelta(seconds=1)
    found = day_in(str(seconds * unit))
    assert found
    assert found[1] == day.isoformat()
