"""How the lines of a page become an :class:`IdDocument`: the same for every engine."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gateway.adapters.text.engine import PageText
from gateway.adapters.text.pieces import pieces, rows
from gateway.adapters.text.upright import upright
from gateway.adapters.text.zones import FILLERS, FoundZone, found_zones, looks_like_zone
from gateway.errors import ContradictedDocument, NoDocument, SeveralDocuments, UnreadableDocument
from gateway.model import IdDocument
from gateway.normalize.scores import scores
from gateway.reader.document import explain_document
from gateway.reader.evidence import Evidence
from gateway.reader.mrz.glyph import FILLER
from gateway.reader.mrz.record import MrzRecord
from gateway.reader.mrz.zone import PRESENT
from gateway.reader.text import Line

ABSENT = frozenset({"address", "portrait_image"})
"""Fields of ``IdDocument`` that are never read."""

LONGEST_LINE = 200
"""Characters. A whole zone run together has ninety, and blanks between them."""

MOST_LINES = 300
"""The longest lines of a page are looked at. A document has some dozens, and its zone's are the longest."""

REACH = 1.3
"""How far above the zone, in lengths of it, print may still be on the same document."""

UNSCORED = frozenset({Evidence.PRINTED_OTHERWISE, Evidence.UNLISTED})
"""Something speaks against the value, however clearly its characters were read."""

DATES = frozenset({"birth_date", "expiry_date", "issue_date"})
"""Not read where the answer does not say what day it is; the checks that follow every answer have a clock, and take birth
and expiry from the zone."""

ANY_DAY = date(2000, 1, 1)


def to_document(page: PageText) -> IdDocument:
    """The document whose zone is among the lines, read by the rules of ``gateway.reader``.

    Raises :class:`NoDocument` without a zone, :class:`UnreadableDocument` where one is there but not whole,
    :class:`ContradictedDocument` where it fails a check digit, :class:`SeveralDocuments` and :class:`WrongDocument`.
    """
    short = (line for line in page.lines if len(line.text) <= LONGEST_LINE)
    lines = heapq.nlargest(MOST_LINES, short, key=_length)
    guide = [line for line in lines if any(looks_like_zone([piece]) for piece in pieces([line]))]
    lines = upright(lines, guide or lines)
    zone = _zone(lines)
    record = zone.zone.record
    choices = explain_document(record, _print_above(zone, lines), today=page.answered_on or ANY_DAY)
    if page.answered_on is None:
        choices = [choice for choice in choices if choice.field not in DATES]
    fields: dict[str, Any] = {choice.field: choice.value for choice in choices}
    document = IdDocument(**fields, mrz=() if _withholds_name(fields, record) else record.lines)
    given = {choice.field: choice.score for choice in choices if choice.evidence not in UNSCORED}
    return replace(document, confidence=scores(document, given))


def _withholds_name(fields: Mapping[str, object], record: MrzRecord) -> bool:
    """Whether a name of the zone was left out as doubtful. Checks that come later would take it from the zone's lines."""
    return bool((record.surname and "last_name" not in fields) or (record.given_names and "first_name" not in fields))


def _zone(lines: Sequence[Line]) -> FoundZone:
    """The one sound zone in ``lines``."""
    likely = rows(pieces(lines))
    found = found_zones(likely)
    if not found or not (found[0].zone.valid or found[0].zone.merit >= PRESENT):
        if any(sum(piece.text.count(FILLER) for piece in row) >= FILLERS for row in likely):
            raise UnreadableDocument("there is a machine readable zone, and not all of it was read")
        raise NoDocument("nothing like a machine readable zone")
    best, *others = found
    if not best.zone.valid:
        raise ContradictedDocument("the machine readable zone fails its check digits")
    if any(other.zone.valid and other.zone.lines != best.zone.lines for other in others):
        raise SeveralDocuments("more than one machine readable zone")
    return best


def _print_above(zone: FoundZone, lines: Sequence[Line]) -> list[Line]:
    """The lines over the zone that can be of its document."""
    found = [piece for row in zone.rows for piece in row]
    left, right = min(piece.left for piece in found), max(piece.right for piece in found)
    top, width = min(piece.top for piece in found), right - left

    def near(line: Line) -> bool:
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        return left - width / 2 < x < right + width / 2 and top - REACH * width < y < top

    return [line for line in lines if near(line)]


def _length(line: Line) -> float:
    return math.dist(line.box[0], line.box[1])
