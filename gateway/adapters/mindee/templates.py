"""Mindee's three templates for identity documents: under which names ("accessors") their models give what we read.

From the pages "Passport", "International ID Card" and "Driver's License" of docs.mindee.com. A model whose names were
changed in the console gives nothing under the ones it no longer has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from gateway.model import DocumentType

TemplateName: TypeAlias = Literal["passport", "international_id", "driver_license"]

KINDS: Mapping[TemplateName, DocumentType | None] = {
    "passport": DocumentType.PASSPORT,
    "international_id": None,
    "driver_license": DocumentType.DRIVING_LICENCE,
}
"""What a model reads; None where it says itself what it has before it."""

DOCUMENT_TYPES: Mapping[str, DocumentType | None] = {
    "Passport": DocumentType.PASSPORT,
    "National ID": DocumentType.IDENTITY_CARD,
    "Driver License": DocumentType.DRIVING_LICENCE,
    "Residence Permit": None,
}
"""``document_type`` of the International ID; None is no kind that callers can ask for."""

ACCESSORS: Mapping[TemplateName, Mapping[str, str]] = {
    "passport": {
        "country_region": "issuing_country",
        "first_name": "given_names",
        "last_name": "surnames",
        "sex": "sex",
        "nationality": "nationality",
        "birth_date": "date_of_birth",
        "issue_date": "date_of_issue",
        "expiry_date": "date_of_expiry",
        "document_number": "passport_number",
        "line_1": "mrz_line_1",
        "line_2": "mrz_line_2",
    },
    "international_id": {
        "id_type": "document_type",
        "first_name": "given_names",
        "last_name": "surnames",
        "sex": "sex",
        "nationality": "nationality",
        "birth_date": "date_of_birth",
        "issue_date": "date_of_issue",
        "expiry_date": "date_of_expiry",
        "document_number": "document_number",
        "address": "address",
        "issuing_authority": "authority",
        "zone": "mrz",
    },
    "driver_license": {
        "country_region": "country_code",
        "first_name": "first_name",
        "last_name": "last_name",
        "sex": "sex",
        "nationality": "nationality",
        "birth_date": "date_of_birth",
        "issue_date": "issued_date",
        "expiry_date": "expiry_date",
        "document_number": "document_id",
        "address": "address",
        "issuing_authority": "issuing_authority",
    },
}
"""Our name to the model's. The licence's ``mrz`` is one line of EU licences, not a zone of ICAO's, and is not read."""

ADDRESS = ("street", "city", "state", "postal_code", "country")
"""The parts of an address, in the order in which they are written down."""

LINES = ("line_1", "line_2", "line_3")

CONFIDENCE: Mapping[str, float] = {"Certain": 0.99, "High": 0.9, "Medium": 0.6, "Low": 0.3}
"""The vendor gives a word, by how far its models agree. The figure is ours: it orders the words as Mindee does."""
