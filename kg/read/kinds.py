"""Tell what kind of file something is: by what stands in it, and where that does not decide, by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import Final

from kg.read.inputs import Input

SUFFIXES: Final[Mapping[str, str]] = {
    ".txt": "text", ".text": "text", ".adoc": "text", ".asciidoc": "text", ".rst": "text",
    ".srt": "text", ".vtt": "text",
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown", ".mdx": "markdown",
    ".qmd": "markdown", ".rmd": "markdown",
    ".htm": "html", ".html": "html", ".xhtml": "html",
    ".rss": "feed", ".atom": "feed", ".xml": "feed",
    ".pdf": "pdf", ".docx": "docx", ".epub": "epub", ".ipynb": "notebook", ".eml": "mail",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".gz": "gzip", ".bz2": "gzip", ".xz": "gzip",
    ".tbz2": "tar", ".txz": "tar",
}  # fmt: skip
"""The kind of file that each suffix promises, where the content does not say otherwise."""

_BINARY: Final = (
    (re.compile(rb"\s{0,16}%PDF-"), "pdf"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "zip"),
    (re.compile(rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ\x00"), "gzip"),
    (re.compile(rb".{257}ustar", re.DOTALL), "tar"),
)
_MARKUP: Final = (
    (
        re.compile(
            r"(?>\s+|<!--.*?-->|<\?xml[^>]*>|<!doctype[^>]*>)*+<(?:rss|feed|rdf:rdf|channel)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        "feed",
    ),
    (re.compile(r"(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL), "html"),
)
_TARBALLS: Final = (".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_OFFICE: Final = {"[Content_Types].xml", "content.xml"}
"""What stands in the packages of office programs, whose other members are no articles."""

_OTHER: Final = "other"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins."""


def kind_of(input_: Input) -> str:
    r"""Return the kind of an input: a value of SUFFIXES, or "" for what nothing here reads.

    >>> kind_of(Input.of_bytes("page.txt", b"<!doctype html><p>Hello"))
    'html'
    >>> kind_of(Input.of_bytes("photo.png", b"\x89PNG"))
    ''
    """
    if input_.kind:
        return input_.kind
    if found := by_content(input_):
        return found if found != _OTHER else ""
    return SUFFIXES.get(input_.suffix, input_.hint or ("" if input_.suffix else "text"))


def by_content(input_: Input) -> str:
    """Return the kind of an input as far as its first bytes tell: "" when any name could be right."""
    for pattern, kind in _BINARY:
        if pattern.match(input_.head):
            return _packed(input_) if kind == "zip" else "tar" if _is_tarball(input_, kind) else kind
    text = _start(input_.head)
    return next((kind for pattern, kind in _MARKUP if pattern.match(text)), "" if input_.suffix else _nameless(text))


def _nameless(text: str) -> str:
    """Return the kind of a text that has no name, as on standard input, where it is surely no prose."""
    line = text.lstrip().partition("\n")[0].rstrip()
    if not line.startswith(("{", "[")):
        return ""
    return "jsonl" if line.startswith("{") and line.endswith("}") and "\n" in text.strip() else "json"


def _start(head: bytes) -> str:
    """Return the first characters, right in what is ASCII whatever the encoding: enough to know markup."""
    if head.startswith(UTF_16):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _is_tarball(input_: Input, kind: str) -> bool:
    return kind == "gzip" and input_.path.lower().endswith(_TARBALLS)


def _packed(input_: Input) -> str:
    """Tell apart what is packed as a zip file by what stands in it; a broken one is what its name says."""
    try:
        with input_.open() as file, zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    if "word/document.xml" in names:
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    return _OTHER if names & _OFFICE else "zip"
