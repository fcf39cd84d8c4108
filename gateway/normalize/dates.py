"""The two-digit dates of a machine readable zone, and calendar arithmetic that forgives impossible days."""

from __future__ import annotations

from datetime import date

OLDEST_HOLDER = 120
"""Years. The oldest verified human age is 122; a birth date further back is a misreading."""

LONGEST_VALIDITY = 50
"""Years an expiry date may lie ahead. Passports run 10 years, identity cards of elderly holders several decades."""

NO_EXPIRY = "991231"


def calendar_date(year: int, month: int, day: int) -> date | None:
    """The date, or ``None`` where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def same_day(day: date, *, years: int) -> date:
    """``day`` moved by whole years; 29 February becomes 28 February where it must."""
    moved = calendar_date(day.year + years, day.month, day.day)
    return moved or date(day.year + years, day.month, 28)


def birth_dates(yymmdd: str, *, today: date) -> tuple[date, ...]:
    """Every birth date that ``YYMMDD`` can stand for, the youngest holder first.

    ICAO Doc 9303-3 section 4.7: a part that is unknown is printed as fillers; nothing is returned then. Two dates come
    back only where a holder of more than a hundred years is possible.
    """
    oldest = same_day(today, years=-OLDEST_HOLDER)
    return tuple(day for day in reversed(_centuries(yymmdd, today)) if oldest <= day <= today)


def birth_date(yymmdd: str, *, today: date) -> date | None:
    """The latest birth date that is not in the future."""
    return next(iter(birth_dates(yymmdd, today=today)), None)


def expiry_date(yymmdd: str, *, today: date) -> date | None:
    """The latest date that is not further ahead than any document is valid.

    ``991231`` is the convention of cards without expiry (Viet Nam prints it for holders over 60), not a date.
    """
    if yymmdd == NO_EXPIRY:
        return None
    latest = same_day(today, years=LONGEST_VALIDITY)
    return next((day for day in reversed(_centuries(yymmdd, today)) if day <= latest), None)


def _centuries(yymmdd: str, today: date) -> list[date]:
    """``YYMMDD`` in the last, this and the next century, in order, without impossible dates."""
    if len(yymmdd) != 6 or not (yymmdd.isascii() and yymmdd.isdigit()):
        return []
    year, month, day = int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:])
    century = today.year // 100 * 100
    days = (calendar_date(century + shift + year, month, day) for shift in (-100, 0, 100))
    return [day for day in days if day is not None]
