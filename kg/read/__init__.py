"""Files in, articles out: find the files, read each as pages, find their articles, merge the pages of one article."""

from kg.read.files import Piece, Where, is_collection, pages_at, pages_in, pages_of, pieces, read_page, read_pages
from kg.read.find import File, Found, find
from kg.read.inputs import Limits, Skipped, Unread
from kg.read.parts.article import article_on
from kg.read.parts.headings import Headings, table
from kg.read.parts.merge import Identity, group, identity, merge

__all__ = [
    "File",
    "Found",
    "Headings",
    "Identity",
    "Limits",
    "Piece",
    "Skipped",
    "Unread",
    "Where",
    "article_on",
    "find",
    "group",
    "identity",
    "is_collection",
    "merge",
    "pages_at",
    "pages_in",
    "pages_of",
    "pieces",
    "read_page",
    "read_pages",
    "table",
]
