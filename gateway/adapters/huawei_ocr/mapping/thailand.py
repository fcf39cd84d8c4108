"""``thailand-id-card``: both sides; the back holds nothing that the old API had a field for."""

from __future__ import annotations

from datetime import date

import msgspec

from gateway.adapters.blank import is_blank
from gateway.adapters.huawei_answer import result_of
from gateway.adapters.huawei_ocr.mapping.finish import SIDES, Scores, finished
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import without_title
from gateway.normalize.portraits import portrait
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

SOURCES = {
    "first_name": "first_name_en",
    "last_name": "last_name_en",
    "document_number": "id_number",
    "address": "address_th",
}


class ThaiCard(msgspec.Struct):
    """``ThailandIdcardResult`` as far as it is used. ``card_number`` and ``laser_number`` are on the back."""

    side: str | None = None
    id_number: str | None = None
    first_name_en: str | None = None
    last_name_en: str | None = None
    date_of_birth_en: str | None = None
    date_of_birth_th: str | None = None
    date_of_issue_en: str | None = None
    date_of_issue_th: str | None = None
    date_of_expiry_en: str | None = None
    date_of_expiry_th: str | None = None
    address_th: str | None = None
    card_number: str | None = None
    laser_number: str | None = None
    portrait_image: str | None = None
    confidence: Scores = None


def to_document(response: VendorResponse) -> IdDocument:
    card = result_of(response, ThaiCard)
    birth = _date(card.date_of_birth_en, card.date_of_birth_th, "date_of_birth")
    issue = _date(card.date_of_issue_en, card.date_of_issue_th, "date_of_issue")
    expiry = _date(card.date_of_expiry_en, card.date_of_expiry_th, "date_of_expiry")
    document = IdDocument(
        country_region="THA",
        id_type=DocumentType.IDENTITY_CARD,
        side=SIDES.get(card.side),
        first_name=without_title(card.first_name_en),
        last_name=clean(card.last_name_en),
        birth_date=birth[0],
        issue_date=issue[0],
        expiry_date=expiry[0],
        document_number=pair_number(card.id_number, "THA", DocumentType.IDENTITY_CARD),
        address=address(card.address_th),
        portrait_image=portrait(card.portrait_image),
    )
    if is_blank(document) and (clean(card.laser_number) or clean(card.card_number)):
        return document  # a back that was read well: all that it has is numbers of its own
    sources = SOURCES | {"birth_date": birth[1], "issue_date": issue[1], "expiry_date": expiry[1]}
    return finished(document, card.confidence, sources)


def _date(english: str | None, thai: str | None, name: str) -> tuple[date | None, str]:
    """The date and the vendor's name of the field that gave it. The Thai twin counts Buddhist years."""
    read = written_date(english, DateForm.NAMED)
    if read is not None:
        return read, f"{name}_en"
    return written_date(thai, DateForm.THAI_BUDDHIST), f"{name}_th"
