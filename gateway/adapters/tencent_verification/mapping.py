"""How the result of a verification becomes an :class:`IdDocument`: one form, ``GeneralCard``, for every kind of document."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.errors import SeveralDocuments, UnreadableDocument
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import given_names
from gateway.normalize.portraits import portrait
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT: frozenset[str] = frozenset({"confidence"})
"""Fields of ``IdDocument`` that this vendor never gives."""

DATES = (DateForm.ISO, DateForm.YEAR_FIRST)
"""The documentation says 1997-10-01, its sample 1997/10/01."""

SEVERAL = "TooManyCards"
"""The one warning that makes an answer useless. The others are about forgery and quality, which the old API does not tell."""

SIDES = {"front": Side.FRONT, "back": Side.BACK}


class Address(msgspec.Struct, rename="pascal"):
    formatted_address: str | None = None
    line_one: str | None = None
    line_two: str | None = None
    line_three: str | None = None
    line_four: str | None = None
    line_five: str | None = None


class Card(msgspec.Struct, rename="pascal"):
    """``GeneralCard``. ``PassportCode…`` and ``DueDate`` are the older names of ``MRZLine…`` and ``ExpirationDate``."""

    license_number: str | None = None
    last_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    sex: str | None = None
    birthday: str | None = None
    issued_date: str | None = None
    expiration_date: str | None = None
    due_date: str | None = None
    issued_authority: str | None = None
    issued_country_code: str | None = None
    nationality: str | None = None
    address: Address | None = None
    line_1: str | None = msgspec.field(name="MRZLine1", default=None)
    line_2: str | None = msgspec.field(name="MRZLine2", default=None)
    passport_code_first: str | None = None
    passport_code_second: str | None = None
    others: str | None = None


class Verification(msgspec.Struct, rename="pascal"):
    """``Nationality`` is that of the document. ``status`` is PROCESSING, or one of two vocabularies for "done"."""

    status: str
    warn_info: list[str] | None = None
    nationality: str | None = None
    card_info: Card | None = None
    portrait: str | None = msgspec.field(name="HeadImageBase64", default=None)


class Others(msgspec.Struct):
    """What ``Others`` holds of interest; it is JSON in a string."""

    side: str | None = None


def to_document(done: Verification, asked_country: str, kind: DocumentType) -> IdDocument:
    """The document of a verification that is no longer PROCESSING; ``kind`` and, where the answer names none,
    ``asked_country`` are what was asked for.

    Whatever the status, a card that was read is an answer. Raises :class:`SeveralDocuments`, and
    :class:`UnreadableDocument` where nothing was read.
    """
    if SEVERAL in (done.warn_info or ()):
        raise SeveralDocuments("the vendor sees several documents")
    card = done.card_info or Card()
    issuer = country(card.issued_country_code) or country(done.nationality) or asked_country
    document = _fields(card, issuer, kind)
    if document == IdDocument():
        raise UnreadableDocument("the result is empty")
    return replace(
        document, country_region=issuer, id_type=kind, side=_side(card), portrait_image=portrait(done.portrait)
    )


def _fields(card: Card, issuer: str, kind: DocumentType) -> IdDocument:
    # The middle name that Philippine documents print is the mother's family name, no given name.
    middle = None if issuer == "PHL" else card.middle_name
    place = card.address or Address()
    lines = (place.line_one, place.line_two, place.line_three, place.line_four, place.line_five)
    zone = (card.line_1 or card.passport_code_first, card.line_2 or card.passport_code_second)
    return IdDocument(
        first_name=given_names(card.first_name, middle),
        last_name=clean(card.last_name),
        sex=sex_of(card.sex),
        nationality=country(card.nationality),
        birth_date=written_date(card.birthday, *DATES),
        issue_date=written_date(card.issued_date, *DATES),
        expiry_date=written_date(card.expiration_date, *DATES) or written_date(card.due_date, *DATES),
        document_number=pair_number(card.license_number, issuer, kind),
        address=address(place.formatted_address) or address(*lines),
        issuing_authority=clean(card.issued_authority),
        mrz=tuple(line for line in map(clean, zone) if line is not None),
    )


def _side(card: Card) -> Side:
    """The side that ``Others`` names; the picture is sent as the front, so that is what it is otherwise."""
    others = decode_or_none(card.others, Others) if card.others else None
    return SIDES.get((others.side or "").casefold() if others else "", Side.FRONT)
