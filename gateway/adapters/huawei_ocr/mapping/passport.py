"""``passport`` with ``country_code: GENERAL``: what the machine readable zone says."""

from __future__ import annotations

import msgspec

from gateway.adapters.huawei_answer import result_of
from gateway.adapters.huawei_ocr.mapping.finish import Scores, finished
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import given_names
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

SOURCES = {
    "country_region": "country_code",
    "first_name": "given_name",
    "last_name": "surname",
    "sex": "sex",
    "nationality": "nationality",
    "birth_date": "date_of_birth",
    "expiry_date": "date_of_expiry",
    "document_number": "passport_number",
}


class Passport(msgspec.Struct):
    """``PassportResult`` as far as the zone fills it. ``machine_code`` and ``machine_code2`` are its lines: an older
    published sample has them, the model has not.
    """

    country_code: str | None = None
    passport_number: str | None = None
    nationality: str | None = None
    surname: str | None = None
    given_name: str | None = None
    sex: str | None = None
    date_of_birth: str | None = None
    date_of_expiry: str | None = None
    machine_code: str | None = None
    machine_code2: str | None = None
    confidence: Scores = None


def to_document(response: VendorResponse) -> IdDocument:
    item = result_of(response, Passport)
    state = country(item.country_code)
    document = IdDocument(
        country_region=state,
        id_type=DocumentType.PASSPORT,
        side=Side.FRONT,
        first_name=given_names(item.given_name),
        last_name=clean(item.surname),
        sex=sex_of(item.sex),
        nationality=country(item.nationality),
        birth_date=written_date(item.date_of_birth, DateForm.ISO),
        expiry_date=written_date(item.date_of_expiry, DateForm.ISO),
        document_number=pair_number(item.passport_number, state, DocumentType.PASSPORT),
        mrz=tuple(filter(None, map(clean, (item.machine_code, item.machine_code2)))),
    )
    return finished(document, item.confidence, SOURCES)
