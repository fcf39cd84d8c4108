"""How the answer for each type of document becomes an ``IdDocument``: one file per type, one entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gateway.adapters.fpt_ai.mapping import driving_licence, identity_card, passport
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument

ABSENT = frozenset({"portrait_image"})
"""Fields of ``IdDocument`` that this vendor never gives in these APIs."""

READERS: Mapping[DocumentType, Callable[[VendorResponse], IdDocument]] = {
    DocumentType.IDENTITY_CARD: identity_card.to_document,
    DocumentType.DRIVING_LICENCE: driving_licence.to_document,
    DocumentType.PASSPORT: passport.to_document,
}
