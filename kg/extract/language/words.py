"""Cut English text into words and tell the class of each by its form, the lexicon and the word before.

A handful of rules over a lexicon finds noun phrases as well as a trained tagger does, several times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import Final, NamedTuple

from kg.extract.language.lexicon import CLOSED, Tag, counts, irregular, verb_base
from kg.model import Span

_KINDS: Final = {
    "plain": r"[^\W\d_]++(?=\.?+(?:\s|\Z)|[,;)!?])",
    "code": (
        r"`[^`\n]+`|https?://[^\s<>()\[\]\"]+|[\w.+-]{1,64}@[\w-]+\.[\w.]+"
        r"|(?:[\w.-]{1,255}/|/){2,64}[\w.-]+|--?[a-z][\w-]+"
    ),
    "number": r"\d+(?:[.,:/–-]\d+)*(?:st|nd|rd|th)?%?(?![\w-])",
    "word": (r"\.?[^\W_](?:[\w]|[.’'](?=[^\W_])(?!(?:s|re|ve|ll|d|m)\b)|[-‐‑](?=\w)|&(?=\w))*(?:\+\+|\#)?"),
    "tail": r"['’](?:s|re|ve|ll|d|m)\b",
    "mark": r"[^\w\s]",
}
"""What counts as one word: code and addresses, numbers, words with inner marks ("node.js", "don't", "R&D", "C++").

Most words are letters with a space behind them, which the first kind tells at once. The parts of an address are no
longer than they may be, so that no row of marks is read again from each of them.
"""

_WORD: Final = re.compile(f"({'|'.join(_KINDS.values())})")
_KIND: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))

BEFORE_FIRST: Final = frozenset('.:!?"“(•–—')
"""Marks behind which a word is as good as the first: a capital tells nothing there."""

_NO_LETTERS: Final = re.compile(r"[\W_]+")


def letters(words: str) -> str:
    """Return words without what is no letter or digit, in lower case.

    >>> letters("The Halyard-Review")
    'thehalyardreview'
    """
    return _NO_LETTERS.sub("", words).lower()


class Word(NamedTuple):
    """A word of a page: [start, end) in code points, its text, that in lower case, and its class."""

    start: int
    end: int
    text: str
    lower: str
    tag: str


class _Form(NamedTuple):
    """What can be told of a word by itself: its lower case, its classes as far as it decides them, how it is written.

    `fixed` is the class that it has wherever it stands, `closed` its closed class; `tells` that its first letter tells
    whether this is a title, `opens` that a noun phrase begins with it, `makes_first` that a word behind it is as good
    as the first.
    """

    lower: str
    fixed: str
    closed: str
    is_tail: bool
    tells: bool
    opens: bool
    shouts: bool
    is_capital: bool
    is_mixed: bool
    has_digit: bool
    makes_first: bool


def words(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words in a stretch of text, a sentence or less, each with its class.

    >>> line = "Never deploy large language models without a test."
    >>> "".join(w.tag for w in words(line, Span(0, len(line))))
    'RBANNITN.'
    """
    parts = _WORD.split(span.cut(text))
    written, ends = parts[1::2], list(accumulate(map(len, parts), initial=span.start))
    forms = list(map(_form, written))
    tags = _tags(forms)
    return tuple(map(_word, zip(ends[1::2], ends[2::2], written, [form.lower for form in forms], tags, strict=False)))


_word: Final = partial(tuple.__new__, Word)


def _tags(forms: Sequence[_Form]) -> list[str]:
    """Return the class of each word of a sentence."""
    shouted = _is_title(forms)
    tags: list[str] = []
    left = _NOTHING
    for form, ahead in zip(forms, (*forms[1:], _NOTHING), strict=False):
        tags.append(form.fixed or _of_word(form, left, tags, ahead, shouted=shouted))
        left = form
    return tags


_NOTHING: Final = _Form("", "", "", *[False] * 7, True)  # type: ignore[call-arg]  # noqa: FBT003
_FIXED: Final = {"code": Tag.CODE, "number": Tag.NUMBER, "mark": Tag.MARK}


@lru_cache(100_000)
def _form(written: str) -> _Form:
    """Return what can be told of a word; what kind of word it is, is seen from itself as well as in its sentence."""
    kind = next(_KIND.finditer(written)).lastgroup or ""
    lower = written.lower().replace("’", "'")
    closed = CLOSED.get(lower, "")
    shouts = written.isupper() and len(written) > 1
    is_sure = closed and kind != "tail" and not shouts and lower not in _AS_VERBS and lower != "that"
    return _Form(
        lower,
        _FIXED.get(kind, closed if is_sure else ""),
        closed,
        is_tail=kind == "tail",
        tells=kind in {"plain", "word"} and not closed,
        opens=closed in _OPENERS and lower not in {"one", "ones"},
        shouts=shouts,
        is_capital=written[0].isupper(),
        is_mixed=written[1:] != written[1:].lower(),
        has_digit=not written.isalpha() and any(c.isdigit() for c in written),
        makes_first=written in BEFORE_FIRST,
    )


def _is_title(forms: Iterable[_Form]) -> bool:
    """Tell whether most words begin with a capital, as in a title: then a capital makes no name."""
    telling = [form.is_capital for form in forms if form.tells]
    return len(telling) > 1 and sum(telling) * 3 > len(telling) * 2


