"""Mails: what its author wrote is the article, known by the path of the mail; attachments are files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from pathlib import PurePosixPath
from typing import Any, Final, cast

from kg.errors import InputError
from kg.read.decode import text_of
from kg.read.formats import mail_own
from kg.read.formats.plain import blocks_of
from kg.read.inputs import Document, Input, Outcome, Skipped, Stated, Unread
from kg.read.kinds import SUFFIXES, kind_of
from kg.read.names import Names, clean

_HEADERS: Final = ("From", "Subject", "Date", "To", "Message-ID", "Received")
_STATED: Final = (
    ("title", "Subject"), ("author", "From"), ("date", "Date"), ("language", "Content-Language"),
    ("source", "List-Id"), ("url", "Archived-At"), ("tag", "Keywords"),
)  # fmt: skip
_BRACKETED: Final = re.compile(r"(.*?)\s*<([^<>]*)>\s*", re.DOTALL)
_LONGEST_HEADER: Final = 2_000

_MOST_STEPS: Final = 10_000_000
"""Each line is compared with each boundary of the parts that it stands in: this many comparisons take seconds."""

_MOST_PARTS: Final = 5_000

_TEXTS: Final = {"text/html": "fragment", "text/plain": "text"}
_TYPED: Final = {"text/html": "html", "text/plain": "text", "text/markdown": "markdown"}
"""What an attachment is where neither its content nor its name says it."""

_FORWARDED: Final = "message/rfc822"
_SIGNATURE: Final = "-- "
_QUOTE: Final = re.compile(r"^>", re.MULTILINE)
_BEFORE_HEADERS: Final = b"\xef\xbb\xbf \t\r\n"
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the library raises for a mail whose parts do not fit together."""


