"""The end of a name line: nothing but fillers follows three of them (ICAO Doc 9303-3 section 4.6)."""

from __future__ import annotations

from gateway.reader.mrz.glyph import FILLER, Glyph, Row, text_of

END = FILLER * 3
SURE = 0.9
"""Score from which a letter there is believed against the rule."""


def quiet_tail(row: Row) -> Row:
    """``row`` with strokes of the background, read as unsure letters behind the names, taken for the fillers they hide."""
    end = text_of(row).find(END)
    if end < 0:
        return row
    return row[:end] + tuple(_quiet(glyph) for glyph in row[end:])


def _quiet(glyph: Glyph) -> Glyph:
    if glyph.character == FILLER or glyph.score >= SURE:
        return glyph
    return Glyph(((FILLER, max(glyph.chance(FILLER), 1.0 - glyph.score)), glyph.choices[0]), glyph.x)
