"""Every error that this package raises on purpose.

```
KgError                  a problem a person can act on: where, what, what next
├── InputError           a path, file or page that cannot become an article
├── BuildError           the folder of built things is missing, unfinished or newer than this program
├── QuestionError        a question that does not exist, lacks a value, or does not parse
├── RequestError         a request to the server that is refused, with the status that says so
└── UnknownNameError     a name that stands for nothing, or for several things
```
"""

from __future__ import annotations


def printable(line: str) -> str:
    r"""Return a line in which no character does anything to a terminal: those that would are shown as escapes.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogateescape").decode() for c in line)


class KgError(Exception):
    """A problem told in one line: where it is, what is wrong, and what to do next.

    >>> print(KgError("notes.txt", "is empty", "put text into it or leave it out"))
    notes.txt: is empty; put text into it or leave it out
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        super().__init__(where, what, hint)
        self.where, self.what, self.hint = where, what, hint

    def __str__(self) -> str:
        """Return the one line."""
        return printable("; ".join(part for part in (f"{self.where}: {self.what}", self.hint) if part))


class InputError(KgError):
    """A path, file or page that cannot become an article."""


class BuildError(KgError):
    """The folder of built things is missing, unfinished or made by a newer version."""


class QuestionError(KgError):
    """A question that does not exist, lacks a value, or does not parse."""


class RequestError(KgError):
    """A request to the server that is refused: `status` is the HTTP status that says so.

    >>> RequestError(403, "update", "this collection is read-only").status
    403
    """

    def __init__(self, status: int, where: str, what: str, hint: str = "") -> None:
        super().__init__(where, what, hint)
        self.status = status


class UnknownNameError(KgError):
    """A name that stands for nothing, or for several things."""
