"""Which lines of a zone deserve a second look before the zone is believed."""

from __future__ import annotations

from gateway.reader.mrz.glyph import FILLER, Glyph
from gateway.reader.mrz.layout import Span
from gateway.reader.mrz.states import known
from gateway.reader.mrz.zone import Zone

CLEAR = 0.8
"""Score from which a character alone raises no doubt."""
ALLOWED = 1
"""Doubtful characters that a check digit that holds makes good: one wrong character never passes, two may."""
UNCHECKED = ("names", "sex", "document_code")
CODES = ("issuing_state", "nationality")


def doubtful_lines(zone: Zone) -> set[int]:
    """Indices of lines; all of them for a zone whose check digits do not hold."""
    if not zone.valid:
        return set(range(len(zone.rows)))
    lines = {zone.layout.fields[name].line for name in UNCHECKED if _doubts(zone, zone.layout.fields[name])}
    lines |= {zone.layout.fields[name].line for name in CODES if _code_in_doubt(zone, zone.layout.fields[name])}
    for name, check in zone.layout.checks.items():
        spans = (*check.spans, check.digit)
        doubts = [span.line for span in spans for _ in _doubts(zone, span)]
        if name != "composite" and len(doubts) > ALLOWED:
            lines |= set(doubts)
    if zone.repaired:
        lines |= set(range(len(zone.rows)))
    return lines


def _doubts(zone: Zone, span: Span) -> list[Glyph]:
    """Doubtful characters of a field. A filler between fillers is beyond doubt: nothing else is printed there."""
    row = zone.rows[span.line]
    return [
        glyph
        for place, glyph in enumerate(row[span.start : span.end], span.start)
        if glyph.score < CLEAR and not _among_fillers(zone.lines[span.line], place)
    ]


def _among_fillers(line: str, place: int) -> bool:
    return line[max(0, place - 1) : place + 2].strip(FILLER) == ""


def _code_in_doubt(zone: Zone, span: Span) -> bool:
    return bool(_doubts(zone, span)) and not known(span.of(zone.lines).rstrip(FILLER))
