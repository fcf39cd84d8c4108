"""How iApp's answers become an ``IdDocument``: one flat object of strings for each side."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.blank import is_blank
from gateway.adapters.iapp.errors import failure
from gateway.errors import UnreadableDocument
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.addresses import address
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import without_title
from gateway.normalize.portraits import portrait as base64_of
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT = frozenset({"nationality", "issuing_authority", "confidence"})
"""Fields of ``IdDocument`` that this vendor never gives: ``detection_score`` is of the card, not of a field."""


class Front(msgspec.Struct):
    error_message: str | None = None
    id_number: str | None = None
    en_fname: str | None = None
    en_lname: str | None = None
    gender: str | None = None
    en_dob: str | None = None
    th_dob: str | None = None
    en_issue: str | None = None
    th_issue: str | None = None
    en_expire: str | None = None
    th_expire: str | None = None
    address: str | None = None
    face: str | None = None


class Back(msgspec.Struct):
    """``back_number`` is the laser-engraved code of the card: the old API had no field for it."""

    error_message: str | None = None
    back_number: str | None = None


Answer = TypeVar("Answer", Front, Back)


def front_document(response: VendorResponse, *, portrait: bool) -> IdDocument:
    """The front's document, or the error that the answer stands for. ``face`` comes unasked; it is kept if asked for."""
    card = _answer(response, Front)
    document = IdDocument(
        country_region="THA",
        id_type=DocumentType.IDENTITY_CARD,
        side=Side.FRONT,
        first_name=without_title(card.en_fname),
        last_name=clean(card.en_lname),
        sex=sex_of(card.gender),
        birth_date=_date(card.en_dob, card.th_dob),
        issue_date=_date(card.en_issue, card.th_issue),
        expiry_date=_date(card.en_expire, card.th_expire),
        document_number=pair_number(card.id_number, "THA", DocumentType.IDENTITY_CARD),
        address=address(card.address),
        portrait_image=base64_of(card.face) if portrait else None,
    )
    if is_blank(document):
        raise UnreadableDocument("no field of the card was read")
    return document


def back_document(response: VendorResponse) -> IdDocument:
    """What a back says in the old API's terms: that it is the back of a Thai card."""
    if clean(_answer(response, Back).back_number) is None:
        raise UnreadableDocument("the number on the back was not read")
    return IdDocument(country_region="THA", id_type=DocumentType.IDENTITY_CARD, side=Side.BACK)


def _answer(response: VendorResponse, kind: type[Answer]) -> Answer:
    if response.status != 200:
        raise failure(response)
    answer = decode(response.body, kind)
    if clean(answer.error_message) is not None:
        raise failure(response)
    return answer


def _date(english: str | None, thai: str | None) -> date | None:
    """The English print; without it the Thai, which counts Buddhist years."""
    return written_date(english, DateForm.NAMED) or written_date(thai, DateForm.THAI_BUDDHIST)
