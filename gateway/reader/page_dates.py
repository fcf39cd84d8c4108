"""The printed dates of a page: where they are, what each is labelled, and which order of day and month they keep to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gateway.normalize.printed_dates import Order, PrintedDate, printed_dates
from gateway.reader.conventions import DAY_FIRST, MONTH_FIRST
from gateway.reader.date_labels import governing_label
from gateway.reader.evidence import CERTAIN
from gateway.reader.label_table import Label
from gateway.reader.labelled import LabelledPage
from gateway.reader.page import Span, rows

_DATE_LABELS = frozenset({Label.BIRTH, Label.ISSUE, Label.EXPIRY})


@dataclass(frozen=True, slots=True)
class DateOnPage:
    """One printed date and the label that governs it, if that could be told.

    ``score`` is the least certain digit's, or letter's of the clearer month name; ``year_score`` that of the year.
    """

    printed: PrintedDate = field(repr=False)
    label: Label | None
    score: float
    year_score: float

    def days(self) -> frozenset[date]:
        """Every day that the print can mean."""
        return frozenset(day for _, day in self.printed.readings)


@dataclass(frozen=True, slots=True)
class PageDates:
    """All dates of a page, and the order of day and month in its numeric ones."""

    dates: tuple[DateOnPage, ...]
    order: Order | None

    def shows(self, day: date) -> bool:
        """Whether some printed date can be read as ``day``."""
        return any(day in found.days() for found in self.dates)

    def labelled(self, label: Label) -> tuple[date, float] | None:
        """The one day printed under ``label``, if every character is certain, and its score."""
        found = [found for found in self.dates if found.label is label]
        days = [day for one in found for day in one.printed.under(self.order)]
        return (days[0], found[0].score) if len(found) == len(days) == 1 and found[0].score >= CERTAIN else None


def page_dates(page: LabelledPage, *, country: str | None, known: Iterable[date | None]) -> PageDates:
    """Find the dates. ``known`` are the zone's dates: the order in which numeric dates agree with them is the page's
    order; the state's convention decides where none agrees.
    """
    places = [(line, printed) for line in rows(tuple(page)) for printed in printed_dates(line.text)]
    spots = [line.part(printed.start, printed.end) for line, printed in places]
    dates = []
    for (line, printed), spot in zip(places, spots, strict=True):
        ended = max((other.end for row, other in places if row is line and other.end <= printed.start), default=0)
        label = governing_label(line.text[ended : printed.start], spot, spots, page)
        if not printed.weak or label in _DATE_LABELS:
            dates.append(DateOnPage(printed, label, _score(line, printed), line.certainty(*printed.year)))
    return PageDates(tuple(dates), _order(dates, country, {day for day in known if day is not None}))


def _score(line: Span, printed: PrintedDate) -> float:
    places = range(printed.start, printed.end)
    digits = min(line.scores[place] for place in places if line.text[place].isdigit())
    return min(digits, max((line.certainty(*name) for name in printed.months), default=1.0))


def _order(dates: Iterable[DateOnPage], country: str | None, known: set[date]) -> Order | None:
    votes = set()
    for found in dates:
        agreeing = {order for order, day in found.printed.readings if day in known}
        if len(agreeing) == 1:
            votes |= agreeing - {Order.STATED}
    if votes:
        return votes.pop() if len(votes) == 1 else None
    if country in DAY_FIRST:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if country in MONTH_FIRST else None