class _Policy(EmailPolicy):
    """Headers are cut before they are parsed, which takes the square of their length; a broken one is empty."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as in the standard library
        """Return a header parsed."""
        try:
            return super().header_fetch_parse(name, value[:_LONGEST_HEADER])
        except Exception:  # noqa: BLE001 - the parser can fail in any way
            return super().header_fetch_parse(name, "")


def documents(input_: Input) -> Iterator[Outcome]:
    r"""Yield the text of a mail, HTML before plain text, then what is attached.

    Raises InputError when this is no mail, or one with nothing to read in it.

    >>> mail = b"From: Ann Oduya <ann@example.com>\nSubject: Hiring\n\nHire slowly.\n-- \nAnn\n"
    >>> [(part.path, part.kind, part.data[3:]) for part in documents(Input.of_bytes("a.eml", mail))]
    [('a.eml', 'text', b'Hire slowly.')]
    """
    try:
        outcomes = list(_outcomes(input_))
    except _BROKEN as error:
        raise InputError(input_.path, "is a mail that cannot be read", "save it again in a mail program") from error
    if all(isinstance(outcome, Skipped) for outcome in outcomes):
        raise InputError(input_.path, "is a mail without text", "open it in a mail program, and save its text")
    yield from outcomes


def _outcomes(input_: Input) -> Iterator[Outcome]:
    message = _message(input_)
    bodies = _bodies(message)
    yield from _text(input_, message, bodies)
    names = Names()
    for number, part in enumerate((part for part in _parts(message) if part not in bodies), start=1):
        file = PurePosixPath(clean((part.get_filename() or "").replace("\\", "/")))
        yield _attached(input_, names.given(file.stem or str(number), file.suffix), part)


def _message(input_: Input) -> EmailMessage:
    data = input_.data.lstrip(_BEFORE_HEADERS)
    boundaries, lines = data.lower().count(b"boundary"), data.count(b"\n") + data.count(b"\r")
    parts = data.count(b"\n--") + data.count(b"\r--")
    if boundaries * lines > _MOST_STEPS or (boundaries and parts > _MOST_PARTS):
        raise InputError(input_.path, "is a mail in too many parts", "save the parts that matter as files")
    message = cast("EmailMessage", message_from_bytes(data, policy=_Policy(refold_source="none")))
    if not any(name in message for name in _HEADERS):
        raise InputError(input_.path, "is no mail", "give a mail with its headers (From, Subject, ...)")
    return message


def _bodies(part: MIMEPart) -> list[MIMEPart]:
    """Return the forms that the text of a mail comes in, HTML first: it tells headings and lists apart."""
    if part.get_content_maintype() != "multipart":
        return [part] if part.get_content_type() in _TEXTS and not part.is_attachment() else []
    found = [_bodies(inner) for inner in part.iter_parts()]
    if part.get_content_subtype() != "alternative":
        return next((bodies for bodies in found if bodies), [])
    return sorted((body for bodies in found for body in bodies), key=MIMEPart.get_content_type)


def _parts(part: MIMEPart) -> Iterator[MIMEPart]:
    """Yield all that is not made of further parts; a mail that was forwarded is one thing."""
    if part.get_content_maintype() != "multipart":
        yield part
        return
    for inner in part.iter_parts():
        yield from _parts(inner)


def _text(input_: Input, message: EmailMessage, bodies: list[MIMEPart]) -> Iterator[Outcome]:
    """Yield the first form of the text that there is anything in, under the path of the mail itself."""
    for body in bodies:
        data = _bytes(body)
        if not data.strip():
            continue
        try:
            text = text_of(replace(input_.part("", data), path=input_.path), body.get_content_charset(""))
        except InputError as error:
            yield Unread(error.where, error.what, error.hint)
            return
        yield _own(input_, text, body, tuple(_stated(message)))
        return


def _own(input_: Input, text: str, body: MIMEPart, stated: tuple[Stated, ...]) -> Input | Document:
    """Return what the author of a mail wrote; in plain text the lines that are still quoted are marked as such."""
    kind = _TEXTS[body.get_content_type()]
    text = mail_own.markup(text) if kind == "fragment" else mail_own.text(_unwrapped(text, body))
    if kind == "text" and _QUOTE.search(text):
        return Document(text, mail_own.blocks(text, blocks_of(text)), stated=stated, is_set=True)
    return replace(input_.part("", text.encode("utf-8-sig"), kind, stated), path=input_.path)


def _bytes(part: MIMEPart) -> bytes:
    if part.get_content_type() == _FORWARDED:
        return b"".join(inner.as_bytes() for inner in part.iter_parts())
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _attached(input_: Input, name: str, part: MIMEPart) -> Outcome:
    """Return an attachment as a file of its own, if it is of a kind that is read."""
    typed = part.get_content_type()
    if typed in _TEXTS and not (part.is_attachment() or part.get_filename()):
        return Skipped(f"{input_.path}/{name}", "stands below the text of the mail")
    if typed == _FORWARDED:
        return input_.part(name, _bytes(part), "mail")
    attached = replace(input_.part(name, _bytes(part)), hint=_TYPED.get(typed, typed))
    return attached if kind_of(attached) in _KINDS else Skipped(attached.path, f"is no article ({typed})")


_KINDS: Final = frozenset(SUFFIXES.values())


def _unwrapped(text: str, body: MIMEPart) -> str:
    """Undo the wrapping of lines (RFC 3676): one that ends in a space goes on in the next, quoted as deep as it is."""
    if str(body.get_param("format", "")).lower() != "flowed":
        return text
    joined = str(body.get_param("delsp", "")).lower() == "yes"
    lines: list[list[str]] = []
    opened = None
    for line in text.split("\n"):
        rest = line.lstrip(">")
        quoted = ">" * (len(line) - len(rest))
        rest = rest.removeprefix(" ")
        flows = rest.endswith(" ") and rest != _SIGNATURE
        words = rest[:-1] if flows and joined else rest
        if opened == quoted and rest != _SIGNATURE:
            lines[-1].append(words)
        else:
            lines.append([f"{quoted} " if quoted else "", words])
        opened = quoted if flows else None
    return "\n".join("".join(line) for line in lines)


def _stated(message: EmailMessage) -> Iterator[Stated]:
    """Yield what the headers state."""
    for name, label in _STATED:
        for value in _values(message[label]):
            words = mail_own.subject(value.strip()) if name == "title" else value.strip()
            if words:
                yield Stated(name, words, label, "mail header")


def _values(header: Any) -> list[str]:  # noqa: ANN401 - each kind of header has a class of its own, made as it is met
    """Return the names of people and lists, the address where there is no name; else the header as it is."""
    if isinstance(header, AddressHeader):
        return [address.display_name or address.addr_spec for address in header.addresses]
    named = _BRACKETED.fullmatch(header or "")
    return [named[1].strip(' "') or named[2]] if named else [header or ""]
