"""Turn bytes into text: by byte order mark, as UTF-8, by what is declared, else by what the bytes look like."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import chardet

from kg.errors import InputError
from kg.read.blocks import CONTROLS
from kg.read.inputs import Input
from kg.read.kinds import SUFFIXES

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the one of UTF-32 begins as that of UTF-16 does."""

_MARKUP: Final = frozenset(suffix for suffix, kind in SUFFIXES.items() if kind in {"html", "feed"})
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN: Final = 16_384
"""Bytes. Browsers look at 1,024; saved pages have longer heads than that."""

_MEANT: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949", "shift_jis": "cp932",
}  # fmt: skip
"""What the web means by the name of an older, smaller encoding (WHATWG, "Encoding"), both as Python names them."""

_NO_ENCODINGS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Codecs of Python that no page is written in, and one that browsers refuse to read."""

_WIDE: Final = ("utf-16", "utf-32")
_SEVEN_BIT: Final = ("iso2022", "hz")
"""Encodings whose text looks like ASCII."""

_ESCAPED: Final = b"\x1b$"
"""What opens Japanese, Korean or Chinese in ISO-2022; nothing else holds it."""

_GUESSED: Final = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859-2",
    "iso8859-7", "koi8-r", "koi8-u", "big5hkscs", "gb18030", "cp949", "cp932", "euc-jp", "iso2022_jp_2",
    "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be",
)  # fmt: skip
"""The encodings in which articles are found. Among all that there are, a short text has too many readings."""

_TELLING: Final = re.compile(rb"[\x80-\xff].{0,300}", re.DOTALL)
_BEFORE: Final = 100
_LOOKED_AT: Final = 100_000
_TOLERATED: Final = 0.25
"""The part of the characters beyond ASCII that may be broken where an encoding is right; in a wrong one most are."""

_C1: Final = re.compile(rb"[\x80-\x9f]")
_NOISE: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")
_NOISE_TOLERATED: Final = 0.05
_CONTROL: Final = re.compile("[" + re.escape("".join(map(chr, CONTROLS))) + "]")
"""Searched for, because translating a long text in which there is none takes ten times as long."""


def text_of(input_: Input, declared: str = "") -> str:
    r"""Return the text of an input, line ends as "\n"; `declared` is the encoding that its container states.

    What reads as UTF-8 is UTF-8 whatever is declared: other text hardly ever does, and declarations are often wrong.
    Raises InputError when the input is empty or binary.

    >>> text_of(Input.of_bytes("a.txt", b"one\r\ntwo"))
    'one\ntwo'
    >>> text_of(Input.of_bytes("a.txt", "“Größe”".encode("cp1252")), declared="utf-8")
    '“Größe”'
    """
    text = _decoded(input_, declared).replace("\r\n", "\n").replace("\r", "\n")
    if len(_NOISE.findall(text[:_LOOKED_AT])) > _NOISE_TOLERATED * len(text[:_LOOKED_AT]):
        raise InputError(input_.path, "is binary, not text", "save the article as text, Markdown or HTML")
    text = _CONTROL.sub(lambda control: CONTROLS[ord(control[0])], text)
    if not text.strip():
        raise InputError(input_.path, "is empty", "put the article's text into it, or remove it")
    return text


def _decoded(input_: Input, declared: str) -> str:
    data = input_.data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    known = _codec(declared) or _codec(_declared_in(input_))
    for encoding in _candidates(data, known):
        if (text := _read_as(data, encoding)) is not None:
            return text
    return data.decode("cp1252", errors="replace")


def _candidates(data: bytes, known: str) -> Iterator[str]:
    """Yield the encodings to try, the most likely first; `known` is the one that is declared."""
    if known.startswith(_SEVEN_BIT) or (known.startswith(_WIDE) and b"\0" in data):
        yield known
    elif data.count(0, 0, _LOOKED_AT) > _NOISE_TOLERATED * len(data[:_LOOKED_AT]) or _ESCAPED in data:
        yield _guess(data[:_LOOKED_AT])
    yield "utf-8"
    yield "" if known.startswith(_WIDE) else known
    yield _guess(_telling(data))


def _codec(label: str) -> str:
    """Return Python's name of the encoding that a label means, or "" when there is none."""
    for name in (label, label.lower().removeprefix("x-")):
        try:
            codec = codecs.lookup(name).name if name.isascii() else ""
        except (LookupError, ValueError):
            continue
        return "" if codec in _NO_ENCODINGS else _MEANT.get(codec, codec)
    return ""


def _declared_in(input_: Input) -> str:
    """Return the encoding that HTML or XML says it is in."""
    start = input_.data[:_DECLARED_WITHIN]
    if input_.suffix not in _MARKUP and not start.lstrip().startswith(b"<"):
        return ""
    found = _DECLARED.search(start)
    return (found[1] or found[2]).decode("ascii", errors="replace") if found else ""


def _read_as(data: bytes, encoding: str) -> str | None:
    """Return the text of bytes in an encoding, or None when they are not in it; a few broken characters are."""
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return None
    beyond = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if text.count("\ufffd") <= _TOLERATED * beyond else None


def _telling(data: bytes) -> bytes:
    """Return what of a text tells its encoding: the words about bytes beyond ASCII, wherever they stand."""
    words: list[bytes] = []
    end = 0
    for found in islice(_TELLING.finditer(data), _LOOKED_AT // _BEFORE):
        words.append(data[max(end, found.start() - _BEFORE) : found.end()])
        end = found.end()
    return b"".join(words)


def _guess(data: bytes) -> str:
    """Return the encoding that bytes look like, or ""."""
    found = chardet.detect(data, include_encodings=_GUESSED, prefer_superset=False, compat_names=False)
    encoding = _codec(found["encoding"] or "")
    return "iso8859-2" if encoding == "cp1250" and _is_latin_2(data) else encoding


def _is_latin_2(data: bytes) -> bool:
    """Tell ISO-8859-2 from windows-1250: that one has some of its most frequent letters where ISO has none."""
    if _C1.search(data):
        return False
    letters = [sum(map(str.isalpha, data.decode(e, errors="replace"))) for e in ("iso8859-2", "cp1250")]
    return letters[0] >= letters[1]
