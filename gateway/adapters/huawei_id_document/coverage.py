"""The 23 pairs of country and document type that the original reads (Table 1 of its API page)."""

from __future__ import annotations

from gateway.model import DocumentType

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD

PAIRS: frozenset[tuple[str, DocumentType]] = frozenset(
    {
        *((country, PP) for country in ("ALB", "BRA", "CHL", "IDN", "IND", "MYS", "NGA")),
        *((country, PP) for country in ("PAK", "PHL", "RUS", "THA", "TWN", "UKR", "VNM")),
        *((country, DL) for country in ("ALB", "PHL", "VNM")),
        *((country, ID) for country in ("ALB", "CHL", "HKG", "PHL", "THA", "VNM")),
    }
)

COUNTRIES: frozenset[str] = frozenset(country for country, _ in PAIRS)


def covers(countries: frozenset[str], types: frozenset[DocumentType]) -> bool:
    """Whether a document of at least one pair within both filters can be read; an empty filter lets all pass."""
    return any(
        (not countries or country in countries) and (not types or document_type in types)
        for country, document_type in PAIRS
    )
