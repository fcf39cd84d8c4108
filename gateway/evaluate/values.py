"""What a document says, field by field, in the form that it has on file."""

from __future__ import annotations

from datetime import date

import msgspec

from gateway.model import DocumentType, IdDocument, Sex, Side
from gateway.shadow.compare import FIELDS


class Values(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of :class:`IdDocument` that a truth can state and an upstream can read; dates are ``yyyy-mm-dd``."""

    country_region: str | None = None
    id_type: DocumentType | None = None
    side: Side | None = None
    first_name: str | None = None
    last_name: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    birth_date: date | None = None
    issue_date: date | None = None
    expiry_date: date | None = None
    document_number: str | None = None
    address: str | None = None
    issuing_authority: str | None = None

    def __repr__(self) -> str:
        return "Values(***)"

    def document(self) -> IdDocument:
        return IdDocument(**{name: getattr(self, name) for name in FIELDS})


def values_of(document: IdDocument) -> Values:
    return Values(**{name: getattr(document, name) for name in FIELDS})


def present(document: IdDocument) -> tuple[str, ...]:
    """The names of the fields that ``document`` has."""
    return tuple(name for name in FIELDS if getattr(document, name) is not None)
