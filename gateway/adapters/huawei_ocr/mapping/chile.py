"""``chile-id-card``: the front alone."""

from __future__ import annotations

import msgspec

from gateway.adapters.huawei_answer import result_of
from gateway.adapters.huawei_ocr.mapping.finish import Scores, finished
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import given_names
from gateway.normalize.sex import sex_of
from gateway.normalize.text import joined
from gateway.normalize.written_dates import DateForm, written_date

FORMS = (DateForm.NAMED, DateForm.DAY_FIRST, DateForm.ISO)
"""No sample is published. The card prints ``07 SEPT 1990``; the vendor's own dates elsewhere are ISO."""

SOURCES = {
    "first_name": "given_name",
    "last_name": "surname",
    "sex": "sex",
    "nationality": "nationality",
    "birth_date": "birth",
    "issue_date": "issue_date",
    "expiry_date": "expiry_date",
    "document_number": "document_number",
}


class ChileanCard(msgspec.Struct):
    """``ChileIdCardResult``, but for ``number``: that is the person's RUN, ``document_number`` the card's own."""

    surname: list[str] | None = None
    given_name: str | None = None
    nationality: str | None = None
    sex: str | None = None
    birth: str | None = None
    issue_date: str | None = None
    expiry_date: str | None = None
    document_number: str | None = None
    confidence: Scores = None


def to_document(response: VendorResponse) -> IdDocument:
    card = result_of(response, ChileanCard)
    document = IdDocument(
        country_region="CHL",
        id_type=DocumentType.IDENTITY_CARD,
        side=Side.FRONT,
        first_name=given_names(card.given_name),
        last_name=joined(*(card.surname or ())),
        sex=sex_of(card.sex),
        nationality=country(card.nationality),
        birth_date=written_date(card.birth, *FORMS),
        issue_date=written_date(card.issue_date, *FORMS),
        expiry_date=written_date(card.expiry_date, *FORMS),
        document_number=pair_number(card.document_number, "CHL", DocumentType.IDENTITY_CARD),
    )
    return finished(document, card.confidence, SOURCES)
