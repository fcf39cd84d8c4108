"""The rules for one field of a machine readable zone: when it is returned, and for what reason."""

from __future__ import annotations

from gateway.normalize.countries import alpha3, listed
from gateway.reader.evidence import CERTAIN, LEGIBLE, Evidence, FieldChoice, Value
from gateway.reader.mrz.record import MrzFormat, MrzRecord


def checked_field(field: str, value: Value | None, record: MrzRecord, *, printed: bool | None) -> FieldChoice | None:
    """A field with a check digit of its own. ``printed``: the visual zone shows the same, another value, or none.

    A value whose digit fails is never put right. It is returned as it stands when the print agrees, when the composite
    digit proves that the zone really says so, or when every character was certain; otherwise it is left out.
    """
    if value is None:
        return None
    score = record.scores.get(field, 0.0)
    evidence = _check_evidence(field, record, printed)
    if evidence is Evidence.CHECK_FAILED and score < CERTAIN:
        return None
    return FieldChoice(field, value, evidence, score)


def _check_evidence(field: str, record: MrzRecord, printed: bool | None) -> Evidence:
    composite = record.checks.get("composite", False)
    if not record.checks.get(field, False):
        if printed:
            return Evidence.CHECK_FAILED_PRINTED
        return Evidence.COMPOSITE_ONLY if composite else Evidence.CHECK_FAILED
    if printed is not None:
        return Evidence.CHECKED_AND_PRINTED if printed else Evidence.PRINTED_OTHERWISE
    if not composite:
        return Evidence.OWN_CHECK_ONLY
    return Evidence.REPAIRED if record.repaired else Evidence.CHECKED


def unchecked_field(field: str, value: Value | None, score: float, *, printed: bool) -> FieldChoice | None:
    """A field without a check digit: left out when neither legible nor shown by the visual zone."""
    if not value or (score < LEGIBLE and not printed):
        return None
    return FieldChoice(field, value, Evidence.PRINTED if printed else Evidence.UNCHECKED, score)


def country_field(field: str, code: str, other: str, score: float, *, printed: bool) -> FieldChoice | None:
    """A state's code; ``other`` is the zone's other one. An unknown one that is legible is kept as printed, at the low
    confidence of its class: specimens and some issuers do print such codes.
    """
    value = alpha3(code)
    if value is None:
        return None
    if not listed(code):
        return FieldChoice(field, value, Evidence.UNLISTED, score) if score >= LEGIBLE else None
    if printed:
        return FieldChoice(field, value, Evidence.PRINTED, score)
    if alpha3(other) == value:
        return FieldChoice(field, value, Evidence.REPEATED, score)
    return FieldChoice(field, value, Evidence.UNCHECKED, score) if score >= LEGIBLE else None


_NAME_END = {MrzFormat.TD1: (2, 29), MrzFormat.TD2: (0, 35), MrzFormat.TD3: (0, 43)}


def names_cut(record: MrzRecord) -> bool:
    """Whether the names fill their field to the last place, so that more may be printed on the page (ICAO Doc 9303-4
    section 4.2.3).
    """
    line, place = _NAME_END[record.format]
    return len(record.lines) > line and record.lines[line][place : place + 1] not in ("", "<")
