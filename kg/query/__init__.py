"""Ask a dataset: the named questions, any SPARQL, and the exact words behind a thing."""

from kg.query.evidence import Evidence, behind, why
from kg.query.names import KINDS, beginning, resolve
from kg.query.questions import (
    Parameter,
    Question,
    bind,
    find_question,
    limit_of,
    own_questions,
    questions,
    unlimited,
)
from kg.query.run import FORMATS, Answer, Dataset, Found, ask, solve, unanswerable
from kg.query.terms import Term, new_terms, sentences
from kg.query.values import Plain, Table, table

__all__ = [
    "FORMATS",
    "KINDS",
    "Answer",
    "Dataset",
    "Evidence",
    "Found",
    "Parameter",
    "Plain",
    "Question",
    "Table",
    "Term",
    "ask",
    "beginning",
    "behind",
    "bind",
    "find_question",
    "limit_of",
    "new_terms",
    "own_questions",
    "questions",
    "resolve",
    "sentences",
    "solve",
    "table",
    "unanswerable",
    "unlimited",
    "why",
]
