"""What the path of a file says about its article: when it was published, in what language, and by whom."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from kg.read.inputs import Stated
from kg.read.kinds import SUFFIXES
from kg.read.stated.dates import day_in
from kg.read.stated.languages import CODES

_ORIGIN: Final = "path"
_DATES: Final = (
    re.compile(r"(?<![^/_-])([12][0-9]{3}([-_/.])[0-9]{1,2}\2[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?<![^/])([12][0-9]{7})(?=[-_./])"),
)
_TAG: Final = r"(?P<code>[a-z]{2})(?P<region>[-_](?:[a-z]{2}|419|han[st]))?"
_IN_NAME: Final = re.compile(rf"(?<=\.){_TAG}(?=\.[a-z]+$)", re.IGNORECASE)
_IN_FOLDER: Final = re.compile(rf"(?<![^/]){_TAG}(?=/)", re.IGNORECASE)
_PLAIN_CODES: Final = (
    "af ar bg bn ca cs da de el en es eu fa fi fr gl gu he hi hr hu hy ja ka kk km ko lt lv mn mr nl nn pl pt ro ru sa "
    "sk sr sv sw ta te th tr ur uz vi zh"
)
_CLEAR: Final = frozenset(_PLAIN_CODES.split())
"""Languages whose code alone names a folder of articles."""
_WORD_CODES: Final = "az be bs et id is it kn mk ml ms my nb ne no pa si sl sq uk"
_WRITTEN: Final = _CLEAR.union(_WORD_CODES.split())
"""And those whose code is a word or a country too: it has to stand before the suffix, or with a region ("it-it")."""

_ARCHIVES: Final = frozenset({"zip", "tar", "gzip"})
_SCHEME: Final = re.compile(r"(?:^|.*/)https?://(?:www\.)?", re.IGNORECASE)

_GENERAL: Final = {
    "app", "apps", "archive", "archives", "article", "articles", "assets", "blog", "blogs", "book", "books", "build",
    "collection", "content", "contents", "corpus", "data", "dataset", "dev", "dist", "doc", "docs", "documentation",
    "documents", "download", "downloads", "draft", "drafts", "essays", "examples", "export", "exports", "feed",
    "feeds", "files", "guide", "guides", "home", "html", "hugo", "import", "inbox", "index", "input", "inputs",
    "items", "jekyll", "knowledge", "library", "main", "markdown", "master", "md", "media", "misc", "new", "news",
    "newsletter", "notebooks", "notes", "old", "out", "output", "packages", "page", "pages", "paper", "papers", "pdf",
    "pdfs", "post", "posts", "pub", "public", "raw", "reading", "readme", "records", "reports", "resources", "review",
    "root", "sample", "samples", "saved", "section", "site", "source", "sources", "src", "static", "stories", "temp",
    "test", "tests", "text", "texts", "tmp", "train", "unsorted", "upload", "uploads", "user", "users", "web",
    "website", "wiki", "www",
}  # fmt: skip
"""Words for a place where articles are, whoever published them."""


def from_path(path: str) -> list[Stated]:
    """Return what a path states: a date, a language, and the publisher that the top folder is named after.

    >>> [(s.name, s.value) for s in from_path("acme/content/fr/2014-05-09-essai.md")]
    [('date', '2014-05-09'), ('language', 'fr'), ('source', 'acme')]
    >>> from_path("posts/2016/no-date.md")
    []
    >>> [s.value for s in from_path("2026.zip/acme/a.md") + from_path("https://www.example.org/a.html")]
    ['acme', 'example.org']
    """
    found = {"date": _date(path), "language": _language(path), "source": _source(path)}
    return [Stated(name, value, _ORIGIN, _ORIGIN) for name, value in found.items() if value]


def _date(path: str) -> str:
    matches = (match for pattern in _DATES for match in pattern.finditer(path))
    return next((match[1] for match in matches if day_in(match[1])), "")


def _language(path: str) -> str:
    """Return the language that the path states; the file's own name says more than a folder."""
    if (match := _IN_NAME.search(path)) and match["code"].lower() in _WRITTEN:
        return match[0]
    folders = (m for m in _IN_FOLDER.finditer(path) if m["code"].lower() in (_WRITTEN if m["region"] else _CLEAR))
    return next((match[0] for match in folders), "")


def _kind(name: str) -> str:
    """Return what kind of file a name promises: "a.jsonl.gz" is of records, whatever they are packed in."""
    inner = PurePosixPath(name)
    while (kind := SUFFIXES.get(inner.suffix.lower(), "")) == "gzip" and PurePosixPath(inner.stem).suffix:
        inner = PurePosixPath(inner.stem)
    return kind


def _source(path: str) -> str:
    """Return the top folder, or the host of an address, unless its name says nothing about who published what is in it.

    An archive that a path leads through is no folder, and what stands behind a feed or a table is no path.
    """
    *folders, _ = _SCHEME.sub("", path).split("/")
    top = next((folder for folder in folders if _kind(folder) not in _ARCHIVES), "")
    if _kind(top):
        return ""
    bare = top.strip("._-").casefold()
    is_code = any(m["code"].lower() in CODES for m in _IN_FOLDER.finditer(f"{top}/"))
    if is_code or bare in _GENERAL or day_in(bare) or not any(c.isalpha() for c in bare):
        return ""
    return top
