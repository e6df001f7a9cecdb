"""Ask a dataset: the named questions, any SPARQL, and the exact words behind a thing."""

from kg.query.evidence import Evidence, why
from kg.query.names import KINDS, resolve
from kg.query.questions import Question, bind, find_question, questions
from kg.query.run import FORMATS, Answer, Dataset, Found, ask, solve, unanswerable
from kg.query.terms import Term, new_terms, sentences

__all__ = [
    "FORMATS",
    "KINDS",
    "Answer",
    "Dataset",
    "Evidence",
    "Found",
    "Question",
    "Term",
    "ask",
    "bind",
    "find_question",
    "new_terms",
    "questions",
    "resolve",
    "sentences",
    "solve",
    "unanswerable",
    "why",
]
