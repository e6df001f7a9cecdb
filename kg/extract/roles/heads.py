"""The nouns that name people by what they do, in the singular and the plural, as heads.txt lists them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from kg.extract.datafile import rows

_FILE: Final = Path(__file__).with_name("heads.txt")
_IRREGULAR: Final = {
    "person": "people",
    "child": "children",
    "alumnus": "alumni",
    "staff": "staff",
    "personnel": "personnel",
}


class Head(NamedTuple):
    """A form of a noun in which a role ends: the singular, its kind in heads.txt, whether the form is the plural."""

    singular: str
    kind: str
    is_plural: bool


@cache
def _lists() -> dict[str, dict[str, tuple[str, ...]]]:
    lists: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows(_FILE):
        kind, *nouns = row.split()
        if kind in {"not", "only"}:
            lists[kind][nouns[0]] = (*lists[kind].get(nouns[0], ()), *nouns[1:])
        else:
            lists[kind].update(dict.fromkeys(nouns, ()))
    return lists


@cache
def heads() -> dict[str, Head]:
    """Return the head for each form in lower case.

    >>> heads()["policymakers"], heads()["secretaries"].singular, heads()["salespeople"].singular
    (Head(singular='policymaker', kind='person', is_plural=True), 'secretary', 'salesperson')
    """
    found: dict[str, Head] = {}
    for kind in ("over", "only", "thing", "part", "group", "title", "person"):
        for noun in _lists()[kind]:
            found[plural(noun)] = Head(noun, kind, is_plural=True)
            found[noun] = Head(noun, kind, is_plural=False)
    return found


def plural(noun: str) -> str:
    """Return the plural of a noun in lower case.

    >>> [plural(n) for n in ("analyst", "policy", "coach", "businessman", "chairperson", "alumnus")]
    ['analysts', 'policies', 'coaches', 'businessmen', 'chairpeople', 'alumni']
    """
    for end, many in _IRREGULAR.items():
        if noun.endswith(end):
            return noun.removesuffix(end) + many
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@lru_cache(50_000)
def is_somebody(head: str, before: str) -> bool:
    """Tell whether the word before a head, "" for none, leaves it a role.

    >>> is_somebody("manager", "product"), is_somebody("manager", "package")
    (True, False)
    >>> is_somebody("report", "direct"), is_somebody("report", "")
    (True, False)
    """
    only = _lists()["only"].get(head)
    return before in only if only else before not in _lists()["not"].get(head, ())


@cache
def over() -> frozenset[str]:
    """Return the heads that are named by what stands behind "of"."""
    return frozenset(_lists()["over"])


@cache
def work() -> frozenset[str]:
    """Return the qualities that are work, and belong to the name of a role: "legal", "senior"."""
    return frozenset(_lists()["work"])


@cache
def empty() -> frozenset[str]:
    """Return the words before a head that say nothing of what somebody does: "former", "individual"."""
    return frozenset(_lists()["empty"])
