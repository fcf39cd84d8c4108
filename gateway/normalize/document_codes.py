"""What the document code of a machine readable zone says about the kind of document."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.model import DocumentType

_KINDS: Mapping[str, DocumentType] = {
    "P": DocumentType.PASSPORT,
    "I": DocumentType.IDENTITY_CARD,
    "A": DocumentType.IDENTITY_CARD,
    "C": DocumentType.IDENTITY_CARD,
}
"""By first letter: ICAO Doc 9303-4 section 4.2.2.1 and Doc 9303-5 section 4.2.2.2. The second is the issuer's choice."""


def document_kind(code: str | None) -> DocumentType | None:
    """The kind for ``code`` (P, PD, ID, I<, AR, ...); ``None`` for a visa, for no code and for what is none."""
    return _KINDS.get((code or "").strip()[:1].upper())