def _of_word(form: _Form, left: _Form, tags: Sequence[str], ahead: _Form, *, shouted: bool) -> str:
    """Return the class of a word by the words next to it and the classes of those before."""
    if form.is_tail:
        return _of_tail(form.lower, tags)
    if form.closed and (shouted or not form.shouts):
        return _closed(form, tags, ahead)
    if form.is_capital and not shouted and (form.is_mixed or not left.makes_first):
        return Tag.NAME
    if form.has_digit:
        return Tag.NAME if form.is_capital else Tag.NOUN
    return _open(form.lower, _left(tags), ahead.opens)


def _of_tail(lower: str, tags: Sequence[str]) -> str:
    if lower != "'s":
        return Tag.BE
    return Tag.BE if tags and tags[-1] in (Tag.PRONOUN, Tag.QUESTION, Tag.ADVERB) else Tag.POSSESSIVE


def _closed(form: _Form, tags: Sequence[str], ahead: _Form) -> str:
    """Return the class of a word of the closed classes, the second one where what stands around asks for it."""
    if form.lower in _AS_VERBS and ahead.closed == Tag.DETERMINER:
        return _AS_VERBS[form.lower]
    if form.lower == "that" and tags and tags[-1] in "NPBZDGX":
        return Tag.QUESTION
    return form.closed


_AS_VERBS: Final = {
    "do": Tag.BASE, "have": Tag.BASE, "did": Tag.PAST, "had": Tag.PAST, "does": Tag.THIRD, "has": Tag.THIRD,
}  # fmt: skip
"""What these are before the object of their own: "have a plan"."""

_OPENERS: Final = (Tag.DETERMINER, Tag.PRONOUN)
_AFTER_NO_VERB: Final = frozenset({Tag.DETERMINER, Tag.ADJECTIVE, Tag.POSSESSIVE, Tag.NUMBER})
_BEFORE_BASE: Final = frozenset({Tag.TO, Tag.MODAL})
_SEEN_THROUGH: Final = frozenset({*_BEFORE_BASE, Tag.PRONOUN, Tag.BE})


def _left(tags: Sequence[str]) -> str:
    """Return the class of the word before; of "to quickly", "to"."""
    if not tags:
        return ""
    if tags[-1] == Tag.ADVERB and len(tags) > 1 and tags[-2] in _SEEN_THROUGH:
        return tags[-2]
    return tags[-1]


@lru_cache(100_000)
def _open(lower: str, left: str, opens: bool) -> str:  # noqa: FBT001 - a key of the cache
    """Return the class of a word of the open classes by the class to its left and whether a noun phrase follows."""
    nouny, verbal, qualifies, adverb = possible(lower)
    if verbal and _is_verb_here(left, verbal + 2 * opens, nouny, qualifies, verbal):
        return verb_form(lower, left)
    if adverb > max(nouny, qualifies):
        return Tag.ADVERB
    if qualifies >= nouny and qualifies:
        return Tag.ADJECTIVE
    if left in _AFTER_NO_VERB and lower.endswith(("ed", "ing")) and not nouny:
        return Tag.ADJECTIVE
    return Tag.NOUN


def _is_verb_here(left: str, before_object: int, nouny: int, qualifies: int, verbal: int) -> bool:
    """Tell whether a form is a verb by how well it can be one, `before_object` more where an object may follow."""
    if left in _AFTER_NO_VERB:
        return False
    if left in _BEFORE_BASE or left == Tag.PRONOUN:
        return verbal * 3 >= nouny or left != Tag.TO
    if left == Tag.PREPOSITION:
        return verbal > nouny + 2
    return before_object > max(nouny, qualifies)


@lru_cache(50_000)
def possible(lower: str) -> tuple[int, int, int, int]:
    """Return how well a form can be noun, verb, adjective, adverb; what nothing is known of is a noun.

    >>> possible("kubernetes"), possible("quickly")
    ((1, 0, 0, 0), (0, 0, 0, 6))
    """
    known = counts(lower)
    noun, verb, adjective, adverb = known or (0, 0, 0, 0)
    if base := verb_base(lower):
        of_base = counts(base)
        verb = max(verb, of_base.verb if of_base else 1)
        if lower.endswith("s") and of_base:
            noun = max(noun, of_base.noun)
        elif lower.endswith("ing") and not adjective:
            noun = max(noun, 1)
    if any(class_ == "n" for class_, _ in irregular().get(lower, ())):
        noun = max(noun, 3)
    if not (noun or verb or adjective or adverb):
        return _by_ending(lower)
    return noun, verb, adjective, adverb


_ADJECTIVE_ENDINGS: Final = (
    "able", "ible", "ful", "less", "ous", "ive", "ical", "based", "like", "wide", "driven", "al",
)  # fmt: skip


def _by_ending(lower: str) -> tuple[int, int, int, int]:
    if lower.endswith("ly"):
        return 0, 0, 0, 3
    if lower.endswith(_ADJECTIVE_ENDINGS):
        return 1, 0, 2, 0
    if "-" in lower and lower.endswith(("ed", "ing")):
        return 1, 0, 2, 0
    return 1, 0, 0, 0


def verb_form(lower: str, left: str) -> str:
    """Return the class of a verb by its ending and the class of the word before."""
    if lower.endswith("ing") and verb_base(lower):
        return Tag.ING
    irregular_past = any(class_ == "v" for class_, _ in irregular().get(lower, ()))
    if irregular_past or (lower.endswith("ed") and verb_base(lower)):
        reduced = left in (Tag.PREPOSITION, Tag.NOUN) and not irregular_past
        return Tag.PARTICIPLE if reduced or left == Tag.BE else Tag.PAST
    base = counts(lower)
    if lower.endswith("s") and not (base and base.verb):
        return Tag.THIRD
    return Tag.BASE
