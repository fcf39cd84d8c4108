"""How a model's transcript becomes an :class:`IdDocument`: by the same rules as any vendor's, then by its own checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.blank import is_blank
from gateway.adapters.openai.checks import withstand
from gateway.adapters.openai.zone import zone
from gateway.adapters.sides import side_of
from gateway.errors import DocumentError, NoDocument, SeveralDocuments, UnreadableDocument, WrongDocument
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import comma_name, family_first, given_names, without_title
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT = frozenset({"portrait_image", "confidence"})
"""Fields of ``IdDocument`` that are never given. What a model says of its own certainty means nothing."""

PRINTED = (DateForm.ISO, DateForm.YEAR_FIRST, DateForm.DAY_FIRST, DateForm.NAMED, DateForm.THAI_BUDDHIST)
"""How the documents of Table 1 print a day; in figures alone, the day comes before the month on all of them."""


class Kind(Enum):
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    IDENTITY_CARD = "identity_card"
    OTHER = "other"
    SEVERAL = "several"
    NONE = "none"


TYPES: Mapping[Kind, DocumentType] = {
    Kind.PASSPORT: DocumentType.PASSPORT,
    Kind.DRIVING_LICENCE: DocumentType.DRIVING_LICENCE,
    Kind.IDENTITY_CARD: DocumentType.IDENTITY_CARD,
}

REFUSED: Mapping[Kind, type[DocumentError]] = {
    Kind.OTHER: WrongDocument,
    Kind.SEVERAL: SeveralDocuments,
    Kind.NONE: NoDocument,
}


class Transcript(msgspec.Struct):
    """What ``schema.SCHEMA`` describes. In JSON mode a model may leave fields out."""

    document: Kind
    side: Side | None = None
    mrz: list[str] | None = None
    sex: str | None = None
    issuing_country: str | None = None
    surname: str | None = None
    given_names: str | None = None
    full_name: str | None = None
    nationality: str | None = None
    birth_date_printed: str | None = None
    birth_date: str | None = None
    issue_date_printed: str | None = None
    issue_date: str | None = None
    expiry_date_printed: str | None = None
    expiry_date: str | None = None
    document_number: str | None = None
    address: str | None = None
    issuing_authority: str | None = None


def to_document(text: str) -> IdDocument:
    """The document in a transcript that agrees with itself; see ``checks`` for what else it has to withstand."""
    said = decode(text, Transcript)
    if (refused := REFUSED.get(said.document)) is not None:
        raise refused(f"the model sees: {said.document.value}")
    kind = TYPES[said.document]
    issuer = country(said.issuing_country)
    last, first = _name(said, issuer)
    document = IdDocument(
        country_region=issuer,
        id_type=kind,
        first_name=without_title(first) if issuer == "THA" else first,
        last_name=last,
        sex=sex_of(said.sex),
        nationality=country(said.nationality),
        birth_date=_day(said.birth_date_printed, said.birth_date),
        # Hong Kong's card has two digits for the year, and of this date alone.
        issue_date=_day(said.issue_date_printed, said.issue_date, DateForm.DAY_FIRST_SHORT_ISSUE),
        expiry_date=_day(said.expiry_date_printed, said.expiry_date),
        document_number=pair_number(said.document_number, issuer, kind),
        address=address(said.address),
        issuing_authority=clean(said.issuing_authority),
        mrz=zone(said.mrz or ()),
    )
    if is_blank(document):
        raise UnreadableDocument("the model read nothing")
    withstand(document)
    inferred = side_of(document)
    return replace(document, side=inferred if kind is DocumentType.PASSPORT else said.side or inferred)


def _name(said: Transcript, issuer: str | None) -> tuple[str | None, str | None]:
    """(last, first): as they are printed apart, else as the country orders a name that is printed in one."""
    if clean(said.surname) or clean(said.given_names):
        return clean(said.surname), given_names(said.given_names)
    return family_first(said.full_name) if issuer == "VNM" else comma_name(said.full_name)


def _day(printed: str | None, iso: str | None, *more: DateForm) -> date | None:
    """A day that is given twice has to be the same day, as far as the print can be read at all."""
    print_says, model_says = written_date(printed, *PRINTED, *more), written_date(iso, DateForm.ISO)
    if print_says is not None and model_says is not None and print_says != model_says:
        return None
    return print_says or model_says
