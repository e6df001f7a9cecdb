"""Feeds (RSS, RDF, Atom): every entry is an article, read as the HTML or the text that it carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.errors import InputError
from kg.read.formats import feed_wordpress
from kg.read.formats.feed_xml import Element, children, first, markup, root_of, words
from kg.read.formats.tree import label
from kg.read.inputs import Input, Outcome, Skipped, Stated, Unread
from kg.read.names import Names, clean

_ENTRIES: Final = ("item", "entry")
_CONTENTS: Final = ("content:encoded", "content")
_SUMMARIES: Final = ("description", "dc:description", "summary")
_TITLES: Final = ("title", "dc:title")
_AUTHORS: Final = ("author", "dc:creator", "dc:author")
_DATES: Final = ("pubdate", "published", "issued", "dcterms:issued", "dc:date")
_TAGS: Final = ("category", "dc:subject")
_LANGUAGES: Final = ("language", "dc:language")
_HTML: Final = {"html", "xhtml", "text/html", "application/xhtml+xml"}
_PLAIN: Final = {"text", "text/plain"}
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def documents(input_: Input) -> Iterator[Outcome]:
    """Yield the entries of a feed, in its order, each as a fragment of HTML or a text with what is stated about it.

    Raises InputError when this is no feed, or one without entries.

    >>> feed = b"<rss><channel><item><guid>n1</guid><description>Hire slowly.</description></item></channel></rss>"
    >>> [(entry.path, entry.data[3:]) for entry in documents(Input.of_bytes("news.xml", feed))]
    [('news.xml/n1', b'Hire slowly.')]
    """
    root = root_of(input_)
    heads = [root, *children(root, "channel")]
    entries = [entry for head in heads for entry in children(head, *_ENTRIES)]
    if not entries:
        raise InputError(input_.path, "is a feed without entries", "save it again, or leave it out")
    around = tuple(_around(heads))
    people = feed_wordpress.people(heads)
    names = Names()
    for place, entry in enumerate(entries, start=1):
        name = names.given(clean(_name(entry)) or str(place))
        yield _article(input_, name, entry, around, people)


def _article(
    input_: Input, name: str, entry: Element, around: tuple[Stated, ...], people: Mapping[str, str]
) -> Outcome:
    """Return an entry as a part of its feed; the mark before its text says that it is in UTF-8, whatever HTML says."""
    if reason := feed_wordpress.skipped(entry):
        return Skipped(f"{input_.path}/{name}", reason)
    body = _body(entry)
    if body is None:
        missing = "has no text" if first(entry, _TITLES) is None else "has a title and no text"
        return Unread(f"{input_.path}/{name}", missing, "save the page that it links to")
    own = tuple(_called(stated, people) for stated in _about(entry, body))
    names = {stated.name for stated in own}
    inherited = (stated for stated in around if stated.name == "source" or stated.name not in names)
    return input_.part(name, _text(body).encode("utf-8-sig"), _kind(body), (*own, *inherited))


def _called(stated: Stated, people: Mapping[str, str]) -> Stated:
    """Return an author under the name that is shown, where the feed knows it."""
    return replace(stated, value=people.get(stated.value, stated.value)) if stated.name == "author" else stated


def _text(body: Element) -> str:
    """Return the text of an entry as its own site shows it."""
    text = feed_wordpress.without_credit(markup(body))
    return feed_wordpress.shown(text) if label(body) == "content:encoded" else text


def _name(entry: Element) -> str:
    """Return what an entry is known by, or "" where nothing tells it from the others."""
    named = first(entry, ("id", "guid"))
    return entry.get(_ABOUT) or _link(entry) if named is None else words(named)


def _body(entry: Element) -> Element | None:
    """Return the text of an entry: the longest content, HTML before plain text; without any, its summary."""
    for names in (_CONTENTS, _SUMMARIES):
        found = [child for child in children(entry, *names) if _kind(child) and markup(child)]
        if found:
            return max(found, key=lambda child: (_kind(child) == "fragment", len(markup(child))))
    return None


def _kind(body: Element) -> str:
    """Return the kind of text that a body holds, or "" for a picture and the like; only Atom types its texts."""
    of_atom = label(body).rpartition(":")[2] in {"content", "summary"}
    typed = body.get("type", "text").strip().lower() if of_atom else "html"
    if typed in _HTML or (typed in _PLAIN and len(body)):
        return "fragment"
    return "text" if typed in _PLAIN else ""


def _about(entry: Element, body: Element) -> Iterator[Stated]:
    """Yield what an entry states about itself; who published it first is the feed that it was taken from."""
    yield from _stated("title", first(entry, _TITLES))
    for author in children(entry, *_AUTHORS):
        yield from _stated("author", author, _author(author))
    yield from _stated("date", first(entry, _DATES))
    yield from _language(entry, body)
    for source in children(entry, "source"):
        yield from _stated("source", first(source, _TITLES) if len(source) else source)
    if link := _link(entry):
        yield Stated("url", link, "link", "feed")
    for tag in children(entry, *_TAGS):
        yield from _stated("tag", tag, tag.get("label") or tag.get("term") or "")
    summary = first(entry, _SUMMARIES)
    if summary is not None and (abstract := feed_wordpress.without_credit(markup(summary))) != _text(body):
        yield from _stated("abstract", summary, abstract)


def _around(heads: Sequence[Element]) -> Iterator[Stated]:
    """Yield what a feed states for all its entries; only Atom names the author of entries that name none."""
    for head in heads:
        if title := _title(head):
            yield Stated("source", title, f"{label(head)} title", "feed")
        yield from _language(head, head)
        for author in children(head, "author") if label(head).endswith("feed") else ():
            yield from _stated("author", author, _author(author))


def _stated(name: str, element: Element | None, value: str = "") -> Iterator[Stated]:
    """Yield the value of an element, the words in it unless another is given; an address of a vocabulary is none."""
    if element is None:
        return
    value = value or markup(element)
    if value and not (name == "tag" and "://" in value):
        yield Stated(name, value, label(element), "feed")


def _author(element: Element) -> str:
    """Return an author's name; the author of RSS is an address with a name behind it."""
    named = first(element, ("name", "email"))
    if named is not None:
        return words(named)
    address, _, name = words(element).removesuffix(")").partition("(")
    return name if "@" in address else words(element)


def _title(element: Element) -> str:
    titled = first(element, _TITLES)
    return "" if titled is None else markup(titled)


def _language(element: Element, body: Element) -> Iterator[Stated]:
    """Yield the language that an element states, else the one that holds where its text stands."""
    named = first(element, _LANGUAGES)
    if named is not None:
        yield from _stated("language", named)
        return
    marked = next((around.get(_XML_LANG) for around in (body, *body.iterancestors()) if around.get(_XML_LANG)), "")
    if marked:
        yield Stated("language", marked, "xml:lang", "feed")


def _link(entry: Element) -> str:
    """Return the address of an entry's own page; one that is not absolute leads nowhere without its feed."""
    links = [link for link in children(entry, "link") if link.get("rel", "alternate") == "alternate"]
    guids = [guid for guid in children(entry, "guid") if guid.get("isPermaLink") != "false"]
    found = [link.get("href", "").strip() or words(link) for link in (*links, *guids)]
    return next((link for link in found if link.lower().startswith(("http://", "https://"))), "")
