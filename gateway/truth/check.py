"""A vendor's document held against itself: what its zone, its national number and its dates do not allow is not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gateway.errors import ContradictedDocument, UnreadableDocument
from gateway.model import DocumentType, IdDocument
from gateway.reader.mrz.record import MrzFormat
from gateway.reader.mrz.zone import Zone
from gateway.truth.dates import impossible_dates
from gateway.truth.national import number_holds
from gateway.truth.witness import changes, vouched
from gateway.truth.zone import zone_of

_PERSONAL = ("document_number", "birth_date", "first_name", "last_name", "address")


def check(document: IdDocument, *, today: date) -> IdDocument:
    """``document`` with what a sound zone knows better, and without what cannot be; ``docs/normalization.md`` has the
    rules. A value that is replaced or dropped loses its score. ``mrz`` stays as it came.

    Raises :class:`ContradictedDocument` for a passport whose zone is complete and fails a check digit, and
    :class:`UnreadableDocument` where nothing personal is left.
    """
    zone = zone_of(document.mrz)
    if zone is not None and not zone.valid and _is_passport(document, zone):
        raise ContradictedDocument("the passport's zone fails its check digits")
    sure: frozenset[str] = frozenset()
    revised = document
    if zone is not None and zone.valid:
        revised = _revised(document, changes(document, zone.record, today=today))
        sure = vouched(revised, zone.record)
    revised = _revised(revised, dict.fromkeys(impossible_dates(revised, sure, today=today)))
    if "document_number" not in sure and not number_holds(revised):
        revised = _revised(revised, {"document_number": None})
    if _is_personal(document) and not _is_personal(revised):
        raise UnreadableDocument("nothing that was read of the holder can be so")
    return revised


def _is_passport(document: IdDocument, zone: Zone) -> bool:
    if document.id_type is None:
        return zone.layout.format is MrzFormat.TD3
    return document.id_type is DocumentType.PASSPORT


def _revised(document: IdDocument, new: Mapping[str, Any]) -> IdDocument:
    scores = {name: score for name, score in document.confidence.items() if name not in new}
    return replace(document, **new, confidence=scores)


def _is_personal(document: IdDocument) -> bool:
    return any(getattr(document, name) is not None for name in _PERSONAL)
