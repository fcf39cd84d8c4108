"""``HKIDCardOCR``: the Hong Kong identity card, front."""

from __future__ import annotations

import msgspec

from gateway.adapters.tencent.mapping.kind import of_kind
from gateway.adapters.tencent_cloud import result
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import comma_name
from gateway.normalize.portraits import portrait
from gateway.normalize.sex import sex_of
from gateway.normalize.written_dates import DateForm, written_date


class Card(msgspec.Struct, rename="pascal"):
    """The answer. ``FirstIssueDate`` is a month, "(09-99)", and no date of issue of this card: it is not read."""

    en_name: str | None = None
    sex: str | None = None
    birthday: str | None = None
    id_num: str | None = None
    current_issue_date: str | None = None
    head_image: str | None = None


def to_document(response: VendorResponse) -> IdDocument:
    """The card prints no expiry, nationality, address or authority."""
    card = result(response, Card)
    last, first = comma_name(card.en_name)
    document = IdDocument(
        first_name=first,
        last_name=last,
        sex=sex_of(card.sex),
        birth_date=written_date(card.birthday, DateForm.DAY_FIRST),
        issue_date=written_date(card.current_issue_date, DateForm.DAY_FIRST_SHORT_ISSUE, DateForm.DAY_FIRST),
        document_number=pair_number(card.id_num, "HKG", DocumentType.IDENTITY_CARD),
        portrait_image=portrait(card.head_image),
    )
    return of_kind(document, DocumentType.IDENTITY_CARD, "HKG")
