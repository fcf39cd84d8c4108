"""``hk-id-card``: the front, in the two generations that print a date of registration and no expiry."""

from __future__ import annotations

import msgspec

from gateway.adapters.huawei_answer import result_of
from gateway.adapters.huawei_ocr.mapping.finish import Scores, finished
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import comma_name
from gateway.normalize.portraits import portrait
from gateway.normalize.sex import sex_of
from gateway.normalize.written_dates import DateForm, written_date

SOURCES = {
    "first_name": "name_en",
    "last_name": "name_en",
    "sex": "sex",
    "birth_date": "birth_date",
    "issue_date": "issue_date",
    "document_number": "number",
}


class HongKongCard(msgspec.Struct):
    """``HkIdCardResult`` as far as it is used. ``initial_issue_date`` is the month of the first card: no date of this one."""

    name_en: str | None = None
    sex: str | None = None
    birth_date: str | None = None
    issue_date: str | None = None
    number: str | None = None
    portrait_image: str | None = None
    confidence: Scores = None


def to_document(response: VendorResponse) -> IdDocument:
    card = result_of(response, HongKongCard)
    last, first = comma_name(card.name_en)
    document = IdDocument(
        country_region="HKG",
        id_type=DocumentType.IDENTITY_CARD,
        side=Side.FRONT,
        first_name=first,
        last_name=last,
        sex=sex_of(card.sex),
        birth_date=written_date(card.birth_date, DateForm.ISO, DateForm.DAY_FIRST),
        # The card prints 23-09-10 for 23 September 2010; whether the vendor completes the year is not documented.
        issue_date=written_date(card.issue_date, DateForm.ISO, DateForm.DAY_FIRST, DateForm.DAY_FIRST_SHORT_ISSUE),
        document_number=pair_number(card.number, "HKG", DocumentType.IDENTITY_CARD),
        portrait_image=portrait(card.portrait_image),
    )
    return finished(document, card.confidence, SOURCES)
