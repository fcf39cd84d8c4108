"""``vietnam-id-card``: both sides; the back of a chip card has a machine readable zone."""

from __future__ import annotations

import msgspec

from gateway.adapters.huawei_answer import result_of
from gateway.adapters.huawei_ocr.mapping.finish import SIDES, Scores, finished
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import family_first
from gateway.normalize.portraits import portrait
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

FORMS = (DateForm.ISO, DateForm.DAY_FIRST)
"""No sample is published. The card prints day, month, year; the vendor's own dates elsewhere are ISO."""

SOURCES = {
    "first_name": "full_name",
    "last_name": "full_name",
    "sex": "sex",
    "nationality": "nationality",
    "birth_date": "birth_date",
    "issue_date": "issue_date",
    "expiry_date": "expiry_date",
    "document_number": "number",
    "address": "residence_place",
}


class VietnameseCard(msgspec.Struct):
    """``VietnamIdCardResult`` as far as it is used. Its ``personal_identification`` describes the holder's looks."""

    side: str | None = None
    number: str | None = None
    full_name: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    nationality: str | None = None
    residence_place: str | None = None
    issue_date: str | None = None
    expiry_date: str | None = None
    machine_code1: str | None = None
    machine_code2: str | None = None
    machine_code3: str | None = None
    portrait_image: str | None = None
    confidence: Scores = None


def to_document(response: VendorResponse) -> IdDocument:
    card = result_of(response, VietnameseCard)
    last, first = family_first(card.full_name)
    document = IdDocument(
        country_region="VNM",
        id_type=DocumentType.IDENTITY_CARD,
        side=SIDES.get(card.side),
        first_name=first,
        last_name=last,
        sex=sex_of(card.sex),
        nationality=country(card.nationality),
        birth_date=written_date(card.birth_date, *FORMS),
        issue_date=written_date(card.issue_date, *FORMS),
        expiry_date=written_date(card.expiry_date, *FORMS),
        document_number=pair_number(card.number, "VNM", DocumentType.IDENTITY_CARD),
        address=address(card.residence_place),
        portrait_image=portrait(card.portrait_image),
        mrz=tuple(filter(None, map(clean, (card.machine_code1, card.machine_code2, card.machine_code3)))),
    )
    return finished(document, card.confidence, SOURCES)
