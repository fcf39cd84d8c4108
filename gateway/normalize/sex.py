"""The sex field of a machine readable zone."""

from __future__ import annotations

from gateway.model import Sex

_CODES = {"F": Sex.FEMALE, "M": Sex.MALE, "<": Sex.UNSPECIFIED, "X": Sex.UNSPECIFIED, "": Sex.UNSPECIFIED}


def mrz_sex(code: str) -> Sex | None:
    """ICAO Doc 9303-3 section 4.5: F, M, or a filler for unspecified. X is the visual zone's letter, seen in zones too.

    ``None`` for anything else: a letter of the country's own language is not one of the standard's.
    """
    return _CODES.get(code)
