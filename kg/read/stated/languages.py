"""The language of a text, and the codes and names that stand for languages: unknown rather than wrong."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

import gcld3

_ISO_639_1: Final = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
CODES: Final = frozenset(_ISO_639_1.split())
"""All two-letter codes of ISO 639-1."""

_NAMES: Final = """
af afr afrikaans|ar ara arabic العربية|bg bul bulgarian български|bn ben bengali bangla বাংলা|ca cat catalan català|
cs ces cze czech čeština|da dan danish dansk|de deu ger german deutsch|el ell gre greek ελληνικά|en eng english|
es spa spanish español castellano|et est estonian eesti|eu eus baq basque euskara|fa fas per persian farsi فارسی|
fi fin finnish suomi|fr fra fre french français|ga gle irish gaeilge|gl glg galician galego|he heb iw hebrew עברית|
hi hin hindi हिन्दी|hr hrv croatian hrvatski|hu hun hungarian magyar|id ind in indonesian|is isl ice icelandic íslenska|
it ita italian italiano|ja jpn japanese 日本語|ko kor korean 한국어|lt lit lithuanian lietuvių|lv lav latvian latviešu|
nb nob|nl nld dut dutch nederlands|nn nno|no nor norwegian norsk|pl pol polish polski|pt por portuguese português|
ro ron rum romanian română|ru rus russian русский|sa san sanskrit|sk slk slo slovak slovenčina|
sl slv slovenian slovene slovenščina|sr srp serbian српски|sv swe swedish svenska|ta tam tamil தமிழ்|te tel telugu|
th tha thai ไทย|tr tur turkish türkçe|uk ukr ukrainian українська|ur urd urdu اردو|vi vie vietnamese|
zh zho chi chinese mandarin 中文 简体中文 繁體中文
"""
_CODE_OF: Final = {name: words[0] for line in _NAMES.split("|") for words in [line.split()] for name in words[1:]}
_TAG: Final = re.compile(r"\s*([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*(?:\.[a-z0-9-]+)?\s*", re.IGNORECASE)

_OWN_SCRIPTS: Final = {
    "ko": "가-힣ᄀ-ᇿ", "th": "\u0e01-\u0e4e", "lo": "\u0e81-\u0edf", "el": "Ͱ-Ͽἀ-῾", "he": "א-ת", "hy": "Ա-և",
    "ka": "ა-ჿ", "ta": "\u0b82-\u0bcd", "te": "\u0c00-\u0c56", "kn": "\u0c80-\u0cde", "ml": "\u0d00-\u0d7f",
    "bn": "\u0980-\u09fe", "gu": "\u0a81-\u0acd", "pa": "\u0a01-\u0a75", "or": "\u0b01-\u0b77",
    "si": "\u0d82-\u0df4", "km": "\u1780-\u17d3", "my": "\u1000-\u109f", "am": "\u1200-\u137f",
    "ja": "ぁ-ゖァ-ヺ", "zh": "一-鿿㐀-䶿",
}  # fmt: skip
"""Scripts that one living language has to itself, or almost; kana and Han are told apart below."""
_OWN: Final = {code: re.compile(f"[{letters}]") for code, letters in _OWN_SCRIPTS.items()}
_WEIGHT: Final = {"ko": 3, "ja": 3, "zh": 3}
"""One of these characters says about as much as three letters."""
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
_SHARED: Final = re.compile("[\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u0900-\u0963]")
"""Cyrillic, Arabic and Devanagari, in which many languages are written."""
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_DEVANAGARI: Final = re.compile("[\u0900-\u0963]+")
_VISARGA: Final = "\u0903"

_CODE: Final = re.compile(r"(?<![!-~])[!-~]*[\d_/\\@=<>{}$|~^*+`#][!-~]*")
"""Addresses, identifiers and formulas: they are of no language."""
_MIN_LETTERS: Final = 60
_MIN_OWN: Final = 12
_PIECE: Final = 600
_MAX_PIECES: Final = 8
_MOST: Final = 0.6
"""The share of its letters that one script must have for a piece to be in one language."""
_SHARE: Final = 0.7
_KNOWN: Final = 0.3
"""The shares that one language must have: of the pieces whose language is known, and of all."""
_SURE: Final = 0.9
_SURE_OF: Final = {"id": 0.5, "hr": 0.5}
"""Malay and Bosnian are so much like these that the classifier is never surer."""
_ALIKE: Final = {"ms", "bs"}
"""What the classifier takes a good part of Indonesian and Croatian for: when it answers these, it does not know."""
_SANSKRIT: Final = 0.05
"""In Sanskrit about one word in ten holds a visarga, in Hindi and its neighbours hardly any."""


def language_code(value: str) -> str:
    """Return the primary subtag of a language tag, or the code of a language's name; "" for anything else.

    >>> language_code("en-US"), language_code("pt_BR"), language_code("Deutsch"), language_code("eng")
    ('en', 'pt', 'de', 'en')
    >>> language_code("python")
    ''
    """
    tag = _TAG.fullmatch(value)
    word = (tag[1] if tag else " ".join(value.split())).casefold()
    return _CODE_OF.get(word, word if word in CODES else "")


def language_of(text: str) -> str:
    """Return the language that prose is written in, by its ISO 639-1 code; "" where that is not certain.

    It takes a sentence or two: a title alone is too short, and a text in two languages is in neither.

    >>> language_of("Wer einen Fehler findet, der meldet ihn bitte, damit die anderen ihn nicht noch einmal suchen.")
    'de'
    >>> language_of("Hiring on a budget"), language_of("エンジニアの採用について考える。")
    ('', 'ja')
    """
    pieces = _pieces(_CODE.sub(" ", text))
    votes: Counter[str] = Counter()
    for piece in pieces:
        votes[_language(piece)] += len(piece)
    total, unknown = votes.total(), votes.pop("", 0)
    winner, weight = max(votes.items(), key=lambda vote: (vote[1], vote[0]), default=("", 0))
    return winner if weight >= max(_SHARE * (total - unknown), _KNOWN * total) else ""


def _pieces(text: str) -> list[str]:
    """Return pieces of a text, evenly spread over it; a long text needs no more than a few."""
    cuts = [text[i : i + _PIECE] for i in range(0, len(text), _PIECE)]
    if len(cuts) > 1 and len(cuts[-1]) < _PIECE:
        cuts[-2:] = ["".join(cuts[-2:])]
    step = max(1, -(-len(cuts) // _MAX_PIECES))
    return cuts[::step]


def _language(piece: str) -> str:
    scripts = _scripts(piece)
    code, weight = max(scripts.items(), key=lambda script: (script[1], script[0]))
    if weight < _MOST * sum(scripts.values()):
        return ""
    if code in _OWN:
        return code if weight >= _MIN_OWN * _WEIGHT.get(code, 1) else ""
    if weight < _MIN_LETTERS:
        return ""
    return _classified(piece if code == "latin" else _LATIN.sub(" ", piece))


def _scripts(piece: str) -> dict[str, int]:
    """Count the letters of each script, those of a script of one language under the code of the language."""
    foreign = _ASCII.sub("", piece)
    counts = {code: len(letters.findall(foreign)) * _WEIGHT.get(code, 1) for code, letters in _OWN.items()}
    if counts["ja"] * 20 > counts["zh"]:
        counts["ja"] += counts.pop("zh")
    latin = sum(map(len, _LATIN.findall(piece)))
    return {**counts, "latin": latin, "other": len(_SHARED.findall(foreign))}


def _classified(piece: str) -> str:
    words = _DEVANAGARI.findall(piece)
    if len(words) > 1 / _SANSKRIT and sum(_VISARGA in word for word in words) >= _SANSKRIT * len(words):
        return "sa"
    found = _classifier().FindLanguage(piece)
    sure = found.probability >= _SURE_OF.get(found.language, _SURE)
    return found.language if sure and found.language in CODES - _ALIKE else ""


@cache
def _classifier() -> gcld3.NNetLanguageIdentifier:
    return gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=8 * _PIECE)
