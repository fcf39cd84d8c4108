"""The number that a zone gives a document, in the one form for zone and print."""

from __future__ import annotations

from gateway.normalize.document_numbers import document_number
from gateway.reader.mrz.record import MrzFormat, MrzRecord


def holder_number(record: MrzRecord) -> str | None:
    """The document number; on Vietnamese identity cards the citizen's number of twelve digits, of which the number
    field holds the last nine and the optional data all.
    """
    number = document_number(record.document_number)
    citizen = record.optional[:12]
    if record.format is MrzFormat.TD1 and record.issuing_state == "VNM" and number is not None:
        whole = len(citizen) == 12 and citizen.isdigit() and citizen.endswith(number)
        return citizen if whole else number
    return number
