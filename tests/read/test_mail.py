"""Mails: their text, what is stated about it, what is attached, and that no mail can do harm."""

import random
from email.message import EmailMessage

import pytest

from kg.errors import InputError
from kg.read.documents import documents as read
from kg.read.formats.mail import documents
from kg.read.inputs import Document, Input, Skipped


def mail(text: str = "Hire slowly.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Oduya, Ann" <ann@example.com>, lee@example.com'
    message["Subject"] = "Re: Größe zählt"
    message["Date"] = "Sat, 31 Jan 2026 08:00:00 +0100"
    message["List-Id"] = "The Review List <review.example.com>"
    message["Archived-At"] = "<https://example.com/1>"
    message.set_content(text)
    return message


def of(data: bytes) -> list[Input]:
    return [part for part in documents(Input.of_bytes("a.eml", data)) if isinstance(part, Input)]


def text_of(data: bytes) -> str:
    first = next(documents(Input.of_bytes("a.eml", data)))
    return first.text if isinstance(first, Document) else of(data)[0].data.decode("utf-8-sig")


def read_first(message: EmailMessage) -> Document:
    found = next(read(Input.of_bytes("a.eml", message.as_bytes())))
    assert isinstance(found, tuple)
    return found[1]


def test_what_a_mail_states() -> None:
    part = of(mail().as_bytes())[0]
    assert (part.path, part.kind, text_of(mail().as_bytes())) == ("a.eml", "text", "Hire slowly.\n")
    assert [(stated.name, stated.value) for stated in part.stated] == [
        ("title", "Größe zählt"),
        ("author", "Oduya, Ann"),
        ("author", "lee@example.com"),
        ("date", "Sat, 31 Jan 2026 08:00:00 +0100"),
        ("source", "The Review List"),
        ("url", "https://example.com/1"),
    ]


def test_html_comes_before_plain_text() -> None:
    message = mail()
    message.add_alternative("<h1>Hiring</h1><p>Hire <b>slowly</b>, Größe 1.", subtype="html", charset="iso-8859-1")
    parts = of(message.as_bytes())
    assert [part.kind for part in parts] == ["fragment"]
    assert "Größe 1." in parts[0].data.decode("utf-8-sig")


def test_attachments() -> None:
    message = mail()
    message.add_attachment("# Notes\n", subtype="markdown", filename="../../notes.md")
    message.add_attachment("# Other notes\n", subtype="markdown", filename="notes.md")
    message.add_attachment("<p>Nameless</p>", subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(mail("Forwarded.\n"))
    outcomes = list(documents(Input.of_bytes("a.eml", message.as_bytes())))
    assert [outcome.path for outcome in outcomes if isinstance(outcome, Input | Skipped)] == [
        "a.eml", "a.eml/notes.md", "a.eml/notes~2.md", "a.eml/3", "a.eml/photo.png", "a.eml/5",
    ]  # fmt: skip
    assert outcomes[4] == Skipped("a.eml/photo.png", "is no article (image/png)")
    found = read(Input.of_bytes("a.eml", message.as_bytes()))
    texts = {part[0]: part[1].text for part in found if isinstance(part, tuple)}
    assert texts["a.eml/5"].strip() == "Forwarded."
    assert texts["a.eml/3"] == "Nameless"


def test_what_a_list_sets_below_is_no_article() -> None:
    message = mail()
    message.make_mixed()
    footer = EmailMessage()
    footer.set_content("Unsubscribe here.\n")
    message.attach(footer)
    outcomes = list(documents(Input.of_bytes("a.eml", message.as_bytes())))
    assert outcomes[1:] == [Skipped("a.eml/1", "stands below the text of the mail")]


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (b"", b"Yes.\n-- \nAnn\n", "Yes."),
        (b"Content-Type: text/plain; format=flowed\n", b"One \ntwo.\n> a \n> b\n>> c \n> d\n -- x\n", None),
        (b"Content-Type: text/plain; format=flowed; delsp=yes\n", b"\xe4\xbd\xa0 \n\xe5\xa5\xbd\n", "你好\n"),
        (b"Content-Type: text/plain; charset=us-ascii\n", "Größe\n".encode(), "Größe\n"),
        (b"Content-Type: text/plain; charset=nonsense\n", "Größe\n".encode("cp1252"), "Größe\n"),
        (b"Content-Transfer-Encoding: base64\n", b"SGlyZSBzbG93bHku", "Hire slowly."),
        (
            b"Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n",
            b"a=C3=A4=\nb",
            "aäb",
        ),
    ],
)
def test_how_the_text_is_written(headers: bytes, body: bytes, text: str | None) -> None:
    read_text = text_of(b"From: a@example.com\n" + headers + b"\n" + body)
    assert read_text == ("One two.\n> a b\n>> c \n> d\n-- x\n" if text is None else text)


