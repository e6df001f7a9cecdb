"""One article in every format that is read, as small real files; and how bytes are spoilt on their way."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Final

TITLE: Final = "On reviewing small changes"
AUTHORS: Final = ("Marit Oduya", "Jonas Lindqvist")
DAY: Final = "2026-01-31"
TAGS: Final = ("code review", "teams")
OPENING: Final = "Every team that reviews small changes learns faster than one that reviews large ones."
ADVICE: Final = "You should keep each change below two hundred lines."
_HTML: Final = (
    f"<h2>Why</h2><p>{OPENING} It costs little &amp; saves much, as all of the teams that we asked have told us.</p>"
    f"<h2>Key takeaways</h2><ul><li>{ADVICE}</li><li>Name one reviewer for each change.</li></ul>"
    "<pre><code>git log --stat</code></pre><blockquote><p>Small is safe.</p></blockquote>"
)
_MARKDOWN: Final = (
    f"## Why\n\n{OPENING} It costs little & saves much, as all of the teams that we asked have told us.\n\n"
    f"## Key takeaways\n\n- {ADVICE}\n- Name one reviewer for each change.\n\n"
    "```sh\ngit log --stat\n```\n\n> Small is safe.\n"
)


def text() -> bytes:
    """Return plain text."""
    return f"{TITLE}\n\nWhy\n\n{OPENING}\n\nKey takeaways\n\n- {ADVICE}\n- Name one reviewer.\n".encode()


def markdown(fence: str = "---", name: str = "yaml") -> bytes:
    """Return Markdown with front matter in YAML, TOML or Pelican's lines."""
    if name == "lines":
        head = f"Title: {TITLE}\nDate: {DAY}\nAuthors: {', '.join(AUTHORS)}\nTags: {', '.join(TAGS)}\n\n"
    else:
        mark = ": " if name == "yaml" else " = "
        fields = {"title": TITLE, "date": DAY, "authors": list(AUTHORS), "tags": list(TAGS)}
        head = "".join(f"{key}{mark}{json.dumps(value)}\n" for key, value in fields.items())
        head = f"{fence}\n{head}{fence}\n\n"
    return (head + _MARKDOWN).encode()


def mdx() -> bytes:
    """Return Markdown with components in it."""
    head = f"---\ntitle: {TITLE}\n---\nimport {{ Card }} from './card'\n\n"
    return (head + _MARKDOWN + "\n<Card size={2}>\n\nA card.\n\n</Card>\n").encode()


def html() -> bytes:
    """Return a web page with a menu, a footer, and what it states about its article in three ways."""
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": TITLE,
        "datePublished": f"{DAY}T10:00:00Z",
        "author": [{"@type": "Person", "name": name} for name in AUTHORS],
        "publisher": {"@type": "Organization", "name": "The Quiet Deploy"},
        "keywords": ", ".join(TAGS),
    }
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE} | The Quiet Deploy</title>"
        f"<meta property='og:title' content='{TITLE}'><link rel='canonical' href='https://example.org/small'>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{TITLE}</h1>{_HTML}</article><footer>Cookies</footer></body></html>"
    ).encode()


def rss() -> bytes:
    """Return an RSS feed with two entries."""
    entry = (
        "<item><title>{}</title><link>https://example.org/{}</link><guid>{}</guid><dc:creator>Marit Oduya</dc:creator>"
        f"<pubDate>Sat, 31 Jan 2026 10:00:00 GMT</pubDate><category>{TAGS[0]}</category>"
        f"<description><![CDATA[{_HTML}]]></description></item>"
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
        f"<title>The Quiet Deploy</title>{entry.format(TITLE, 'small', 'small')}{entry.format('Another', 'b', 'b')}"
        "</channel></rss>"
    ).encode()


def atom() -> bytes:
    """Return an Atom feed with one entry."""
    body = _HTML.replace("&", "&amp;").replace("<", "&lt;")
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>The Quiet Deploy</title><entry>"
        f"<title>{TITLE}</title><id>urn:small</id><author><name>Marit Oduya</name></author>"
        f"<published>{DAY}T10:00:00Z</published><content type='html'>{body}</content></entry></feed>"
    ).encode()


def pdf() -> bytes:
    """Return a PDF of one page: a title in large letters, and two paragraphs."""
    lines = [(22, 740, TITLE), (11, 700, OPENING[:60]), (11, 686, OPENING[60:].strip()), (11, 650, ADVICE)]
    drawn = "".join(f"BT /F1 {size} Tf 60 {y} Td ({words}) Tj ET\n" for size, y, words in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 7 0 R /Contents 5 0 R >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
        f"<< /Title ({TITLE}) /Author ({AUTHORS[0]}) >>",
        "<< /Font << /F1 4 0 R >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode()


def zipped(members: Mapping[str, str] | Mapping[str, bytes] | Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of some members, the same bytes whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 31, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx() -> bytes:
    """Return a Word document: a title, a heading, two paragraphs, and its properties."""
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def paragraph(words: str, style: str = "") -> str:
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{named}<w:r><w:t>{words}</w:t></w:r></w:p>"

    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("Heading1", "heading 1"))
    )
    body = paragraph(TITLE, "Title") + paragraph("Why", "Heading1") + paragraph(OPENING) + paragraph(ADVICE)
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
            "word/styles.xml": f'<w:styles xmlns:w="{word}">{styles}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas.'
            f'openxmlformats.org/package/2006/metadata/core-properties"><dc:title>{TITLE}</dc:title>'
            f"<dc:creator>{AUTHORS[0]}</dc:creator></cp:coreProperties>",
        }
    )


