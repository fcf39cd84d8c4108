"""Why a field has the value it has: the evidence classes that confidence is measured for."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from gateway.model import DocumentType, Sex, Side

Value: TypeAlias = str | date | Sex | Side | DocumentType

CERTAIN = 0.9
"""A character's score from which it counts as read beyond doubt. Values without any other support need it
throughout."""

LEGIBLE = 0.5
"""Below this score a field that nothing else confirms is left out."""


class Evidence(StrEnum):
    """What speaks for a value, strongest first within each group."""

    CHECKED_AND_PRINTED = "checked_and_printed"
    """Its check digit holds and the visual zone prints the same."""
    CHECKED = "checked"
    """Its own and the composite check digit hold."""
    REPAIRED = "repaired"
    """As CHECKED, after look-alike characters of the zone were put right by means of the check digits."""
    OWN_CHECK_ONLY = "own_check_only"
    """Its own check digit holds, the composite one does not: something else in the zone was misread."""
    COMPOSITE_ONLY = "composite_only"
    """Its own check digit is wrong but the composite one, which covers both, holds: printed so."""
    CHECK_FAILED_PRINTED = "check_failed_printed"
    """Its check digit is wrong; the visual zone prints the same value."""
    CHECK_FAILED = "check_failed"
    """Its check digit is wrong, every character is certain: returned as printed."""
    PRINTED_OTHERWISE = "printed_otherwise"
    """Its check digit holds, but the visual zone prints another value under the field's label."""

    PRINTED = "printed"
    """A field without a check digit that the visual zone prints too."""
    REPEATED = "repeated"
    """A country code that the zone prints twice, as issuing state and as nationality."""
    UNCHECKED = "unchecked"
    """A field without a check digit, read from the zone alone."""
    UNLISTED = "unlisted"
    """A country code that no list has."""

    PRINTED_LABELLED = "printed_labelled"
    """Read from the visual zone, under the field's label."""
    PRINTED_DEDUCED = "printed_deduced"
    """The one printed date that is neither birth nor expiry, a whole number of years before expiry."""

    ZONE_FORMAT = "zone_format"
    """Follows from the format of the zone."""


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field of :class:`gateway.model.IdDocument` with the reason for its value; ``score`` is the least certain
    character's, 0..1.
    """

    field: str
    value: Value = dataclasses.field(repr=False)
    evidence: Evidence
    score: float
