"""``MLIDPassportOCR``: the machine readable zone's fields and, beside them, what the page itself shows."""

from __future__ import annotations

import unicodedata

import msgspec

from gateway.adapters.tencent.mapping.kind import of_kind
from gateway.adapters.tencent_cloud import result
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.name_spelling import extends, matches
from gateway.normalize.names import given_names
from gateway.normalize.portraits import portrait
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

PRINTED = (DateForm.NAMED, DateForm.DAY_FIRST, DateForm.ISO, DateForm.YEAR_FIRST)
"""The samples show "11 Apr 1990"; figures come in the order of the page, day first by ICAO Doc 9303-3."""


class Page(msgspec.Struct, rename="pascal"):
    """``PassportRecognizeInfos``, the visual zone. ``MiddleName`` comes from the international edition alone; authority
    and place of issue are given for Chinese passports.
    """

    passport_number: str | None = msgspec.field(name="PassportID", default=None)
    surname: str | None = None
    given_name: str | None = None
    middle_name: str | None = None
    sex: str | None = None
    nationality: str | None = None
    issuing_country: str | None = None
    date_of_birth: str | None = None
    date_of_issuance: str | None = None
    date_of_expiration: str | None = None
    issuing_authority: str | None = None
    issue_place: str | None = None


class Passport(msgspec.Struct, rename="pascal"):
    """The answer; what is not in ``passport_recognize_infos`` is read from the machine readable zone."""

    number: str | None = msgspec.field(name="ID", default=None)
    surname: str | None = None
    given_name: str | None = None
    sex: str | None = None
    nationality: str | None = None
    issuing_country: str | None = None
    date_of_birth: str | None = None
    date_of_expiration: str | None = None
    code_set: str | None = None
    code_crc: str | None = None
    image: str | None = None
    card_count: int | None = None
    passport_recognize_infos: Page | None = None


def to_document(response: VendorResponse) -> IdDocument:
    """Numbers, dates and codes from the zone, which has check digits; names as the page prints them, where those are the
    zone's names uncut and in their own letters. Each from the other where its own source has none.
    """
    zone = result(response, Passport)
    page = zone.passport_recognize_infos or Page()
    issuer = country(zone.issuing_country) or country(page.issuing_country)
    # The middle name that Philippine documents print is the mother's family name, no given name.
    middle = None if issuer == "PHL" else page.middle_name
    first_line = clean(zone.code_set)
    cut = first_line is not None and not first_line.endswith("<")
    document = IdDocument(
        first_name=_name(given_names(page.given_name, middle), clean(zone.given_name), cut=cut),
        last_name=_name(clean(page.surname), clean(zone.surname), cut=cut),
        sex=sex_of(zone.sex) or sex_of(page.sex),
        nationality=country(zone.nationality) or country(page.nationality),
        birth_date=written_date(zone.date_of_birth, DateForm.COMPACT) or written_date(page.date_of_birth, *PRINTED),
        issue_date=written_date(page.date_of_issuance, *PRINTED),
        expiry_date=written_date(zone.date_of_expiration, DateForm.COMPACT)
        or written_date(page.date_of_expiration, *PRINTED),
        document_number=pair_number(zone.number, issuer, DocumentType.PASSPORT)
        or pair_number(page.passport_number, issuer, DocumentType.PASSPORT),
        issuing_authority=clean(page.issuing_authority) or clean(page.issue_place),
        portrait_image=portrait(zone.image),
        mrz=tuple(line for line in (first_line, clean(zone.code_crc)) if line is not None),
    )
    return of_kind(document, DocumentType.PASSPORT, issuer, count=zone.card_count)


def _name(printed: str | None, zone: str | None, *, cut: bool) -> str | None:
    """``printed`` where it is the zone's name in Latin letters of its own, or goes on where the zone ran out of room
    (``cut``); else the zone's, as where the page prints two scripts.
    """
    if printed is None or zone is None:
        return printed or zone
    same = matches(printed, zone) or (cut and extends(printed, zone))
    return printed if same and _is_latin(printed) else zone


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())
