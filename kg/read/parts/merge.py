"""Two renderings of one article are one article: find out which pages belong together, and join them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Article, Detail, Entry, Place, Section
from kg.vocab import digest, slug

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Identity:
    """By what an article is known: the slugs of its title, of who published it and who curated it ("" = not stated).

    `told` holds a digest of each paragraph that the page says in prose.
    """

    title: str
    publisher: str = ""
    curator: str = ""
    told: frozenset[str] = frozenset()

    @property
    def is_full(self) -> bool:
        """Whether the page names both who published and who curated the article."""
        return bool(self.publisher and self.curator)

    def agrees(self, other: Identity) -> bool:
        """Tell whether nobody named on both pages is another."""
        names = ((self.publisher, other.publisher), (self.curator, other.curator))
        return all(not mine or not theirs or mine == theirs for mine, theirs in names)

    def is_same(self, other: Identity) -> bool:
        """Tell whether two pages show one article, from what stands on these two pages alone.

        The titles are the same and nobody named on both is another; and both name everybody, or most paragraphs of one
        stand on the other too. One alone may be what a series says in each of its parts.
        """
        if self.title != other.title or not self.agrees(other):
            return False
        shared, fewest = len(self.told & other.told), min(len(self.told), len(other.told))
        return (self.is_full and other.is_full) or (shared > 0 and 2 * shared >= fewest)


def identity(article: Article) -> Identity:
    """Return by what an article is known; without a title that is the path of its file."""
    title = slug(article.cut(article.title)) if article.title else f"path:{article.path}"
    publisher, curator = article.detail("publisher"), article.detail("curator")
    told = frozenset(digest(_words(article, block)) for block in article.prose)
    return Identity(title, slug(publisher) if publisher else "", slug(curator) if curator else "", told)


def group(identities: Mapping[str, Identity]) -> list[tuple[str, ...]]:
    """Return the paths that show one article together, sorted; the order of `identities` does not matter.

    Pages that name everybody come first; another page joins the first article with all of whose pages it is the same.

    >>> full, copy = Identity("t", "p", "c", frozenset("x")), Identity("t", told=frozenset("x"))
    >>> other = Identity("t", told=frozenset("y"))
    >>> group({"a": full, "b": copy, "c": other})
    [('a', 'b'), ('c',)]
    """
    groups: defaultdict[str, list[list[str]]] = defaultdict(list)
    for known, path in sorted(((known, path) for path, known in identities.items()), key=_order):
        same = (g for g in groups[known.title] if all(known.is_same(identities[p]) for p in g))
        joined = next(same, None)
        if joined is None:
            groups[known.title].append([path])
        else:
            joined.append(path)
    return sorted(tuple(sorted(paths)) for found in groups.values() for paths in found)


def _order(page: tuple[Identity, str]) -> tuple[bool, str, str]:
    """Return where a page comes among all: what it says decides, and its name only between pages that say the same."""
    known, path = page
    return (not known.is_full, min(known.told, default=""), path)


def merge(articles: Iterable[Article]) -> Article:
    """Join articles read from one page each into one, ordered by path.

    Each part keeps its place in the page that it came from; what a later page repeats word for word is kept once.
    """
    ordered = sorted(articles, key=lambda a: a.path)
    moved = [_on_page(article, number) for number, article in enumerate(ordered)]
    whole = Article(
        tuple(page for article in ordered for page in article.pages),
        next((a.title for a in moved if a.title), None),
        is_digest=any(article.is_digest for article in ordered),
    )
    details = tuple(d for article in moved for d in article.details)
    return replace(whole, details=_distinct(whole, details), sections=_joined(whole, moved))


def _on_page(article: Article, number: int) -> Article:
    """Return the parts of a one-page article as parts of an article in which its page has another number."""

    def move(place: Place) -> Place:
        return Place(number, place.span)

    def moved(section: Section) -> Section:
        entries = tuple(Entry(move(e.words), move(e.line)) for e in section.entries)
        return replace(section, heading=section.heading and move(section.heading), entries=entries)

    return Article(
        (),
        article.title and move(article.title),
        tuple(replace(d, value=move(d.value), context=move(d.context)) for d in article.details),
        tuple(moved(section) for section in article.sections),
    )


def _words(whole: Article, place: Place) -> str:
    """Return the words at a place as they are compared: case, quotes, dashes and line breaks do not count."""
    return " ".join(_WORD.findall(whole.cut(place).casefold()))


def _distinct(whole: Article, details: Iterable[Detail]) -> tuple[Detail, ...]:
    kept = {(d.name, _words(whole, d.context), _words(whole, d.value)): d for d in reversed(list(details))}
    return tuple(sorted(kept.values(), key=lambda d: (d.context, d)))


def _joined(whole: Article, articles: Iterable[Article]) -> tuple[Section, ...]:
    """Return the sections of all pages, one for each heading, each entry once."""
    joined: dict[tuple[str, str], Section] = {}
    for section in (s for article in articles for s in article.sections):
        heading = _words(whole, section.heading) if section.heading and not section.name else ""
        known = joined.get((section.name, heading))
        joined[section.name, heading] = section if known is None else _with_new(whole, known, section)
    return tuple(joined.values())


def _with_new(whole: Article, known: Section, other: Section) -> Section:
    """Return a section with what the other has besides; where one stands empty, the other."""
    if not known.entries:
        return replace(other, heading=other.heading if other.entries else known.heading)
    told = [_words(whole, block) for block in known.blocks]
    new = (e for e in other.entries if not _is_told(_words(whole, e.words), told, listed=known.listed))
    return replace(known, entries=(*known.entries, *new))


def _is_told(words: str, told: Iterable[str], *, listed: bool) -> bool:
    return any(words == t or (not listed and words in t) for t in told)
