"""Days as people and programs write them, read only where there is one way to read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from kg.model import Span

_MONTH_NAMES: Final = (
    "january jan januar janvier janv enero ene janeiro gennaio gen januari يناير",
    "february feb februar fevrier fevr fev febrero fevereiro febbraio februari فبراير",
    "march mar marz maerz mrz mars marzo marco maart مارس",
    "april apr avril avr abril abr aprile ابريل",
    "may mai mayo maio maggio mag mei مايو",
    "june jun juni juin junio junho giugno giu يونيو يونيه",
    "july jul juli juillet juil julio julho luglio lug يوليو يوليه",
    "august aug aout agosto ago augustus اغسطس",
    "september sep sept septembre septiembre setembro settembre set سبتمبر",
    "october oct oktober okt octobre octubre outubro out ottobre ott اكتوبر",
    "november nov novembre noviembre novembro نوفمبر",
    "december dec dezember dez decembre diciembre dic dezembro dicembre ديسمبر",
)
"""English, German, French, Spanish, Portuguese, Italian, Dutch and Arabic, in full and short, without accents."""
_MONTHS: Final = {name: i for i, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
"""The digits of Arabic and of Persian."""

_YEAR: Final = r"(?P<y>(?:1[89]|20)[0-9]{2}|2100)"
_DAY: Final = r"(?P<d>[0-9]{1,2})"
_WORD: Final = r"(?P<m>[^\W\d_]{3,10})\.?"
_CLOCK: Final = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s+(?:[A-Z]{3,4}\s+)?)?"
_PATTERNS: Final = tuple(
    re.compile(rf"(?<![0-9]){pattern}(?![0-9])")
    for pattern in (
        rf"{_YEAR}(?P<s>[-/._])(?P<m>[0-9]{{1,2}})(?P=s){_DAY}",
        rf"{_DAY}(?P<s>\.)\s?(?P<m>[0-9]{{1,2}})\.\s?{_YEAR}",
        rf"{_YEAR}\s?[年년]\s?(?P<m>[0-9]{{1,2}})\s?[月월]\s?{_DAY}\s?[日일号]?",
        rf"{_DAY}(?:st|nd|rd|th|er|º|°|\.)?(?:\s+(?:de|of)\s+|[\s-]+){_WORD}[,،]?(?:\s+(?:de|del|do)\s+|[\s-]+){_YEAR}",
        rf"\b{_WORD}\s+{_DAY}(?:st|nd|rd|th)?(?:,\s*|\s+){_CLOCK}{_YEAR}",
        rf"{_YEAR},?[\s-]{_WORD}[\s-]{_DAY}(?:st|nd|rd|th)?",
    )
)
_EITHER_WAY: Final = re.compile(rf"(?<![0-9])(?P<a>[0-9]{{1,2}})(?P<s>[-/])(?P<b>[0-9]{{1,2}})(?P=s){_YEAR}(?![0-9])")
_COMPACT: Final = re.compile(rf"\s*({_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}}))(?:T[0-9]{{4,6}}\S*)?\s*")
_UNIX: Final = re.compile(r"\s*(([0-9]{9,10})(?:\.[0-9]{1,9}|[0-9]{3})?)\s*")
_FIRST_SECOND: Final = 631_152_000
"""1990 began at this second: a smaller number counts something else."""


def day_in(value: str) -> tuple[Span, str] | None:
    """Return where a value states a day, and the day as YYYY-MM-DD; None where it states none, or several.

    The day is that of the place where it was written: no time zone moves it. A month alone is no day, and
    "03/04/2020" is two.

    >>> day_in("Fri, 09 May 2014 23:49:34 -0400")
    (Span(start=5, end=16), '2014-05-09')
    >>> day_in("03/04/2020") is day_in("2014-02-30") is day_in("May 2014") is None
    True
    """
    value = value.translate(_DIGITS)
    if whole := _compact(value) or _unix(value):
        return whole
    found = {day: span for span, day in _spelled(value)}
    return (found.popitem()[::-1]) if len(found) == 1 else None


def _compact(value: str) -> tuple[Span, str] | None:
    match = _COMPACT.fullmatch(value)
    day = match and _day(match["y"], match["m"], match["d"])
    return (Span(*match.span(1)), day) if match and day else None


def _unix(value: str) -> tuple[Span, str] | None:
    """Read a count of seconds or milliseconds since 1970."""
    match = _UNIX.fullmatch(value)
    if not match or int(match[2]) < _FIRST_SECOND or int(match[2]) > datetime(2100, 1, 1, tzinfo=UTC).timestamp():
        return None
    return Span(*match.span(1)), datetime.fromtimestamp(int(match[2]), UTC).date().isoformat()


def _spelled(value: str) -> Iterator[tuple[Span, str]]:
    for match in (m for pattern in _PATTERNS for m in pattern.finditer(value)):
        if day := _day(match["y"], match["m"], match["d"]):
            yield Span(*match.span()), day
    for match in _EITHER_WAY.finditer(value):
        days = {_day(match["y"], match["a"], match["b"]), _day(match["y"], match["b"], match["a"])} - {""}
        if len(days) == 1:
            yield Span(*match.span()), days.pop()


def _day(year: str, month: str, day: str) -> str:
    """Return a day in normal form, or "" for one that no calendar has."""
    number = int(month) if month.isdecimal() else _MONTHS.get(_plain(month), 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
