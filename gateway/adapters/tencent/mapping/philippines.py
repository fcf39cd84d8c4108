"""``RecognizePhilippinesDrivingLicenseOCR`` and ``…UMIDOCR``: two Philippine cards, each field with its place.

``MiddleName`` is not read: it is the mother's family name, and no given name.
"""

from __future__ import annotations

import msgspec

from gateway.adapters.tencent.mapping.kind import of_kind
from gateway.adapters.tencent_cloud import result
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.portraits import portrait
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

DATES = (DateForm.YEAR_FIRST, DateForm.NAMED)
"""The samples of these two show 1992/07/22, those of the vendor's other Philippine cards "JULY 7,1980"."""


class Field(msgspec.Struct, rename="pascal"):
    value: str | None = None


class Licence(msgspec.Struct, rename="pascal"):
    last_name: Field | None = None
    first_name: Field | None = None
    nationality: Field | None = None
    sex: Field | None = None
    address: Field | None = None
    license_no: Field | None = None
    expires_date: Field | None = None
    agency_code: Field | None = None
    birthday: Field | None = None
    head_portrait: Field | None = None


class Umid(msgspec.Struct, rename="pascal"):
    """The unified multi-purpose card; its number is the common reference number."""

    surname: Field | None = None
    given_name: Field | None = None
    address: Field | None = None
    birthday: Field | None = None
    number: Field | None = msgspec.field(name="CRN", default=None)
    sex: Field | None = None
    head_portrait: Field | None = None


def licence(response: VendorResponse) -> IdDocument:
    """The driving licence. It names its issuer by a code ("N02"), and that is what the authority is here."""
    card = result(response, Licence)
    document = IdDocument(
        first_name=clean(_text(card.first_name)),
        last_name=clean(_text(card.last_name)),
        sex=sex_of(_text(card.sex)),
        nationality=country(_text(card.nationality)),
        birth_date=written_date(_text(card.birthday), *DATES),
        expiry_date=written_date(_text(card.expires_date), *DATES),
        document_number=pair_number(_text(card.license_no), "PHL", DocumentType.DRIVING_LICENCE),
        address=address(_text(card.address)),
        issuing_authority=clean(_text(card.agency_code)),
        portrait_image=portrait(_text(card.head_portrait)),
    )
    return of_kind(document, DocumentType.DRIVING_LICENCE, "PHL")


def umid(response: VendorResponse) -> IdDocument:
    """The UMID card. It prints no date but the holder's birth."""
    card = result(response, Umid)
    document = IdDocument(
        first_name=clean(_text(card.given_name)),
        last_name=clean(_text(card.surname)),
        sex=sex_of(_text(card.sex)),
        birth_date=written_date(_text(card.birthday), *DATES),
        document_number=pair_number(_text(card.number), "PHL", DocumentType.IDENTITY_CARD),
        address=address(_text(card.address)),
        portrait_image=portrait(_text(card.head_portrait)),
    )
    return of_kind(document, DocumentType.IDENTITY_CARD, "PHL")


def _text(field: Field | None) -> str | None:
    return None if field is None else field.value
