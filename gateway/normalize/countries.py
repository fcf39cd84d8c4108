"""Country codes of machine readable zones as ISO 3166-1 alpha-3."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.normalize.tables import load

_TABLE = load("gateway.normalize", "countries.json")

_ISO = frozenset(" ".join(_TABLE["iso"]).split())

_ICAO = frozenset(" ".join(_TABLE["icao"]).split())
"""Codes of ICAO Doc 9303-3 section 5 for issuers that ISO 3166-1 has none for, and Kosovo's RKS: the user-assigned XKX
of other vocabularies appears on no document, so RKS stays as printed."""

_REPLACED: Mapping[str, str] = _TABLE["replaced"]
"""Kinds of British nationals (section 5), Germany's single letter, and codes still in print that ISO has withdrawn."""


def alpha3(code: str) -> str | None:
    """The ISO alpha-3 code for a zone's state or nationality; other codes (UTO, RKS, XXA, ...) stay as printed.

    ``None`` when nothing is printed.
    """
    letters = code.replace("<", "").strip().upper()
    return _REPLACED.get(letters, letters) or None


def listed(code: str) -> bool:
    """Whether the zone's code is one of ISO 3166-1, of ICAO Doc 9303-3 section 5, or a withdrawn one still in print."""
    letters = code.replace("<", "").strip().upper()
    return letters in _ISO or letters in _ICAO or letters in _REPLACED
