"""PDF: printed pages, read by PDFium in a process of its own and put together again as text."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.read.formats.pdf_layout import typeset
from kg.read.formats.pdf_lines import Line
from kg.read.inputs import Document, Input, Stated

_READER: Final = Path(__file__).with_name("pdfium.py")
_SECONDS: Final = 4
_BYTES_A_SECOND: Final = 200_000
"""A whole book may take longer than an article; a small file that takes long is meant to."""

_MEMORY: Final = 1_000_000_000
"""Bytes that the process may take."""
_ANEW: Final = "print it to a new PDF, and read that"
_OUT_OF_MEMORY: Final = {signal.SIGABRT, signal.SIGILL, *([signal.SIGTRAP] if hasattr(signal, "SIGTRAP") else [])}
"""How PDFium ends itself when it gets no more memory."""

_NO_TITLE: Final = re.compile(
    r"(?:microsoft\s+(?:word|powerpoint)|untitled|document\d*|title|powerpoint presentation)\b"
    r"|.*\.(?:docx?|dvi|tex|rtf|odt|indd|pdf|html?|txt|pptx?|qxp|qxd|pages|md)$|[\W\d_]*$|\S*[_/\\]\S*$",
    re.IGNORECASE,
)
"""What programs put where a title belongs: their own name, the name of the file."""
_LONGEST_TITLE: Final = 300
_ABSTRACT: Final = 80
"""Characters of a subject that is more than a keyword, at least."""


def documents(input_: Input) -> Iterator[Document]:
    """Yield the one article of a PDF.

    Raises InputError when the file is locked, damaged, too long or holds no text, or PDFium is not there.
    """
    if find_spec("pypdfium2") is None:
        raise InputError(input_.path, "is a PDF, which needs an extra that is not installed", "pip install pypdfium2")
    found = _found(input_)
    page = typeset(Line(*line) for line in found["lines"])
    if not page.blocks:
        number = _count(found["pages"])
        raise InputError(input_.path, f"holds {number} of pictures and no text", "run text recognition (OCR) on it")
    yield Document(page.text, tuple(page.blocks), stated=tuple(_stated(found["stated"])))


def _found(input_: Input) -> dict[str, Any]:
    """Return what the process found, or raise what is wrong with the file."""
    limit = input_.limits.pages
    found = _run(input_, limit)
    if found.get("locked"):
        raise InputError(input_.path, "is locked with a password", "save a copy without it")
    if found.get("memory"):
        raise InputError(input_.path, f"took more than {_MEMORY / 1e9:g} GB of memory to read", _ANEW)
    if "pages" not in found:
        raise InputError(input_.path, "is not a PDF that can be read", "open it, and save it anew")
    if found["pages"] > limit:
        raise InputError(input_.path, f"has {_count(found['pages'])}; the limit is {limit:,}", "raise --max-pages")
    return found


def _count(pages: int) -> str:
    return f"{pages:,} page{'' if pages == 1 else 's'}"


def _run(input_: Input, limit: int) -> dict[str, Any]:
    """Start the process that reads, and return its answer: {} when it was brought down by what it read."""
    data = input_.data
    command = [sys.executable, "-P", str(_READER), str(limit), str(_MEMORY)]
    seconds = _SECONDS + len(data) / _BYTES_A_SECOND
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=True)  # noqa: S603 - own code
        answer: dict[str, Any] = json.loads(run.stdout)
    except subprocess.TimeoutExpired as error:
        raise InputError(input_.path, f"took more than {seconds:.0f} seconds to read", _ANEW) from error
    except subprocess.CalledProcessError as error:
        return {"memory": -error.returncode in _OUT_OF_MEMORY}
    except ValueError:
        return {}
    return answer


def _stated(fields: dict[str, str]) -> Iterator[Stated]:
    """Yield what the document information says; when it was made is not when it was published."""
    for name, label in (("title", "Title"), ("author", "Author"), ("tag", "Keywords"), ("abstract", "Subject")):
        value = fields[label]
        if value and _is_telling(name, value):
            yield Stated(name, value, label, "document information")


def _is_telling(name: str, value: str) -> bool:
    if name == "title":
        return len(value) <= _LONGEST_TITLE and not _NO_TITLE.match(value)
    return name != "abstract" or len(value) >= _ABSTRACT
