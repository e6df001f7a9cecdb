"""Front matter: what stands above the text of a Markdown file, as YAML, TOML, JSON or plain lines."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Final

import yaml

_OPENING: Final = re.compile(r"\s*(?:(-)--+|(\+)\+\+)[ \t]*\n")
_CLOSING: Final = {
    "-": re.compile(r"^(?:---+|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_BLANK: Final = re.compile(r"^[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY: Final = re.compile(r"(?![ \t#-])[\"']?([\w$@][\w .$@/-]{0,60})[\"']?[ \t]*[:=](?=\s|\Z|[\[{\"'])")
_KNOWN: Final = re.compile(
    r"(?:title|subtitle|authors?|date|slug|tags?|category|categories|keywords|layout|lang|language|status|summary)"
    r"[ \t]*:[ \t]*\S",
    re.IGNORECASE,
)
"""The keys that a header without fences begins with. Prose may open with "Note:", hardly with one of these."""

_PROSE_BELOW: Final = re.compile(r"\n[ \t]*\n(?![ \t\n#\"'\]}-]|[^\n:=]{1,60}[:=])")
_DEEP_KEY: Final = re.compile(r"(?:\s?\.\s?[\w\"'-]+){64}")
"""A key of TOML with so many parts that reading it takes minutes."""

_LONGEST: Final = 1_000_000
"""Characters of front matter, or of one field of it, that are parsed; what is longer is taken as it is written."""

_MOST_FIELDS: Final = 1_000
_MOST_VALUES: Final = 100_000
"""A value that holds more, all nested ones counted, is an attack: YAML can name a list in a list a billion times."""

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BROKEN: Final = (yaml.YAMLError, ValueError, RecursionError, TypeError)

Fields = dict[str, object]


def split(text: str) -> tuple[Fields, str]:
    r"""Return the fields of the front matter, each scalar a string as it is written, and the text below it.

    What does not parse is recovered field by field; a text without front matter comes back whole.

    >>> split("---\ntitle: Yes\ndate: 2024-02-30\n---\nHello")
    ({'title': 'Yes', 'date': '2024-02-30'}, 'Hello')
    >>> split("Note: this is prose.")
    ({}, 'Note: this is prose.')
    """
    if fence := _OPENING.match(text):
        return _fenced(text, fence) or ({}, text)
    start = text.lstrip()
    return (_json(start) if start.startswith("{") else _plain(start)) or ({}, text)


def _fenced(text: str, fence: re.Match[str]) -> tuple[Fields, str] | None:
    """Read what stands between two fences; a fence that was never closed ends at a blank line."""
    mark = fence[1] or fence[2]
    end = _CLOSING[mark].search(text, fence.end()) or _BLANK.search(text, fence.end())
    if not end:
        return None
    header, body = text[fence.end() : end.start()], text[end.end() :]
    read = _yaml if mark == "-" else _toml
    fields = read(header) if _is_header(header) else None
    return None if fields is None else (fields, body)


def _is_header(text: str) -> bool:
    """Tell whether the first line that says something names a field; two rules may also stand around prose."""
    lines = [line for line in text.splitlines() if line.strip()] or ["title:"]
    first = next((line for line in lines if not line.lstrip().startswith("#")), "")
    return bool(_KEY.match(first)) or first.lstrip().startswith(("[", "{", "%"))


def _yaml(header: str) -> Fields | None:
    for attempt in (header, _without_tabs(header)):
        fields = _parsed(attempt)
        if isinstance(fields, Mapping):
            return {str(key): value for key, value in fields.items()}
        if fields == "":
            return {}
    return None if _PROSE_BELOW.search(header) else dict(_recovered(header, _scalar))


def _parsed(text: str) -> object:
    """Return what YAML says, all scalars as strings, or None where it is broken or an attack."""
    if len(text) > _LONGEST:
        return None
    try:
        value = yaml.load(text, _LOADER)  # noqa: S506 - this loader makes nothing but strings, lists and dicts
    except _BROKEN:
        return None
    count = sum(1 for _ in islice(_values(value), _MOST_VALUES))
    return None if count == _MOST_VALUES else "" if value is None else value


def _values(value: object) -> Iterator[object]:
    """Yield a value and all that is nested in it, as often as it is named; no recursion, so no depth is too deep."""
    todo = [value]
    while todo:
        yield (value := todo.pop())
        if isinstance(value, Mapping):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)


def _without_tabs(text: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "  ") for line in text.split("\n"))


def _recovered(header: str, parse: Callable[[str], object]) -> Iterator[tuple[str, object]]:
    """Read each field alone; one that does not parse even so has its text as its value."""
    chunks: list[tuple[str, list[str]]] = []
    for line in header.splitlines():
        if key := _KEY.match(line):
            chunks.append((key[1].rstrip(), [line[key.end() :]]))
        elif chunks and not line.startswith("#"):
            chunks[-1][1].append(line)
    for key_name, lines in chunks[:_MOST_FIELDS]:
        chunk = "\n".join(lines)
        value = parse(chunk)
        yield key_name, _raw(chunk) if value is None else value


def _scalar(chunk: str) -> object:
    """Parse the value of one YAML field."""
    read = _parsed(f"key: {_without_tabs(chunk).lstrip(' ')}")
    return read.get("key") if isinstance(read, Mapping) else None


def _raw(chunk: str) -> object:
    """Return the text of a value that does not parse, without the marks around it; lines with dashes are a list."""
    lines = [line.strip() for line in chunk.strip().splitlines() if line.strip()]
    if lines and all(line.startswith("-") for line in lines):
        return [_unquoted(line[1:]) for line in lines]
    return _unquoted(" ".join(lines))


def _unquoted(text: str) -> str:
    text = text.strip()
    return text.strip(text[0]).strip() if text[:1] in {'"', "'"} else text


def _toml(header: str) -> Fields:
    fields = _parsed_toml(header)
    if fields is None:
        return dict(_recovered(header, lambda chunk: (_parsed_toml(f"key = {chunk}") or {}).get("key")))
    return fields


def _parsed_toml(text: str) -> Fields | None:
    if len(text) > _LONGEST or _DEEP_KEY.search(text):
        return None
    try:
        return {key: _written(value) for key, value in tomllib.loads(text, parse_float=str).items()}
    except (ValueError, RecursionError, TypeError):
        return None


def _written(value: object) -> object:
    """Return a value with its scalars as the strings that they are written as."""
    if isinstance(value, Mapping):
        return {str(key): _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("+00:00", "Z")
    return value if isinstance(value, str) else "" if value is None else str(value).lower()


def _json(text: str) -> tuple[Fields, str] | None:
    """Read an object that stands alone above the text."""
    try:
        fields, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(text)
        read = {str(key): _written(value) for key, value in fields.items()}
    except (ValueError, RecursionError):
        return None
    below = text[end:].lstrip(" \t")
    return (read, below[1:]) if read and below[:1] in {"", "\n"} else None


def _plain(text: str) -> tuple[Fields, str] | None:
    """Read "Key: value" lines above the first blank line; a line that is set in goes on with the one above it."""
    if not _KNOWN.match(text):
        return None
    end = _BLANK.search(text)
    header = text[: end.start()] if end else text
    lines = header.splitlines()
    if len(header) > _LONGEST or not all(line[0] in " \t" or _KEY.match(line) for line in lines):
        return None
    return dict(_recovered(header, _as_lines)), text[end.end() :] if end else ""


def _as_lines(chunk: str) -> object:
    return " ".join(chunk.split())


_PROPERTIES: Final = re.compile(r"(\s*# [^\n]+\n)\s*((?:[^\W\d_][\w ]{0,40}: \S[^\n]*(?:\n|\Z)){2,})(?=\n|\Z)")


def properties(text: str) -> tuple[Fields, str]:
    r"""Return the fields that some programs export as lines below the title, and the text without them.

    >>> properties("# T\n\nCreated: May 9, 2014\nTags: a, b\n\nText.\n")
    ({'Created': 'May 9, 2014', 'Tags': 'a, b'}, '# T\n\nText.\n')
    """
    found = _PROPERTIES.match(text)
    if not found:
        return {}, text
    return dict(_recovered(found[2], _as_lines)), found[1] + text[found.end() :]


_LEAST_PROSE: Final = 300
"""Characters; a shorter field is a label or a teaser."""

_PROSE_KEYS: Final = frozenset({"text", "body", "content", "transcript", "article", "markdown"})
_SAID: Final = ("line", "text", "content", "body")


def prose(fields: Mapping[str, object]) -> str:
    r"""Return, as Markdown, the article that some sites keep in a field: a transcript, a body.

    >>> prose({"title": "T", "transcript": [{"header": "One"}, {"line": "Yes.", "who": "Ann", "sec": "7"}]})
    '## One\n\nAnn: Yes.'
    """
    paragraphs: list[str] = []
    for key, value in fields.items():
        if isinstance(value, list):
            paragraphs += _entries(value)
        elif isinstance(value, str) and key.casefold() in _PROSE_KEYS and len(value) > _LEAST_PROSE:
            paragraphs.append(value)
    return "\n\n".join(paragraphs)


def _entries(values: Sequence[object]) -> Iterator[str]:
    for entry in values:
        if isinstance(entry, Mapping):
            heading = entry.get("header") or entry.get("heading")
            said = next((entry[name] for name in _SAID if isinstance(entry.get(name), str)), "")
            speaker = entry.get("who") or entry.get("speaker")
            if isinstance(heading, str):
                yield f"## {heading}"
            if said:
                yield f"{speaker}: {said}" if isinstance(speaker, str) else str(said)
