"""The side of a document whose vendor does not say it, by what was read."""

from __future__ import annotations

from gateway.model import DocumentType, IdDocument, Side


def side_of(document: IdDocument) -> Side:
    """Front where the holder's name or birth date was read. A passport's data page is always the front.

    A zone of three lines (TD1, ICAO Doc 9303-5) is printed on the back, and what a vendor reads beside it comes from it.
    """
    if document.id_type is DocumentType.PASSPORT:
        return Side.FRONT
    if len(document.mrz) == 3:
        return Side.BACK
    holder = (document.first_name, document.last_name, document.birth_date)
    return Side.BACK if holder == (None, None, None) else Side.FRONT
