"""What holds for the answers of all actions: each is the front of one kind of document, and has read something."""

from __future__ import annotations

from dataclasses import replace

from gateway.errors import SeveralDocuments, UnreadableDocument
from gateway.model import DocumentType, IdDocument, Side


def of_kind(document: IdDocument, kind: DocumentType, country: str | None, *, count: int | None = None) -> IdDocument:
    """``document`` as the front of a ``kind`` of ``country``.

    Raises :class:`UnreadableDocument` where nothing was read but a portrait, and :class:`SeveralDocuments` where ``CardCount`` is above
    one; only region ap-bangkok counts.
    """
    if count is not None and count > 1:
        raise SeveralDocuments("the vendor counts several documents")
    if replace(document, portrait_image=None) == IdDocument():
        raise UnreadableDocument("the result is empty")
    return replace(document, country_region=country, id_type=kind, side=Side.FRONT)
