"""``idr/vnm``: old and new identity cards; the back of a chip card has a machine readable zone."""

from __future__ import annotations

from gateway.adapters.answer import decode
from gateway.adapters.fpt_ai.mapping.reading import Kind, day, entry_of, finished, side_of, text
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import family_first
from gateway.normalize.sex import sex_of

SOURCES = {
    "first_name": "name",
    "last_name": "name",
    "sex": "sex",
    "nationality": "nationality",
    "birth_date": "dob",
    "issue_date": "issue_date",
    "expiry_date": "doe",
    "document_number": "id",
    "address": "address",
    "issuing_authority": "issue_loc",
}


class IdentityCard(Kind):
    """Both sides at once: the front has neither ``issue_*`` nor ``mrz``."""

    id: str | None = None
    name: str | None = None
    dob: str | None = None
    sex: str | None = None
    nationality: str | None = None
    address: str | None = None
    doe: str | None = None
    issue_date: str | None = None
    issue_loc: str | None = None
    mrz: list[str] | str | None = None


def to_document(response: VendorResponse) -> IdDocument:
    entry = entry_of(response)
    card = decode(entry, IdentityCard)
    lines = card.mrz if isinstance(card.mrz, list) else (text(card.mrz) or "").split()
    last, first = family_first(text(card.name))
    document = IdDocument(
        country_region="VNM",
        id_type=DocumentType.IDENTITY_CARD,
        side=side_of(card),
        first_name=first,
        last_name=last,
        sex=sex_of(text(card.sex)),
        nationality=country(text(card.nationality)),
        birth_date=day(card.dob),
        issue_date=day(card.issue_date),
        expiry_date=day(card.doe),
        document_number=pair_number(text(card.id), "VNM", DocumentType.IDENTITY_CARD),
        address=address(text(card.address)),
        issuing_authority=text(card.issue_loc),
        mrz=tuple(filter(None, map(text, lines))),
    )
    return finished(document, entry, SOURCES)
