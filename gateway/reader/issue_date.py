"""The date of issue, which no zone has room for: by its label, or as the one printed date that is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gateway.normalize.dates import same_day
from gateway.reader.evidence import CERTAIN, LEGIBLE, Evidence, FieldChoice
from gateway.reader.label_table import Label
from gateway.reader.page_dates import DateOnPage, PageDates

_USUAL_VALIDITIES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 15)
"""Years."""
_VALIDITY_TOLERANCE = timedelta(days=1)
"""A document runs to the day before, the day itself or the day after the anniversary of its issue."""


def issue_date(page: PageDates, *, birth: date | None, expiry: date | None, today: date) -> FieldChoice | None:
    """The date of issue, or ``None`` where it is not beyond doubt.

    A candidate lies between birth and expiry, not in the future, and is neither of the two. Under its own label it
    needs nothing more. Without a label it has to be the only candidate, a whole number of years before expiry. Two
    different candidates of one kind are none.
    """

    def plausible(day: date) -> bool:
        return day not in (birth, expiry) and (birth is None or birth < day) and day <= min(today, expiry or today)

    candidates: dict[date, list[DateOnPage]] = {}
    for found in page.dates:
        readings = found.printed.under(page.order)
        days = [day for day in readings if plausible(day)]
        if len(days) > 1 or (not readings and any(map(plausible, found.days()))):
            return None
        for day in days:
            candidates.setdefault(day, []).append(found)
    labelled = {day: found for day, found in candidates.items() if any(one.label is Label.ISSUE for one in found)}
    if labelled:
        return _only(labelled, Evidence.PRINTED_LABELLED, expiry)
    unlabelled = {day: found for day, found in candidates.items() if all(one.label is None for one in found)}
    if birth is None or not all(_is_anniversary(day, expiry) for day in unlabelled):
        return None
    return _only(unlabelled, Evidence.PRINTED_DEDUCED, expiry)


def _only(
    candidates: Mapping[date, Sequence[DateOnPage]], evidence: Evidence, expiry: date | None
) -> FieldChoice | None:
    if len(candidates) != 1:
        return None
    ((day, found),) = candidates.items()
    score = max(one.score for one in found)
    if score < CERTAIN and score >= LEGIBLE and _is_anniversary(day, expiry):
        # Day and month are those of the expiry: only the year rests on this print alone.
        score = max(one.year_score for one in found)
    return FieldChoice("issue_date", day, evidence, score) if score >= CERTAIN else None


def _is_anniversary(issued: date, expiry: date | None) -> bool:
    if expiry is None:
        return False
    return any(abs(expiry - same_day(issued, years=years)) <= _VALIDITY_TOLERANCE for years in _USUAL_VALIDITIES)
