"""``dlr/vnm``: the licence's front; its back lists classes, for which the old API had no field."""

from __future__ import annotations

from gateway.adapters.answer import decode
from gateway.adapters.blank import is_blank
from gateway.adapters.fpt_ai.mapping.reading import Kind, day, entry_of, finished, side_of, text
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import family_first

SOURCES = {
    "first_name": "name",
    "last_name": "name",
    "nationality": "nation",
    "birth_date": "dob",
    "issue_date": "date",
    "expiry_date": "doe",
    "document_number": "id",
    "address": "address",
    "issuing_authority": "place_issue",
}


class DrivingLicence(Kind):
    """A licence prints no sex. On the back ``date`` is a list, one day for each class."""

    id: str | None = None
    name: str | None = None
    dob: str | None = None
    nation: str | None = None
    address: str | None = None
    place_issue: str | None = None
    date: str | list[str] | None = None
    doe: str | None = None


def to_document(response: VendorResponse) -> IdDocument:
    entry = entry_of(response)
    licence = decode(entry, DrivingLicence)
    last, first = family_first(text(licence.name))
    document = IdDocument(
        country_region="VNM",
        id_type=DocumentType.DRIVING_LICENCE,
        side=side_of(licence),
        first_name=first,
        last_name=last,
        nationality=country(text(licence.nation)),
        birth_date=day(licence.dob),
        issue_date=day(licence.date),
        expiry_date=day(licence.doe),
        document_number=pair_number(text(licence.id), "VNM", DocumentType.DRIVING_LICENCE),
        address=address(text(licence.address)),
        issuing_authority=text(licence.place_issue),
    )
    if is_blank(document) and document.side is Side.BACK and licence.date:
        return document  # a back that was read well: all that it has are classes
    return finished(document, entry, SOURCES)
