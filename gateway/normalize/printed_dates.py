"""Dates as people print them, found in a run of text, with every reading that the print allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from gateway.normalize.dates import calendar_date
from gateway.normalize.months import month

BUDDHIST_ERA = 543
BUDDHIST_YEARS = range(2400, 2700)
GREGORIAN_YEARS = range(1850, 2150)
REPUBLIC_OF_CHINA = 1911


class Order(Enum):
    """How a reading takes day and month."""

    STATED = "stated"
    """The print itself tells: the month is a name, or the year comes first."""
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """One printed date at ``text[start:end]``; two-digit years and numeric months give several readings.

    ``year`` and ``months`` are the places of the year and of the month's known names. ``weak`` forms (eight digits
    without a gap, three groups of two digits with spaces) are as likely a number: a label has to say that they are
    dates.
    """

    readings: tuple[tuple[Order, date], ...] = field(repr=False)
    start: int
    end: int
    year: tuple[int, int]
    months: tuple[tuple[int, int], ...] = ()
    weak: bool = False

    def under(self, order: Order | None) -> tuple[date, ...]:
        """The readings left once the page's order of day and month is known.

        Without it a numeric date counts only where both orders mean the same day; a date that contradicts the page's
        order has no reading.
        """
        if any(taken is Order.STATED for taken, _ in self.readings):
            return tuple(day for _, day in self.readings)
        if order is not None:
            return tuple(day for taken, day in self.readings if taken is order)
        both = {day for _, day in self.readings}
        return tuple(both) if len(both) == 1 else ()


_GAP = r"[ .\-/]{0,3}"
_NAME = r"[^\W\d_]{3,16}"
_CLEAR = r"(?<![\w.,/-])"
# "15 AGU 1990", "22 JUN/JUN 2016", "22JUN/JUN2016", "23 APR /AVR 12", "06 2月/FEB 2012"; and "02 CI4/JAN 24", whose
# first name an engine without Cyrillic cannot read. A single digit before a slash is the end of such a name, not a day.
_NAMED = re.compile(
    rf"{_CLEAR}(?P<day>\d\d|\d(?!\s?/)){_GAP}(?:\d{{1,2}}月\s?/\s?|(?P<twin>[^\W\d_][^\W_]{{1,15}})\.?\s?[/|]\s?)?"
    rf"(?P<name>{_NAME})\.?{_GAP}(?P<year>\d{{4}}|\d{{2}})(?!\d)"
)
_NAMED_MONTH_FIRST = re.compile(rf"(?P<name>{_NAME})\.?\s?(?P<day>\d{{1,2}}),\s?(?P<year>\d{{4}})(?!\d)")
_NUMERIC = re.compile(
    rf"{_CLEAR}(?P<a>\d{{1,2}})(?P<gap>\s?[./-]\s?| )(?P<b>\d{{1,2}})(?P=gap)(?P<year>\d{{4}}|\d{{2}})(?![\d/-])"
)
_GLUED = re.compile(rf"{_CLEAR}(?P<a>\d\d)(?P<gap>[ .]?)(?P<b>\d\d)[ .]?(?P<year>\d{{4}})(?![\d/-])")
_YEAR_FIRST = re.compile(
    rf"{_CLEAR}(?P<year>\d{{4}})(?P<gap>\s?[./-]\s?)(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})(?![\d/-])"
)
_REPUBLIC = re.compile(
    r"(?:民國|民国|\bR\.?O\.?C\.?)\s?(?P<year>\d{2,3})\s?[年./-]\s?(?P<month>\d{1,2})\s?[月./-]\s?(?P<day>\d{1,2})(?!\d)"
)


def printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """Every date in ``text``, in order. Overlapping finds are dropped: the more explicit form wins.

    Years above 2400 are Buddhist; years of the Republic of China count only behind their label.
    """
    found: list[PrintedDate] = []
    for candidate in _candidates(text):
        clear = all(candidate.end <= other.start or other.end <= candidate.start for other in found)
        if clear and candidate.readings:
            found.append(candidate)
    return tuple(sorted(found, key=lambda printed: printed.start))


def _candidates(text: str) -> Iterator[PrintedDate]:
    for match in _REPUBLIC.finditer(text):
        yield _stated(match, [int(match["year"]) + REPUBLIC_OF_CHINA], int(match["month"]))
    for match in _YEAR_FIRST.finditer(text):
        yield _stated(match, _years(match["year"]), int(match["month"]))
    for pattern in (_NAMED, _NAMED_MONTH_FIRST):
        for match in pattern.finditer(text):
            groups = [group for group in ("name", "twin") if match.groupdict().get(group)]
            number = month(*(match[group] for group in groups))
            if number is not None:
                known = tuple(match.span(group) for group in groups if month(match[group]) is not None)
                yield _stated(match, _years(match["year"]), number, known)
    for pattern in (_NUMERIC, _GLUED):
        for match in pattern.finditer(text):
            yield _numeric(match, weak=pattern is _GLUED or (match["gap"] == " " and len(match["year"]) == 2))


def _stated(
    match: re.Match[str], years: Iterable[int], month: int, months: tuple[tuple[int, int], ...] = ()
) -> PrintedDate:
    readings = _readings(Order.STATED, years, month, int(match["day"]))
    return PrintedDate(readings=readings, start=match.start(), end=match.end(), year=match.span("year"), months=months)


def _numeric(match: re.Match[str], *, weak: bool) -> PrintedDate:
    years, first, second = _years(match["year"]), int(match["a"]), int(match["b"])
    readings = _readings(Order.DAY_FIRST, years, second, first) + _readings(Order.MONTH_FIRST, years, first, second)
    return PrintedDate(readings=readings, start=match.start(), end=match.end(), year=match.span("year"), weak=weak)


def _years(printed: str) -> list[int]:
    """The years that a printed one can mean: both centuries for two digits, none for an unlikely number."""
    number = int(printed)
    if len(printed) == 2:
        return [1900 + number, 2000 + number]
    if number in BUDDHIST_YEARS:
        return [number - BUDDHIST_ERA]
    return [number] if number in GREGORIAN_YEARS else []


def _readings(order: Order, years: Iterable[int], month: int, day: int) -> tuple[tuple[Order, date], ...]:
    days = (calendar_date(year, month, day) for year in years)
    return tuple((order, day) for day in days if day is not None)
