"""Tell from an address alone whether code stands there."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from kg.extract.datafile import rows
from kg.extract.language.words import letters

_FILE: Final = Path(__file__).with_name("places.txt")
_FORGE: Final = re.compile(
    r"(?:[\w-]+\.)?(?:bitbucket|codeberg|github|gitlab)\.(?:com|org)$|(?:bitbucket|gitea|github|gitlab)\.[\w-]+\.[\w.]+$"
)
"""Hosts of repositories at OWNER/NAME, a company's own among them: "gitlab.example.org"."""

_ABOUT: Final = re.compile(r"^(?:about|blog|classroom|docs|education|help|pages|skills|status|support)\.")
"""Parts of a forge's own site that tell of it."""

_GIT: Final = re.compile(r"^git\.|\.googlesource\.com$")
"""Hosts of repositories that a project runs itself, by what they are called."""

_MODEL: Final = re.compile(
    r"^huggingface\.co/(?!(?:blog|chat|collections|datasets|docs|join|learn|models|papers|settings|spaces|tasks)/)"
    r"[\w.-]+/[\w.-]+$"
)
_SHORTEST_NAME: Final = 3
"""Letters; of a shorter name it cannot be told that the words of a link begin with it."""


class _Address(NamedTuple):
    """A host, in lower case and without "www.", and the parts of the path."""

    host: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join((self.host, *self.parts))


def host(address: str) -> str:
    """Return the host of a web address in lower case, without "www."; "" for any other.

    >>> host("https://www.Example.org/a"), host("mailto:a@example.org"), host("/a/b")
    ('example.org', '', '')
    """
    return _read(address).host


def leads_to_code(address: str) -> bool:
    """Tell whether an address leads to a repository or something in one, to a package or a piece of code.

    >>> leads_to_code("https://github.com/org/tool/pull/7"), leads_to_code("https://pypi.org/project/tool/")
    (True, True)
    >>> leads_to_code("https://github.com/org"), leads_to_code("https://docs.github.com/en/actions")
    (False, False)
    """
    read = _read(address)
    if len(read.parts) > 1 and (_GIT.search(read.host) or owner(address)):
        return True
    return bool(_places().match(str(read)) or _MODEL.match(str(read)))


def owner(address: str) -> str:
    """Return who owns a repository, or all of those that a forge's page lists, in lower case; "" for other addresses.

    >>> owner("https://github.com/Org/tool"), owner("https://github.com/org/"), owner("https://example.org/a")
    ('github.com/org', 'github.com/org', '')
    """
    read = _read(address)
    name = read.parts[0].lower() if read.parts else ""
    owned = name and _FORGE.match(read.host) and not _ABOUT.match(read.host) and name not in _kind("no")
    return f"{read.host}/{name}" if owned else ""


def is_owner(address: str) -> bool:
    """Tell whether an address is the page of somebody who has repositories."""
    return bool(owner(address)) and len(_read(address).parts) == 1


def is_site_of(words: str, address: str) -> bool:
    """Tell whether an address is the site of a project that the words of a link to it name first.

    >>> is_site_of("Jest tests", "https://facebook.github.io/jest/"), is_site_of("my talk", "https://me.github.io/talk")
    (True, False)
    """
    read = _read(address)
    site, _, pages = read.host.partition(".")
    names = [letters(name) for name in (site, *read.parts[:1]) if not name.isdigit()]
    said = letters(words)
    return pages in _kind("pages") and any(len(n) >= _SHORTEST_NAME and said.startswith(n) for n in names)


@lru_cache(10_000)
def _read(address: str) -> _Address:
    try:
        split = urlsplit(address)
    except ValueError:
        return _Address("", ())
    if split.scheme not in {"http", "https"}:
        return _Address("", ())
    found = split.netloc.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
    return _Address(found, tuple(part for part in split.path.split("/") if part))


@cache
def _kind(kind: str) -> frozenset[str]:
    told = (row.split() for row in rows(_FILE))
    return frozenset(word for first, *words in told if first == kind for word in words)


@cache
def _places() -> re.Pattern[str]:
    patterns = (re.escape(place).replace(r"\*", "[^/]+") for place in sorted(_kind("package") | _kind("snippet")))
    hosted = r"[\w-]+\.r-universe\.dev/[^/]+"  # each has a host of its own
    return re.compile(rf"(?:{'|'.join(patterns)}|{hosted})(?:$|/)", re.IGNORECASE)
