"""Files in, articles out: find the files, read each as a page, find its article, merge the pages of one article."""

from kg.read.digest import article_on
from kg.read.files import Found, Skipped, find, read_page
from kg.read.headings import Headings
from kg.read.merge import Identity, group, identity, merge

__all__ = [
    "Found",
    "Headings",
    "Identity",
    "Skipped",
    "article_on",
    "find",
    "group",
    "identity",
    "merge",
    "read_page",
]
