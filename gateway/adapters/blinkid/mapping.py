"""How BlinkID's result becomes an :class:`IdDocument`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gateway.adapters.blank import is_blank
from gateway.adapters.blinkid.answer import ClassInfo, Result, Zone, capitals, day, latin, read_answer
from gateway.adapters.sides import side_of
from gateway.errors import UnreadableDocument, WrongDocument
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_codes import document_kind
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import comma_name, family_first
from gateway.normalize.portraits import portrait as base64_of
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean

ABSENT = frozenset({"confidence"})
"""Fields of ``IdDocument`` that this vendor never gives."""

_PP, _DL, _ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD

KINDS: Mapping[str, DocumentType] = {
    **dict.fromkeys(("PASSPORT", "ALIENPASSPORT", "CONSULARPASSPORT", "MINORSPASSPORT"), _PP),
    **dict.fromkeys(("DL", "PROFESSIONALDL", "PROVISIONALDL"), _DL),
    **dict.fromkeys(("ID", "MULTIPURPOSEID", "MINORSID", "RESIDENTID", "ALIENID", "MYKAD", "MYKID"), _ID),
}
"""``classInfo.type`` in capitals alone; the rest of the vendor's enumeration is none of the old API's three types."""


def to_document(response: VendorResponse, *, portrait: bool) -> IdDocument:
    """The document in BlinkID's answer, or the error that the answer stands for. It gives no confidences.

    ``portrait`` keeps the picture of the face. A result without a field is an :class:`UnreadableDocument`.
    """
    result = read_answer(response)
    document = _document(result)
    if is_blank(document):
        raise UnreadableDocument("a result without a field")
    return replace(document, side=side_of(document), portrait_image=base64_of(result.face_image) if portrait else None)


def _document(result: Result) -> IdDocument:
    info, zone = result.class_info or ClassInfo(), result.mrz_data or Zone()
    kind = _kind(info, zone)
    issuer = _issuer(info) or country(zone.issuer)
    last, first = _names(result, issuer)
    expiry = None if result.date_of_expiry_permanent else day(result.date_of_expiry)
    return IdDocument(
        country_region=issuer,
        id_type=kind,
        first_name=first,
        last_name=last,
        sex=sex_of(latin(result.sex)),
        nationality=country(latin(result.nationality)) or country(zone.nationality),
        birth_date=day(result.date_of_birth),
        issue_date=day(result.date_of_issue),
        expiry_date=expiry,
        document_number=_number(result, issuer, kind),
        address=address(
            latin(result.address),
            latin(result.additional_address_information),
            latin(result.additional_optional_address_information),
        ),
        issuing_authority=clean(latin(result.issuing_authority)),
        mrz=tuple(line for line in map(str.strip, (zone.raw_mrz_string or "").splitlines()) if line),
    )


def _kind(info: ClassInfo, zone: Zone) -> DocumentType | None:
    """By the recognised class; where there is none, by the zone. Raises :class:`WrongDocument` for a kind of its own."""
    name = capitals(info.type).removeprefix("TYPE")
    if name in {"", "NONE"}:
        kind = document_kind(zone.document_code)
        if kind is None and zone.document_code:
            raise WrongDocument("the zone's document code is of no such kind")
        return kind
    if name not in KINDS:
        raise WrongDocument("neither a passport, a driving licence nor an identity card")
    return KINDS[name]


def _issuer(info: ClassInfo) -> str | None:
    name = (info.country or "").removeprefix("COUNTRY_").replace("_", " ").replace("-", " ")
    return country(info.iso_alpha3_country_code) or country(name)


def _names(result: Result, issuer: str | None) -> tuple[str | None, str | None]:
    """(last, first): as the vendor divides them, else the whole name divided as its country does."""
    last, first = clean(latin(result.last_name)), clean(latin(result.first_name))
    if (last, first) != (None, None):
        return last, first
    full = latin(result.full_name)
    return family_first(full) if issuer == "VNM" else comma_name(full)


def _number(result: Result, issuer: str | None, kind: DocumentType | None) -> str | None:
    """Vietnamese cards print the citizen's number and no other; their zone has only the end of it."""
    numbers = [latin(result.document_number), latin(result.personal_id_number)]
    if (issuer, kind) == ("VNM", DocumentType.IDENTITY_CARD):
        numbers.reverse()
    return next((found for number in numbers if (found := pair_number(number, issuer, kind)) is not None), None)
