"""Table 1 of the old API's documentation: the 23 pairs of country and document type that it read.

Whoever speaks for the old API obeys it, at the front (what callers may ask for) and at the back (what the original
takes). ISO 3166-1 alpha-3 country to document types.
"""

from __future__ import annotations

from collections.abc import Mapping

from gateway.model import DocumentType

_PP, _DL, _ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD

TABLE_1: Mapping[str, frozenset[DocumentType]] = {
    "VNM": frozenset({_PP, _DL, _ID}),
    "IND": frozenset({_PP}),
    "PHL": frozenset({_PP, _DL, _ID}),
    "ALB": frozenset({_PP, _DL, _ID}),
    "BRA": frozenset({_PP}),
    "IDN": frozenset({_PP}),
    "MYS": frozenset({_PP}),
    "NGA": frozenset({_PP}),
    "PAK": frozenset({_PP}),
    "RUS": frozenset({_PP}),
    "TWN": frozenset({_PP}),
    "UKR": frozenset({_PP}),
    "THA": frozenset({_PP, _ID}),
    "CHL": frozenset({_PP, _ID}),
    "HKG": frozenset({_ID}),
}
"""In the documentation's order. RUS is the international passport, PHL ID the UMID card."""


def covers(countries: frozenset[str], types: frozenset[DocumentType]) -> bool:
    """Whether at least one pair lies within both filters; an empty filter lets all pass."""
    return any(
        (not countries or country in countries) and (not types or kinds & types) for country, kinds in TABLE_1.items()
    )
