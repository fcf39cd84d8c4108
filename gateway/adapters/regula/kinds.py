"""What kind of document it is, and which side of it: from the recognised type, else from what was read."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.adapters.regula.answer import Candidate
from gateway.adapters.regula.readings import Readings
from gateway.adapters.sides import side_of as side_by_content
from gateway.errors import WrongDocument
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.document_codes import document_kind
from gateway.normalize.tables import load

_TABLE: Mapping[str, Mapping[str, int]] = load("gateway.adapters.regula", "document_types.json")

KINDS: Mapping[int, DocumentType] = {number: kind for kind in DocumentType for number in _TABLE[kind.value].values()}
"""``DocumentType`` of the vendor's clients, by the names of its members: every passport that is good abroad, licences to
drive, identity cards."""

OTHERS = frozenset(_TABLE["other"].values())
"""Visas, permits, domestic passports and the rest: documents, but none that the old API has a type for."""

DOCUMENT_CLASS_CODE = 0


def kind_of(candidate: Candidate | None, readings: Readings) -> DocumentType | None:
    """The kind of the recognised type; where none was recognised, that of the zone's document code.

    Raises :class:`WrongDocument` for a type that is none of the three.
    """
    details = None if candidate is None else candidate.details
    number = None if details is None else details.document_type
    if number in OTHERS:
        raise WrongDocument("neither a passport, a driving licence nor an identity card")
    if number is not None and number in KINDS:
        return KINDS[number]
    code = readings.chosen(DOCUMENT_CLASS_CODE)
    kind = None if code is None else document_kind(code.text)
    if code is not None and kind is None:
        raise WrongDocument("the zone's document code is of no such kind")
    return kind


def side_of(candidate: Candidate | None, document: IdDocument) -> Side:
    """The side that the recognised type names, else the one that what was read belongs to."""
    name = "" if candidate is None else candidate.name or ""
    return Side.BACK if "side b" in name.casefold() else side_by_content(document)