ABOVE = "Yes, slowly.\n"
HEADERS = [
    "From: Lee\nSent: Monday\nTo: Ann\nSubject: Hiring\n",
    "Von: Lee\nGesendet: Montag\nAn: Ann\nBetreff: Hiring\n",
    "De : Lee\nEnvoyé : lundi\nÀ : Ann\nObjet : Hiring\n",
    "De: Lee\nEnviado: lunes\nPara: Ann\nAsunto: Hiring\n",
]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("On 3 Feb 2026, at 10:00,\nLee <lee@example.com> wrote:\n> Shall we?\n", ABOVE),
        ("Am 03.02.2026 um 10:00 schrieb Lee:\n> Wollen wir?\n", ABOVE),
        ("Le 3 févr. 2026 à 10:00, Lee a écrit :\n> On y va ?\n", ABOVE),
        ("-----Original Message-----\nFrom: Lee\n\nShall we?\n", ABOVE),
        *(("________________\n" + headers + "\nShall we?\n", ABOVE) for headers in HEADERS),
        ("--\nAnn\n\nOn 3 Feb 2026 Lee wrote:\n> Shall we?\n", ABOVE),
        ("--\n" + "And so on.\n" * 20, None),
        ("On 3 Feb 2026 Lee wrote:\nthat all is well.\n", None),
        ("On 3 Feb 2026 Lee wrote:\n> Shall we?\nWe shall.\n", None),
    ],
)
def test_what_is_quoted_below_is_not_the_author_s(body: str, text: str | None) -> None:
    found = text_of(mail(ABOVE + "\n" + body).as_bytes())
    assert found.strip() == (text or ABOVE + "\n" + body).strip()


def test_a_mail_that_is_only_forwarded_keeps_what_was() -> None:
    body = "---------- Forwarded message ---------\n" + HEADERS[0] + "\nHire slowly.\n"
    assert text_of(mail(body).as_bytes()) == "Hire slowly.\n"


def test_quoted_lines_are_quotations() -> None:
    document = read_first(mail("> Shall we?\n>> On?\n\n- We shall.\n"))
    assert [(b.kind.value, b.span.cut(document.text)) for b in document.blocks] == [
        ("quote", "Shall we?"), ("quote", "On?"), ("item", "We shall."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div class=gmail_quote><div class=gmail_attr>On 3 Feb Lee wrote:</div>Old</div>", ""),
        ("<div class=gmail_quote><blockquote class=gmail_quote>Old</blockquote><p>New.</p></div>", "New."),
        ("<div class=moz-cite-prefix>Lee wrote:</div><blockquote type=cite>Old</blockquote>", ""),
        ("<hr><div id=divRplyFwdMsg><b>From:</b> Lee</div><div>Old</div>", ""),
        (
            "<div class=top><p><b>From:</b> Lee<br><b>Sent:</b> Monday<br><b>To:</b> Ann</p></div><p>Old",
            "",
        ),
        ("<p>-----Original Message-----</p><p>Old</p>", ""),
    ],
)
def test_what_is_quoted_in_html(markup: str, text: str) -> None:
    message = mail()
    message.add_alternative(f"<p>Yes.</p>{markup}", subtype="html")
    document = read_first(message)
    assert document.text.split() == ["Yes.", *text.split()]


def test_html_that_is_only_forwarded_is_kept() -> None:
    message = mail()
    message.add_alternative(
        "<div class=gmail_quote><div class=gmail_attr>From: Lee</div><p>Old</p></div>", subtype="html"
    )
    document = read_first(message)
    assert document.text == "Old"


@pytest.mark.untraced
@pytest.mark.parametrize("body", ["<div>" * 20_000, "<p>On 1 wrote " * 20_000, "From: a<br>" * 20_000])
def test_hostile_html_is_read(body: str) -> None:
    message = mail()
    message.add_alternative(f"{body}Hi there", subtype="html")
    assert list(read(Input.of_bytes("a.eml", message.as_bytes())))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"Just some text.\n", "is no mail"),
        (b"\x89PNG\0\0", "is no mail"),
        (b"From: a@example.com\nSubject: Hi\n\n", "is a mail without text"),
        (b"From: a@example.com\nContent-Type: image/png\n\nabc", "is a mail without text"),
    ],
)
def test_what_cannot_be_read(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        of(data)
    assert caught.value.what == what


@pytest.mark.parametrize(
    "value", ["(" * 500_000, "a," * 250_000, "=?utf-8?q?a?= " * 70_000, '"' * 500_000, "<" * 500_000]
)
def test_long_headers_are_read(value: str) -> None:
    of(f"From: {value}\nContent-Type: text/plain; {value}\nSubject: {value}\n\nHi there.\n".encode())


def test_parts_in_parts_without_end() -> None:
    nested = b"From: a@example.com\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(2_000)
    )
    with pytest.raises(InputError):
        of(nested)


@pytest.mark.untraced
def test_broken_mails_are_read_or_refused() -> None:
    message = mail()
    message.add_alternative("<p>Hire slowly.</p>", subtype="html")
    message.add_attachment(b"data", maintype="application", subtype="pdf", filename="größe.pdf")
    message.add_attachment(mail("Forwarded.\n"))
    sample, chance = message.as_bytes(), random.Random(7)  # noqa: S311 - no secret
    for _ in range(200):
        data = bytearray(sample)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 40))] = chance.choice(
                (b"\n", b";=", b"\0", b"\xff", data[at : at + 99])
            )
        try:
            assert [part.data for part in of(bytes(data))] == [part.data for part in of(bytes(data))]
        except InputError:
            continue
