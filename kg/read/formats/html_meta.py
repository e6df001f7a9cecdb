"""What an HTML page states about its article beside the text, most trusted first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml.html import HtmlElement

from kg.read.formats import html_jsonld, html_visible
from kg.read.formats.html_visible import words
from kg.read.inputs import Stated

_META: Final[Mapping[str, Mapping[str, str]]] = {
    "citation meta": {
        "citation_title": "title", "citation_author": "author", "citation_authors": "author",
        "citation_publication_date": "date", "citation_online_date": "date", "citation_date": "date",
        "citation_journal_title": "source", "citation_publisher": "source", "citation_language": "language",
        "citation_keywords": "tag", "citation_abstract": "abstract",
    },
    "Dublin Core": {
        "dc.title": "title", "dc.creator": "author", "dc.date.issued": "date", "dc.issued": "date", "dc.date": "date",
        "dc.publisher": "source", "dc.language": "language", "dc.subject": "tag", "dc.abstract": "abstract",
        "dc.description.abstract": "abstract", "dc.description": "abstract",
    },
    "Open Graph": {
        "og:title": "title", "article:author": "author", "og:article:author": "author", "book:author": "author",
        "article:published_time": "date", "og:article:published_time": "date", "article:published": "date",
        "og:site_name": "source", "og:url": "url", "article:tag": "tag", "og:article:tag": "tag",
        "og:description": "abstract", "og:locale": "language",
    },
    "Parse.ly": {
        "parsely-title": "title", "parsely-author": "author", "parsely-pub-date": "date", "parsely-link": "url",
        "parsely-tags": "tag",
    },
    "Sailthru": {
        "sailthru.title": "title", "sailthru.author": "author", "sailthru.date": "date", "sailthru.tags": "tag",
        "sailthru.description": "abstract",
    },
    "meta element": {
        "title": "title", "author": "author", "byl": "author", "date": "date", "pubdate": "date",
        "publish-date": "date", "publish_date": "date", "publishdate": "date", "publication_date": "date",
        "published": "date", "publisher": "source", "language": "language", "content-language": "language",
        "keywords": "tag", "news_keywords": "tag", "description": "abstract", "twitter:title": "title",
    },
}  # fmt: skip
"""What meta elements are taken for, by the vocabulary that they are from."""

_MICRODATA: Final = {
    "headline": "title", "author": "author", "datePublished": "date", "publisher": "source", "inLanguage": "language",
    "keywords": "tag", "description": "abstract",
}  # fmt: skip
_OF_ARTICLES: Final = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")
_LINK: Final = re.compile(r"(?:https?:)?//")
_CUT: Final = re.compile(r"\s+[|–—·»:•~-]+\s+|\s*[|»]\s*")
"""What stands between the title of an article and the name of its site."""

_LETTERS: Final = re.compile(r"[\W_]+")
_LONGEST_TITLE: Final = 500


def stated(root: HtmlElement) -> list[Stated]:
    """Return what a page states about its article; call it while the scripts of the page still stand in it.

    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring('<title>On review | Post</title><meta name=author content="Ann"><h1>On review</h1>')
    >>> [(s.name, s.value, s.label) for s in stated(page)]
    [('title', 'On review', 'h1'), ('author', 'Ann', 'author'), ('title', 'On review | Post', 'title')]
    """
    scripts = [str(s.text or "") for s in root.iter("script") if "ld+json" in s.get("type", "").lower()]
    found = [
        *_distill(root), *_canonical(root), *html_jsonld.stated(scripts), *_meta(root), *_microdata(root),
        *html_visible.entry(root), *_page_title(root), *html_visible.stated(root), *_language(root),
    ]  # fmt: skip
    return list(dict.fromkeys([*_title(root, found), *_without_site(found)]))


def _meta(root: HtmlElement) -> list[Stated]:
    said = [(_key(meta), meta.get("content", "").strip()) for meta in root.iter("meta")]
    return [
        Stated(names[folded], value, label, origin)
        for origin, names in _META.items()
        for (label, folded), value in said
        if folded in names and value and (names[folded] == "url" or not _LINK.match(value))
    ]


def _key(meta: HtmlElement) -> tuple[str, str]:
    """Return the name of a meta element as it stands there, and as the table has it ("DCTERMS.creator")."""
    label = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
    return label, re.sub(r"^dc(?:terms)?[.:]", "dc.", label.strip().lower())


def _canonical(root: HtmlElement) -> Iterator[Stated]:
    for link in root.iter("link"):
        if "canonical" in link.get("rel", "").lower().split() and _LINK.match(link.get("href", "")):
            yield Stated("url", link.get("href", ""), "canonical", "link element")


def _distill(root: HtmlElement) -> Iterator[Stated]:
    """Yield what the front matter of the Distill template states, which is a script and not JSON-LD."""
    for script in root.xpath("//d-front-matter/script | //dt-front-matter/script | //*[@id='distill-front-matter']"):
        try:
            fields = json.loads(str(script.text or ""))
        except (ValueError, RecursionError):
            continue
        fields = fields if isinstance(fields, dict) else {}
        authors = fields.get("authors")
        people = [a.get("author") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
        said = [("title", "title", fields.get("title")), *(("author", "author", p) for p in people)]
        said += [("date", "publishedDate", fields.get("publishedDate"))]
        said += [("abstract", "description", fields.get("description"))]
        yield from (Stated(n, v, label, "front matter") for n, label, v in said if isinstance(v, str) and v)


def _microdata(root: HtmlElement) -> Iterator[Stated]:
    for element in root.xpath("//*[@itemprop]"):
        for label in element.get("itemprop", "").split():
            if label in _MICRODATA and _is_of_article(element):
                value = _value(element)
                if value and not _LINK.match(value):
                    yield Stated(_MICRODATA[label], value, label, "microdata")


def _is_of_article(element: HtmlElement) -> bool:
    """Tell whether a property is one of the article: not of a comment below it, or of another thing."""
    scope = next((e for e in element.iterancestors() if e.get("itemtype") is not None), None)
    return scope is None or bool(_OF_ARTICLES.search(scope.get("itemtype", "").strip()))


def _value(element: HtmlElement) -> str:
    names = element.xpath(".//*[@itemprop='name']")
    element = names[0] if names else element
    return (element.get("content") or element.get("datetime") or words(element)).strip()


def _page_title(root: HtmlElement) -> Iterator[Stated]:
    titles = [words(title) for title in root.xpath("//title[not(ancestor::svg)]")]
    yield from (Stated("title", title, "title", "title element") for title in titles[:1] if title)


def _language(root: HtmlElement) -> Iterator[Stated]:
    if language := root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield Stated("language", language, "lang", "html element")


def _title(root: HtmlElement, found: list[Stated]) -> Iterator[Stated]:
    """Yield the heading that a reader sees as the title, where the page's other titles agree with it."""
    titles = [s.value[:_LONGEST_TITLE] for s in found if s.name == "title" and s.origin != "heading"]
    known = {_form(piece) for title in titles for piece in _pieces(title)} - {""}
    headings = (words(heading) for heading in root.iter("h1"))
    seen = next((heading for heading in headings if _form(heading) in known), "")
    if seen:
        yield Stated("title", seen, "h1", "heading")


def _pieces(title: str) -> Iterator[str]:
    """Yield a title, and what it is without the words before or behind each mark that may set off a site's name."""
    yield title
    for cut in _CUT.finditer(title):
        yield title[: cut.start()]
        yield title[cut.end() :]


def _without_site(found: list[Stated]) -> Iterator[Stated]:
    """Take the name of the site off each title that carries it."""
    sites = {_form(s.value) for s in found if s.name == "source"}
    for said in found:
        cuts = list(_CUT.finditer(said.value[:_LONGEST_TITLE])) if said.name == "title" else []
        if cuts and _form(said.value[cuts[-1].end() :]) in sites:
            yield Stated("title", said.value[: cuts[-1].start()], said.label, said.origin)
        else:
            yield said


def _form(words: str) -> str:
    return _LETTERS.sub("", words).casefold()