def epub() -> bytes:
    """Return a book of two chapters."""
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>"
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'>"
        "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHORS[0]}</dc:creator><dc:date>{DAY}</dc:date>"
        "<dc:language>en</dc:language></metadata><manifest>"
        "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest>"
        "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
    )
    container = (
        "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='OEBPS/x.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/x.opf": package,
            "OEBPS/a.xhtml": page.format(_HTML),
            "OEBPS/b.xhtml": page.format(f"<h2>Then</h2><p>{ADVICE}</p>"),
        }
    )


def notebook() -> bytes:
    """Return a notebook of two cells."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [f"# {TITLE}\n", "\n", OPENING, "\n\n", ADVICE]},
        {"cell_type": "code", "metadata": {}, "source": "print(1)", "outputs": [{"data": {"image/png": "aGVsbG8="}}]},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def mail() -> bytes:
    """Return a mail with an HTML body and an attachment."""
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, "Marit Oduya <marit@example.org>"
    message["Date"] = "Sat, 31 Jan 2026 10:00:00 +0000"
    message.set_content(f"{OPENING}\n\n{ADVICE}\n")
    message.add_alternative(f"<html><body>{_HTML}</body></html>", subtype="html")
    message.add_attachment(markdown().decode(), filename="note.md")
    return message.as_bytes()


def _record(number: int = 1) -> dict[str, object]:
    return {
        "id": f"posts/{number}",
        "title": TITLE if number == 1 else f"Another {number}",
        "author": list(AUTHORS),
        "date": DAY,
        "tags": list(TAGS),
        "source": "The Quiet Deploy",
        "text": _MARKDOWN if number == 1 else f"{_MARKDOWN}\nAnd {number} more.",
    }


def records() -> bytes:
    """Return a JSON list of records."""
    return json.dumps([_record(1), _record(2)]).encode()


def lines() -> bytes:
    """Return records, one on each line."""
    return b"".join(json.dumps(_record(number)).encode() + b"\n" for number in (1, 2, 3))


def table() -> bytes:
    """Return a table of records."""
    body = OPENING.replace('"', '""')
    return f'id,title,author,date,text\n1,{TITLE},"{"; ".join(AUTHORS)}",{DAY},"{body}\n{ADVICE}"\n'.encode()


def archive() -> bytes:
    """Return a zip archive of a page and a folder."""
    return zipped({"a.md": markdown(), "deep/b.html": html(), "deep/c.png": b"\x89PNG"})


def tarball() -> bytes:
    """Return a compressed tar archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive_:
        for name, data in (("a.md", markdown()), ("b.jsonl", lines())):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive_.addfile(member, io.BytesIO(data))
    return file.getvalue()


FILES: Final[Mapping[str, bytes]] = {
    "a.txt": text(),
    "a.md": markdown(),
    "toml.md": markdown("+++", "toml"),
    "lines.md": markdown("", "lines"),
    "a.mdx": mdx(),
    "a.html": html(),
    "a.rss": rss(),
    "a.atom": atom(),
    "a.pdf": pdf(),
    "a.docx": docx(),
    "a.epub": epub(),
    "a.ipynb": notebook(),
    "a.eml": mail(),
    "a.json": records(),
    "a.jsonl": lines(),
    "a.csv": table(),
    "a.zip": archive(),
    "a.tar.gz": tarball(),
    "a.md.gz": gzip.compress(markdown(), mtime=0),
    "a.jsonl.gz": gzip.compress(lines(), mtime=0),
}
"""A file name, and what stands in that file."""


def _flipped(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _duplicated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.randint(2, 60) + data[start:]


def _deleted(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def _nested(data: bytes, chance: random.Random) -> bytes:
    """Return a file in which what opens stays open: brackets, elements, lists and quotations, many deep."""
    mark = chance.choice(
        [b"<div>", b"[", b'{"a":', b"> ", b"- ", b"<b><i>", b"((", b"(", b"[a](", b"<<", b"**", b"`", b"&lt;"]
    )
    start = chance.randrange(len(data))
    return data[:start] + mark * chance.choice([10, 500, 20_000]) + data[start:]


def _packed(data: bytes, chance: random.Random) -> bytes:
    return gzip.compress(data, mtime=0) if chance.random() < 0.5 else zipped({"x": data, "x.md": data, "../x.md": data})


def _spliced(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(sorted(FILES.values()))
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


MUTATIONS: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    _flipped,
    _truncated,
    _duplicated,
    _deleted,
    _nested,
    _packed,
    _spliced,
)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return data as it can be after an accident or with ill will: one to three things happened to it."""
    for _ in range(chance.choice([1, 1, 2, 3])):
        data = chance.choice(MUTATIONS)(data, chance) if data else data
    return data
