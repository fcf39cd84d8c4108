"""The document's dates: birth and expiry from the zone, checked against print, and issue from print alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gateway.normalize.countries import alpha3
from gateway.normalize.dates import birth_dates, expiry_date
from gateway.reader.evidence import Evidence, FieldChoice
from gateway.reader.issue_date import issue_date
from gateway.reader.label_table import Label
from gateway.reader.labelled import LabelledPage
from gateway.reader.mrz.record import MrzRecord
from gateway.reader.page_dates import PageDates, page_dates
from gateway.reader.zone import checked_field


def date_choices(record: MrzRecord, page: LabelledPage, *, today: date) -> Iterator[FieldChoice | None]:
    """Birth, expiry and issue; ``None`` where nothing certain is there."""
    births = birth_dates(record.birth_date, today=today)
    expiry = expiry_date(record.expiry_date, today=today)
    dates = page_dates(page, country=alpha3(record.issuing_state), known=(*births, expiry))
    # A holder of over a hundred years is believed only where the page prints the year in full.
    birth = next(filter(dates.shows, births), births[0] if births else None)
    birth_choice = _zone_date("birth_date", birth, Label.BIRTH, record, dates)
    expiry_choice = _zone_date("expiry_date", expiry, Label.EXPIRY, record, dates)
    born, expires = _day(birth_choice), _day(expiry_choice)
    if born is not None and expires is not None and expires <= born:
        expiry_choice = expires = None
    yield birth_choice
    yield expiry_choice
    yield issue_date(dates, birth=born, expiry=expires, today=today)


def _zone_date(field: str, value: date | None, label: Label, record: MrzRecord, dates: PageDates) -> FieldChoice | None:
    """The zone's date; the date printed under the label where the zone has none that its check digits bear out."""
    under_label = dates.labelled(label)
    printed = None
    if value is not None and dates.shows(value):
        printed = True
    elif under_label is not None:
        printed = False
    choice = checked_field(field, value, record, printed=printed)
    if under_label is not None and (choice is None or choice.evidence is Evidence.CHECK_FAILED):
        return FieldChoice(field, under_label[0], Evidence.PRINTED_LABELLED, under_label[1])
    return choice


def _day(choice: FieldChoice | None) -> date | None:
    return choice.value if choice is not None and isinstance(choice.value, date) else None
