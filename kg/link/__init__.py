"""Turn what was found in an article into facts: one thing for each meaning, each fact with the passages that say it."""

from __future__ import annotations

from kg.link.inferring import Inferring
from kg.link.linker import Linker
from kg.link.naming import article_iri, code_name
from kg.model import Article, Findings, Record
from kg.vocab import Vocabulary

__all__ = ["article_iri", "code_name", "link"]


def link(article: Article, findings: Findings, vocabulary: Vocabulary) -> Record:
    """Return the facts of one article, sorted, each once."""
    linker = Linker(article, vocabulary)
    linker.describe_article()
    for passage in findings.passages:
        linker.add_passage(passage)
    for mention in findings.mentions:
        linker.add_mention(mention)
    for principle in findings.principles:
        linker.add_principle(principle)
    Inferring(linker).add(findings)
    files = tuple((page.path, page.sha256) for page in article.pages)
    language = article.pages[0].language
    return Record(linker.iri, article.path, linker.facts(), linker.shared_facts(), files, language)
