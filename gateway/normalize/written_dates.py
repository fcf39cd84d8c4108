"""Dates as vendors write them: the forms that a vendor is known for, read strictly or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum

from gateway.normalize.dates import calendar_date
from gateway.normalize.months import thai_month
from gateway.normalize.printed_dates import (
    BUDDHIST_ERA,
    BUDDHIST_YEARS,
    GREGORIAN_YEARS,
    REPUBLIC_OF_CHINA,
    printed_dates,
)
from gateway.normalize.text import clean


class DateForm(Enum):
    """What a vendor is known to write. An adapter names those, and nothing else is tried."""

    ISO = "ISO"
    """2031-02-10, also with a time of day behind a T or a blank."""
    YEAR_FIRST = "year first"
    """2031/02/10, 2031.2.10, 2031年02月10日."""
    COMPACT = "compact"
    """20310210."""
    DAY_FIRST = "day first"
    """10/02/2031, 10-2-2031, 10.02.2031, 10 02 2031."""
    MONTH_FIRST = "month first"
    """02/10/2031, only where the vendor states that order."""
    NAMED = "named month"
    """11 Apr 1990, 28 Jan. 1999, 24NOV1990, JULY 7,1980, 22 JUN/JUIN 2016, 078月/AUG2024; languages: months.json."""
    THAI_BUDDHIST = "Thai, Buddhist era"
    """26 มี.ค. 2565, 26/03/2565: a year of the Buddhist era alone, never of the common one."""
    MINGUO = "Republic of China"
    """民國75年8月3日, 075/08/03."""
    DAY_FIRST_SHORT_ISSUE = "day first, two-digit year of issue"
    """23-09-10 is 2010-09-23; 70 to 99 are years of the last century."""
    DAY_FIRST_SHORT_EXPIRY = "day first, two-digit year of expiry"
    """23-09-31 is 2031-09-23; 80 to 99 ran out long ago or mean "no expiry", so they are absent."""


def written_date(text: str | None, *forms: DateForm) -> date | None:
    """The date that the whole of ``text`` is in one of ``forms``.

    ``None`` where it is in none of them (a word for "no expiry", an unread digit), where the calendar has no such day,
    and where two forms disagree: the order of day and month is never guessed. A two-digit year is read in the two
    forms alone that say what it is the year of.
    """
    tidy = clean(text)
    if tidy is None or len(tidy) > _LONGEST:
        return None
    days = {day for form in forms if (day := _READERS[form](tidy)) is not None}
    return days.pop() if len(days) == 1 else None


_LONGEST = 40
"""Characters; nothing longer is a date."""

_Reader = Callable[[str], date | None]
_Year = Callable[[str], int | None]


def _common(year: str) -> int | None:
    return int(year) if int(year) in GREGORIAN_YEARS else None


def _buddhist(year: str) -> int | None:
    return int(year) - BUDDHIST_ERA if int(year) in BUDDHIST_YEARS else None


def _minguo(year: str) -> int | None:
    return int(year) + REPUBLIC_OF_CHINA


def _short_issue(year: str) -> int | None:
    return int(year) + (2000 if int(year) < 70 else 1900)


def _short_expiry(year: str) -> int | None:
    return int(year) + 2000 if int(year) < 80 else None


_SEPARATOR = r"(?P<gap>\s?[./-]\s?|\s)"
_DAY_MONTH = rf"(?P<day>\d{{1,2}}){_SEPARATOR}(?P<month>\d{{1,2}})(?P=gap)"
_MONTH_DAY = rf"(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})(?P=gap)"
_TIME = r"[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?"
_CHINESE = r"\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
_BEHIND = r"(?P<gap>[./-])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})"


def _digits(year: _Year, *patterns: str) -> _Reader:
    """A reader of dates in figures: groups ``year``, ``month`` and ``day``."""
    compiled: Sequence[re.Pattern[str]] = [re.compile(pattern, re.ASCII) for pattern in patterns]

    def read(text: str) -> date | None:
        for pattern in compiled:
            if match := pattern.fullmatch(text):
                known = year(match["year"])
                return None if known is None else calendar_date(known, int(match["month"]), int(match["day"]))
        return None

    return read


def _named(text: str) -> date | None:
    found = printed_dates(text)
    whole = [printed for printed in found if printed.months and (printed.start, printed.end) == (0, len(text))]
    days = {day for printed in whole for day in printed.under(None)}
    return days.pop() if len(days) == 1 else None


_THAI = re.compile(r"(?P<day>\d{1,2})\s?(?P<month>[\u0e01-\u0e4e. ]{3,16}?)\s?(?:พ\.ศ\.)?\s?(?P<year>\d{4})", re.ASCII)


def _thai(text: str) -> date | None:
    if match := _THAI.fullmatch(text):
        year, month = _buddhist(match["year"]), thai_month(match["month"])
        return None if year is None or month is None else calendar_date(year, month, int(match["day"]))
    return _THAI_DIGITS(text)


_THAI_DIGITS = _digits(_buddhist, rf"{_DAY_MONTH}(?P<year>\d{{4}})")

_READERS: Mapping[DateForm, _Reader] = {
    DateForm.ISO: _digits(_common, rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:{_TIME})?"),
    DateForm.YEAR_FIRST: _digits(_common, rf"(?P<year>\d{{4}}){_CHINESE}", rf"(?P<year>\d{{4}}){_BEHIND}"),
    DateForm.COMPACT: _digits(_common, r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    DateForm.DAY_FIRST: _digits(_common, rf"{_DAY_MONTH}(?P<year>\d{{4}})"),
    DateForm.MONTH_FIRST: _digits(_common, rf"{_MONTH_DAY}(?P<year>\d{{4}})"),
    DateForm.NAMED: _named,
    DateForm.THAI_BUDDHIST: _thai,
    DateForm.MINGUO: _digits(
        _minguo,
        rf"(?:(?:中華)?民[國国]\s?)?(?P<year>\d{{2,3}})(?:{_CHINESE})",
        rf"(?:民[國国]\s?)?(?P<year>\d{{2,3}}){_BEHIND}",
    ),
    DateForm.DAY_FIRST_SHORT_ISSUE: _digits(_short_issue, rf"{_DAY_MONTH}(?P<year>\d\d)"),
    DateForm.DAY_FIRST_SHORT_EXPIRY: _digits(_short_expiry, rf"{_DAY_MONTH}(?P<year>\d\d)"),
}
