"""The words of a text, each in the form under which two spellings of it are the same.

English is folded most, some of its neighbours lightly; of any other language only capitals, accents and widths are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.vocab import english

DASHES: Final = "-‐‑–"
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese but katakana: written without spaces, so that each letter is a word."""

_JOINERS: Final = "\u00ad\u200c\u200d"
"""What stands inside a word unseen: a soft hyphen, and what keeps letters apart or together."""

_UNSEEN: Final = dict.fromkeys(map(ord, _JOINERS))
_ACCENTS: Final = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans({"’": "'", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "œ": "oe"})
_ENDINGS: Final = {
    language: tuple((re.compile(rf"(?<=\w{{{letters}}}){pattern}$"), instead) for pattern, instead in endings)
    for language, letters, endings in (
        ("de", 4, (("(?:ern|ers|en|em|er|es|e|n|s)", ""),)),
        ("es", 3, (("(?:es|e|s)", ""),)),
        ("fr", 3, (("eaux", "eau"), ("aux", "al"), ("[sx]", ""))),
        ("it", 3, (("[aeio]", ""),)),
        ("nl", 3, (("(?:en|s)", ""),)),
        ("pt", 3, (("[oa]es", "ao"), ("ais", "al"), ("(?:es|e|s)", ""))),
    )
}
"""What plural and case add to a noun, by language, behind so many letters at least; the first that fits is folded."""

_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SPACE: Final = re.compile(r"\s")
_PIECE: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"://|\w@\w")
"""What shows a stretch without spaces to be an address."""


@cache
def _attached() -> str:
    """Return the marks that are written about a letter, such as the vowels of Hindi: parts of words, but no letters."""
    return "".join(c for c in map(chr, range(0x300, 0x1C00)) if unicodedata.category(c)[0] == "M")


@cache
def _pattern(is_english: bool, is_ascii: bool) -> re.Pattern[str]:  # noqa: FBT001 - two sides of one pattern
    """Return the pattern of words (its group) and of the marks that end a phrase; what joins words it leaves out."""
    attached = "" if is_ascii else _attached() + _JOINERS
    letter = r"\w" if is_ascii else rf"(?:[^\W{_UNSPACED}]|[{attached}])"
    inside, possessive = (r"[.'’]", r"(?:(?<=[sS])['’](?!\w))?") if is_english else (r"\.", "")
    word = rf"(?:(?<![^\s(])\.(?={letter}))?{letter}+(?:{inside}{letter}+)*[+#]*{possessive}"
    alone = "" if is_ascii else rf"[{_UNSPACED}][{attached}]*|"
    apostrophe = "" if is_english else r"(?!(?<=\w)['’](?=\w))"
    dash = rf"(?<![\w{attached}])[{DASHES}]+|[{DASHES}]+(?![\w\n])"
    mark = rf"{apostrophe}[^{DASHES}\w\s/&{attached}]+"
    return re.compile(rf"({alone}{word}|&)|{mark}|{dash}", re.ASCII if is_ascii else re.UNICODE)


@cache
class Forms:
    """How the words of one language are told apart and folded; "" is a language that is not known: taken for English.

    >>> Forms("en") is Forms("en")
    True
    """

    def __init__(self, language: str) -> None:
        self._is_english = language in {"en", ""}
        self._endings = _ENDINGS.get(language, ())

    def words(self, text: str) -> list[str]:
        """Return the words of a text as they are written, and "" for each mark that ends a phrase.

        Spaces, a slash, and a hyphen between two words join them. An address is no word.

        >>> Forms("en").words("Coding-agents’ R&D: see https://example.org/data")
        ['Coding', 'agents’', 'R', '&', 'D', '', 'see', '']
        >>> Forms("zh").words("深度学习"), Forms("fr").words("l'agent")
        (['深', '度', '学', '习'], ['l', 'agent'])
        """
        if "@" in text or "://" in text:
            return [word for word, _ in self.tokens(text)] if _SPACE.search(text) or not _ADDRESS.search(text) else [""]
        return self.all_words(text)

    def all_words(self, text: str) -> list[str]:
        """Return the words and marks of a text, those of addresses among them."""
        return _pattern(self._is_english, text.isascii()).findall(text)

    def tokens(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the words and marks of a text as `words` does, each with where it begins.

        >>> list(Forms("en").tokens("data, not a@example.org"))
        [('data', 0), ('', 4), ('not', 6), ('', 10)]
        """
        pattern = _pattern(self._is_english, text.isascii())
        if not _ADDRESS.search(text):
            yield from ((found[1] or "", found.start()) for found in pattern.finditer(text))
            return
        for piece in _PIECE.finditer(text):
            if _ADDRESS.search(piece.group()):
                yield "", piece.start()
            else:
                yield from ((found[1] or "", found.start()) for found in pattern.finditer(text, *piece.span()))

    def fold(self, word: str) -> str:
        """Return the form under which two spellings of a word are the same.

        >>> [Forms("en").fold(word) for word in ("Agents", "naïve", "&")]
        ['agent', 'naive', 'and']
        >>> [Forms("de").fold(word) for word in ("Entwickler", "Entwicklern")], Forms("pl").fold("Agents")
        (['entwickl', 'entwickl'], 'agents')
        """
        if not word.isascii():
            plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
            word = unicodedata.normalize("NFKC", _ACCENTS.sub("", plain)).translate(_UNSEEN)
        if self._is_english:
            return "and" if word == "&" else english.fold(word)
        word = word.casefold()
        return next((p.sub(instead, word) for p, instead in self._endings if p.search(word)), word)

    def core(self, word: str) -> int:
        """Return the length of a word without the ending of its possessive, which is no part of a label.

        >>> [Forms("en").core(word) for word in ("agent's", "teams’", "agents")]
        [5, 5, 6]
        """
        return len(_POSSESSIVE.sub("", word)) if self._is_english else len(word)


def normal_form(label: str, language: str = "en") -> str:
    """Return the form under which two spellings of one label are the same: its words, without the marks between them.

    >>> normal_form("Coding-Agents") == normal_form("coding agent")
    True
    """
    forms = Forms(language)
    return " ".join(forms.fold(word) for word in forms.all_words(label) if word)
