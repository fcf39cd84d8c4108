"""What does not hold of a document, by name: for readers that invent, and for routes that accept the truth alone."""

from __future__ import annotations

from datetime import date

from gateway.model import IdDocument
from gateway.truth.dates import impossible_dates
from gateway.truth.national import number_holds
from gateway.truth.witness import differs, vouched
from gateway.truth.zone import zone_of

NAMES = ("mrz", "zone_differs", "national_number", "dates")
"""All there are, in the order in which they are given."""


def failures(document: IdDocument, *, today: date | None = None) -> tuple[str, ...]:
    """Those of :data:`NAMES` that do not hold; empty where nothing speaks against ``document``.

    ``mrz``: there is a complete zone, and it fails a check digit. ``zone_differs``: it holds, and is of another
    document. ``national_number``: no such number can be. ``dates``: impossible ones; without ``today`` only those that
    contradict one another.
    """
    zone = zone_of(document.mrz)
    sound = zone.record if zone is not None and zone.valid else None
    sure: frozenset[str] = frozenset() if sound is None else vouched(document, sound)
    failed = {
        "mrz": zone is not None and sound is None,
        "zone_differs": sound is not None and differs(document, sound),
        "national_number": "document_number" not in sure and not number_holds(document),
        "dates": bool(impossible_dates(document, sure, today=today)),
    }
    return tuple(name for name in NAMES if failed[name])
