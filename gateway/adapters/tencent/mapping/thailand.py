"""``RecognizeThaiIDCardOCR``: the Thai national identity card, front."""

from __future__ import annotations

from datetime import date

import msgspec

from gateway.adapters.tencent.mapping.kind import of_kind
from gateway.adapters.tencent_cloud import result
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import without_title
from gateway.normalize.portraits import portrait
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date


class Card(msgspec.Struct, rename="pascal"):
    """The answer: what the card prints in English has ``En`` in front, its Thai twin counts years of the Buddhist era."""

    number: str | None = msgspec.field(name="ID", default=None)
    en_first_name: str | None = None
    en_last_name: str | None = None
    en_birthday: str | None = None
    birthday: str | None = None
    en_issue_date: str | None = None
    issue_date: str | None = None
    en_expiration_date: str | None = None
    expiration_date: str | None = None
    address: str | None = None
    portrait_image: str | None = None
    card_count: int | None = None


def to_document(response: VendorResponse) -> IdDocument:
    """The card says the holder's sex in the title alone, and a title is no statement of sex: it is absent."""
    card = result(response, Card)
    document = IdDocument(
        first_name=without_title(card.en_first_name),
        last_name=clean(card.en_last_name),
        birth_date=_day(card.en_birthday, card.birthday),
        issue_date=_day(card.en_issue_date, card.issue_date),
        expiry_date=_day(card.en_expiration_date, card.expiration_date),
        document_number=pair_number(card.number, "THA", DocumentType.IDENTITY_CARD),
        address=address(card.address),
        portrait_image=portrait(card.portrait_image),
    )
    return of_kind(document, DocumentType.IDENTITY_CARD, "THA", count=card.card_count)


def _day(english: str | None, thai: str | None) -> date | None:
    return written_date(english, DateForm.NAMED) or written_date(thai, DateForm.THAI_BUDDHIST)
