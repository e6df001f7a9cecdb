"""Name an article and the code that it refers to: the same from whatever file, and however it is referred to."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Article, Iri, Kind
from kg.vocab import mint, slug

_REPOSITORY: Final = re.compile(
    r"^https?://(?:www\.)?(github|gitlab|bitbucket|codeberg)\.(com|org)/([\w.-]+/[\w.-]+?)(?:\.git)?/?(?:[?#].*)?$"
)


def article_iri(article: Article, base: str) -> Iri:
    """Name an article by its title and, as titles repeat, by a digest of who published and curated it too.

    Where the page does not name both, its prose tells it from others of that title; where it has none, or no title, the
    path of its file does.
    """
    if article.title is None:
        return mint(base, Kind.ARTICLE, article.path, article.path)
    title = article.cut(article.title)
    named = [slug(name) if name else "" for name in (article.detail("publisher"), article.detail("curator"))]
    if not all(named):
        named.append(" ".join(article.line(block) for block in article.prose) or article.path)
    return mint(base, Kind.ARTICLE, title, "|".join([slug(title), *named]))


def code_name(label: str) -> str:
    """Return the name by which a repository is known, however it is referred to.

    >>> code_name("https://github.com/org/tool.git"), code_name("org/tool"), code_name("https://example.org/tool")
    ('org/tool', 'org/tool', 'example.org/tool')
    """
    repository = _REPOSITORY.match(label)
    if repository is None:
        return re.sub(r"^https?://(?:www\.)?|/$", "", label)
    host, _, name = repository.groups()
    return name if host == "github" else f"{host}/{name}"


def opening(text: str, words: int = 8) -> str:
    """Return the first words of a sentence, enough to recognise it in an IRI."""
    return " ".join(text.split()[:words])
