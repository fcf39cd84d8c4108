"""How the container's results become an :class:`IdDocument`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gateway.adapters.blank import is_blank
from gateway.adapters.regula.answer import Candidate, Images, read_answer
from gateway.adapters.regula.kinds import kind_of, side_of
from gateway.adapters.regula.readings import (
    ISSUING_STATE_CODE,
    LATIN,
    NATIONALITY,
    NATIONALITY_CODE,
    VIETNAMESE,
    Reading,
    Readings,
)
from gateway.errors import NoDocument, UnreadableDocument
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import comma_name, family_first
from gateway.normalize.portraits import portrait
from gateway.normalize.scores import scores
from gateway.normalize.sex import sex_of
from gateway.normalize.text import joined
from gateway.normalize.written_dates import DateForm, written_date

ABSENT: frozenset[str] = frozenset()
"""Fields of ``IdDocument`` that this vendor never gives."""

NUMBER, EXPIRY, ISSUE, BIRTH, PERSONAL_NUMBER, SURNAME, GIVEN_NAMES, SEX = 2, 3, 4, 5, 7, 8, 9, 12
ADDRESS, AUTHORITY, FULL_NAME, MRZ_STRINGS, IDENTITY_CARD_NUMBER = 17, 24, 25, 51, 142
"""Of the enum ``TextFieldType`` of the vendor's clients."""

PORTRAIT = 201
"""Of the enum ``GraphicFieldType``."""

CITIZEN_FIRST = frozenset({("VNM", DocumentType.IDENTITY_CARD), ("THA", DocumentType.IDENTITY_CARD)})
"""Cards whose number is the citizen's; a Vietnamese zone has only the end of it in its number field."""

DATE_FORMS: Mapping[str, DateForm] = {
    "yyyy-MM-dd": DateForm.ISO,
    "M/d/yyyy": DateForm.MONTH_FIRST,
    "MM/dd/yyyy": DateForm.MONTH_FIRST,
    "d/M/yyyy": DateForm.DAY_FIRST,
    "dd/MM/yyyy": DateForm.DAY_FIRST,
    "d.M.yyyy": DateForm.DAY_FIRST,
    "dd.MM.yyyy": DateForm.DAY_FIRST,
}
"""By the answer's own ``dateFormat``: a container may keep to its locale whatever it was asked for."""


def to_document(response: VendorResponse) -> IdDocument:
    """The document in the container's answer, or the error that the answer stands for.

    Neither a document type nor text: :class:`NoDocument`. A type and nothing to read: :class:`UnreadableDocument`.
    """
    candidate, text, images = read_answer(response)
    fields = text.field_list or ()
    if candidate is None and not fields:
        raise NoDocument("neither a document type nor text in the picture")
    readings = Readings(fields)
    issuer = _issuer(readings, candidate)
    readings = Readings(fields, VIETNAMESE if issuer is not None and issuer.text == "VNM" else LATIN)
    document = _document(readings, candidate, issuer, DATE_FORMS.get(text.date_format or ""))
    if is_blank(document):
        raise UnreadableDocument("a document, and nothing on it could be read")
    return replace(document, side=side_of(candidate, document), portrait_image=_portrait(images))


def _document(
    readings: Readings, candidate: Candidate | None, issuer: Reading | None, form: DateForm | None
) -> IdDocument:
    kind = kind_of(candidate, readings)
    state = None if issuer is None else issuer.text
    strings = readings.chosen(MRZ_STRINGS)
    zone = () if strings is None else tuple(strings.lines)
    last, first = _names(readings, state)
    place, authority = readings.printed(ADDRESS, any_script=True), readings.printed(AUTHORITY, any_script=True)
    personal = (IDENTITY_CARD_NUMBER, PERSONAL_NUMBER)
    order = (*personal, NUMBER) if state and kind and (state, kind) in CITIZEN_FIRST else (NUMBER, *personal)
    read = {
        "country_region": issuer,
        "last_name": last,
        "first_name": first,
        "sex": readings.chosen(SEX),
        "nationality": readings.chosen(NATIONALITY_CODE, NATIONALITY),
        "birth_date": readings.chosen(BIRTH),
        "issue_date": readings.chosen(ISSUE),
        "expiry_date": readings.chosen(EXPIRY),
        "document_number": readings.chosen(*order),
        "address": place,
        "issuing_authority": authority,
    }
    texts = {name: None if reading is None else reading.text for name, reading in read.items()}
    document = IdDocument(
        country_region=state,
        id_type=kind,
        first_name=None if first is None else joined(*first.lines),
        last_name=None if last is None else joined(*last.lines),
        sex=sex_of(texts["sex"]),
        nationality=country(texts["nationality"]),
        birth_date=_day(texts["birth_date"], form),
        issue_date=_day(texts["issue_date"], form),
        expiry_date=_day(texts["expiry_date"], form),
        document_number=pair_number(texts["document_number"], state, kind),
        address=None if place is None else address(*place.lines),
        issuing_authority=None if authority is None else joined(*authority.lines),
        mrz=zone,
    )
    given = {name: reading.score for name, reading in read.items() if reading is not None}
    given["id_type"] = None if candidate is None else candidate.likelihood
    return replace(document, confidence=scores(document, given))


def _issuer(readings: Readings, candidate: Candidate | None) -> Reading | None:
    """The issuing state: the one that is read, else the one whose document was recognised."""
    read = readings.chosen(ISSUING_STATE_CODE)
    if read is not None and (code := country(read.text)) is not None:
        return Reading(code, read.score)
    details = None if candidate is None else candidate.details
    known = None if details is None else country((details.icao_code or "").replace("<", ""))
    return None if candidate is None or known is None else Reading(known, candidate.likelihood)


def _names(readings: Readings, state: str | None) -> tuple[Reading | None, Reading | None]:
    """(last, first): as the container divides them, else the whole name divided as its country does."""
    last, first = readings.printed(SURNAME), readings.printed(GIVEN_NAMES)
    whole = readings.printed(FULL_NAME)
    if last is not None or first is not None or whole is None:
        return last, first
    family, given = family_first(whole.text) if state == "VNM" else comma_name(whole.text)
    return (
        None if family is None else Reading(family, whole.score),
        None if given is None else Reading(given, whole.score),
    )


def _day(text: str | None, form: DateForm | None) -> date | None:
    return None if form is None else written_date(text, form)


def _portrait(images: Images) -> bytes | None:
    """The holder as printed; a chip is never read here."""
    for entry in images.field_list or ():
        if entry.field_type == PORTRAIT:
            return next(
                (found for value in entry.value_list or () if (found := portrait(value.value)) is not None), None
            )
    return None
