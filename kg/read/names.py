"""Name the parts of a container: names that can be printed, that stay below it, and of which no two are the same."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 200


def clean(name: str) -> str:
    r"""Return a name on one line, without what would lead out of the container it names a part of.

    >>> clean("/../posts/on\n review.md")
    'posts/on review.md'
    """
    printable = "".join(c if c.isprintable() else " " for c in name)
    steps = [step for step in " ".join(printable.split()).split("/") if step not in {".", ".."}]
    return "/".join(steps).lstrip("/")


class Names:
    """The names given so far in one container.

    >>> names = Names()
    >>> names.given("a", ".md"), names.given("a", ".md"), names.given("a", ".txt")
    ('a.md', 'a~2.md', 'a.txt')
    """

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def given(self, name: str, suffix: str = "") -> str:
        """Return the name if it is new; else, or when it is cut for its length, with a number behind it."""
        short = name[:_LONGEST]
        count = self._used.get(short + suffix, 0) + 1
        self._used[short + suffix] = count
        if count == 1 and short == name:
            return name + suffix
        return self.given(f"{short[: _LONGEST - 10]}~{count}", suffix)
