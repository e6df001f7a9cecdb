"""Who an author line names."""

from __future__ import annotations

import pytest

from kg.read.stated.people import people


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Yuan Tang (Ant Group), Wei Yan (Ant Group), and Rong Ou (NVIDIA).", ["Yuan Tang", "Wei Yan", "Rong Ou"]),
        ("Andy Keller (observIQ, Inc), Bo Chan & Cy Dow", ["Andy Keller", "Bo Chan", "Cy Dow"]),
        ("Damien Mathieu (Elastic) Pablo Baeyens (Datadog)", ["Damien Mathieu", "Pablo Baeyens"]),
        ("Jason (Jay) Smith (Google Cloud)", ["Jason (Jay) Smith"]),
        ("Lee, Ann", ["Ann Lee"]),
        ("van Gogh, Vincent; Knuth, Donald E.", ["Vincent van Gogh", "Donald E. Knuth"]),
        ("Lee, Ann and O'Brien, Bob", ["Ann Lee", "Bob O'Brien"]),
        ("Петров, Иван", ["Иван Петров"]),
        ("Ann Lee; Bo Chan; and Cy Dow", ["Ann Lee", "Bo Chan", "Cy Dow"]),
        ("joey, frank", ["joey", "frank"]),
        ("amelia-wong", ["amelia-wong"]),
        ("ann@example.org (Ann Lee)", ["Ann Lee"]),
        ("Ann Lee <ann@example.org>", ["Ann Lee"]),
        ("张三、李四", ["张三", "李四"]),
        ("مریم احمدی، علی رضایی", ["مریم احمدی", "علی رضایی"]),
        ("Jane Doe, PhD, Staff Writer", ["Jane Doe"]),
        ("Martin Luther King, Jr. and Ann Lee", ["Martin Luther King", "Ann Lee"]),
        ("Ann Lee et al.", ["Ann Lee"]),
        ("Chris Denton on behalf of the Compiler Team", ["Chris Denton"]),
        ("Ludwig van Beethoven", ["Ludwig van Beethoven"]),
        ("Ann Lee, ann lee", ["Ann Lee"]),
    ],
)
def test_each_person_is_named_as_they_are_called(line: str, names: list[str]) -> None:
    assert [name for _, name in people(line)] == names


@pytest.mark.parametrize(
    "name",
    [
        "SIG-Etcd Leads",
        "The Rust Release Team",
        "Carpentries Staff and Steering Committees",
        "Department of Health and Human Services",
        "Bill and Melinda Gates Foundation",
    ],
)
def test_an_organisation_is_one(name: str) -> None:
    assert [found for _, found in people(name)] == [name]


def test_people_and_organisations_stand_side_by_side() -> None:
    assert [name for _, name in people("Jane Doe and the Rust Team")] == ["Jane Doe", "the Rust Team"]


@pytest.mark.parametrize("line", ["", "admin", "Unknown", "n/a", "https://example.org/ann", "ann@example.org", "2024"])
def test_nobody_is_nobody(line: str) -> None:
    assert people(line) == []


def test_a_span_covers_the_name_and_no_company() -> None:
    line = "By Yuan Tang (Ant Group), Rong Ou"
    assert [span.cut(line) for span, _ in people(line)] == ["Yuan Tang", "Rong Ou"]
