"""``passport/vnm``: the data page, read by its print."""

from __future__ import annotations

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.fpt_ai.mapping.reading import day, entry_of, finished, text
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import family_first
from gateway.normalize.sex import sex_of

SOURCES = {
    "first_name": "name",
    "last_name": "name",
    "sex": "sex",
    "birth_date": "dob",
    "issue_date": "doi",
    "expiry_date": "doe",
    "document_number": "passport_number",
}


class Passport(msgspec.Struct):
    """``id_number`` is the holder's identity number, not the passport's, and ``pob`` a place: neither is asked for."""

    passport_number: str | None = None
    name: str | None = None
    dob: str | None = None
    sex: str | None = None
    doi: str | None = None
    doe: str | None = None


def to_document(response: VendorResponse) -> IdDocument:
    entry = entry_of(response)
    page = decode(entry, Passport)
    last, first = family_first(text(page.name))
    document = IdDocument(
        country_region="VNM",
        id_type=DocumentType.PASSPORT,
        side=Side.FRONT,
        first_name=first,
        last_name=last,
        sex=sex_of(text(page.sex)),
        birth_date=day(page.dob),
        issue_date=day(page.doi),
        expiry_date=day(page.doe),
        document_number=pair_number(text(page.passport_number), "VNM", DocumentType.PASSPORT),
    )
    return finished(document, entry, SOURCES)
