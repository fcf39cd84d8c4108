"""What a sound zone has to say about the fields that a vendor gave: which it replaces, fills, bears out, contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from gateway.model import DocumentType, IdDocument, Sex
from gateway.normalize.countries import alpha3, listed
from gateway.normalize.dates import NO_EXPIRY, birth_dates, expiry_date
from gateway.normalize.document_numbers import document_number
from gateway.normalize.name_spelling import extends, matches, tidy, transliterate
from gateway.normalize.sex import mrz_sex
from gateway.reader.mrz.number import holder_number
from gateway.reader.mrz.record import MrzFormat, MrzRecord

Changes = dict[str, Any]
"""Field name of ``IdDocument`` -> its new value; ``None`` takes the value away."""

_CITIZEN = 12
"""Digits of a Vietnamese citizen's number, of which the zone's number field holds the last nine."""


def changes(document: IdDocument, record: MrzRecord, *, today: date) -> Changes:
    """The fields in which ``document`` gives way to a zone whose check digits all hold."""
    return dict((*_overruled(document, record, today), *_filled(document, record)))


def vouched(document: IdDocument, record: MrzRecord) -> frozenset[str]:
    """Of the fields under check digits, those that ``document`` has as the zone has them."""
    number = document_number(document.document_number or "")
    same = {
        "birth_date": _same_day(document.birth_date, record.birth_date),
        "expiry_date": _same_day(document.expiry_date, record.expiry_date),
        "document_number": number is not None and number == holder_number(record),
    }
    return frozenset(name for name, holds in same.items() if holds)


def differs(document: IdDocument, record: MrzRecord) -> bool:
    """Whether something that ``document`` says cannot be of the same document as the zone; the absent says nothing."""
    state, sex = _state(record), mrz_sex(record.sex)
    return any(
        (
            _another_day(document.birth_date, record.birth_date),
            _another_day(document.expiry_date, record.expiry_date) and record.expiry_date != NO_EXPIRY,
            document.document_number is not None and _better_number(document, record) is not None,
            document.sex in _TOLD and sex in _TOLD and document.sex is not sex,
            document.country_region is not None and state is not None and document.country_region != state,
            _of_another_name(document, record),
        )
    )


_TOLD = frozenset({Sex.FEMALE, Sex.MALE})
"""What a zone says outright; its filler is also what a stroke of dirt makes of the letter."""


def _overruled(document: IdDocument, record: MrzRecord, today: date) -> Iterator[tuple[str, Any]]:
    births = birth_dates(record.birth_date, today=today)
    if births and document.birth_date not in births:
        yield "birth_date", births[0]
    expiry = expiry_date(record.expiry_date, today=today)
    if expiry is not None and document.expiry_date != expiry:
        yield "expiry_date", expiry
    if record.expiry_date == NO_EXPIRY and _same_day(document.expiry_date, NO_EXPIRY):
        yield "expiry_date", None
    sex = mrz_sex(record.sex)
    if sex is not None and document.sex is not sex and (sex in _TOLD or document.sex is None):
        yield "sex", sex
    number = _better_number(document, record)
    if number is not None:
        yield "document_number", number
    state = _state(record)
    if state is not None and document.country_region != state:
        yield "country_region", state


def _filled(document: IdDocument, record: MrzRecord) -> Iterator[tuple[str, Any]]:
    if document.nationality is None and listed(record.nationality):
        yield "nationality", alpha3(record.nationality)
    if document.id_type is None:
        passport = record.document_code.startswith("P")
        yield "id_type", DocumentType.PASSPORT if passport else DocumentType.IDENTITY_CARD
    first, last = document.first_name, document.last_name
    if last is None and first is not None and not record.given_names and matches(first, record.surname):
        yield "last_name", first
        yield "first_name", None
        return
    if last is None and record.surname:
        yield "last_name", record.surname
    if first is None and record.given_names:
        yield "first_name", record.given_names


def _better_number(document: IdDocument, record: MrzRecord) -> str | None:
    """The zone's number where the document's is another one, or absent."""
    number, given = holder_number(record), document.document_number
    if number is None or given == number:
        return None
    citizen = record.format is MrzFormat.TD1 and record.issuing_state == "VNM" and given is not None
    if citizen and len(given or "") == _CITIZEN and (given or "").endswith(number):
        return None
    return None if given is not None and document_number(given) == number else number


def _state(record: MrzRecord) -> str | None:
    return alpha3(record.issuing_state) if listed(record.issuing_state) else None


def _same_day(day: date | None, yymmdd: str) -> bool:
    return day is not None and f"{day.year % 100:02}{day.month:02}{day.day:02}" == yymmdd


def _another_day(day: date | None, yymmdd: str) -> bool:
    """Whether both are known and not the same. Fillers and noughts stand for a part that is not."""
    known = yymmdd.isdigit() and "00" not in (yymmdd[2:4], yymmdd[4:6])
    return day is not None and known and not _same_day(day, yymmdd)


def _of_another_name(document: IdDocument, record: MrzRecord) -> bool:
    """Whether no word of the document's names, of those in letters a zone can spell, is one of the zone's."""
    printed = tidy(" ".join(filter(None, (document.last_name, document.first_name)))).split()
    spelled = [word for word in printed if transliterate(word)]
    zone = f"{record.surname} {record.given_names}".split()
    return bool(spelled and zone) and not any(extends(word, name) for word in spelled for name in zone)
